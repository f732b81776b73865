import { describe, expect, test } from 'vitest';
import { findings, findingsIn } from './expectations.js';

const mutex = `import { Mutex } from 'async-mutex';\nconst mutex = new Mutex();\n`;
const two = `import { Mutex } from 'async-mutex';\nconst a = new Mutex();\nconst b = new Mutex();\n`;

/** Name, finding, code. */
const racy: readonly (readonly [string, string, string])[] = [
  ['the releaser is called where all goes well', 'lock-not-released mutex', `${mutex}
    export async function save() { const release = await mutex.acquire(); await write(); release(); }`],
  ['the releaser is called in catch only', 'lock-not-released Accounts#mutex', `import { Mutex } from 'async-mutex';
    export class Accounts { mutex = new Mutex();
      async refresh() { const release = await this.mutex.acquire(); try { await fetchAll(); this.publish(); } catch (error) { release(); throw error; } }
      publish() {} }`],
  ['an early return', 'lock-not-released mutex', `${mutex}
    export async function save(user?: User) { await mutex.acquire(); if (!user) return; store(user); mutex.release(); }`],
  ['a throw', 'lock-not-released mutex', `${mutex}
    export async function save(user?: User) { await mutex.acquire(); if (!user) throw new Error('no user'); store(user); mutex.release(); }`],
  ['a semaphore of one', 'lock-not-released one', `import { Sema } from 'async-sema'; const one = new Sema(1);
    export async function save() { await one.acquire(); await write(); one.release(); }`],
  ['a break out of a loop', 'lock-not-released mutex', `${mutex}
    export async function drain(jobs: Job[]) { for (const job of jobs) { await mutex.acquire(); if (job.isLast) break; run(job); mutex.release(); } }`],
  ['a helper that takes the lock of its caller', 'self-deadlock Store#mutex', `import { Mutex } from 'async-mutex';
    export class Store { private mutex = new Mutex();
      async update() { await this.mutex.runExclusive(async () => { await this.flush(); }); }
      async flush() { await this.mutex.runExclusive(async () => { await write(); }); } }`],
  ['acquire within acquire', 'self-deadlock mutex', `${mutex}
    export async function outer() { const free = await mutex.acquire(); try { await inner(); } finally { free(); } }
    async function inner() { const free = await mutex.acquire(); try { await write(); } finally { free(); } }`],
  ['a limiter of one in itself', 'self-deadlock limit', `import pLimit from 'p-limit'; const limit = pLimit(1);
    export const run = () => limit(async () => { const one = await limit(() => work()); return one; });`],
  ['a queue of one in itself', 'self-deadlock Jobs#queue', `import PQueue from 'p-queue';
    export class Jobs { queue = new PQueue({ concurrency: 1 });
      all() { return this.queue.add(async () => { for (const id of await list()) await this.one(id); }); }
      one(id: string) { return this.queue.add(() => work(id)); } }`],
  ['work that waits until its own queue has none', 'self-deadlock Jobs#queue', `import PQueue from 'p-queue';
    export class Jobs { queue = new PQueue({ concurrency: 1 }); finish() { return this.queue.add(async () => { await this.queue.onIdle(); await commit(); }); } }`],
  ['the same where the queue lets in several', 'self-deadlock queue', `import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 4 });
    export const finish = () => queue.add(async () => { await queue.onPendingZero(); await commit(); });`],
  ['the same key', 'self-deadlock lock[user]', `import AsyncLock from 'async-lock'; const lock = new AsyncLock();
    export const outer = (user: string) => lock.acquire(user, async () => { await inner(user); });
    const inner = (id: string) => lock.acquire(id, async () => { await write(); });`],
  ['two functions, two orders', 'lock-order-cycle a, b', `${two}
    export const one = () => a.runExclusive(() => b.runExclusive(() => work()));
    export const other = () => b.runExclusive(() => a.runExclusive(() => work()));`],
  ['two orders, one of them through a call', 'lock-order-cycle C#x, C#y', `import { Mutex } from 'async-mutex';
    export class C { x = new Mutex(); y = new Mutex();
      async p() { const free = await this.x.acquire(); try { await this.useY(); } finally { free(); } }
      async q() { const free = await this.y.acquire(); try { await this.useX(); } finally { free(); } }
      private async useY() { await this.y.runExclusive(() => work()); }
      private async useX() { await this.x.runExclusive(() => work()); } }`],
  ['locks that are called queues', 'lock-order-cycle queueLock, stockLock', `import { Mutex } from 'async-mutex'; const queueLock = new Mutex(); const stockLock = new Mutex();
    export const one = () => queueLock.runExclusive(() => stockLock.runExclusive(() => work()));
    export const other = () => stockLock.runExclusive(() => queueLock.runExclusive(() => work()));`],
  ['two accounts as they come', 'lock-order-cycle from.lock, to.lock', `import { Mutex } from 'async-mutex';
    class Account { readonly lock = new Mutex(); balance = 0; }
    export async function transfer(from: Account, to: Account, amount: number) {
      await from.lock.runExclusive(() => to.lock.runExclusive(async () => { await book(from, to, amount); })); }`],
  ['two keys as they come', 'lock-order-cycle lock[from], lock[to]', `import AsyncLock from 'async-lock'; const lock = new AsyncLock();
    export const transfer = (from: string, to: string) => lock.acquire(from, () => lock.acquire(to, async () => { await book(from, to); }));`],
  ['released early and in finally', 'double-release mutex', `${mutex}
    export async function save(user?: User) { await mutex.acquire(); try { if (!user) { mutex.release(); return; } await write(user); } finally { mutex.release(); } }`],
  ['written without the lock that others hold', 'missing-lock Counter#n', `import { Mutex } from 'async-mutex';
    export class Counter { private mutex = new Mutex(); private n = 0;
      inc() { return this.mutex.runExclusive(async () => { const before = this.n; await work(); this.n = before + 1; }); }
      set(n: number) { this.n = n; } }`],
  ['a region without the lock that others hold', 'missing-lock total', `${mutex} let total = 0;
    export const add = () => mutex.runExclusive(async () => { const before = total; await work(); total = before + 1; });
    export async function sub() { const before = total; await work(); total = before - 1; }`],
  ['a copy taken before the lock under which others write', 'stale-write-back Tokens#list', `import { Mutex } from 'async-mutex';
    export class Tokens { private mutex = new Mutex(); private list: Token[] = [];
      async add(token: Token) { const { list } = this; const release = await this.mutex.acquire(); try { await check(token); this.list = [...list, token]; } finally { release(); } }
      async reset(next: Token[]) { const release = await this.mutex.acquire(); try { this.list = next; } finally { release(); } } }`],
  ['under another lock', 'missing-lock n', `${two} let n = 0;
    export const up = () => a.runExclusive(async () => { const before = n; await work(); n = before + 1; });
    export const set = (value: number) => { n = value; };`],
  ['released twice in a row', 'double-release one', `import { Sema } from 'async-sema'; const one = new Sema(1);
    export async function save() { await one.acquire(); one.release(); one.release(); }`],
];

function lockedTree(check: string): string {
  return `import { Mutex } from 'async-mutex'; export class State { mutex = new Mutex(); parent: State | null = null;
     static isParent(child: State, parent: State) { return child.parent === parent; }
     async commit(child: State) { ${check} await this.mutex.runExclusive(() => child.mutex.runExclusive(async () => { await write(); })); } }`;
}

const correct: readonly (readonly [string, string])[] = [
  ['released in finally', `${mutex} export async function save() { const release = await mutex.acquire(); try { await write(); } finally { release(); } }`],
  ['released in both ways', `${mutex} export async function save() { const release = await mutex.acquire(); try { await write(); release(); } catch (error) { release(); throw error; } }`],
  ['written under the same lock', `${mutex} let n = 0; export const inc = () => mutex.runExclusive(async () => { const before = n; await work(); n = before + 1; }); export const set = (value: number) => mutex.runExclusive(() => { n = value; });`],
  ['written by a helper that only those with the lock call', `import { Mutex } from 'async-mutex'; export class Counter { private mutex = new Mutex(); private n = 0;
     inc() { return this.mutex.runExclusive(async () => { const before = this.n; await work(); this.#set(before + 1); }); }
     #set(n: number) { this.n = n; } }`],
  ['read without the lock', `${mutex} let n = 0; export const inc = () => mutex.runExclusive(async () => { const before = n; await work(); n = before + 1; }); export const get = () => n;`],
  ['ended by whoever disposes of it', `import { Mutex } from 'async-mutex'; export class Counter { private mutex = new Mutex(); private n = 0;
     inc() { return this.mutex.runExclusive(async () => { const before = this.n; await work(); this.n = before + 1; }); }
     dispose() { this.n = 0; } }`],
  ['released by the chain that is returned', `${mutex} export async function save() { const release = await mutex.acquire(); return (async () => { await write(); })().finally(() => { release(); }); }`],
  ['released in catch and then', `${mutex} export async function save() { const release = await mutex.acquire(); await write().then(() => { release(); }, () => { release(); }); }`],
  ['work that nobody waits for fails', `${mutex} export async function save() { const release = await mutex.acquire(); try { report(); } finally { release(); } } function report() { send().then((answer) => { if (!answer) throw new Error('no answer'); }); }`],
  ['handed to the caller', `${mutex} export async function lock() { const release = await mutex.acquire(); return release; }`],
  ['handed to an object', `${mutex} export async function lock() { const release = await mutex.acquire(); return { [Symbol.dispose]: release }; }`],
  ['taken and released in methods of their own', `import { Mutex } from 'async-mutex'; export class Gate { m = new Mutex(); async open() { await this.m.acquire(); } close() { this.m.release(); } }`],
  ['released if it was taken', `${mutex} export async function save(isSafe: boolean) { let release: (() => void) | undefined; if (!isSafe) release = await mutex.acquire(); try { await write(); } finally { release?.(); } }`],
  ['released if it was taken, by a condition', `${mutex} export async function save() { const release = await mutex.acquire(); let acquired = true; try { await write(); } finally { if (acquired) release(); } }`],
  ['nothing between can fail', `${mutex} let n = 0; export async function inc() { await mutex.acquire(); n += 1; mutex.release(); }`],
  ['a lock that may not be got', `import Locks from 'browser-tabs-lock'; const locks = new Locks(); export async function save() { if (await locks.acquireLock('k', 100)) { try { await write(); } finally { await locks.releaseLock('k'); } } }`],
  ['using', `${mutex} export async function save() { await using held = await mutex.acquire(); await write(); }`],
  ['an unlocked version within', `import { Mutex } from 'async-mutex'; export class Store { private mutex = new Mutex();
     async update() { await this.mutex.runExclusive(async () => { await this.#flush(); }); }
     async flush() { await this.mutex.runExclusive(async () => { await this.#flush(); }); }
     async #flush() { await write(); } }`],
  ['released before it is taken again', `${mutex} export async function twice() { let free = await mutex.acquire(); try { await write(); } finally { free(); } free = await mutex.acquire(); try { await write(); } finally { free(); } }`],
  ['work within that nobody waits for', `import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 1 }); export const run = () => queue.add(async () => { await work(); void queue.add(() => work()); });`],
  ['a wait for another queue, and for one\'s own from outside', `import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 1 }); const other = new PQueue({ concurrency: 1 });
     export const finish = async () => { await queue.add(async () => { await other.onIdle(); void queue.onIdle().then(() => log()); }); await queue.onIdle(); };`],
  ['a limiter of several in itself', `import pLimit from 'p-limit'; const limit = pLimit(4); export const run = () => limit(async () => { await limit(() => work()); });`],
  ['another key', `import AsyncLock from 'async-lock'; const lock = new AsyncLock(); export const outer = (user: string) => lock.acquire(user, async () => { await lock.acquire('log', async () => { await write(); }); });`],
  ['one order', `${two} export const one = () => a.runExclusive(() => b.runExclusive(() => work())); export const other = () => a.runExclusive(() => b.runExclusive(() => more()));`],
  ['two orders within a third lock', `import { Mutex } from 'async-mutex'; const gate = new Mutex(); const a = new Mutex(); const b = new Mutex();
     export const one = () => gate.runExclusive(() => a.runExclusive(() => b.runExclusive(() => work())));
     export const other = () => gate.runExclusive(() => b.runExclusive(() => a.runExclusive(() => work())));`],
  ['one after the other', `${two} export const one = async () => { await a.runExclusive(() => work()); await b.runExclusive(() => work()); }; export const other = async () => { await b.runExclusive(() => work()); await a.runExclusive(() => work()); };`],
  ['two accounts in the order of their ids', `import { Mutex } from 'async-mutex'; class Account { readonly lock = new Mutex(); id = 0; }
     export async function transfer(from: Account, to: Account) { const [first, second] = from.id < to.id ? [from, to] : [to, from];
       await first.lock.runExclusive(() => second.lock.runExclusive(async () => { await book(from, to); })); }`],
  ['two of a tree, one of which is asked to be above the other', lockedTree('assert(State.isParent(child, this));')],
  ['a releaser that counts once', `${mutex} export async function save(user?: User) { const release = await mutex.acquire(); try { if (!user) { release(); return; } await write(user); } finally { release(); } }`],
  ['a release for each acquisition', `${mutex} export async function save() { for (const part of parts) { await mutex.acquire(); try { await write(part); } finally { mutex.release(); } } }`],
];

describe('locks', () => {
  test.each(racy)('%s: %s', (_name, finding, code) => {
    expect(findingsIn(code)).toEqual([finding]);
  });

  test.each(correct)('silence on: %s', (_name, code) => {
    expect(findingsIn(code)).toEqual([]);
  });

  test('two of a tree are told where nothing says which is above the other', () => {
    expect(findingsIn(lockedTree(''))).toEqual([expect.stringContaining('lock-order-cycle')]);
  });

  test('messages name both places', () => {
    const messages = Object.fromEntries(racy.map(([name, , code]) => [name, findings(code).map(({ message }) => message).join()]));
    expect(messages).toMatchInlineSnapshot(`
      {
        "a break out of a loop": "\`mutex\` is acquired at line 4, and when all is done it is never released: whoever wants it next waits for ever.",
        "a copy taken before the lock under which others write": "\`list\` is read at line 3, \`add\` suspends at line 3, and another \`add\` can write it before line 3.",
        "a helper that takes the lock of its caller": "\`Store#mutex\` is taken at line 3, and waited for again at line 4 through \`Store.flush\` by the task that holds it: it waits for itself.",
        "a limiter of one in itself": "\`limit\` is taken at line 2, and waited for again at line 2 through \`limit callback in run\` by the task that holds it: it waits for itself.",
        "a queue of one in itself": "\`Jobs#queue\` is taken at line 3, and waited for again at line 4 through \`Jobs.one\` by the task that holds it: it waits for itself.",
        "a region without the lock that others hold": "\`total\` is read at line 5, \`sub\` suspends at line 5, and another \`sub\` can write it before line 5. Elsewhere, at line 4, it is written under \`mutex\`.",
        "a semaphore of one": "\`one\` is acquired at line 2, and if what is awaited at line 2 fails it is never released: whoever wants it next waits for ever.",
        "a throw": "\`mutex\` is acquired at line 4, and by the error thrown at line 4 it is never released: whoever wants it next waits for ever.",
        "acquire within acquire": "\`mutex\` is taken at line 4, and waited for again at line 5 through \`inner\` by the task that holds it: it waits for itself.",
        "an early return": "\`mutex\` is acquired at line 4, and by the return at line 4 it is never released: whoever wants it next waits for ever.",
        "locks that are called queues": "\`one\` holds \`queueLock\` (line 2) and waits for \`stockLock\` (line 2), while \`other\` holds \`stockLock\` (line 3) and waits for \`queueLock\` (line 3): each may wait for the other for ever.",
        "released early and in finally": "\`mutex\` is released at line 4 and once more at line 4: whoever waits for it may get in while another still holds it.",
        "released twice in a row": "\`one\` is released at line 2 and once more at line 2: whoever waits for it may get in while another still holds it.",
        "the releaser is called in catch only": "\`Accounts#mutex\` is acquired at line 3, and when all is done it is never released: whoever wants it next waits for ever.",
        "the releaser is called where all goes well": "\`mutex\` is acquired at line 4, and if what is awaited at line 4 fails it is never released: whoever wants it next waits for ever.",
        "the same key": "\`lock[user]\` is taken at line 2, and waited for again at line 3 through \`inner\` by the task that holds it: it waits for itself.",
        "the same where the queue lets in several": "\`queue\` is waited for at line 2 until it has no work left, by work that it runs itself since line 2: it waits for itself.",
        "two accounts as they come": "\`transfer\` holds \`from.lock\` (line 4) and waits for \`to.lock\` (line 4); called with the two the other way round, at the same time, each call may wait for the other for ever.",
        "two functions, two orders": "\`one\` holds \`a\` (line 5) and waits for \`b\` (line 5), while \`other\` holds \`b\` (line 6) and waits for \`a\` (line 6): each may wait for the other for ever.",
        "two keys as they come": "\`transfer\` holds \`lock[from]\` (line 2) and waits for \`lock[to]\` (line 2); called with the two the other way round, at the same time, each call may wait for the other for ever.",
        "two orders, one of them through a call": "\`C.p\` holds \`C#x\` (line 3) and waits for \`C#y\` (line 5) through \`C.useY\`, while \`C.q\` holds \`C#y\` (line 4) and waits for \`C#x\` (line 6) through \`C.useX\`: each may wait for the other for ever.",
        "under another lock": "\`n\` is read at line 5 and written at line 5 under \`a\`, but \`set\` writes it at line 6 without it, also while \`up\` is suspended at line 5.",
        "work that waits until its own queue has none": "\`Jobs#queue\` is waited for at line 2 until it has no work left, by work that it runs itself since line 2: it waits for itself.",
        "written without the lock that others hold": "\`n\` is read at line 3 and written at line 3 under \`Counter#mutex\`, but \`set\` writes it at line 4 without it, also while \`inc\` is suspended at line 3.",
      }
    `);
  });
});
