import { describe, expect, test } from 'vitest';
import { findingsIn } from './expectations.js';

/** A place that is asked for and taken in one turn, beside one that is not. */
const pairs: Record<string, readonly [sound: string, racy: string, finding: string]> = {
  'a question that a round of a loop does not come to': [
    `export class Providers { private seen = new Set<Provider>();
       async load(all: Entry[]) { for (const { provider } of all) { if (!provider || this.seen.has(provider)) continue; this.seen.add(provider); await look(provider); } } }`,
    `export class Providers { private seen = new Set<Provider>();
       async load(all: Entry[]) { for (const { provider } of all) { if (!provider || this.seen.has(provider)) continue; await connect(provider); this.seen.add(provider); } } }`,
    'double-initialization Providers#seen[*]',
  ],
  'a place that is taken by whoever finds it free, until it is given back': [
    `export class Downloads { private current: Job | undefined; private waiting: Job[] = [];
       async start(job: Job) { if (this.current) { this.waiting.push(job); return; } this.current = job;
         if (await exists(this.current.path)) this.current.rename(); await fetch(this.current.url); this.current = undefined; } }
     export const downloads = new Downloads();`,
    `export class Downloads { private current: Job | undefined; private waiting: Job[] = [];
       async start(job: Job) { this.current = job;
         if (await exists(this.current.path)) this.current.rename(); await fetch(this.current.url); this.current = undefined; } }
     export const downloads = new Downloads();`,
    'stale-context Downloads#current',
  ],
};

describe('what is taken in one turn', () => {
  test.each(Object.entries(pairs))('%s', (_name, [sound, racy, finding]) => {
    expect([findingsIn(sound), findingsIn(racy)]).toEqual([[], [finding]]);
  });
});

test('tests of a suite come one after the other', () => {
  const stubbed = (open: string, close: string): string => `${open} let stub; let left;
    it('counts', () => new Limiter(client, () => { stub.restore(); left = 1; }));
    it('names', (done) => { Promise.all([first(), second()]).then(() => { stub = spy(client); done(); }); }); ${close}`;
  expect(findingsIn(stubbed(`describe('limits', function limits() {`, '});'), 'limits.test.js')).toEqual([]);
});

const models = (made: string): string => `let known: string[] | undefined;
  async function models() { if (!known) { const loaded = await import('./models'); known = ${made}; } return known; }
  export async function answer(question: string) { const all = await models(); const point = await createEndpoint(all, question); await point.run(); return [point, await models()]; }`;

test('what a module exports is the same for all who import it', () => {
  expect(findingsIn(models('(loaded as Models).models'))).toEqual([]);
  expect(findingsIn(models('await loaded.createModels()'))).toEqual(['double-initialization known']);
});

describe('a queue of promises that one failure stays in', () => {
  const queue = (told: string): string => `export class Log { private tail = Promise.resolve();
    note(line: string) { this.tail = this.tail.finally(async () => { await this.write(line); }); ${told} }
    private async write(line: string) { await append(line); } }`;

  test('is one where somebody is told what came of it', () => {
    expect(findingsIn(queue('return this.tail;'))).toEqual(['lock-not-released this.tail']);
  });

  test('is none where what is queued is run whatever failed before, and nobody is told', () => {
    expect(findingsIn(queue(''))).toEqual([]);
  });
});
