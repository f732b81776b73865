import { expect, test } from 'vitest';
import { findings } from './expectations.js';

const step = 'const before = total; await save(before); total = before + 1;';

const opening = (base: string): string => `export class Part extends ${base} { left = 0;
  async _open() { const before = this.left; await load(); this.left = before + 9; }
  async _read() { const chunk = await load(); this.left -= chunk; } } export const part = new Part();`;

/** Whoever comes while it is under way is refused by the method that everybody calls. */
const behindGate = (name: string): string => `export class Ledger { busy = false; total = 0;
  async book(amount) { if (this.busy) return; this.busy = true; try { await this.${name}(amount); } finally { this.busy = false; } }
  async ${name}(amount) { const before = this.total; await save(before); this.total = before + amount; } } export const ledger = new Ledger();`;

/** Who runs the callback, and whether two of its runs can overlap. */
const runners: readonly (readonly [name: string, overlaps: boolean, code: string])[] = [
  ['concatMap waits for the one before', false, `import { concatMap } from 'rxjs'; let total = 0; events.pipe(concatMap(async () => { ${step} })).subscribe();`],
  ['exhaustMap drops what comes meanwhile', false, `import { exhaustMap } from 'rxjs'; let total = 0; events.pipe(exhaustMap(async () => { ${step} })).subscribe();`],
  ['mergeMap runs all at once', true, `import { mergeMap } from 'rxjs'; let total = 0; events.pipe(mergeMap(async () => { ${step} })).subscribe();`],
  ['mergeMap of one waits', false, `import { mergeMap } from 'rxjs'; let total = 0; events.pipe(mergeMap(async () => { ${step} }, 1)).subscribe();`],
  ['a worker of bullmq takes one job at a time', false, `import { Worker } from 'bullmq'; let total = 0; export const worker = new Worker('jobs', async () => { ${step} });`],
  ['a worker of bullmq that is told to take several', true, `import { Worker } from 'bullmq'; let total = 0; export const worker = new Worker('jobs', async () => { ${step} }, { concurrency: 5 });`],
  ['a stream pulls once at a time', false, `export function numbers() { let total = 0; return new ReadableStream({ async pull(controller) { ${step} controller.enqueue(total); } }); }`],
  ['a sink is written to once at a time', false, `let total = 0; export const sink = new WritableStream({ async write(chunk) { ${step} } });`],
  ['a source of another kind', true, `let total = 0; export const source = new NumberSource({ async pull(controller) { ${step} } });`],
  ['a stream of Node transforms one chunk after the other', false, `export class Counting extends Transform { total = 0; async _transform(chunk, encoding, done) { const before = this.total; await save(before); this.total = before + 1; done(null, chunk); } } export const counting = new Counting();`],
  ['what is called the same in a class that is no stream', true, `class Counting extends Store { total = 0; async _write() { const before = this.total; await save(before); this.total = before + 1; } } export const counting = new Counting();`],
  ['a stream that is opened before it is read', false, opening('Readable')],
  ['what is called the same in a class that is no stream, and is asked by others', true, opening('Store')],
  ['a method with an underscore that its own class calls, one at a time', false, behindGate('_add')],
  ['such a method without an underscore', true, behindGate('add')],
  ['whoever may be called beside a stream of Node', true, `class Counting extends Transform { total = 0; async add() { const before = this.total; await save(before); this.total = before + 1; } } export const counting = new Counting();`],
  ['another worker', true, `import { Worker } from './jobs'; let total = 0; export const worker = new Worker('jobs', async () => { ${step} });`],
];

test.each(runners)('%s', (_name, overlaps, code) => {
  expect(findings(code).map(({ rule }) => rule)).toEqual(overlaps ? ['lost-update'] : []);
});
