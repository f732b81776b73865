import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

/** What the pages say is proved, is; what cannot be run to its end here says why. */
describe.each([['self-deadlock', 'confirmed'], ['lock-order-cycle', 'confirmed'], ['lock-callback-misuse', 'confirmed'], ['wait-under-lock', 'confirmed']])('%s', (id, verdict) => {
  it(`its racy example is ${verdict}`, async () => {
    const page = readFileSync(new URL(`../../docs/rules/${id}.md`, import.meta.url), 'utf8');
    const code = /^```ts racy\n([\s\S]*?)^```$/m.exec(page)![1]!;
    const judged = await engine.check(code);
    expect(judged.map(({ finding, proof }) => `${finding.rule} ${proof.verdict} ${proof.reason}`)).toEqual([expect.stringMatching(`^${id} ${verdict}`)]);
  });
});

it('a wait that only calls made in one turn bring about is confirmed', async () => {
  const [judged] = await engine.check(`
    import { Mutex } from 'async-mutex';
    const a = new Mutex(); const b = new Mutex();
    export const one = () => a.runExclusive(() => b.runExclusive(() => work()));
    export const other = () => b.runExclusive(() => a.runExclusive(() => work()));`);
  expect(judged!.proof.verdict).toBe('confirmed');
});

it('a lock that a return leaves held keeps the next one waiting', async () => {
  const [judged] = await engine.check(`
    import { Mutex } from 'async-mutex';
    const mutex = new Mutex();
    export async function save(name: string) { await mutex.acquire(); if (name === 'x') return; await write(name); mutex.release(); }`);
  expect(judged!.finding.rule).toBe('lock-not-released');
  expect(judged!.proof.verdict).not.toBe('refuted');
});
