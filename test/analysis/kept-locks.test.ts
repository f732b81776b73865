import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

const told = (code: string): string[] => findings(code).map(({ rule }) => rule);

/** What is told of the bug, and of its cure, each put in place of `@@`. */
function versions(code: string, racy: string, cured: string): { racy: string[]; cured: string[] } {
  return { racy: told(code.replaceAll('@@', racy)), cured: told(code.replaceAll('@@', cured)) };
}

describe('a lock that is kept for each key', () => {
  const mutexes = `import { Mutex } from 'async-mutex'; const locks = new Map<string, Mutex>();
    export async function withKey<T>(key: string, work: () => Promise<T>): Promise<T> { let mutex = locks.get(key); if (!mutex) { mutex = new Mutex(); locks.set(key, mutex); }
      try { return await mutex.runExclusive(work); } finally { @@ } }`;

  test('is not taken away from those who wait for it', () => {
    expect(versions(mutexes, 'locks.delete(key);', 'if (!mutex.isLocked()) locks.delete(key);')).toEqual({ racy: ['missing-lock'], cured: [] });
    expect(told(mutexes.replace('@@', 'if (mutex.isLocked()) return undefined as T; locks.delete(key);'))).toEqual([]);
  });

  test('nor out of an object', () => {
    const code = `import { Mutex } from 'async-mutex'; export class Store { private locks: Record<string, Mutex> = {}; async hit(id: string) { const lock = (this.locks[id] ??= new Mutex()); const release = await lock.acquire(); try { await touch(id); } finally { release(); @@ } } }`;
    expect(versions(code, 'delete this.locks[id];', 'if (!lock.isLocked()) delete this.locks[id];')).toEqual({ racy: ['missing-lock'], cured: [] });
  });

  test('nor is the end of a line', () => {
    const line = `const tails = new Map<string, Promise<unknown>>();
      export function inLine<T>(key: string, work: () => Promise<T>): Promise<T> { const before = tails.get(key) ?? Promise.resolve(); const run = before.then(work, work); tails.set(key, run); return run.finally(() => { @@ }); }`;
    expect(versions(line, 'tails.delete(key);', 'if (tails.get(key) === run) tails.delete(key);')).toEqual({ racy: ['missing-lock'], cured: [] });
  });

  test('work that all wait for together is no lock', () => {
    expect(told('const running = new Map<string, Promise<string>>(); export function load(key: string): Promise<string> { const known = running.get(key); if (known) return known; const work = read(key).finally(() => { running.delete(key); }); running.set(key, work); return work; }')).toEqual([]);
    expect(told(`const pending = new Map<string, Promise<string>>();
      export async function run(key: string): Promise<string> { let promise = pending.get(key); if (promise == null) { const deferred = defer<string>(); promise = deferred.promise; pending.set(key, promise); const path = await pathOf(key);
        void queue.run(() => spawn(path)).then(deferred.fulfill, (error) => deferred.cancel(error)).finally(() => { pending.delete(key); }).catch(() => {}); } return await promise; }`)).toEqual([]);
  });
});

describe('two keys of a wrapper that runs its callback under the lock of one', () => {
  const looked = 'let mutex = this.locks.get(key); if (!mutex) { mutex = new Mutex(); this.locks.set(key, mutex); }';
  const locker = (body: string, method: string): string => `import { Mutex } from 'async-mutex'; declare function move(from: string, to: string): Promise<void>;
    class Locker { private readonly locks = new Map<string, Mutex>(); ${body} }
    const locker = new Locker(); ${method}`;
  const plain = `with<T>(key: string, work: () => Promise<T>): Promise<T> { ${looked} return mutex.runExclusive(work); }`;
  const waiting = `async with<T>(key: string, work: () => Promise<T>): Promise<T> { ${looked} return await mutex.runExclusive(work); }`;
  const nested = (first: string, second: string, before = ''): string => `export async function transfer(from: string, to: string) { ${before} await locker.with(${first}, () => locker.with(${second}, () => move(from, to))); }`;

  test('are taken in the order in which a caller names them', () => {
    for (const body of [plain, waiting]) expect(findings(locker(body, nested('from', 'to'))).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([expect.stringMatching(/^lock-order-cycle: `transfer` holds `Locker#locks\[from\]` \(line 3\) and waits for `Locker#locks\[to\]` \(line 3\)/)]);
  });

  test('or in one order', () => {
    expect(told(locker(plain, nested('first', 'second', 'const [first, second] = from < to ? [from, to] : [to, from];')))).toEqual([]);
    expect(told(locker(plain, 'export async function rename(from: string, to: string) { await locker.with(from, () => move(from, to)); await locker.with(to, () => move(to, to)); }'))).toEqual([]);
  });

  test('where a function does it, too, two functions are two findings', () => {
    const code = `import { Mutex } from 'async-mutex'; declare function move(from: string, to: string): Promise<void>; const locks = new Map<string, Mutex>();
      function withLock<T>(key: string, work: () => Promise<T>): Promise<T> { let mutex = locks.get(key); if (!mutex) locks.set(key, (mutex = new Mutex())); return mutex.runExclusive(work); }
      export function transfer(from: string, to: string) { return withLock(from, () => withLock(to, () => move(from, to))); }
      export function copy(from: string, to: string) { return withLock(to, async () => { await withLock(from, async () => { await move(from, to); }); }); }`;
    expect(findings(code).map(({ rule, range }) => `${rule} ${range.start.line}`)).toEqual(['lock-order-cycle 3', 'lock-order-cycle 4']);
  });
});

describe('a lock that a decorator takes', () => {
  const draft = `@@ function run(lock: Mutex, method: () => Promise<unknown>): Promise<unknown> { return lock.runExclusive(method); }
    export class Draft { #text = ''; @Synchronized async flush() { await save(this.#text); } @Synchronized async append(text: string) { this.#text += text; await this.flush(); } }`;
  const synchronized = (kept: string, lock: string): string => `import { Mutex } from 'async-mutex'; ${kept}
    function Synchronized(_target: object, _name: string, descriptor: PropertyDescriptor) { const method = descriptor.value; descriptor.value = function (this: object, ...args: unknown[]) { ${lock} return mutex.runExclusive(() => method.apply(this, args)); }; }`;

  test('and that all methods of an object share is waited for by its own holder', () => {
    const perObject = synchronized('const mutexes = new WeakMap<object, Mutex>();', 'let mutex = mutexes.get(this); if (!mutex) mutexes.set(this, (mutex = new Mutex()));');
    expect(told(draft.replace('@@', perObject))).toEqual(['self-deadlock']);
    expect(told(draft.replace('@@', synchronized('const mutex = new Mutex();', '')))).toEqual(['self-deadlock']);
  });

  test('each method may have one of its own', () => {
    const perMethod = synchronized('', '').replace('const method =', 'const mutex = new Mutex(); const method =');
    expect(told(draft.replace('@@', perMethod))).toEqual([]);
  });
});

describe('a lock of a database session', () => {
  const migrate = (body: string): string => `import { Pool } from 'pg'; const pool = new Pool(); export async function migrate(name: string) { const client = await pool.connect(); try { await client.query('SELECT pg_advisory_lock($1)', [73]); ${body} } finally { client.release(); } }`;
  const [work, unlock] = ["if (await isDone(client, name)) return false; await client.query('INSERT INTO done VALUES ($1)', [name]);", "await client.query('SELECT pg_advisory_unlock($1)', [73]);"];

  test('stays with the connection that goes back to its pool', () => {
    expect([told(migrate(`${work} ${unlock} return true;`)), told(migrate(`try { ${work} return true; } finally { ${unlock} }`))]).toEqual([['lock-not-released'], []]);
  });

  test('goes with the connection that is closed', () => expect(told(migrate(`${work} ${unlock} return true;`).replace('client.release()', 'client.release(true)'))).toEqual([]));
});

describe('a flag that stays set if the work fails', () => {
  const poller = (start: string, work: string): string => `export class Rates { private busy = false; private rates: Record<string, number> = {}; start() { ${start} }
    async refresh() { if (this.busy) return; this.busy = true; ${work} } }`;
  const [bare, sure] = ['this.rates = await fetchRates(); this.busy = false;', 'try { this.rates = await fetchRates(); } finally { this.busy = false; }'];

  test('is told of where somebody catches that failure and goes on', () => {
    for (const start of ['setInterval(() => { this.refresh().catch(report); }, 60_000);', 'setInterval(async () => { try { await this.refresh(); } catch (error) { report(error); } }, 60_000);']) {
      expect([told(poller(start, bare)), told(poller(start, sure))]).toEqual([['lock-not-released'], []]);
    }
  });

  test('not where nobody does, or whoever does sets it back, or what fails is caught at once', () => {
    expect(told(poller('setInterval(() => this.refresh(), 60_000);', bare))).toEqual([]);
    expect(told(poller('setInterval(() => { this.refresh().catch(() => { this.busy = false; }); }, 60_000);', bare))).toEqual([]);
    expect(told(poller('setInterval(() => { this.refresh().catch(report); }, 60_000);', bare.replace('fetchRates()', 'fetchRates().catch(() => ({}))')))).toEqual([]);
  });
});
