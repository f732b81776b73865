import { expect, test } from 'vitest';
import { findings } from './expectations.js';

const step = 'const before = total; await save(before); total = before + 1;';

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
  ['whoever may be called beside a stream of Node', true, `class Counting extends Transform { total = 0; async add() { const before = this.total; await save(before); this.total = before + 1; } } export const counting = new Counting();`],
  ['another worker', true, `import { Worker } from './jobs'; let total = 0; export const worker = new Worker('jobs', async () => { ${step} });`],
];

test.each(runners)('%s', (_name, overlaps, code) => {
  expect(findings(code).map(({ rule }) => rule)).toEqual(overlaps ? ['lost-update'] : []);
});
