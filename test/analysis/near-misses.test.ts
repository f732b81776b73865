import { describe, expect, test } from 'vitest';
import { findings, findingsIn } from './expectations.js';

/** Sound code that was once accused, beside the race that it must not be taken for, and what is said of that. */
const pairs: Record<string, readonly [sound: string, racy: string, finding: string]> = {
  'a list in a ref is claimed by pushing to it': [
    `import { ref } from 'vue'; const expanding = ref<string[]>([]);
     export async function expand(id: string) { if (expanding.value.includes(id)) return; expanding.value.push(id);
       await load(id); expanding.value = expanding.value.filter((other) => other !== id); }`,
    `import { ref } from 'vue'; const expanding = ref<string[]>([]);
     export async function expand(id: string) { if (expanding.value.includes(id)) throw new Error('twice'); await load(id); expanding.value.push(id); }`,
    'check-then-act expanding.value[*]',
  ],
  'whether something is so by now is asked again and again': [
    `export class Host { isOpen = false; async wait() { while (!this.isOpen) { await sleep(200); const busy = await isBusy(); this.isOpen = !busy; } } }`,
    `export class Host { link: Link | undefined; async wait() { while (!this.link) { await sleep(200); const made = await connect(); this.link = made; } } }`,
    'double-initialization Host#link',
  ],
  'nobody answers a notification': [
    `const kept = new Map<string, Promise<Handle>>();
     export async function open(uri: string) { await connection.sendNotification('status', { uri }); kept.set(uri, connection.register('format', { uri })); }
     export function close(uri: string) { const handle = kept.get(uri); if (handle) { kept.delete(uri); handle.then((it) => it.dispose()); } }`,
    `const kept = new Map<string, Deferred>();
     export async function ask(id: string) { await connection.send({ id }); kept.set(id, connection.deferred(id)); }
     export function answered(id: string) { const waiting = kept.get(id); if (waiting) { kept.delete(id); waiting.resolve(id); } }`,
    'lost-event kept',
  ],
  'a place that keeps what went wrong, whoever asked': [
    `export class Teams { error = ''; async load(cursor: string) { const answer = await fetchTeams(cursor); if (answer.left) { this.error = answer.left; throw new Error('failed'); } return answer.right; } }`,
    `export class Teams { error = ''; async load(cursor: string) { this.error = ''; const answer = await fetchTeams(cursor); this.error = answer.left; } }`,
    'out-of-order-response Teams#error',
  ],
  'an error that something puts its own in place of': [
    `export class Shim { later(_work: () => void): void { throw new Error('Not implemented'); } }
     export class Printer { private isPrinting = false; constructor(private readonly shim: Shim) {}
       async print() { if (this.isPrinting) return; this.isPrinting = true; this.shim.later(() => {}); await send(); this.isPrinting = false; } }`,
    `export class Shim { later(work: () => void): void { if (closed()) throw new Error('Closed'); plan(work); } }
     export class Printer { private isPrinting = false; constructor(private readonly shim: Shim) {}
       async print() { if (this.isPrinting) return; this.isPrinting = true; this.shim.later(() => {}); await send(); this.isPrinting = false; } }`,
    'lock-not-released Printer#isPrinting',
  ],
  'an error that says that the set-up was forgotten': [
    `export class Index { private db: Db | undefined; private isIndexing = false;
       private open() { if (!this.db) throw new Error('Not set up'); return this.db; }
       set(db: Db) { this.db = db; }
       async index() { if (this.isIndexing) return; this.isIndexing = true; this.open().log('start'); await work(); this.isIndexing = false; } }`,
    `export class Index { private isIndexing = false;
       private start() { if (isFull()) throw new Error('Full'); log('start'); return true; }
       async index() { if (this.isIndexing) return; this.isIndexing = true; this.start(); await work(); this.isIndexing = false; } }`,
    'lock-not-released Index#isIndexing',
  ],
  'a pool that makes one more where none is free': [
    `export class Pool { private readonly all: { busy: boolean; link: Link }[] = [];
       async take() { const idle = this.all.find((one) => !one.busy); if (idle) { idle.busy = true; return idle; } const made = { busy: true, link: await connect() }; this.all.push(made); return made; } }`,
    `export class Users { private readonly all: { name: string; link: Link }[] = [];
       async join(name: string) { if (this.all.find((one) => one.name === name)) throw new Error('taken'); const made = { name, link: await connect() }; this.all.push(made); return made; } }`,
    'check-then-act Users#all[*]',
  ],
  'what has come by then is gone through in the turn that drops it': [
    `let queued: string[] = []; export function add(name: string) { queued.push(name); }
     export async function flush() { await Promise.all(queued.map((name) => prepare(name))); queued.forEach((name) => copy(name)); queued = []; }`,
    `let queued: string[] = []; export function add(name: string) { queued.push(name); }
     export async function flush() { await Promise.all(queued.map((name) => prepare(name))); queued = []; }`,
    'lost-update queued[*]',
  ],
  'a flag keeps the callback from the name until it has its value': [
    `export async function create() { let isOpen = false; manager.on('end', () => { if (isOpen && client) client.end(); }); const client = await open(); isOpen = true; return client; }`,
    `export async function create() { let isOpen = false; isOpen = true; manager.on('end', () => { if (isOpen && client) client.end(); }); const client = await open(); return client; }`,
    'use-before-ready client',
  ],
  'a file of its own for each element': [
    `import fs from 'node:fs/promises'; import path from 'node:path';
     export async function install(root: string, names: string[]) { await Promise.all(names.map(async (name) => { const file = path.join(root, name); await fs.writeFile(file, (await fs.readFile(file, 'utf8')).trim()); })); }`,
    `import fs from 'node:fs/promises';
     export async function install(names: string[]) { await Promise.all(names.map(async (name) => { await fs.writeFile('log.txt', (await fs.readFile('log.txt', 'utf8')) + name); })); }`,
    'file-lost-update fs[*]',
  ],
  'an update of what rows are not counted by': [
    `export class Texts { constructor(private readonly texts: Texts) {} async promote(id: string, text: string) { const n = await this.texts.count({ _id: id }); if (n === 0) throw new Error('none'); await this.texts.update({ _id: id }, { text }); } }`,
    `export class Teams { constructor(private readonly members: Members) {} async demote(id: string) { const n = await this.members.count({ where: { role: 'owner' } }); if (n === 1) throw new Error('last'); await this.members.update({ where: { id }, data: { role: 'editor' } }); } }`,
    'external-check-then-act this.members',
  ],
  'a callback that is made once the place is filled': [
    `let item: Item; export function activate(load: () => Promise<void>, shell: Shell) { load().then(() => { item = new Item(); const changed = () => item.model.attach(); shell.on('change', changed); }); }`,
    `let item: Item; export function activate(load: () => Promise<void>, shell: Shell) { const changed = () => item.model.attach(); shell.on('change', changed); load().then(() => { item = new Item(); }); }`,
    'use-before-ready item',
  ],
  'an object that is filled aside, as the code means it': [
    `export function make(registry: Registry) { const loggers = new Loggers(); registry.load('log').then((found) => { loggers.size = found.size; }).catch((error) => console.error(error)); return loggers; }`,
    `export function make(registry: Registry) { const loggers = new Loggers(); registry.load('log').then((found) => { loggers.size = found.size; }).catch((error) => console.error(error)); return loggers.size; }`,
    'missing-await loggers',
  ],
  'a flag that is set and lowered in one turn': [
    `export class Text { private isLocked = false; async edit(work: () => void) { if (this.isLocked) return; await ready(); this.isLocked = true; work(); this.isLocked = false; } }`,
    `export class Text { private isLocked = false; async edit(work: () => Promise<void>) { if (this.isLocked) return; await ready(); this.isLocked = true; await work(); this.isLocked = false; } }`,
    'double-initialization Text#isLocked',
  ],
  'a list that is put together before what goes through it is made': [
    `export function plugin(config: Config) { const hooks = resolve(config); hooks.unshift(nonce(config)); return { async transform(html: string) { for (const hook of hooks) html = await hook(html); return html; } }; }`,
    `export function plugin(config: Config) { const hooks = resolve(config); return { add(hook: Hook) { hooks.unshift(hook); }, async transform(html: string) { for (const hook of hooks) html = await hook(html); return html; } }; }`,
    'unstable-iteration hooks[*]',
  ],
  'users of an entry, each counted by itself': [
    `export class Shells { private entries: Record<string, Entry> = {};
       async open(target: string) { const entry = this.entries[target]; entry.users += 1; try { await entry.started; } catch { await this.close(this.name); } }
       async close(name: string) { await ready(); this.entries[name].users -= 1; }
       total() { return Object.values(this.entries).reduce((sum, entry) => sum + entry.users, 0); } }`,
    `export class Accounts { private entries: Record<string, Entry> = {};
       async move(from: string, to: string, amount: number) { const entry = this.entries[from]; entry.money -= amount; await this.put(to, amount); }
       async put(name: string, amount: number) { await ready(); this.entries[name].money += amount; }
       total() { return Object.values(this.entries).reduce((sum, entry) => sum + entry.money, 0); } }`,
    'torn-update Accounts#entries[*].money',
  ],
  'a list that is made where there is none': [
    `export class Pool { private lists: Record<string, Link[]> = {};
       async take(name: string) { if (!this.lists[name]) this.lists[name] = []; const made = await connect(name); this.lists[name].push(made); return made; }
       async end() { for (const list of Object.values(this.lists)) for (const link of list) link.end(); } }`,
    `export class Pool { private lists: Record<string, Link[]> = {};
       async take(name: string) { this.lists[name] = []; const made = await connect(name); this.lists[name].push(made); return made; }
       async end() { for (const list of Object.values(this.lists)) for (const link of list) link.end(); } }`,
    'torn-update Pool#lists[*]',
  ],
  'an error that is caught, and told by what may be missing': [
    `export class Index { private db: Db | undefined; private isIndexing = false;
       private log() { if (!this.db) throw new Error('Not set up'); return this.db; }
       set(db: Db) { this.db = db; }
       async index(kind: string) { if (this.isIndexing) return; this.isIndexing = true; try { await work(); if (kind === '') throw new Error('kind'); } catch (error) { this.log().error(error); } this.isIndexing = false; } }`,
    `export class Index { private isIndexing = false;
       async index(kind: string) { if (this.isIndexing) return; this.isIndexing = true; try { await work(); } catch (error) { report(error); } if (kind === '') throw new Error('kind'); this.isIndexing = false; } }`,
    'lock-not-released Index#isIndexing',
  ],
  'functions that are made to run under a lock': [
    `import { Mutex } from 'async-mutex'; const mutex = new Mutex(); let balance = 0;
     function exclusive<A extends unknown[], R>(work: (...args: A) => Promise<R>) { return (...args: A): Promise<R> => mutex.runExclusive(() => work(...args)); }
     export const deposit = exclusive(async (n: number) => { const before = balance; await note(n); balance = before + n; });
     export async function withdraw(n: number) { await mutex.runExclusive(async () => { const before = balance; await note(n); balance = before - n; }); }`,
    `import { Mutex } from 'async-mutex'; let balance = 0;
     function exclusive<A extends unknown[], R>(work: (...args: A) => Promise<R>) { const mutex = new Mutex(); return (...args: A): Promise<R> => mutex.runExclusive(() => work(...args)); }
     export const deposit = exclusive(async (n: number) => { const before = balance; await note(n); balance = before + n; });
     export const withdraw = exclusive(async (n: number) => { balance = balance - n; });`,
    'missing-lock balance',
  ],
  'a function under a lock that calls another such': [
    `import { Mutex } from 'async-mutex'; const mutex = new Mutex(); let config = {};
     const exclusive = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => (...args: A): Promise<R> => mutex.runExclusive(() => work(...args));
     const put = async (next: object) => { await save(next); config = next; };
     export const set = exclusive(async (next: object) => { await put(next); });
     export const rename = exclusive(async (next: object) => { await put(next); });`,
    `import { Mutex } from 'async-mutex'; const mutex = new Mutex(); let config = {};
     const exclusive = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => (...args: A): Promise<R> => mutex.runExclusive(() => work(...args));
     export const set = exclusive(async (next: object) => { await save(next); config = next; });
     export const rename = exclusive(async (next: object) => { await set(next); });`,
    'self-deadlock mutex',
  ],
  'what brings a message into another form': [
    `export class Message { key: Key | undefined; constructor(readonly keys: Keys) {} async serialize(tag: string) { const key = await this.keys.get(tag); this.key = key; return seal(this, key); } }`,
    `export class Panel { key: Key | undefined; constructor(readonly keys: Keys) {} async show(tag: string) { const key = await this.keys.get(tag); this.key = key; return seal(this, key); } }`,
    'out-of-order-response Panel#key',
  ],
  'a variable keeps its object, whoever empties the place that it came from': [
    `export class Manager { private all = new Map<string, Plugin>(); private active = new Map<string, Active>(); stop() { this.all.clear(); }
       async start(id: string) { const plugin = this.all.get(id); if (!plugin) return; const made = await activate(plugin.model.id); this.active.set(plugin.model.id, made); } }`,
    `export class Manager { private current = { id: '' }; private active = new Map<string, Active>(); select(next: { id: string }) { this.current = next; }
       async start() { const made = await activate(this.current.id); this.active.set(this.current.id, made); } }`,
    'stale-context Manager#current.id',
  ],
  'a token that says whether it was cancelled': [
    `export class Panel { page: Page | undefined; constructor(readonly pages: Pages) {}
       async show(tag: string) { const token = this.pages.token(tag); const page = await this.pages.get(tag); if (token.isCancellationRequested) return; this.page = page; draw(page); } }`,
    `export class Panel { page: Page | undefined; constructor(readonly pages: Pages) {}
       async show(tag: string) { const page = await this.pages.get(tag); if (page.isEmpty) return; this.page = page; draw(page); } }`,
    'out-of-order-response Panel#page',
  ],
  'what to answer if there is nothing': [
    `export class Editor { private mode = 'a'; constructor(private readonly settings: Settings) {} async load() { this.mode = await this.settings.get('mode', this.mode); } set(mode: string) { this.mode = mode; } }`,
    `export class Editor { private mode = 'a'; constructor(private readonly settings: Settings) {} async load() { this.mode = await this.settings.after('mode', this.mode); } set(mode: string) { this.mode = mode; } }`,
    'lost-update Editor#mode',
  ],
  'what is returned past a finally waits without the lock': [
    `import { Mutex } from 'async-mutex'; export class File { private lock = new Mutex();
       async write(text: string, again = true): Promise<void> { const release = await this.lock.acquire(); try { await save(text); } catch (error) { if (again) return this.write(text, false); throw error; } finally { release(); } } }`,
    `import { Mutex } from 'async-mutex'; export class File { private lock = new Mutex();
       async write(text: string, again = true): Promise<void> { const release = await this.lock.acquire(); try { await save(text); } catch (error) { if (again) return await this.write(text, false); throw error; } finally { release(); } } }`,
    'self-deadlock File#lock',
  ],
  'a handler that is taken away is not called': [
    `export function reader(source: Source) { let error: Error | null = null; let isDone = false;
       function failed(err: Error) { error = err; } function close() { source.off('error', failed); isDone = true; return Promise.resolve(isDone); }
       source.on('error', failed); return { next() { if (error != null) { const p = Promise.reject(error); error = null; return p; } return close(); } }; }`,
    `export function reader(source: Source) { let error: Error | null = null;
       return { async next() { if (error != null) throw error; const failed = await source.failure(); error = failed; } }; }`,
    'double-initialization error',
  ],
  'methods that are made to run under a lock': [
    `import { Mutex } from 'async-mutex'; export class Ledger { private mutex = new Mutex(); private balance = 0;
       private exclusive<A extends unknown[], R>(work: (...args: A) => Promise<R>) { return async (...args: A): Promise<R> => { const release = await this.mutex.acquire(); try { return await work(...args); } finally { release(); } }; }
       deposit = this.exclusive(async (n: number) => { const before = this.balance; await note(n); this.balance = before + n; }); }`,
    `export class Ledger { private balance = 0;
       private noted<A extends unknown[], R>(work: (...args: A) => Promise<R>) { return async (...args: A): Promise<R> => { const end = await this.log.begin(); try { return await work(...args); } finally { end(); } }; }
       deposit = this.noted(async (n: number) => { const before = this.balance; await note(n); this.balance = before + n; }); }`,
    'lost-update Ledger#balance',
  ],
};

describe('near misses', () => {
  test.each(Object.entries(pairs))('%s', (_name, [sound, racy, finding]) => {
    expect([findingsIn(sound), findingsIn(racy)]).toEqual([[], [finding]]);
  });

  test('a field called size is a field, where the class says so', () => {
    const pool = (field: string): string => `export class Pool { private ${field} = 0; async grow() { const before = this.${field}; await open(); this.${field} = before + 1; } shrink() { this.${field} -= 1; } }`;
    expect([findingsIn(pool('size')), findingsIn(pool('length'))]).toEqual([['lost-update Pool#size'], ['lost-update Pool#length']]);
  });

  test('a method under a symbol is named after its class', () => {
    const cursor = `export class Cursor { private session: Session | undefined; private server: Server | undefined;
      async init() { this.session = open(); const state = await this.begin(this.session); this.server = state.server; }
      async [Symbol.asyncDispose]() { if (this.session && this.server) await end(this.session, this.server); this.session = undefined; this.server = undefined; } }`;
    expect(findings(cursor).map(({ message }) => message)).toContain('`session` is written at line 2, `init` suspends at line 2, and `a method of Cursor` can read it before `server` follows at line 2.');
  });

  test('a lock that is asked for past a finally is no link of an order', () => {
    const locks = (end: string): string => `import { Mutex } from 'async-mutex'; const a = new Mutex(); const b = new Mutex();
      async function inB() { const release = await b.acquire(); try { await work(); } finally { release(); } }
      export async function one() { const release = await a.acquire(); try { await work(); return ${end}; } finally { release(); } }
      export async function two() { const release = await b.acquire(); try { await a.runExclusive(work); } finally { release(); } }`;
    expect([findingsIn(locks('inB()')), findingsIn(locks('await inB()'))]).toEqual([['missing-await inB'], ['lock-order-cycle a, b']]);
  });

  test('what a migration counts, what a script rewrites, and what helps tests, has nobody beside it', () => {
    const rows = `export async function fill(rows: Rows) { const n = await rows.count({ active: true }); if (n === 0) { await rows.create({ active: true }); } }`;
    const release = `import * as fs from 'node:fs/promises'; export async function add(file: string, line: string) { const text = await fs.readFile(file, 'utf8'); await fs.writeFile(file, text + line); }`;
    expect([findingsIn(release, 'src/release.ts'), findingsIn(release, 'scripts/release.ts'), findingsIn(release, 'internal/build/release.ts')]).toEqual([['file-lost-update fs[*]'], [], []]);
    const helper = `let session: Session | undefined; export async function start() { if (!session) session = await open(); return session; } export function set(made: Session) { session = made; }`;
    expect([findingsIn(rows, 'src/rows.ts'), findingsIn(rows, 'migrations/rows.ts')]).toEqual([['external-check-then-act rows'], []]);
    expect([findingsIn(helper, 'src/session.ts'), findingsIn(helper, 'src/test-utils.ts'), findingsIn(helper, 'libs/testing/session.ts'), findingsIn(helper, 'my-test-utils/session.ts')]).toEqual([['double-initialization session'], [], [], []]);
  });
});
