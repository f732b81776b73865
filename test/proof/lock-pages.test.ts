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

const tracked = (throwing: string): string => `
  import { Mutex } from 'async-mutex';
  import { trackers } from './trackers';
  export class Nonces {
    private readonly mutex = new Mutex();
    async next(id: string): Promise<number> {
      const release = await this.mutex.acquire();
      const tracker = trackers.find(id);
      if (!tracker) ${throwing}
      try { return await tracker.next(); } finally { release(); }
    }
  }`;

it('a lock that an error of the code\'s own leaves held keeps the next one waiting', async () => {
  const [judged] = await engine.check(tracked('throw new Error(`no tracker of ${id}`);'));
  expect(judged!.finding.rule).toBe('lock-not-released');
  const { verdict, reason, witness } = judged!.proof;
  expect([verdict, reason]).toEqual(['confirmed', expect.stringContaining('a lock that nobody gives back')]);
  expect(Object.values(witness!.outcome.results).map((result) => result.slice(0, 15))).toEqual(expect.arrayContaining(['never finished', 'threw Error: no']));
});

it('a lock that is given back before the error keeps nobody waiting', async () => {
  const judged = await engine.check(tracked('{ release(); throw new Error(`no tracker of ${id}`); }'));
  expect(judged.map(({ finding }) => finding.rule)).not.toContain('lock-not-released');
});

it('a lock that a return leaves held keeps the next one waiting', async () => {
  const [judged] = await engine.check(`
    import { Mutex } from 'async-mutex';
    const mutex = new Mutex();
    export async function save(name: string) { await mutex.acquire(); if (name === 'x') return; await write(name); mutex.release(); }`);
  expect(judged!.finding.rule).toBe('lock-not-released');
  expect(judged!.proof.verdict).not.toBe('refuted');
});

it('a place that holds nothing yet is looked at again when a task was run before', async () => {
  const [judged] = await engine.check(`
    import { Mutex } from 'async-mutex';
    import { record } from './log';
    export class Account {
      private balance = 0;
      private readonly mutex = new Mutex();
      async deposit(amount: number) {
        await this.mutex.runExclusive(async () => {
          const current = this.balance;
          await record(amount);
          this.balance = current + amount;
        });
      }
      async applyInterest(rate: number) {
        await record(rate);
        this.balance = this.balance * (1 + rate);
      }
    }`);
  expect([judged!.finding.rule, judged!.proof.verdict]).toEqual(['missing-lock', 'confirmed']);
});

it('that two tasks come to their end does not refute a second release, which lets in a third', async () => {
  const [judged] = await engine.check(`
    import { Mutex } from 'async-mutex';
    import { send } from './mail';
    export class Letters {
      private readonly mutex = new Mutex();
      async deliver(to: string) {
        await this.mutex.acquire();
        try {
          if (!to.includes('@')) { this.mutex.release(); return false; }
          await send(to);
          return true;
        } finally {
          this.mutex.release();
        }
      }
    }`);
  const { verdict, reason } = judged!.proof;
  expect([judged!.finding.rule, verdict, reason]).toEqual(['double-release', 'unproven', expect.stringContaining('whether a third is let in beside another was not tried')]);
});

it('a circle of locks is not refuted by runs that do not come to all of it', async () => {
  const [judged] = await engine.check(`
    import { Mutex } from 'async-mutex';
    import { push, membersOf } from './outside';
    const rooms = new Mutex();
    const users = new Mutex();
    const members: string[] = [];
    export async function close() {
      await rooms.runExclusive(async () => {
        for (const member of members) await users.runExclusive(() => push(member));
      });
    }
    export async function register(name: string) {
      await users.runExclusive(async () => {
        await rooms.runExclusive(() => push(name));
      });
    }`);
  const { verdict, reason } = judged!.proof;
  expect([judged!.finding.rule, verdict, reason]).toEqual(['lock-order-cycle', 'unproven', expect.stringContaining('came to each of the acquisitions')]);
});
