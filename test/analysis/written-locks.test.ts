import { expect, test } from 'vitest';
import { findings } from './expectations.js';

const counter = (lock: string): string => `${lock} const lock = new Lock(); let n = 0; export const inc = () => lock.run(async () => { const before = n; await save(before); n = before + 1; });`;

/** Whoever comes waits in line by a function that the constructor makes once; `wait` says whether. */
const inLineByField = (wait: string): string => `class Lock { constructor() { this.taken = false; this.queue = []; this.enqueue = (resolve, reject) => this.queue.push([resolve, reject]); }
    lock() { ${wait} this.taken = true; return Promise.resolve(); }
    unlock() { if (!this.queue.length) { this.taken = false; return; } this.queue.shift()[0](); } }
  export class Account { constructor(store) { this.gate = new Lock(); this.store = store; this.total = 0; }
    leave() { this.gate.unlock(); this.store.idle(); }
    async add(amount) { await this.gate.lock(); try { const before = this.total; await this.store.save(before); this.total = before + amount; } finally { this.leave(); } } }`;

/** A chain for each entry; `keep` says where its end is kept. */
const entries = (keep: string): string => `interface Entry { tail?: Promise<void>; total: number }
  export class Accounts {
    readonly #entries = new Map<string, Entry>();
    async add(id: string, amount: number) {
      const entry = this.#entries.get(id);
      if (!entry) return;
      await this.#inLine(entry, async () => { const before = entry.total; await save(before); entry.total = before + amount; });
    }
    async #inLine<T>(entry: { tail?: Promise<void> }, work: () => Promise<T>): Promise<T> {
      const before = entry.tail ?? Promise.resolve();
      const run = before.catch(() => undefined).then(work);
      const ended = run.then(() => undefined, () => undefined);
      ${keep}
      try { return await run; } finally { if (entry.tail === ended) entry.tail = undefined; }
    }
  }`;

/** What a class called `Lock` does decides, not what it is called. */
const locks: readonly (readonly [name: string, excludes: boolean, code: string])[] = [
  ['a chain of promises', true, counter(`class Lock { #tail: Promise<unknown> = Promise.resolve(); run<T>(fn: () => Promise<T>) { const next = this.#tail.then(fn, fn); this.#tail = next.catch(() => undefined); return next; } }`)],
  ['a queue of work that is drained', true, counter(`class Lock { private jobs: (() => Promise<void>)[] = []; private busy = false; run<T>(fn: () => Promise<T>) { return new Promise<T>((resolve, reject) => { this.jobs.push(() => fn().then(resolve, reject)); void this.drain(); }); }
    private async drain() { if (this.busy) return; this.busy = true; for (let job = this.jobs.shift(); job; job = this.jobs.shift()) await job(); this.busy = false; } }`)],
  ['a set of functions that try again when somebody leaves', true, `class Lock { private taken = false; private waiting = new Set<() => void>();
    acquire() { return new Promise<void>((resolve) => { if (!this.taken) { this.taken = true; return resolve(); } const enter = () => { if (this.taken) return; this.taken = true; this.waiting.delete(enter); resolve(); }; this.waiting.add(enter); }); }
    release() { this.taken = false; const next = this.waiting.values().next().value; next?.(); } }
    const lock = new Lock(); let n = 0; export async function inc() { await lock.acquire(); try { const before = n; await save(before); n = before + 1; } finally { lock.release(); } }`],
  ['resolvers that a function in a field puts in line', true, inLineByField('if (this.taken) return new Promise(this.enqueue);')],
  ['such a function that nobody is handed to', false, inLineByField('')],
  ['a chain that nobody is appended to', false, counter(`class Lock { #tail: Promise<unknown> = Promise.resolve(); run<T>(fn: () => Promise<T>) { return this.#tail.then(fn); } }`)],
  ['a chain whose end is kept in what it is given', true, entries('entry.tail = ended;')],
  ['such a chain that nobody is appended to', false, entries('')],
  ['work that is run at once', false, counter(`class Lock { #runs = 0; async run<T>(fn: () => Promise<T>) { this.#runs++; try { return await fn(); } finally { this.#runs--; } } }`)],
];

test.each(locks)('%s', (_name, excludes, code) => {
  expect(findings(code).map(({ rule }) => rule)).toEqual(excludes ? [] : ['lost-update']);
});
