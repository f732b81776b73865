import { describe, expect, test } from 'vitest';
import { findingsIn } from './expectations.js';

/** Code that is right, in the ways people write it. Each must be met with silence. */
const correct: Record<string, Record<string, string>> = {
  'a flag set in the same turn as its check and reset in finally': {
    'that throws': `export class Sync { busy = false; n = 0;
      async run() { if (this.busy) throw new Error('busy'); this.busy = true; try { const n = this.n; await work(); this.n = n + 1; } finally { this.busy = false; } } }`,
    'that returns, in a module variable': `let running = false; let total = 0;
      export async function tick() { if (running) return; running = true; try { total = total + (await measure()); } finally { running = false; } }`,
    'that is private': `export class Sync { #busy = false; #n = 0;
      async run() { if (!this.#busy) { this.#busy = true; try { this.#n += await work(); } finally { this.#busy = false; } } } }`,
    'behind a helper': `export class Sync { busy = false; n = 0;
      private enter() { if (this.busy) throw new Error('busy'); this.busy = true; }
      async run() { this.enter(); try { this.n += await work(); } finally { this.busy = false; } } }`,
    'as a state': `export class Job { state = 'idle'; done = 0;
      async run() { if (this.state !== 'idle') return; this.state = 'running'; try { const d = this.done; await work(); this.done = d + 1; } finally { this.state = 'idle'; } } }`,
    'in a factory': `export function createSync() { let busy = false; let n = 0;
      return { async run() { if (busy) return; busy = true; try { n += await work(); } finally { busy = false; } } }; }`,
    'one per key': `export class Sync { private busy = new Set<string>(); private n = 0;
      async run(id: string) { if (this.busy.has(id)) return; this.busy.add(id); try { await work(id); } finally { this.busy.delete(id); } } }`,
  },
  'what was there when the work began': {
    'is put back when it fails': `import { useState } from 'react';
      export function useLikes(like: () => Promise<void>) {
        const [liked, setLiked] = useState<string[]>([]);
        const click = async (id: string) => { setLiked([...liked, id]); try { await like(); } catch { setLiked(liked); } };
        return { liked, click }; }`,
    'is told, and what came is put in': `export class Inbox { private readonly mails: string[] = [];
      async fetchMail() { const known = this.mails.length; const mail = await this.server.after(known); this.log(known); this.mails.push('mail'); } }`,
  },
  'what is given back at the end of a block': {
    'with nothing under way': `import { open } from './files';
      export async function size(path: string) { await using file = await open(path); const { size } = await file.stat(); return double(size); }
      function double(n: number) { return n * 2; }`,
    'while another function waits': `import { open } from './files';
      export async function reader(path: string) { using lease = open(path); const name = lease.name; return async () => { return await load(name); }; }`,
  },
  'what is seen of a list': {
    'stays where it was while more is loaded': `export class Log { private list: HTMLElement | null = null;
      async more() { const below = this.list!.scrollHeight - this.list!.scrollTop; const lines = await older(); this.list!.append(...lines); this.list!.scrollTop = this.list!.scrollHeight - below; } }`,
    'says after a while that it is loading': `export class Dialog { private loading = ''; private step: unknown;
      async show(step: Promise<unknown>) { this.loading = 'flow'; const slow = setTimeout(() => { this.loading = 'step'; }, 250); this.step = await step; clearTimeout(slow); }
      closeDialog() { this.loading = ''; } }`,
  },
  'a file that somebody listens to in time': {
    'by a loop': `import { createReadStream } from 'node:fs';
      export async function read(path: string) { const file = createReadStream(path); const parser = await makeParser(); for await (const chunk of file) parser.add(chunk); file.on('error', report); }`,
    'by whoever is handed it': `import { createReadStream } from 'node:fs';
      export async function read(path: string) { const file = createReadStream(path); watch(file); await prepare(); file.on('error', report); }`,
    'before the wait': `import { createWriteStream } from 'node:fs';
      export async function write(path: string) { const file = createWriteStream(path); file.on('error', report); await prepare(); file.on('error', count); return file; }`,
  },
  'a step that is taken back': {
    'where it was refused': `export class Basket { private items: { id: string; count: number }[] = [];
      async more(id: string) { const item = this.items.find((one) => one.id === id); if (!item) return; item.count++; if (!(await this.stock.check(id, item.count))) item.count--; } }`,
    'in a count of its own': `let left = 5;
      export async function take() { if (left === 0) return false; left -= 1; if (!(await charge(left))) { left += 1; return false; } return true; }`,
  },
  'a flag that is lowered when the work is done': {
    'that others only lower too': `export class Draft { private text = ''; private isChanged = true;
      async save() { if (!this.isChanged) return; await this.store.put(this.text); this.isChanged = false; } }`,
    'by a callback, when all is over': `export class Runner { private isActive = false; private session: Session | undefined;
      async begin() { this.session = await open(); this.isActive = true; }
      async commit() { if (!this.isActive) throw new Error('nothing began'); return new Promise((done) => { this.session.commit(() => { this.isActive = false; this.session.end(); done(1); }); }); } }`,
    'by whoever closes it': `export class Page { private browser: Browser | undefined; private size = 1;
      async launch(size: number) { this.size = size; this.browser = launch(size); }
      async closeBrowser() { if (this.browser) { await this.browser.close(this.size); this.browser = undefined; } } }`,
    'of what is asked itself': `export class Page { private browser: Browser | undefined; private tab: Tab | undefined;
      async launch() { this.tab = tab(); this.browser = launch(); }
      async reload() { if (this.browser) { await this.tab.leave(); this.browser = undefined; } } }`,
    'that says what is not handed over': `export class Draft { private isOpen = false; private title = ''; private text = '';
      open(title: string) { this.title = title; this.isOpen = true; }
      async close() { if (!this.isOpen) return; await this.store.put(this.text); this.isOpen = false; } }`,
  },
  'a permit that is handed over': {
    'without being counted up': `const waiting: (() => void)[] = []; let permits = 2;
      export async function acquire() { if (permits === 0) { await new Promise<void>((wake) => waiting.push(wake)); return; } permits--; }
      export function release() { const next = waiting.shift(); if (next) next(); else permits++; }`,
  },
  'an entry that is counted': {
    'by who came first': `export class Pages { private readonly pages = new Map<string, string>(); private asked = 0;
      async get(url: string) { const known = this.pages.get(url); if (known) return known; this.asked += 1; const page = await fetchText(url); this.pages.set(url, page); return page; } }`,
  },
  'a count that is told before it grows': {
    'as a number of attempts': `export class Link { private attempts = 0; private timer: unknown;
      async again() { const wait = await this.policy.delay(this.attempts); this.attempts++; return wait; } }`,
    'as a progress': `export class Import { private done = 0;
      async row(text: string) { await work(text); await this.report.progress(this.done); this.done++; } }`,
    'as what is waited for': `export class Retry { private attempts = 0; private timer: unknown;
      start() { this.timer = setTimeout(async () => { await sleep(this.attempts * 100); this.attempts += 1; }, 10); } }`,
    'by a poller that arms itself': `export class Poller { private cursor = 0;
      start() { void this.tick(); }
      private async tick() { const rows = await this.source.since(this.cursor); rows.forEach(show); this.cursor += rows.length; setTimeout(() => this.tick(), 1000); } }`,
  },
  'memory that a lock of another kind waits for': {
    'by who takes what was announced': `export class Gate { private readonly cell = new Int32Array(new SharedArrayBuffer(4));
      next() { while (Atomics.load(this.cell, 0) === 0) Atomics.wait(this.cell, 0, 0); Atomics.store(this.cell, 0, 0); }
      open() { Atomics.store(this.cell, 0, 1); Atomics.notify(this.cell, 0); } }`,
  },
  'work under a lock that is dropped on purpose': {
    'with a comment': `import { Mutex } from 'async-mutex'; const mutex = new Mutex();
      export function mark(store: { put(k: string): Promise<void> }) { return mutex.runExclusive(() => {
        // eslint-disable-next-line @typescript-eslint/no-floating-promises
        store.put('k');
      }); }`,
    'with void': `import { Mutex } from 'async-mutex'; const mutex = new Mutex();
      export function mark(store: { put(k: string): Promise<void> }) { return mutex.runExclusive(() => { void store.put('k'); }); }`,
  },
  'an object that others only take out of its collection': {
    'by clearing it': `export class Chase { readonly #sessions = new Map<string, { price: number }>(); #timer: unknown; constructor() { this.#schedule(); }
      #schedule() { this.#timer = setTimeout(() => { this.#tick().catch(report); }, 100); }
      async #tick() { const session = this.#sessions.get('a'); if (!session) return; const price = session.price; await quote(); session.price = price + 1; this.#schedule(); }
      stop() { this.#sessions.clear(); } }`,
    'by deleting it': `export class Chase { readonly #sessions = new Map<string, { price: number }>(); #timer: unknown; constructor() { this.#schedule(); }
      #schedule() { this.#timer = setTimeout(() => { this.#tick().catch(report); }, 100); }
      async #tick() { const session = this.#sessions.get('a'); if (!session) return; const price = session.price; await quote(); session.price = price + 1; this.#schedule(); }
      stop() { this.#sessions.delete('a'); } }`,
  },
  'a memoised promise': {
    'by ??=': `export class Db { private p?: Promise<Conn>; get() { return (this.p ??= connect()); } }`,
    'by if': `export class Db { private p?: Promise<Conn>; async get() { if (!this.p) this.p = connect(); return await this.p; } }`,
    'in a module variable': `let p: Promise<Conn> | undefined; export async function get() { if (!p) { p = connect(); } return p; }`,
    'forgotten on failure': `let p: Promise<Conn> | undefined; export function get() { p ??= connect().catch((error) => { p = undefined; throw error; }); return p; }`,
    'with the value beside it': `export class Auth { private token?: string; private inflight?: Promise<string>;
      async get() { if (this.token) return this.token; this.inflight ??= this.refresh().finally(() => { this.inflight = undefined; }); return this.inflight; }
      private async refresh() { const token = await login(); this.token = token; return token; } }`,
    'that is an async function at once': `export class Auth { private token?: string; private inflight?: Promise<void>;
      async get() { if (!this.inflight) { this.inflight = (async () => { try { this.token = await login(this.token); } finally { this.inflight = undefined; } })(); } await this.inflight; return this.token; } }`,
    'made by an async executor that forgets it': `export class Server { private server: Listener | null = null; private creating: Promise<void> | null = null;
      async start() { if (!this.server) { if (this.creating) { await this.creating; } else { this.creating = this.create(); await this.creating; } } return this.server; }
      private async create(): Promise<void> { return new Promise(async (resolve, reject) => { try { const made = listener(); await made.listen(0); this.server = made; this.creating = null; resolve(); } catch (error) { this.server = null; this.creating = null; reject(error); } }); } }`,
    'in a field of an entry, made by a promise of its own': `const entries = new Map<string, { files: string[]; pending: Promise<string[]> | null }>();
      async function list(dir: string) { const text = await new Promise<string>((resolve) => { const child = spawn('ls', [dir]); child.on('close', (code: number) => { if (code === 0) resolve(''); }); }); return text.split(' '); }
      async function scan(dir: string) { try { return await list(dir); } catch { return []; } }
      export async function filesOf(dir: string) { const known = entries.get(dir); if (known && known.files.length > 0) return known.files; if (known?.pending) return known.pending;
        const pending = scan(dir).then((files) => { entries.set(dir, { files, pending: null }); return files; }); entries.set(dir, { files: known?.files ?? [], pending }); return pending; }`,
    'one per key': `export class Cache { private flights = new Map<string, Promise<Row>>();
      async get(id: string) { const known = this.flights.get(id); if (known) return known; const p = connect(id); this.flights.set(id, p); try { return await p; } finally { this.flights.delete(id); } } }`,
  },
  'another object of the same class': {
    'that the run makes and closes for itself': `export class Client { private closed = false; constructor(readonly url: string) {}
      async connect() { await dial(this.url); }
      async reconnect() { if (this.closed) return; try { await this.connect(); } catch { await isThere(this.url); } }
      close() { this.closed = true; } }
      async function isThere(url: string) { const client = new Client(url); try { await client.connect(); return true; } catch { return false; } finally { client.close(); } }`,
  },
  'a mutex': {
    'acquire and release': `import { Mutex } from 'async-mutex'; export class A { private m = new Mutex(); n = 0;
      async f() { const release = await this.m.acquire(); try { const n = this.n; await work(); this.n = n + 1; } finally { release(); } } }`,
    'release by the mutex': `import { Mutex } from 'async-mutex'; const m = new Mutex(); let n = 0;
      export async function f() { await m.acquire(); try { n += await work(); } finally { m.release(); } }`,
    'runExclusive': `import { Mutex } from 'async-mutex'; export class A { #m = new Mutex(); #n = 0; f() { return this.#m.runExclusive(async () => { this.#n += await work(); }); } }`,
    'runExclusive with a timeout': `import { Mutex, withTimeout } from 'async-mutex'; const m = withTimeout(new Mutex(), 100); let n = 0; export async function f() { await m.runExclusive(async () => { n += await work(); }); }`,
    'tryAcquire': `import { Mutex, tryAcquire } from 'async-mutex'; const m = new Mutex(); let n = 0; export async function f() { await tryAcquire(m).runExclusive(async () => { n += await work(); }); }`,
    'a semaphore of one': `import { Semaphore } from 'async-mutex'; const s = new Semaphore(1); let n = 0; export async function f() { const [, release] = await s.acquire(); try { n += await work(); } finally { release(); } }`,
    'a wrapper of our own': `import { Mutex } from 'async-mutex'; export class A { private m = new Mutex(); n = 0;
      private async locked<T>(f: () => Promise<T>) { const release = await this.m.acquire(); try { return await f(); } finally { release(); } }
      async inc() { return this.locked(async () => { const n = this.n; await work(); this.n = n + 1; }); } }`,
    'held by all callers': `import { Mutex } from 'async-mutex'; export class A { private m = new Mutex(); n = 0;
      private async step() { const n = this.n; await work(); this.n = n + 1; }
      async a() { await this.m.runExclusive(() => this.step()); }
      async b() { const release = await this.m.acquire(); try { await this.step(); } finally { release(); } } }`,
    'p-limit of one': `import pLimit from 'p-limit'; const limit = pLimit(1); let n = 0; export async function f() { return limit(async () => { n += await work(); }); }`,
    'async-lock': `import AsyncLock from 'async-lock'; const lock = new AsyncLock(); let n = 0; export async function f() { await lock.acquire('n', async () => { n += await work(); }); }`,
    'Web Locks': `let n = 0; export async function f() { await navigator.locks.request('n', async () => { n += await work(); }); }`,
    'made by hand from a promise chain': `export class A { private tail = Promise.resolve(); n = 0;
      inc() { this.tail = this.tail.then(async () => { const n = this.n; await work(); this.n = n + 1; }); return this.tail; } }`,
    'a chain that survives failures': `export class A { private tail: Promise<unknown> = Promise.resolve(); n = 0;
      inc() { const run = this.tail.then(async () => { this.n += await work(); }); this.tail = run.catch(() => {}); return run; } }`,
    'a chain that hands over': `export class A { private tail: Promise<void> = Promise.resolve(); n = 0;
      async inc() { const before = this.tail; let release!: () => void; this.tail = new Promise<void>((resolve) => { release = resolve; }); await before; try { this.n += await work(); } finally { release(); } } }`,
    'made by hand from waiters': `export class Lock { private held = false; private waiters: (() => void)[] = [];
      async acquire() { if (this.held) { await new Promise<void>((resolve) => this.waiters.push(resolve)); } this.held = true; }
      release() { this.held = false; this.waiters.shift()?.(); } }`,
    'waiting in a loop': `export class Gate { private held = false; async enter() { while (this.held) { await tick(); } this.held = true; } leave() { this.held = false; } }`,
  },
  'what belongs to one call': {
    'a request context': `export async function handler(ctx: Context) { if (!ctx.body) { ctx.body = await load(ctx.params.id); } ctx.count = ctx.count + (await f()); }`,
    'options': `export async function build(options: Options) { options.cache = options.cache ?? (await open()); const n = options.n; await f(); options.n = n + 1; }`,
    'a registered handler': `app.get('/x', async (req, res) => { req.user = req.user ?? (await load(req)); res.locals.n = res.locals.n + (await f()); });`,
    'a local': `export async function sum(xs: number[]) { let total = 0; for (const x of xs) { total += await f(x); } return total; }`,
    'a local that a callback of the same turn uses': `export async function sum(xs: number[]) { let total = 0; xs.forEach((x) => { total += x; }); const t = total; await f(); total = t + 1; return total; }`,
    'a local collection': `export async function all(ids: string[]) { const seen = new Set<string>(); for (const id of ids) { if (!seen.has(id)) { await send(id); seen.add(id); } } return seen; }`,
    'an object made here': `export async function make() { const state = { n: 0 }; const n = state.n; await f(); state.n = n + 1; return state; }`,
    'a class that only one function knows': `class Walker { n = 0; async step() { const n = this.n; await f(); this.n = n + 1; } } export async function go() { const w = new Walker(); await w.step(); return 1; }`,
  },
  'a re-check after the last await': {
    'by if': `export class A { balance = 0; async take(x: number) { if (this.balance < x) return; await audit(); if (this.balance < x) return; this.balance -= x; } }`,
    'double-checked under a lock': `import { Mutex } from 'async-mutex'; export class A { private m = new Mutex(); c?: Conn;
      async get() { if (!this.c) { await this.m.runExclusive(async () => { if (!this.c) this.c = await connect(); }); } return this.c; } }`,
    'of an empty place': `export class A { c?: Conn; async get() { if (this.c) return this.c; const c = await connect(); if (this.c) { await c.close(); return this.c; } this.c = c; return c; } }`,
    'by ??=': `export class A { c?: Conn; async get() { if (this.c) return this.c; const c = await connect(); return (this.c ??= c); } }`,
    'compare and swap': `export class A { n = 0; async inc() { for (;;) { const n = this.n; const next = await compute(n); if (this.n === n) { this.n = next; return; } } } }`,
  },
  'read and write in one turn': {
    'after an await': `let count = 0; export async function f() { await work(); count -= 1; }`,
    'around an await': `export class A { active = 0; async f() { this.active++; try { await work(); } finally { this.active--; } } }`,
    'awaited first': `export class A { n = 0; async f() { const x = await work(); this.n = this.n + x; } }`,
    'a push': `export class A { items: string[] = []; async f() { const x = await work(); this.items.push(x); this.items = [...this.items, x]; } }`,
    'a functional update': `export function useIt(setState: (f: (old: S) => S) => void) { return async () => { const x = await work(); setState((old) => ({ ...old, x })); }; }`,
    'an admission counter': `export class Pool { free = 3; async use() { if (this.free <= 0) throw new Error('full'); this.free--; try { await work(); } finally { this.free++; } } }`,
  },
  'a sequence number or signal compared before the write': {
    'a sequence number': `export class Search { private seq = 0; results: string[] = []; async find(q: string) { const id = ++this.seq; const old = this.results; const found = await query(q); if (id !== this.seq) return; this.results = [...old, ...found]; } }`,
    'an abort signal': `export class Search { private controller?: AbortController; results: string[] = [];
      async find(q: string) { this.controller?.abort(); const controller = (this.controller = new AbortController()); const old = this.results; const found = await query(q); if (controller.signal.aborted) return; this.results = [...old, ...found]; } }`,
  },
  'a write that does not depend on the read': {
    'a status': `export class A { status = 'new'; async f() { log(this.status); await work(); this.status = 'done'; } }`,
    'another field': `export class A { url = ''; data?: Data; async f() { const url = this.url; this.data = await fetch(url); } }`,
    'a change guard': `export class A { theme = ''; async set(theme: string) { if (this.theme === theme) return; await apply(theme); this.theme = theme; } }`,
    'closing': `export class A { socket?: Socket; async close() { if (!this.socket) return; await this.socket.end(); this.socket = undefined; } }`,
    'a cache of answers': `const cache = new Map<string, Row>(); export async function get(id: string) { if (!cache.has(id)) cache.set(id, await fetchRow(id)); return cache.get(id); }`,
    'a cache of answers, by get': `export class Repo { private rows = new Map<string, Row>(); async find(id: string) { const known = this.rows.get(id); if (known) return known; const row = await this.db.load(id); this.rows.set(id, row); return row; } }`,
  },
  'work that is handed to a queue and not waited for there': {
    'its promise is the latch': `export class Sync { private going: Promise<void> | null = null; private queue = new Queue();
      reset() { this.going = null; }
      full(): Promise<void> { if (this.going) return this.going; this.going = this.queue.enqueue(() => this.inner()); return this.going; }
      private async inner() { try { await sync(); } finally { if (failed()) await report(); } } }`,
    'in a list that is waited for later': `export class A { n = 0; private mutex = new Mutex(); async f() { const n = this.n; const runs = [this.mutex.runExclusive(() => work())]; this.n = n + 1; await Promise.all(runs); } }`,
  },
  'a lock that work takes again which nobody waits for': {
    'after a while': `import { Mutex } from 'async-mutex'; export class Feed { private m = new Mutex();
      async unsubscribe(c: string) { const release = await this.m.acquire(); try { this.later(c); } finally { release(); } }
      private later(c: string) { setTimeout(() => { this.drop(c).catch(() => {}); }, 100); }
      private async drop(c: string) { const release = await this.m.acquire(); try { await send(c); } finally { release(); } } }`,
  },
  'what is written down before it is dropped, where nobody adds or all is ended': {
    'nobody adds': `export class Log { private lines: string[] = []; async flush() { await write(this.lines); this.lines = []; } }`,
    'all is ended': `export class Watch { private files = new Map<string, Watcher>(); add(f: string, w: Watcher) { this.files.set(f, w); } async dispose() { await Promise.all([...this.files.values()].map((w) => w.close())); this.files.clear(); } }`,
    'taken first': `export class Log { private lines: string[] = []; add(l: string) { this.lines.push(l); } async flush() { const lines = this.lines; this.lines = []; await write(lines); } }`,
  },
  'a state that a component shows': {
    'changed by functions, before and after': `export function useAnswers(send: Send) { const [errors, setErrors] = useState<Errors>({}); const [actions, setActions] = useState<Actions>({});
      const answer = useCallback(async (id: string, text: string) => { setActions((old) => ({ ...old, [id]: text })); setErrors((old) => without(old, id)); try { await send(id, text); } catch (error) { setErrors((old) => ({ ...old, [id]: String(error) })); } }, [send]);
      return { errors, actions, answer }; }`,
    'checked before it is loaded': `export function useRows(load: Load) { const [rows, setRows] = useState<Rows>(); const open = useCallback(async () => { if (rows) return; setRows(await load()); }, [rows, load]); return { rows, open }; }`,
  },
  'a handler that is handed over': {
    'of errors': `export class Pump { private tries = 0; constructor(private line: Line) {} start() { const tries = this.tries; this.line.onError((error) => { log(error); this.tries = tries + 1; }); } }`,
  },
  'an event that tells of something else than the work beside it': {
    'that polling has begun': `export class Poller extends EventEmitter { private block = 0; begin() { this.poll(); this.emit('_started'); } private async poll() { this.block = await latest(); } }`,
    'another status': `export class Txs extends EventEmitter { private gas = 0; private async updateGas() { this.gas = await estimate(); } approve(t: Tx) { this.updateGas().catch((error) => { log(error); }); this.emit('txs:statusUpdated', t); } }`,
    'another thing that is enabled': `export class Notes { private isNotesEnabled = false; private token = ''; private async enablePush() { this.token = await registration(); } turnOn() { this.enablePush().catch(() => {}); this.isNotesEnabled = true; } }`,
  },
  'a lock that is given back by work that nobody waits for': {
    'beside more such work': `import { Mutex } from 'async-mutex'; export class Feed { private mutex = new Mutex();
      start() { this.refresh().catch((error) => { log(error); }); }
      private async refresh() { const release = await this.mutex.acquire(); try { this.subscribe().catch((error) => { log(error); }); await load(); } finally { release(); } }
      private async subscribe() { await connect(); if (closed()) return; await listen(); } }`,
  },
  'an object that each run makes itself': {
    'in a callback that many run': `export class Table { columns: string[] = []; name = ''; }
      export async function load(rows: Row[]) { return await Promise.all(rows.map(async (row) => { const table = new Table(); table.name = row.name;
        table.columns = await Promise.all(row.fields.map(async (field) => await fetchColumn(field, table.name))); return table; })); }`,
  },
  'a map that grows, or has an entry taken back, while it is gone through': {
    'after an entry was put': `export class Hub { private subs = new Map<string, Sub>();
      async open(id: string) { this.subs.set(id, make(id)); try { await hello(id); } catch (error) { this.subs.delete(id); throw error; } }
      async flush() { for (const [id, sub] of this.subs) await sub.flush(id); } }`,
  },
  'a button that is switched off while its work is done': {
    'in the handler itself': `let room: Room | null = null; const button = document.querySelector('button')!;
      button.addEventListener('click', async () => { if (room) { await room.leave(); room = null; return; } button.disabled = true; room = await connect(); button.disabled = false; });`,
  },
  'a promise in flight that is looked for by its type': {
    'made by an async executor': `export class Keys { private inFlight = new Map<number, Promise<string>>();
      ratchet(at: number): Promise<string> { const existing = this.inFlight.get(at); if (typeof existing !== 'undefined') return existing;
        const made = new Promise<string>(async (resolve, reject) => { try { resolve(await derive(at)); } catch (error) { reject(error); } finally { this.inFlight.delete(at); } });
        this.inFlight.set(at, made); return made; } }`,
  },
  'a value that is kept beside the promise it comes from': {
    'by a second check': `export class Tandem { #manager?: Manager; #opening?: Promise<Manager>;
      async manager() { if (this.#manager === undefined) { this.#opening ??= Promise.resolve(connect()); this.#manager = await this.#opening; } return this.#manager; }
      async *[Symbol.asyncIterator]() { while (true) { const manager = await this.manager(); const next = await manager.next(); if (!next) break; yield next; } } }`,
  },
  'a lock library that is required part by part': {
    'with a second check inside': `const Mutex = require('async-mutex').Mutex; export class Clock { private offset = 0; private next = 0; private mutex = new Mutex();
      async now() { const isDue = () => Date.now() > this.next; if (isDue()) { const release = await this.mutex.acquire();
        try { if (isDue()) { await put(); this.offset = await measure(); this.next = Date.now() + 600; } } finally { release(); } } return Date.now() + this.offset; } }`,
  },
  'a dialog that is shown to the user, one at a time': {
    'whose answer is kept for the next one': `export class Bridge { private last: Record<string, string> = {}; constructor(private dialog: Dialog) {}
      async save(options: Options) { const { filePath } = await this.dialog.showSaveDialog(options); if (filePath) this.last.file = filePath; return filePath; } }`,
  },
  'what follows something for as long as it lasts': {
    'and puts away what it finds': `let config: Config = {}; export async function follow(path: string) { config = JSON.parse(await readFile(path, 'utf8')); for await (const _ of watch(path)) config = JSON.parse(await readFile(path, 'utf8')); }
      export const get = (key: string) => config[key];`,
  },
  'names that end like a lock': {
    'of a function that writes a block': `let head = 0; export function append(block: Uint8Array, done: Done) { writeBlock(head, block, (error: Error | null) => { if (!error) head += block.length; done(error); }); }`,
  },
  'a lock that is asked for while another is held': {
    'and is taken before the try that gives both back': `import { Mutex } from 'async-mutex'; const forks = [new Mutex(), new Mutex(), new Mutex()];
      export async function eat(seat: number, meal: () => Promise<void>) { const first = await forks[Math.min(seat, (seat + 1) % 3)]!.acquire(); const second = await forks[Math.max(seat, (seat + 1) % 3)]!.acquire();
        try { await meal(); } finally { second(); first(); } }`,
    'and is given up at once if it cannot be had': `import AwaitLock from 'await-lock'; const lock = new AwaitLock(); let state = { n: 0 };
      export async function update(compute: Compute) { await lock.acquireAsync(); try { const before = state; const n = await compute(before.n); state = { ...before, n }; } finally { lock.release(); } }
      export async function tryUpdate(compute: Compute) { if (!lock.tryAcquire()) return false; try { state = { ...state, n: await compute(state.n) }; return true; } finally { lock.release(); } }`,
  },
  'a lock that the task asks for and does not wait for': {
    'to write down what it does': `import { Mutex } from 'async-mutex'; const writing = new Mutex(); export class Job { private cancelling = false;
      private log(line: string) { let release: (() => void) | undefined; writing.acquire().then((given) => { release = given; return append(line); }).catch(report).finally(() => { release?.(); }); }
      async run() { this.cancelling = false; await work(); } async cancel() { if (this.cancelling) return; this.log('cancel'); this.cancelling = true; await stopped(); } }`,
  },
  "a component's state": {
    'that is loaded before it is shown': `export class Folder extends React.Component { UNSAFE_componentWillMount() { fetchFolder(this.props.id).then((folder) => { this.setState({ folder }); }); } rename() { this.setState({ folder: null }); } }`,
  },
  'a field that a component shows': {
    'of Lit, filled after it was looked at': `@customElement('trace-view') export class Trace extends LitElement { @property() id = ''; @state() private _runId?: string;
      willUpdate(changed: Map<string, unknown>) { if (changed.has('id')) { this._load(); } if (changed.has('_runId') && this._runId) show(this._runId); }
      private async _load() { const runs = await loadRuns(this.id); this._runId = runs[0].id; } }`,
    'of Lit, told by static properties': `export class Dialog extends LitElement { static properties = { _open: {}, _items: {} };
      show() { this._refresh(); this._open = true; } private async _refresh() { this._items = await loadItems(); } }`,
  },
  'work that uses up what it is given': {
    'and answers with what has become of it': `export class Auth { private user: User | null = null; async enter(code: string) { const answer = await api.verifyCode(code); this.user = answer.user; return answer; } }`,
  },
  'what is called each time that a component has changed': {
    'and ends the subscription of the time before': `export class Runs extends LitElement { @property() id = ''; private unsubscribe?: () => void;
      willUpdate(changed: Map<string, unknown>) { if (changed.has('id')) this.load(); if (changed.has('run') && this.unsubscribe) { this.unsubscribe(); this.unsubscribe = undefined; } }
      private async load() { const runs = await loadRuns(this.id); this.unsubscribe = subscribe(runs[0].id); } }`,
  },
  'a variable that each run has for itself': {
    'and that a timer of the run looks at': `export class Db {
      async call(name: string, given: Query | string) { let sql = ''; if (typeof given === 'object') sql = given.sql; else sql = given; const timer = setInterval(() => warn(sql), 1000);
        while (true) { try { return await this.driver[name](sql); } catch (error) { sql = await repaired(sql, error); } finally { clearInterval(timer); } } }
      async initialize() { await this.call('exec', 'a'); await this.call('exec', 'b'); } }`,
  },
  'a variable of another run of the same function': {
    'that asks again': `export async function login(user: string, isFirst = true): Promise<boolean> { try { await enter(user); return true; } catch (error) { const again = await ask(error); if (again) { login(user, false); } return again; } }`,
  },
  'an answer that is laid over what is there': {
    'beside another one': `export class Info { private info: Record<string, unknown> = {};
      load() { loadLabel().then((label) => { this.info = { ...this.info, label }; }); loadIcon().then((icon) => { this.info = { ...this.info, icon }; }); } }`,
  },
  "a class's own forEach": {
    'that waits for what it calls': `export class Dataset { private pages: Page[] = [];
      async forEach(work: (item: Item) => Promise<void>) { for (const page of this.pages) for (const item of await page.items()) await work(item); }
      async map(work: (item: Item) => Promise<string>) { const result: string[] = []; await this.forEach(async (item) => { result.push(await work(item)); }); return result; } }`,
  },
  'a loop that has ended before the task suspends': {
    'in a method that another loop calls': `export class Drive { private items: Item[] = [];
      indexOf(path: string) { for (let i = 0; i < this.items.length; i++) if (this.items[i]!.path === path) return i; return -1; }
      async put(path: string, source?: string) { const content = source ? await read(source) : ''; const index = this.indexOf(path); if (index < 0) this.items.push({ path, content }); else this.items[index]!.content = content; }
      async putAll(all: Item[]) { for (const item of all) await this.put(item.path, item.source); }
      async delete(path: string) { const index = this.indexOf(path); if (index >= 0) this.items.splice(index, 1); } }`,
  },
  'a field that the base class fills at once': {
    'and that is replaced later': `abstract class Track { protected media: Media; constructor(media: Media) { this.media = media; } }
      export class LocalTrack extends Track { constructor(media: Media) { super(media); this.replace(media); } private async replace(media: Media) { await settle(); this.media = media; } get id() { return this.media.id; } }`,
  },
  'an element whose looks the dropped work sets in the end': {
    'and whose events are listened to meanwhile': `export function attach(reader: Reader) { const stop = document.createElement('button');
      const clean = () => { stop.style.display = 'none'; };
      async function show() { try { while (!(await reader.read()).done); } finally { clean(); } }
      show(); stop.addEventListener('click', clean); return reader; }`,
  },
  'code that runs once': {
    'a constructor and a main': `let n = 0; async function main() { const before = n; await work(); n = before + 1; } void main();`,
    'test hooks': `let db: Db | undefined; beforeAll(async () => { if (!db) { db = await connect(); } }); it('works', async () => { const x = db; await work(); db = x; });`,
  },
};

/** The same without what makes it right: silence above is not for want of a race. */
const racy: Record<string, readonly [code: string, expected: string]> = {
  'a button that stays as it is': [`let room: Room | null = null; const button = document.querySelector('button')!;
    button.addEventListener('click', async () => { if (room) { await room.leave(); room = null; return; } room = await connect(); button.disabled = false; });`, 'double-initialization room'],
  'a button that is switched off for another': [`let room: Room | null = null; const button = document.querySelector('button')!;
    button.addEventListener('click', async () => { if (room) return; button.disabled = true; room = await connect(); button.disabled = false; });
    export async function join() { if (!room) room = await connect(); }`, 'double-initialization room'],
  'a promise that is kept too late': [`export class Keys { private made = new Map<number, string>();
    async key(at: number) { const existing = this.made.get(at); if (typeof existing !== 'undefined') return existing; const key = await createKey(at); this.made.set(at, key); return key; } }`, 'double-initialization Keys#made[*]'],
  'a value that each makes anew': [`export class Tandem { #manager?: Manager; async manager() { if (this.#manager === undefined) { this.#manager = await connect(); } return this.#manager; } }`, 'double-initialization Tandem.#manager'],
  'a forEach that nobody waits for': [`export async function sizes(all: Item[]) { const result: number[] = []; all.forEach(async (item) => { result.push(await item.size()); }); return result; }`, 'missing-await result[*]'],
  'a loop that suspends between its elements': [`export class Drive { private items: Item[] = [];
    async syncAll() { for (let i = 0; i < this.items.length; i++) await this.sync(this.items[i]!); }
    async sync(item: Item) { await upload(item); }
    remove(item: Item) { this.items.splice(this.items.indexOf(item), 1); } }`, 'unstable-iteration Drive#items[*]'],
  'a field that nothing shows': [`export class Trace { private runId?: string; open() { this.load(); if (this.runId) show(this.runId); } private async load() { const runs = await loadRuns(); this.runId = runs[0].id; } }`, 'missing-await Trace#runId'],
  'what a class that is no component does when it is told to': [`export class Index { private entries: Entry[] = []; update() { this.load(); return this.entries.length; } private async load() { this.entries = await loadEntries(); } }`, 'missing-await Index#entries'],
  'an answer that is put in the place of what is there': [`export class Info { private info: Record<string, unknown> = {}; load() { loadLabel().then((label) => { this.info = { label }; }); return this.info; } }`, 'missing-await Info#info'],
  'a field that the base class leaves empty': [`abstract class Track { protected media!: Media; constructor(readonly kind: string) {} }
    export class LocalTrack extends Track { constructor() { super('video'); this.replace(); } private async replace() { this.media = await capture(); } get id() { return this.media.id; } }`, 'use-before-ready Track#media'],
};

describe('what is not made right', () => {
  test.each(Object.entries(racy))('%s', (_name, [code, expected]) => {
    expect(findingsIn(code)).toContain(expected);
  });

  test('what a test hands over is called as that test has arranged it; elsewhere it may overlap', () => {
    const code = `it('says who it is', async () => { let agent = ''; const crawler = new Crawler({ handle: async (page: Page) => { agent += await page.userAgent(); } }); await crawler.run(); expect(agent).toBe('x'); });`;
    expect(findingsIn(code, 'src/crawler.test.ts')).toEqual([]);
    expect(findingsIn(code.replace(/^it\('says who it is', async \(\) =>/, 'export async function run()').replace(/\);$/, ''), 'src/crawler.ts')).toHaveLength(1);
  });
});

for (const [line, variants] of Object.entries(correct)) {
  describe(line, () => {
    test.each(Object.entries(variants))('%s', (_name, code) => {
      expect(findingsIn(code)).toEqual([]);
    });
  });
}
