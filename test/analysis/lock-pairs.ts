/** A bug with a lock and its cure, by the rule that accuses the one and is silent on the other. */
export type Pair = readonly [name: string, racy: string, cured: string];

const mutex = `import { Mutex } from 'async-mutex'; const mutex = new Mutex();`;
const held = `import { Mutex } from 'async-mutex';`;

/** Code with `<…|…>` in it: what stands left of the bar is the bug, what stands right of it the cure. */
function pair(name: string, code: string): Pair {
  const part = (side: 1 | 2): string => code.replace(/<<([\s\S]*?)\|\|([\s\S]*?)>>/g, (_all, racy: string, cured: string) => (side === 1 ? racy : cured));
  return [name, part(1), part(2)];
}

export const lockPairs: Record<string, readonly Pair[]> = {
  'missing-lock': [
    pair('await-lock: a writer that does not take it', `import AwaitLock from 'await-lock'; const lock = new AwaitLock(); let total = 0;
      export async function add(n: number) { await lock.acquireAsync(); try { const before = total; await audit(n); total = before + n; } finally { lock.release(); } }
      export async function reset() { <<total = 0;||await lock.acquireAsync(); try { total = 0; } finally { lock.release(); }>> }`),
    pair('async-lock: another key', `import AsyncLock from 'async-lock'; const lock = new AsyncLock();
      export class Stock { private left = 10;
        async sell(n: number) { await lock.acquire('stock', async () => { const left = this.left; await charge(n); this.left = left - n; }); }
        async restock(n: number) { await lock.acquire(<<'restock'||'stock'>>, async () => { const left = this.left; await order(n); this.left = left + n; }); } }`),
    pair('async-sema: one of two methods', `import { Sema } from 'async-sema';
      export class Wallet { #sema = new Sema(1); #coins = 0;
        async earn(n: number) { await this.#sema.acquire(); try { const coins = this.#coins; await log(n); this.#coins = coins + n; } finally { this.#sema.release(); } }
        async spend(n: number) { <<const coins = this.#coins; await log(-n); this.#coins = coins - n;||await this.#sema.acquire(); try { const coins = this.#coins; await log(-n); this.#coins = coins - n; } finally { this.#sema.release(); }>> } }`),
    pair('Web Locks: a writer without', `let draft = { text: '', rev: 0 };
      export async function save(text: string) { await navigator.locks.request('draft', async () => { const { rev } = draft; await upload(text); draft = { text, rev: rev + 1 }; }); }
      export async function discard() { <<draft = { text: '', rev: 0 };||await navigator.locks.request('draft', () => { draft = { text: '', rev: 0 }; });>> }`),
    pair('Web Locks: two names', `let rev = 0;
      export async function save(text: string) { await navigator.locks.request('draft', async () => { const before = rev; await upload(text); rev = before + 1; }); }
      export async function merge() { await navigator.locks.request(<<'drafts'||'draft'>>, async () => { const before = rev; await download(); rev = before + 1; }); }`),
    pair('a closure with a mutex of its own', `${held} export function createCounter() { const m = new Mutex(); let n = 0;
      return { inc: () => m.runExclusive(async () => { const before = n; await save(before); n = before + 1; }), reset: async () => { <<n = 0;||await m.runExclusive(() => { n = 0; });>> } }; }`),
    pair('p-limit of one', `import pLimit from 'p-limit'; const serial = pLimit(1); let seq = 0;
      export const next = () => serial(async () => { const now = seq; await persist(now + 1); seq = now + 1; });
      export const skip = async () => { <<const now = seq; await persist(now + 10); seq = now + 10;||await serial(async () => { const now = seq; await persist(now + 10); seq = now + 10; });>> };`),
    pair('an array behind a mutex', `${held} export class Inbox { private readonly m = new Mutex(); private items: Item[] = [];
      async compact() { const release = await this.m.acquire(); try { const kept = this.items.filter((i) => i.isNew); await store(kept); this.items = kept; } finally { release(); } }
      async clear() { <<this.items = [];||await this.m.runExclusive(() => { this.items = []; });>> } }`),
    pair('a lock that a project writes itself', `class Lock { #tail: Promise<unknown> = Promise.resolve(); run<T>(fn: () => Promise<T>): Promise<T> { const next = this.#tail.then(fn, fn); this.#tail = next.catch(() => undefined); return next; } }
      export class Ledger { private lock = new Lock(); private sum = 0;
        add(n: number) { return this.lock.run(async () => { const before = this.sum; await write(n); this.sum = before + n; }); }
        async sub(n: number) { <<const before = this.sum; await write(-n); this.sum = before - n;||await this.lock.run(async () => { const before = this.sum; await write(-n); this.sum = before - n; });>> } }`),
    pair('mutexify', `import mutexify from 'mutexify/promise'; const lock = mutexify(); let height = 0;
      export async function grow() { const release = await lock(); try { const h = height; await measure(); height = h + 1; } finally { release(); } }
      export async function shrink() { <<const h = height; await measure(); height = h - 1;||const release = await lock(); try { const h = height; await measure(); height = h - 1; } finally { release(); }>> }`),
    pair('a semaphore of several is no mutex beside one', `import { Mutex, Semaphore } from 'async-mutex'; const m = new Mutex(); const s = new Semaphore(3); let n = 0;
      export const a = () => m.runExclusive(async () => { const b = n; await f(); n = b + 1; });
      export const b = () => <<s||m>>.runExclusive(async () => { const b = n; await g(); n = b + 2; });`),
    pair('a read lock does not keep writers out', `import { RWLock } from '@rocicorp/lock';
      export class Table { #lock = new RWLock(); #rows = 0;
        async insert() { await this.#lock.withWrite(async () => { const rows = this.#rows; await write(); this.#rows = rows + 1; }); }
        async touch() { await this.#lock.<<withRead||withWrite>>(async () => { const rows = this.#rows; await write(); this.#rows = rows + 2; }); } }`),
    pair('browser-tabs-lock', `import SuperTokensLock from 'browser-tabs-lock'; const lock = new SuperTokensLock(); let token = 1;
      export async function refresh() { if (await lock.acquireLock('refresh', 5000)) { try { const old = token; await exchange(old); token = old + 1; } finally { await lock.releaseLock('refresh'); } } }
      export async function logout() { <<token = 0;||if (await lock.acquireLock('refresh', 5000)) { try { token = 0; } finally { await lock.releaseLock('refresh'); } }>> }`),
    pair('async/await with p-queue', `import PQueue from 'p-queue'; export class Feed { private queue = new PQueue({ concurrency: 1 }); private cursor = 0;
      poll() { return this.queue.add(async () => { const c = this.cursor; const page = await fetchPage(c); this.cursor = c + page.length; }); }
      async skip(n: number) { <<this.cursor = n;||await this.queue.add(() => { this.cursor = n; });>> } }`),
    pair('redlock: a name that no two runs share', `import { randomUUID } from 'node:crypto'; import Redlock from 'redlock'; const redlock = new Redlock([client]);
      export async function redeem(code: string) { const lock = await redlock.acquire([\`voucher:\${code}<<:\${randomUUID()}||>>\`], 3000); try { await spend(code); } finally { await lock.release(); } }`),
    pair('async-lock: a name made of the time', `import AsyncLock from 'async-lock'; const lock = new AsyncLock();
      export const sync = (id: string) => lock.acquire(\`sync-\${id}-\${<<Date.now()||Math.floor(Date.now() / 60_000)>>}\`, async () => { await pull(id); });`),
    pair('Web Locks: run without the lock, which is only printed', `let draft = { rev: 0 }; export const save = (text: string) => navigator.locks.request('draft', { ifAvailable: true }, async (lock) => { <<console.debug(lock);||if (!lock) return;>> const rev = draft.rev + 1; await put(text, rev); draft = { rev }; });
      export const load = () => navigator.locks.request('draft', async () => { draft = await fetchDraft(); });`),
    pair('browser-tabs-lock: the answer dropped', `import SuperTokensLock from 'browser-tabs-lock'; const lock = new SuperTokensLock();
      export async function refresh() { <<await lock.acquireLock('refresh', 2000);||if (!(await lock.acquireLock('refresh', 2000))) return;>> try { keep(await renew()); } finally { await lock.releaseLock('refresh'); } }`),
    pair('a decorator that looks the lock of the object up in a function', `${held} const locks = new WeakMap<object, Mutex>();
      function lockOf(target: object): Mutex { let m = locks.get(target); if (!m) { m = new Mutex(); locks.set(target, m); } return m; }
      function Serial(_t: object, _k: string, d: PropertyDescriptor) { const run = d.value; d.value = function (...args: unknown[]) { return lockOf(this).runExclusive(() => run.apply(this, args)); }; return d; }
      export class Meter { private sum = 0; @Serial async add(n: number) { const before = this.sum; await save(n); this.sum = before + n; } <<||@Serial>> async reset() { this.sum = 0; } }`),
    pair('a step that rests on a check under the lock', `${held} export class Account { private balance = 0; private readonly m = new Mutex();
      withdraw(n: number) { return this.m.runExclusive(async () => { if (this.balance < n) return false; await log(n); this.balance -= n; return true; }); }
      async payOut() { <<const paid = this.balance; this.balance = 0; return paid;||return this.m.runExclusive(() => { const paid = this.balance; this.balance = 0; return paid; });>> } gain(n: number) { this.balance += n; } }`),
  ],
  'lock-not-released': [
    pair('await-lock', `import AwaitLock from 'await-lock'; const lock = new AwaitLock();
      export async function save(x: string) { await lock.acquireAsync(); <<await write(x); lock.release();||try { await write(x); } finally { lock.release(); }>> }`),
    pair('async-sema, an early return', `import { Sema } from 'async-sema'; const sema = new Sema(4);
      export async function fetchOne(url: string) { await sema.acquire(); <<if (!url) return null; try { return await get(url); } finally { sema.release(); }||try { if (!url) return null; return await get(url); } finally { sema.release(); }>> }`),
    pair('a semaphore of several', `import { Semaphore } from 'async-mutex'; const sem = new Semaphore(5);
      export async function one(id: string) { const [, release] = await sem.acquire(); <<const r = await work(id); release(); return r;||try { return await work(id); } finally { release(); }>> }`),
    pair('mutexify', `import mutexify from 'mutexify/promise'; const lock = mutexify();
      export async function save() { const release = await lock(); <<await write(); release();||try { await write(); } finally { release(); }>> }`),
    pair('proper-lockfile', `import lockfile from 'proper-lockfile';
      export async function update(file: string) { const release = await lockfile.lock(file); <<const text = await read(file); await write(file, text + 1); await release();||try { const text = await read(file); await write(file, text + 1); } finally { await release(); }>> }`),
    pair('proper-lockfile, named imports', `import { lock, unlock } from 'proper-lockfile';
      export async function update(file: string) { await lock(file); <<await rewrite(file); await unlock(file);||try { await rewrite(file); } finally { await unlock(file); }>> }`),
    pair('redlock', `import Redlock from 'redlock'; const redlock = new Redlock([client]);
      export async function pay(id: string) { const lock = await redlock.acquire([\`pay:\${id}\`], 5000); <<await charge(id); await lock.release();||try { await charge(id); } finally { await lock.release(); }>> }`),
    pair('redlock v4', `const Redlock = require('redlock'); const redlock = new Redlock([client]);
      exports.pay = async function pay(id) { const lock = await redlock.lock('pay:' + id, 5000); <<await charge(id); await lock.unlock();||try { await charge(id); } finally { await lock.unlock(); }>> };`),
    pair('@rocicorp/lock', `import { Lock } from '@rocicorp/lock'; const lock = new Lock();
      export async function push() { const release = await lock.lock(); <<await send(); release();||try { await send(); } finally { release(); }>> }`),
    pair('a catch that swallows', `${mutex} export async function save() { const release = await mutex.acquire(); try { await write(); <<release();||>> } catch (e) { console.error(e); } <<||finally { release(); }>> }`),
    pair('a continue in a loop', `${mutex} export async function all(xs: X[]) { for (const x of xs) { const release = await mutex.acquire(); <<if (x.skip) continue; try { await work(x); } finally { release(); }||try { if (x.skip) continue; await work(x); } finally { release(); }>> } }`),
    pair('a class with its own lock, acquire and release', `class Lock { private locked = false; private waiting: (() => void)[] = [];
        async acquire() { if (!this.locked) { this.locked = true; return; } await new Promise<void>((r) => this.waiting.push(r)); }
        release() { const next = this.waiting.shift(); if (next) next(); else this.locked = false; } }
      const gate = new Lock(); export async function save() { await gate.acquire(); <<await write(); gate.release();||try { await write(); } finally { gate.release(); }>> }`),
    pair('a switch with a return', `${held} export class M { private m = new Mutex(); async handle(k: string) { await this.m.acquire(); <<switch (k) { case 'a': return 1; default: break; } this.m.release(); return 2;||try { switch (k) { case 'a': return 1; default: break; } return 2; } finally { this.m.release(); }>> } }`),
    pair('a releaser in then only', `${mutex} export async function save() { const release = await mutex.acquire(); return write().<<then((x) => { release(); return x; })||then((x) => x).finally(release)>>; }`),
    pair('a releaser given to then, not to catch', `${mutex} export function save() { return mutex.acquire().then((release) => write().<<then(() => release())||finally(() => release())>>); }`),
    pair('semaphore-async-await', `import { Lock } from 'semaphore-async-await'; const lock = new Lock(1); export async function save() { await lock.wait(); <<await write(); lock.signal();||try { await write(); } finally { lock.signal(); }>> }`),
    pair('redis-semaphore', `import { Mutex } from 'redis-semaphore'; const m = new Mutex(redis, 'k'); export async function save() { await m.acquire(); <<await write(); await m.release();||try { await write(); } finally { await m.release(); }>> }`),
    pair('live-mutex', `import { Client } from 'live-mutex'; const client = new Client(); export async function save() { const { id } = await client.acquire('k'); <<await write(); await client.release('k', id);||try { await write(); } finally { await client.release('k', id); }>> }`),
    pair('await-semaphore', `import { Semaphore } from 'await-semaphore'; const s = new Semaphore(2); export async function run() { const release = await s.acquire(); <<await work(); release();||try { await work(); } finally { release(); }>> }`),
    pair('a lock handed to a helper that returns early', `${mutex} export async function sync(u?: User) { await mutex.acquire(); <<await body(u);||try { await body(u); } finally { mutex.release(); }>> } async function body(u?: User) { if (!u) return; await write(u); <<mutex.release();||>> }`),
    pair('mutexify: a return before the work', `import mutexify from 'mutexify'; const lock = mutexify();
      export function put(key: string, flush: Flush, cb: Callback) { lock((release) => { if (cache.has(key)) return <<cb(null)||release(cb, null)>>; flush(key, (error) => { if (error) return release(cb, error); release(cb, null); }); }); }`),
    pair('mutexify: a branch with nothing in it', `import mutexify from 'mutexify'; const lock = mutexify();
      export function put(key: string, flush: Flush) { lock((release) => { if (isDirty(key)) { flush(key, () => release()); } <<||else { release(); }>> }); }`),
    pair('a lock that is tried for in a database', `import { Pool } from 'pg'; const pool = new Pool(); export async function claim() { const client = await pool.connect(); try {
        const { rows: [got] } = await client.query('SELECT pg_try_advisory_lock(7) AS ok'); if (!got.ok) return null; <<||try {>> const job = await next(client); if (!job) return null; await take(client, job);
        <<await client.query('SELECT pg_advisory_unlock(7)');||>> return job; <<||} finally { await client.query('SELECT pg_advisory_unlock(7)'); }>> } finally { client.release(); } }`),
    pair('a file that a failed read leaves locked', `import lockfile from 'lockfile'; export function add(db: string, row: Row, cb: Callback) { lockfile.lock(db + '.lock', { wait: 100 }, error => { if (error) return cb(error);
        readFile(db, (failure, text) => { if (failure) return <<cb(failure)||lockfile.unlock(db + '.lock', () => cb(failure))>>; write(db, text + row, () => lockfile.unlock(db + '.lock', cb)); }); }); }`),
    pair('a stack that was declared without using', `${mutex} export async function print(job: Job) { <<const||using>> stack = new DisposableStack(); stack.defer(await mutex.acquire()); await spool(job); }`),
    pair('a mutex that nobody gives back', `${mutex} export async function save(x: X) { <<await mutex.acquire();||const free = await mutex.acquire(); try {>> await write(x); <<||} finally { free(); }>> }`),
    pair('a releaser that a helper hands on and nobody calls', `${mutex} async function enter() { const release = await mutex.acquire(); return release; } export async function save(x: X) { <<await enter();||const leave = await enter(); try {>> await write(x); <<||} finally { leave(); }>> }`),
    pair('a guard that nobody disposes of', `${mutex} class Held implements Disposable { constructor(private readonly release: () => void) {} [Symbol.dispose]() { this.release(); } }
      async function hold() { return new Held(await mutex.acquire()); } export async function turn() { <<const||using>> held = await hold(); await motor.turn(); console.log('turned', held); }`),
    pair('a guard made on the spot', `${mutex} async function hold() { const free = await mutex.acquire(); return { [Symbol.dispose]() { free(); } }; } export async function turn() { <<const||using>> held = await hold(); await motor.turn(); }`),
    pair('a guard that is given back by its own method', `class Guard implements Disposable { constructor(private readonly free: () => void) {} [Symbol.dispose]() { this.free(); } }
      class Latch { #tail: Promise<void> = Promise.resolve(); async hold() { let free!: () => void; const mine = new Promise<void>((r) => { free = r; }); const before = this.#tail; this.#tail = before.then(() => mine); await before; return new Guard(free); } }
      const latch = new Latch(); export async function next() { <<const||using>> guard = await latch.hold(); const page = await load().catch(() => []); if (page.length === 0) return []; <<guard[Symbol.dispose]();||>> return page; }`),
  ],
  'double-release': [
    pair('mutexify: a failure that goes on', `import mutexify from 'mutexify'; const lock = mutexify(); export function move(from: string, to: string, cb: Callback) { lock((release) => { rename(from, to, (error) => { if (error) <<release(cb, error);||return release(cb, error);>> release(cb, null); }); }); }`),
    pair('mutexify: in the callback itself', `import mutexify from 'mutexify'; const lock = mutexify(); export function move(from: string, cb: Callback) { lock((release) => { if (from === '') <<release(cb);||return release(cb);>> release(cb, null); }); }`),
    pair('async-sema', `import { Sema } from 'async-sema'; const s = new Sema(1); export async function one() { await s.acquire(); try { await work(); <<s.release();||>> } finally { s.release(); } }`),
    pair('in catch and finally', `${mutex} export async function one() { await mutex.acquire(); try { await work(); } catch (e) { <<mutex.release();||>> throw e; } finally { mutex.release(); } }`),
    pair('await-lock', `import AwaitLock from 'await-lock'; const lock = new AwaitLock(); export async function one(x?: X) { await lock.acquireAsync(); if (!x) { lock.release(); <<||return;>> } lock.release(); }`),
    pair('by a helper', `${held} export class A { private m = new Mutex(); async one() { await this.m.acquire(); try { await work(); this.finish(); } finally { this.m.release(); } } private finish() { log(); <<this.m.release();||>> } async two() { await this.m.runExclusive(() => work()); } }`),
    pair('mutexify', `import mutexify from 'mutexify/promise'; const lock = mutexify(); export async function one() { const release = await lock(); try { await work(); <<release();||>> } finally { release(); } }`),
    pair('semaphore-async-await', `import Semaphore from 'semaphore-async-await'; const s = new Semaphore(1); export async function one(x?: X) { await s.acquire(); try { if (!x) { <<s.release();||>> return; } await work(x); } finally { s.release(); } }`),
    pair('a lock of the project', `class Lock { private locked = false; private waiting: (() => void)[] = [];
        async acquire() { if (!this.locked) { this.locked = true; return; } await new Promise<void>((r) => this.waiting.push(r)); }
        release() { const next = this.waiting.shift(); if (next) next(); else this.locked = false; } }
      const gate = new Lock(); export async function save() { await gate.acquire(); try { await write(); <<gate.release();||>> } finally { gate.release(); } }`),
    pair('in then and in finally', `${mutex} export async function one() { await mutex.acquire(); await work().then(() => { <<mutex.release();||log();>> }).finally(() => { mutex.release(); }); }`),
    pair('once for each element', `import { Sema } from 'async-sema'; const s = new Sema(2); export async function all(xs: X[]) { await s.acquire(); for (const x of xs) { run(x); <<s.release();||>> } <<||s.release();>> }`),
    pair('a listener that does it too', `class Slots { private free = 4; private queue: (() => void)[] = []; async take() { if (this.free > 0) { this.free--; return; } await new Promise<void>((r) => this.queue.push(r)); } give() { const next = this.queue.shift(); if (next) next(); else this.free++; } }
      const slots = new Slots(); export async function handle(req: Request, res: Response) { await slots.take(); <<res.on('close', () => slots.give());||res.on('close', () => count());>> try { res.end(await render(req)); } finally { slots.give(); } }`),
    pair('await-lock: what is waited for without it, and may fail', `import AwaitLock from 'await-lock'; const lock = new AwaitLock(); const items: string[] = []; let wake: (() => void) | undefined;
      export async function put(item: string) { await lock.acquireAsync(); try { while (items.length > 9) { <<lock.release(); await room();||const room = new Promise<void>((resolve) => { wake = resolve; }); lock.release(); await room;>> await lock.acquireAsync(); } items.push(item); } finally { lock.release(); } }`),
  ],
  'self-deadlock': [
    pair('async-lock with one key', `import AsyncLock from 'async-lock'; export class S { private lock = new AsyncLock(); async put(k: string) { await this.lock.acquire('db', async () => { await this.<<get(k)||read(k)>>; }); } async get(k: string) { return this.lock.acquire('db', () => this.read(k)); } private async read(k: string) { return query(k); } }`),
    pair('Web Locks by name', `export async function outer() { await navigator.locks.request('cache', async () => { await <<inner()||body()>>; }); } export async function inner() { await navigator.locks.request('cache', () => body()); } async function body() { await write(); }`),
    pair('Web Locks, a constant', `const NAME = 'sync'; const sync = () => navigator.locks.request(NAME, async () => { await push(); }); export async function all() { await navigator.locks.request(<<NAME||'other'>>, async () => { await sync(); }); }`),
    pair('await-lock', `import AwaitLock from 'await-lock'; const lock = new AwaitLock(); export async function a() { await lock.acquireAsync(); try { <<await b();||await c();>> } finally { lock.release(); } } async function b() { await lock.acquireAsync(); try { await c(); } finally { lock.release(); } } async function c() { await write(); } export const d = b;`),
    pair('async-sema of one', `import { Sema } from 'async-sema'; const s = new Sema(1); export async function a() { await s.acquire(); try { await b(); } finally { s.release(); } } async function b() { <<await s.acquire(); try { await write(); } finally { s.release(); }||await write();>> }`),
    pair('p-queue', `import PQueue from 'p-queue'; const q = new PQueue({ concurrency: 1 }); export const save = (x: X) => q.add(async () => { await prepare(x); <<await q.add(() => write(x));||await write(x);>> });`),
    pair('p-limit, a returned promise', `import pLimit from 'p-limit'; const limit = pLimit(1); export const a = () => limit(<<() => b()||() => write()>>); const b = () => limit(() => write()); export const c = () => b();`),
    pair('Promise.all within', `${mutex} export const all = (xs: X[]) => mutex.runExclusive(async () => { await Promise.all(xs.map((x) => <<one(x)||bare(x)>>)); }); const one = (x: X) => mutex.runExclusive(() => bare(x)); const bare = async (x: X) => { await write(x); }; export const single = (x: X) => one(x);`),
    pair('a loop within', `${held} export class R { private m = new Mutex(); async all(xs: X[]) { const release = await this.m.acquire(); try { for (const x of xs) await this.<<one||bare>>(x); } finally { release(); } } async one(x: X) { const release = await this.m.acquire(); try { await this.bare(x); } finally { release(); } } private async bare(x: X) { await write(x); } }`),
    pair('RWLock: write within read', `import { RWLock } from '@rocicorp/lock'; const rw = new RWLock(); export const get = (k: string) => rw.withRead(async () => { const v = await load(k); <<if (!v) await rw.withWrite(() => fill(k));||>> return v; });`),
    pair('a lock of the project', `class Mutex { private tail = Promise.resolve(); async lock() { let free!: () => void; const next = new Promise<void>((r) => { free = r; }); const before = this.tail; this.tail = before.then(() => next); await before; return free; } }
      const m = new Mutex(); export async function a() { const free = await m.lock(); try { await <<b||c>>(); } finally { free(); } } export async function b() { const free = await m.lock(); try { await c(); } finally { free(); } } async function c() { await write(); }`),
    pair('a wrapper of the project', `let tail: Promise<unknown> = Promise.resolve(); function withLock<T>(fn: () => Promise<T>): Promise<T> { const p = tail.then(fn); tail = p.catch(() => {}); return p; }
      export const outer = () => withLock(async () => { await <<inner||body>>(); }); export const inner = () => withLock(() => body()); async function body() { await write(); }`),
    pair('an inherited method that locks', `${held} class Base { protected m = new Mutex(); flush() { return this.m.runExclusive(() => this.write()); } protected async write() { await io(); } } export class Sub extends Base { put() { return this.m.runExclusive(async () => { await this.<<flush||write>>(); }); } }`),
    pair('a getter that gives the lock', `${held} export class A { #m = new Mutex(); get lock() { return this.#m; } a() { return this.lock.runExclusive(async () => { await this.<<b||c>>(); }); } b() { return this.lock.runExclusive(() => this.c()); } private async c() { await io(); } }`),
    pair('a keyed lock of mutexes', `${held} const locks = new Map<string, Mutex>(); function lockFor(k: string) { let m = locks.get(k); if (!m) { m = new Mutex(); locks.set(k, m); } return m; }
      export async function put(k: string) { await lockFor(k).runExclusive(async () => { await <<touch||bare>>(k); }); } export async function touch(k: string) { await lockFor(k).runExclusive(() => bare(k)); } async function bare(k: string) { await write(k); }`),
    pair('redlock', `import Redlock from 'redlock'; const redlock = new Redlock([c]); export async function a(id: string) { await redlock.using([id], 5000, async () => { await <<b||body>>(id); }); } export async function b(id: string) { await redlock.using([id], 5000, () => body(id)); } async function body(id: string) { await write(id); }`),
    pair('using', `import { Mutex } from '@livekit/mutex'; const m = new Mutex(); export async function a() { const unlock = await m.lock(); try { await <<b||c>>(); } finally { unlock(); } } export async function b() { const unlock = await m.lock(); try { await c(); } finally { unlock(); } } async function c() { await io(); }`),
    pair('mutexify: a callback that calls what takes it', `import mutexify from 'mutexify'; export class Log { private readonly lock = mutexify();
      append(line: string, cb: Callback) { this.lock((release) => { this.write(line, (error) => release(cb, error)); }); } private write(line: string, cb: Callback) { file.write(line, cb); }
      compact(cb: Callback) { this.lock((release) => { file.truncate((error) => { if (error) return release(cb, error); this.<<append||write>>('# compacted', (failure) => release(cb, failure)); }); }); } }`),
    pair('a limiter of several that goes deeper', `import pLimit from 'p-limit'; const limit = pLimit(4); export async function size(dir: Dir): Promise<number> { const own = await limit(() => stat(dir));
      const all = await Promise.all(dir.children.map((child) => <<limit(() => size(child))||size(child)>>)); return all.reduce((a, b) => a + b, own); }`),
    pair('a semaphore of several that goes deeper', `import { Sema } from 'async-sema'; const slots = new Sema(3); export async function remove(dir: Dir) { await slots.acquire(); try { for (const child of dir.children) await <<remove(child)||unlink(child)>>; } finally { slots.release(); } }`),
    pair('a mutex in a function that runs itself', `${held} export class Tree { private m = new Mutex(); async drop(node: N): Promise<void> { const free = await this.m.acquire(); try { for (const child of node.children) await <<this.drop(child)||this.unlink(child)>>; await this.unlink(node); } finally { free(); } } private async unlink(n: N) { await io(n); } }`),
    pair('by then', `${mutex} export const a = () => mutex.runExclusive(() => load().then((x) => <<mutex.runExclusive(() => save(x))||save(x)>>));`),
  ],
  'lock-order-cycle': [
    pair('await-lock', `import AwaitLock from 'await-lock'; const a = new AwaitLock(); const b = new AwaitLock();
      export async function one() { await a.acquireAsync(); try { await b.acquireAsync(); try { await f(); } finally { b.release(); } } finally { a.release(); } }
      export async function two() { await <<b||a>>.acquireAsync(); try { await <<a||b>>.acquireAsync(); try { await f(); } finally { <<a||b>>.release(); } } finally { <<b||a>>.release(); } }`),
    pair('Web Locks', `export const one = () => navigator.locks.request('a', () => navigator.locks.request('b', () => f())); export const two = () => navigator.locks.request(<<'b'||'a'>>, () => navigator.locks.request(<<'a'||'b'>>, () => f()));`),
    pair('Web Locks, shared', `export const one = () => navigator.locks.request('a', <<{ mode: 'exclusive' }||{ mode: 'shared' }>>, () => navigator.locks.request('b', { mode: 'shared' }, () => f())); export const two = () => navigator.locks.request('b', <<{}||{ mode: 'shared' }>>, () => navigator.locks.request('a', { mode: 'shared' }, () => f()));`),
    pair('async-lock, literal keys', `import AsyncLock from 'async-lock'; const l = new AsyncLock(); export const one = () => l.acquire('users', () => l.acquire('orders', () => f())); export const two = () => l.acquire(<<'orders'||'users'>>, () => l.acquire(<<'users'||'orders'>>, () => f()));`),
    pair('async-lock, arrays of keys', `import AsyncLock from 'async-lock'; const l = new AsyncLock(); export const one = () => l.acquire(['a', 'b'], () => f()); export const two = () => l.acquire(<<['b', 'a']||['a', 'b']>>, () => g());`),
    pair('async-lock, an array in the order given', `import AsyncLock from 'async-lock'; const l = new AsyncLock(); export const transfer = (from: string, to: string) => l.acquire(<<[from, to]||[from, to].sort()>>, async () => { await book(from, to); });`),
    pair('locks that a factory makes', `import { Mutex } from 'async-mutex'; const makeLock = () => { const m = new Mutex(); return { run: <T>(fn: () => Promise<T>) => m.runExclusive(fn) }; };
      export const makeSocket = () => { const messages = makeLock(); const store = makeLock(); return { one: () => messages.run(() => store.run(() => f())), two: () => <<store||messages>>.run(() => <<messages||store>>.run(() => f())) }; };`),
    pair('three locks of one factory', `import { Mutex } from 'async-mutex'; const makeLock = () => { const m = new Mutex(); return { async runExclusive<T>(fn: () => Promise<T>) { return await m.runExclusive(() => fn()); } }; };
      export const makeSocket = () => { const messages = makeLock(); const devices = makeLock(); const store = makeLock(); return { one: () => messages.runExclusive(() => store.runExclusive(() => f())), two: () => store.runExclusive(() => <<messages||devices>>.runExclusive(() => f())) }; };`),
    pair('three locks', `import { Mutex } from 'async-mutex'; const a = new Mutex(); const b = new Mutex(); const c = new Mutex();
      export const one = () => a.runExclusive(() => b.runExclusive(() => f())); export const two = () => b.runExclusive(() => c.runExclusive(() => f())); export const three = () => <<c||a>>.runExclusive(() => <<a||c>>.runExclusive(() => f()));`),
    pair('four locks', `${held} export class P { a = new Mutex(); b = new Mutex(); c = new Mutex(); d = new Mutex();
      ab() { return this.a.runExclusive(() => this.b.runExclusive(() => f())); } bc() { return this.b.runExclusive(() => this.c.runExclusive(() => f())); } cd() { return this.c.runExclusive(() => this.d.runExclusive(() => f())); }
      da() { return this.<<d||a>>.runExclusive(() => this.<<a||d>>.runExclusive(() => f())); } }`),
    pair('async-lock keys of two accounts', `import AsyncLock from 'async-lock'; const lock = new AsyncLock(); export async function transfer(from: string, to: string) { <<||const [x, y] = from < to ? [from, to] : [to, from];>> await lock.acquire(<<from||x>>, () => lock.acquire(<<to||y>>, async () => { await book(from, to); })); }`),
    pair('redlock keys as they come', `import Redlock from 'redlock'; const redlock = new Redlock([c]); export async function transfer(from: string, to: string) { <<const [a, b] = [from, to];||const [a, b] = [from, to].sort();>> await redlock.using([a], 5000, () => redlock.using([b], 5000, () => book(from, to))); }`),
    pair('a Map of mutexes', `${held} const locks = new Map<string, Mutex>(); function lockFor(k: string) { let m = locks.get(k); if (!m) { m = new Mutex(); locks.set(k, m); } return m; }
      export async function transfer(from: string, to: string) { <<||if (from > to) { return transferOrdered(to, from); } return transferOrdered(from, to); } async function transferOrdered(from: string, to: string) {>> const r1 = await lockFor(from).acquire(); try { const r2 = await lockFor(to).acquire(); try { await book(from, to); } finally { r2(); } } finally { r1(); } }`),
    pair('locks of the objects given', `${held} export class Account { readonly mutex = new Mutex(); constructor(readonly id: number) {} }
      export async function transfer(a: Account, b: Account) { <<const first = a; const second = b;||const [first, second] = [a, b].sort((x, y) => x.id - y.id);>> await first.mutex.runExclusive(() => second.mutex.runExclusive(() => book(a, b))); }`),
    pair('an object and this', `${held} export class Account { readonly mutex = new Mutex(); id = 0;
      async payTo(other: Account) { <<await this.mutex.runExclusive(() => other.mutex.runExclusive(() => book(this, other)));||const [first, second] = this.id < other.id ? [this, other] : [other, this]; await first.mutex.runExclusive(() => second.mutex.runExclusive(() => book(this, other)));>> } }`),
    pair('an array of locks by index', `${held} const forks = [new Mutex(), new Mutex(), new Mutex()]; export async function dine(i: number) { const left = i; const right = (i + 1) % 3; <<||const low = Math.min(left, right); const high = Math.max(left, right);>> await forks[<<left||low>>].runExclusive(() => forks[<<right||high>>].runExclusive(() => eat(i))); }`),
    pair('swapped pairs of an if', `import AsyncLock from 'async-lock'; const lock = new AsyncLock(); export async function move(a: string, b: string) { let first = a; let second = b; <<||if (first > second) { first = b; second = a; }>> await lock.acquire(first, () => lock.acquire(second, () => book(a, b))); }`),
    pair('a loop over keys as they come', `import AsyncLock from 'async-lock'; ${held} const locks = new Map<string, Mutex>(); const lockFor = (k: string) => { let m = locks.get(k); if (!m) locks.set(k, m = new Mutex()); return m; };
      export async function all(keys: string[]) { const releases: (() => void)[] = []; try { for (const k of <<keys||[...keys].sort()>>) releases.push(await lockFor(k).acquire()); await work(keys); } finally { for (const r of releases) r(); } }`),
    pair('a wrapper of the project', `const tails = new Map<string, Promise<unknown>>(); function withLock<T>(key: string, fn: () => Promise<T>): Promise<T> { const p = (tails.get(key) ?? Promise.resolve()).then(fn, fn); tails.set(key, p.catch(() => {})); return p; }
      export const one = () => withLock('a', () => withLock('b', () => f())); export const two = () => withLock(<<'b'||'a'>>, () => withLock(<<'a'||'b'>>, () => f()));`),
    pair('methods of two classes', `${held} const la = new Mutex(); const lb = new Mutex();
      export class A { async run(b: B) { await la.runExclusive(() => enterB()); } } export class B { async run(a: A) { await <<lb||la>>.runExclusive(() => <<enterA||enterB>>()); } } async function enterA() { await la.runExclusive(() => f()); } async function enterB() { await lb.runExclusive(() => f()); }`),
    pair('a helper that is handed the lock, within itself', `import AwaitLock from 'await-lock'; const carts = new AwaitLock(); const stock = new AwaitLock();
      async function guarded(lock: AwaitLock, work: () => Promise<void>) { await lock.acquireAsync(); try { await work(); } finally { lock.release(); } }
      export const add = (sku: string) => guarded(carts, async () => { await put(sku); await guarded(stock, () => take(sku)); });
      export const drop = (sku: string) => guarded(stock, async () => { await clear(sku); <<await guarded(carts, () => empty(sku)); });||}).then(() => guarded(carts, () => empty(sku)));>>`),
  ],
  'lock-callback-misuse': [
    pair('a method that is not awaited', `${held} export class Account { #m = new Mutex(); #balance = 0;
      async pay(n: number) { await this.#m.runExclusive(<<() => { this.#book(n); }||() => this.#book(n)>>); } async #book(n: number) { const before = this.#balance; await audit(n); this.#balance = before - n; } }`),
    pair('void', `${mutex} let total = 0; export const add = (n: number) => mutex.runExclusive(async () => { <<void||await>> save(n); }); async function save(n: number) { const before = total; await write(n); total = before + n; }`),
    pair('forEach with an async callback', `${held} export class Cart { private m = new Mutex(); private total = 0;
      addAll(items: Item[]) { return this.m.runExclusive(async () => { <<items.forEach(async (item) => { const t = this.total; this.total = t + await price(item); });||for (const item of items) { const t = this.total; this.total = t + await price(item); }>> }); } }`),
    pair('a chain that is not returned', `${mutex} let n = 0; export const inc = () => mutex.runExclusive(() => { const before = n; <<work()||return work()>>.then(() => { n = before + 1; }); });`),
    pair('the releaser before the end', `${mutex} let n = 0; export async function inc() { const release = await mutex.acquire(); <<work(); release();||try { await work(); } finally { release(); }>> } async function work() { const before = n; await tick(); n = before + 1; }`),
    pair('async-lock: done is never called', `import AsyncLock from 'async-lock'; const lock = new AsyncLock(); export const save = (x: X) => lock.acquire('k', (<<done||>>) => write(x));`),
    pair('async-lock: an async callback with done', `import AsyncLock from 'async-lock'; const lock = new AsyncLock(); export const save = (x: X) => lock.acquire('k', async (<<done||>>) => { await write(x); <<done();||>> });`),
    pair('async-lock: done in one branch', `import AsyncLock from 'async-lock'; const lock = new AsyncLock(); export const save = (x?: X) => lock.acquire('k', (done) => { if (!x) <<return;||return done();>> store(x); done(); });`),
    pair('async-lock: done after work that is not awaited', `import AsyncLock from 'async-lock'; const lock = new AsyncLock(); let n = 0; export const inc = () => lock.acquire('k', <<(done) => { work(); done(); }||() => work()>>); async function work() { const before = n; await tick(); n = before + 1; }`),
    pair('async-lock: not awaited', `import AsyncLock from 'async-lock'; export class S { private lock = new AsyncLock(); private seq = 0; next(k: string) { return this.lock.acquire(k, () => { <<void this.bump();||return this.bump();>> }); } private async bump() { const s = this.seq; await persist(s); this.seq = s + 1; } }`),
    pair('Web Locks: not returned', `let rev = 0; export const save = () => navigator.locks.request('doc', <<() => { push(); }||() => push()>>); async function push() { const r = rev; await upload(r); rev = r + 1; }`),
    pair('p-queue: not returned', `import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 1 }); let cursor = 0; export const poll = () => queue.add(<<() => { step(); }||() => step()>>); async function step() { const c = cursor; const page = await load(c); cursor = c + page.length; }`),
    pair('p-limit: not returned', `import pLimit from 'p-limit'; const serial = pLimit(1); let id = 0; export const next = () => serial(async () => { <<step();||await step();>> }); async function step() { const now = id; await persist(now); id = now + 1; }`),
    pair('mutexify: a callback that starts work and releases', `import mutexify from 'mutexify'; const lock = mutexify(); let n = 0; export function inc() { lock((release) => { <<work(); release();||work().then(() => release(), () => release());>> }); } async function work() { const before = n; await tick(); n = before + 1; }`),
    pair('mutexify: never released', `import mutexify from 'mutexify'; const lock = mutexify(); export function save(x: X) { lock((release) => { write(x); <<||release();>> }); }`),
    pair('a lock of the project', `class Lock { #tail: Promise<unknown> = Promise.resolve(); run<T>(fn: () => T | Promise<T>): Promise<T> { const next = this.#tail.then(fn, fn); this.#tail = next.catch(() => undefined); return next; } }
      export class Ledger { private lock = new Lock(); private sum = 0; add(n: number) { return this.lock.run(() => { <<this.post(n);||return this.post(n);>> }); } private async post(n: number) { const before = this.sum; await write(n); this.sum = before + n; } }`),
    pair('nothing but the start', `${held} export class Files { private m = new Mutex(); save(x: X) { return this.m.runExclusive(() => { <<this.write(x);||return this.write(x);>> }); } private async write(x: X) { await fs.truncate(x); await fs.append(x); } }`),
    pair('a write long after', `${held} export class C { private m = new Mutex(); private n = 0; inc() { return this.m.runExclusive(async () => { const b = this.n; await f(); this.n = b + 1; }); } reset() { return this.m.runExclusive(() => { <<load()||return load()>>.then((n) => { this.n = n; }); }); } }`),
    pair('work that outlives acquire', `import { Sema } from 'async-sema'; const s = new Sema(1); let n = 0; export async function inc() { await s.acquire(); try { <<work();||await work();>> } finally { s.release(); } } const work = async () => { const before = n; await tick(); n = before + 1; };`),
    pair('a promise kept, and awaited after the release', `${mutex} let n = 0; export async function inc() { const release = await mutex.acquire(); const job = work(); <<release(); await job;||try { await job; } finally { release(); }>> } async function work() { const before = n; await tick(); n = before + 1; }`),
    pair('mutexify: called when the work has only begun', `import mutexify from 'mutexify'; const lock = mutexify(); 
      export function append(at: number, data: Buffer, cb: (error?: Error) => void) { lock((release) => { storage.write(at, data, (error) => { cb(error); <<||release();>> }); <<release();||>> }); }`),
  ],
};
