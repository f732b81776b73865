import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

/** A bug and its cure. */
type Pair = readonly [name: string, racy: string, cured: string];

const pairs: readonly Pair[] = [
  ['an event that a listener takes for the end of the whole call',
    `export class Orders extends EventEmitter { readonly byId = new Map<string, Order>(); async import(id: string) { this.pull(id); this.emit('imported', id); } private async pull(id: string) { const order = await fetchOrder(id); this.byId.set(id, order); } } export const orders = new Orders(); orders.on('imported', (id: string) => { log(orders.byId.get(id)!.total); });`,
    `export class Orders extends EventEmitter { readonly byId = new Map<string, Order>(); async import(id: string) { await this.pull(id); this.emit('imported', id); } private async pull(id: string) { const order = await fetchOrder(id); this.byId.set(id, order); } } export const orders = new Orders(); orders.on('imported', (id: string) => { log(orders.byId.get(id)!.total); });`],
  ['a forEach with an async callback',
    `export async function sizes(urls: string[]) { const found: number[] = []; urls.forEach(async (url) => { const page = await fetch(url); found.push(page.size); }); return found; }`,
    `export async function sizes(urls: string[]) { const found: number[] = []; for (const url of urls) { const page = await fetch(url); found.push(page.size); } return found; }`],
  ['a total that is added up by forEach',
    `export async function total(ids: string[]) { let sum = 0; ids.forEach(async (id) => { sum += (await load(id)).price; }); return sum; }`,
    `export async function total(ids: string[]) { const prices = await Promise.all(ids.map(async (id) => (await load(id)).price)); return prices.reduce((a, b) => a + b, 0); }`],
  ['a flag that forEach sets',
    `export async function anyOk(ids: string[]) { let found = false; ids.forEach(async (id) => { if (await check(id)) found = true; }); return found; }`,
    `export async function anyOk(ids: string[]) { let found = false; for (const id of ids) { if (await check(id)) found = true; } return found; }`],
  ['promises of map that nobody collects',
    `export async function names(ids: string[]) { const out: Record<string, string> = {}; ids.map(async (id) => { out[id] = await nameOf(id); }); return out; }`,
    `export async function names(ids: string[]) { const out: Record<string, string> = {}; await Promise.all(ids.map(async (id) => { out[id] = await nameOf(id); })); return out; }`],
  ['Promise.all that nobody awaits',
    `export async function names(ids: string[]) { const out: string[] = []; Promise.all(ids.map(async (id) => { out.push(await nameOf(id)); })); return out; }`,
    `export async function names(ids: string[]) { const out: string[] = []; await Promise.all(ids.map(async (id) => { out.push(await nameOf(id)); })); return out; }`],
  ['a chain that sets a local variable',
    `export function user(id: string) { let found; fetchUser(id).then((u) => { found = u; }); return found; }`,
    `export function user(id: string) { let found; return fetchUser(id).then((u) => { found = u; return found; }); }`],
  ['a chain that fills a local object',
    `export async function page(id: string) { const data: Record<string, unknown> = {}; fetch(id).then((r) => r.json()).then((body) => { data.body = body; }); return render(data); }`,
    `export async function page(id: string) { const data: Record<string, unknown> = {}; await fetch(id).then((r) => r.json()).then((body) => { data.body = body; }); return render(data); }`],
  ['a method that loads what the next line needs',
    `export class Server { config?: Config; async load() { this.config = await readConfig(); } async start() { this.load(); listen(this.config!.port); } }`,
    `export class Server { config?: Config; async load() { this.config = await readConfig(); } async start() { await this.load(); listen(this.config!.port); } }`],
  ['module state',
    `let token = ''; async function login() { token = await authenticate(); } export async function call(path: string) { login(); return request(path, token); }`,
    `let token = ''; async function login() { token = await authenticate(); } export async function call(path: string) { await login(); return request(path, token); }`],
  ['a helper that drops what its caller awaits',
    `let db: Db; async function init() { connect().then((c) => { db = c; }); } export async function main() { await init(); return db.query('select 1'); }`,
    `let db: Db; async function init() { await connect().then((c) => { db = c; }); } export async function main() { await init(); return db.query('select 1'); }`],
  ['a promise that is not returned to the chain',
    `export class Store { rows: Row[] = []; private fill(ids: string[]) { return fetchRows(ids).then((rows) => { this.rows = rows; }); } load() { return fetchIds().then((ids) => { this.fill(ids); }).then(() => this.rows.length); } }`,
    `export class Store { rows: Row[] = []; private fill(ids: string[]) { return fetchRows(ids).then((rows) => { this.rows = rows; }); } load() { return fetchIds().then((ids) => { return this.fill(ids); }).then(() => this.rows.length); } }`],
  ['a nested chain that is not returned',
    `export function count() { let rows: Row[] = []; return open().then((db) => { db.all().then((found) => { rows = found; }); }).then(() => rows.length); }`,
    `export function count() { let rows: Row[] = []; return open().then((db) => db.all().then((found) => { rows = found; })).then(() => rows.length); }`],
  ['an async function called at once',
    `export function read() { let text = ''; (async () => { text = await load(); })(); return text; }`,
    `export async function read() { let text = ''; await (async () => { text = await load(); })(); return text; }`],
  ['a constructor',
    `export class Repo { private rows: Row[] = []; readonly count: number; constructor() { this.load(); this.count = this.rows.length; } private async load() { this.rows = await fetchRows(); } }`,
    `export class Repo { private constructor(private rows: Row[], readonly count: number) {} static async create() { const rows = await fetchRows(); return new Repo(rows, rows.length); } }`],
  ['a script',
    `const results: string[] = []; const urls = ['a', 'b']; urls.forEach(async (url) => { results.push(await get(url)); }); console.log(results.length);`,
    `const results: string[] = []; const urls = ['a', 'b']; for (const url of urls) { results.push(await get(url)); } console.log(results.length);`],
  ['a script with a chain',
    `let config: Config | undefined; readConfig().then((c) => { config = c; }); listen(config!.port);`,
    `let config: Config | undefined; readConfig().then((c) => { config = c; listen(config!.port); });`],
  ['a loop that starts work for each',
    `export class Index { private entries = new Map<string, E>(); private async add(f: string) { const e = await parse(f); this.entries.set(f, e); } async build(files: string[]) { for (const f of files) { this.add(f); } return this.entries.size; } }`,
    `export class Index { private entries = new Map<string, E>(); private async add(f: string) { const e = await parse(f); this.entries.set(f, e); } async build(files: string[]) { for (const f of files) { await this.add(f); } return this.entries.size; } }`],
  ['an arrow without braces given to forEach',
    `export class Index { private entries = new Map<string, E>(); private async add(f: string) { const e = await parse(f); this.entries.set(f, e); } async build(files: string[]) { files.forEach((f) => this.add(f)); return [...this.entries.values()]; } }`,
    `export class Index { private entries = new Map<string, E>(); private async add(f: string) { const e = await parse(f); this.entries.set(f, e); } async build(files: string[]) { await Promise.all(files.map((f) => this.add(f))); return [...this.entries.values()]; } }`],
  ['a list that a helper is given to fill',
    `async function fill(list: string[]) { list.push(await load()); } export async function all() { const list: string[] = []; fill(list); return list; }`,
    `async function fill(list: string[]) { list.push(await load()); } export async function all() { const list: string[] = []; await fill(list); return list; }`],
  ['a named callback',
    `const seen = new Map<string, R>(); async function visit(id: string) { seen.set(id, await get(id)); } export async function crawl(ids: string[]) { ids.forEach(visit); return seen.size; }`,
    `const seen = new Map<string, R>(); async function visit(id: string) { seen.set(id, await get(id)); } export async function crawl(ids: string[]) { await Promise.all(ids.map(visit)); return seen.size; }`],
  ['another await in between',
    `let user: User | undefined; async function loadUser() { user = await fetchUser(); } export async function greet() { loadUser(); const text = await fetchText(); return text + user!.name; }`,
    `let user: User | undefined; async function loadUser() { user = await fetchUser(); } export async function greet() { const loading = loadUser(); const text = await fetchText(); await loading; return text + user!.name; }`],
  ['a field by its key',
    `export class Users { private byId = new Map<string, User>(); private async load(id: string) { const user = await fetchUser(id); this.byId.set(id, user); } async nameOf(id: string) { this.load(id); return this.byId.get(id)!.name; } }`,
    `export class Users { private byId = new Map<string, User>(); private async load(id: string) { const user = await fetchUser(id); this.byId.set(id, user); } async nameOf(id: string) { if (!this.byId.has(id)) await this.load(id); return this.byId.get(id)!.name; } }`],
  ['a promise returned from a try', `export async function find(id: string) { try { return fetch('/u/' + id); } catch (error) { return undefined; } }`, `export async function find(id: string) { try { return await fetch('/u/' + id); } catch (error) { return undefined; } }`],
  ['an async function of the module returned from a try', `async function load(id: string) { const r = await get(id); if (!r) throw new Error('none'); return r; } export async function find(id: string) { try { return load(id); } catch { return null; } }`, `async function load(id: string) { const r = await get(id); if (!r) throw new Error('none'); return r; } export async function find(id: string) { try { return await load(id); } catch { return null; } }`],
  ['a method of an interface that says that it gives a promise', `interface Api { user(id: string): Promise<User> } export async function find(api: Api, id: string) { try { return api.user(id); } catch { return null; } }`, `interface Api { user(id: string): Promise<User> } export async function find(api: Api, id: string) { try { return await api.user(id); } catch { return null; } } export async function nameOf(api: Api, id: string) { return (await api.user(id)).name; }`],
  ['a method of a field by its type', `type Api = { user: (id: string) => Promise<User> }; export class Users { constructor(private readonly api: Api) {} find(id: string) { try { return this.api.user(id); } catch { return null; } } }`, `type Api = { user: (id: string) => Promise<User> }; export class Users { constructor(private readonly api: Api) {} async find(id: string) { try { return await this.api.user(id); } catch { return null; } } }`],
  ['an abstract method', `export abstract class Users { protected abstract load(id: string): Promise<User>; find(id: string) { try { return this.load(id); } catch { return null; } } }`, `export abstract class Users { protected abstract load(id: string): Promise<User>; async find(id: string) { try { return await this.load(id); } catch { return null; } } }`],
  ['several returns to one catch', `export async function find(id: string, deep: boolean) { try { if (deep) return fetch('/deep/' + id); return fetch('/u/' + id); } catch (error) { return undefined; } }`, `export async function find(id: string, deep: boolean) { try { if (deep) return await fetch('/deep/' + id); return await fetch('/u/' + id); } catch (error) { return undefined; } }`],
  ['a chain returned from a try', `export function find(id: string) { try { return query(id).then((rows) => rows[0]); } catch (error) { report(error); return null; } }`, `export function find(id: string) { return query(id).then((rows) => rows[0]).catch((error) => { report(error); return null; }); }`],
  ['a finally that cleans up too early', `async function use(c: Conn) { const rows = await c.query('x'); return rows; } export async function all() { const conn = await open(); try { return use(conn); } finally { conn.close(); } }`, `async function use(c: Conn) { const rows = await c.query('x'); return rows; } export async function all() { const conn = await open(); try { return await use(conn); } finally { conn.close(); } }`],
  ['what is released only if it is one\'s own, under the work it was handed to',
    `export class Store { constructor(private readonly pool: Pool, private readonly own?: Runner) {} async run<T>(work: (r: Runner) => T | Promise<T>) { const runner = this.own ?? this.pool.take(); try { return work(runner); } finally { if (!this.own) await runner.release(); } } }`,
    `export class Store { constructor(private readonly pool: Pool, private readonly own?: Runner) {} async run<T>(work: (r: Runner) => T | Promise<T>) { const runner = this.own ?? this.pool.take(); try { return await work(runner); } finally { if (!this.own) await runner.release(); } } }`],
  ['a handle that is given up before what works with it has ended',
    `interface Page { adopt(handle: Handle): Promise<Handle> } export async function move(page: Page, handle: Handle) { if (handle.page === page) return handle; const adopted = page.adopt(handle); handle.dispose(); return adopted; }`,
    `interface Page { adopt(handle: Handle): Promise<Handle> } export async function move(page: Page, handle: Handle) { if (handle.page === page) return handle; const adopted = await page.adopt(handle); handle.dispose(); return adopted; }`],
  ['a dropped call within a try', `export class Cart { private async save() { await put(this); } checkout() { try { this.save(); } catch (error) { this.warn(error); } } warn(e: unknown) {} }`, `export class Cart { private async save() { await put(this); } async checkout() { try { await this.save(); } catch (error) { this.warn(error); } } warn(e: unknown) {} }`],
  ['an event told while the work is under way', `export class Doc extends EventEmitter { private async save() { await write(this.path); } store() { this.save(); this.emit('saved'); } }`, `export class Doc extends EventEmitter { private async save() { await write(this.path); } async store() { await this.save(); this.emit('saved'); } }`],
  ['ready before it is', `export class Db extends EventEmitter { conn?: Conn; private async open() { this.conn = await connect(); } start() { this.open(); this.emit('ready'); } }`, `export class Db extends EventEmitter { conn?: Conn; private async open() { this.conn = await connect(); } async start() { await this.open(); this.emit('ready'); } }`],
  ['an event before the state that it announces', `export class Client extends EventEmitter { socket?: Socket; async connect() { this.emit('connected'); this.socket = await dial(); } }`, `export class Client extends EventEmitter { socket?: Socket; async connect() { this.socket = await dial(); this.emit('connected'); } }`],
  ['a change told before it is made', `export class Title extends EventEmitter { value = ''; async set(v: string) { this.emit('change'); const clean = await sanitize(v); this.value = clean; } }`, `export class Title extends EventEmitter { value = ''; async set(v: string) { const clean = await sanitize(v); this.value = clean; this.emit('change'); } }`],
  ['a flag set while the work is under way', `export class Cache { loaded = false; items = new Map<string, I>(); private async fill() { for (const i of await list()) this.items.set(i.id, i); } load() { this.fill(); this.loaded = true; } }`, `export class Cache { loaded = false; items = new Map<string, I>(); private async fill() { for (const i of await list()) this.items.set(i.id, i); } async load() { await this.fill(); this.loaded = true; } }`],
  ['a client closed under the work', `export async function putAll(items: Item[]) { const client = await connect(); items.forEach(async (item) => { const row = await encode(item); await client.put(row); }); await client.close(); }`, `export async function putAll(items: Item[]) { const client = await connect(); for (const item of items) { const row = await encode(item); await client.put(row); } await client.close(); }`],
  ['a failure that would be answered by something else', `async function scan(dir: string) { return read(dir); } export async function list(dir: string) { try { return scan(dir); } catch { return cached(dir); } }`, `async function scan(dir: string) { return read(dir); } export async function list(dir: string) { try { return await scan(dir); } catch { return cached(dir); } }`],
  ['the process ended under the work', `async function flush() { await upload(buffer); } export function shutdown() { flush(); process.exit(0); }`, `async function flush() { await upload(buffer); } export async function shutdown() { await flush(); process.exit(0); }`],
  ['filter with an async callback', `export async function allowed(users: User[]) { return users.filter(async (u) => await may(u)); }`, `export async function allowed(users: User[]) { const yes = await Promise.all(users.map((u) => may(u))); return users.filter((_, i) => yes[i]); }`],
  ['a condition on a promise', `async function isAllowed(u: User) { return (await roles(u)).includes('admin'); } export async function drop(u: User) { if (!isAllowed(u)) throw new Error('no'); await remove(u); }`, `async function isAllowed(u: User) { return (await roles(u)).includes('admin'); } export async function drop(u: User) { if (!(await isAllowed(u))) throw new Error('no'); await remove(u); }`],
  ['an array of promises that is awaited', `export async function names(ids: string[]) { const found = await ids.map(async (id) => (await get(id)).name); return found.join(); }`, `export async function names(ids: string[]) { const found = await Promise.all(ids.map(async (id) => (await get(id)).name)); return found.join(); }`],
  ['a name in a text',
    `export class Notes { private async labelOf(path: string) { return '@' + (await find(path)); } async add(path: string, code: string) { await focus(); const label = this.labelOf(path); await post(\`\${label}: \${code}\`); } }`,
    `export class Notes { private async labelOf(path: string) { return '@' + (await find(path)); } async add(path: string, code: string) { await focus(); const label = await this.labelOf(path); await post(\`\${label}: \${code}\`); } }`],
  ['an answer that is added to a text',
    `async function versionOf(name: string) { return (await load(name)).version; } export function title(name: string) { return name + ' ' + versionOf(name); }`,
    `async function versionOf(name: string) { return (await load(name)).version; } export async function title(name: string) { return name + ' ' + (await versionOf(name)); }`],
];

/** Work that nobody waits for, as it should be. */
const correct: readonly (readonly [string, string])[] = [
  ['logs and metrics', `async function track(name: string) { await post('/m', name); } export function open(name: string) { track(name); return render(name); }`],
  ['void says that it is meant', `export class Feed { items: I[] = []; async refresh() { this.items = await fetchItems(); } show() { void this.refresh(); return this.items; } }`],
  ...['// eslint-disable-next-line @typescript-eslint/no-floating-promises', '// eslint-disable-next-line no-console, @typescript-eslint/no-floating-promises -- it is shown when it is there', '/* eslint-disable @typescript-eslint/no-floating-promises */', '// oxlint-disable-next-line typescript/no-floating-promises', '// biome-ignore lint/nursery/noFloatingPromises: it is shown when it is there']
    .map((comment) => [`so does ${comment}`, `export class Feed { items: I[] = []; async refresh() { this.items = await fetchItems(); } show() {\n${comment}\nthis.refresh(); return this.items; } }`] as const),
  ['so does a comment on the line', `export class Feed { items: I[] = []; async refresh() { this.items = await fetchItems(); } show() {\n this.refresh(); // eslint-disable-line @typescript-eslint/no-floating-promises\nreturn this.items; } }`],
  ['a comment for a callback of forEach', `export async function sizes(urls: string[]) { const found: number[] = [];\n // eslint-disable-next-line @typescript-eslint/no-misused-promises\n urls.forEach(async (url) => { const page = await fetch(url); found.push(page.size); }); return found; }`],
  ['a comment for what a try returns', `export async function find(id: string) { try {\n // eslint-disable-next-line no-return-await, @typescript-eslint/return-await\n return fetch('/u/' + id); } catch (error) { return undefined; } }`],
  ['a method that gives what nobody knows, though it is awaited elsewhere', `export class C { constructor(private readonly messenger: Messenger) {} name() { try { return this.messenger.call('name'); } catch { return ''; } } async load() { const state = await this.messenger.call('state'); return state; } }`],
  ['a method that gives no promise', `interface Api { user(id: string): User } export function find(api: Api, id: string) { try { return api.user(id); } catch { return null; } }`],
  ['a promise that is awaited later', `let user: User; async function load() { user = await fetchUser(); } export async function page() { const loading = load(); const t = await text(); await loading; return t + user.name; }`],
  ['an event whose listener looks at something else', `export class Orders extends EventEmitter { readonly byId = new Map<string, Order>(); async import(id: string) { this.pull(id); this.emit('imported', id); } private async pull(id: string) { const order = await fetchOrder(id); this.byId.set(id, order); } } export const orders = new Orders(); orders.on('imported', (id: string) => { log(id); setTimeout(() => log(orders.byId.get(id)!.total), 1000); });`],
  ['work that tells of its own end', `export class Orders extends EventEmitter { readonly byId = new Map<string, Order>(); async import(id: string) { this.pull(id); this.emit('imported', id); } private async pull(id: string) { const order = await fetchOrder(id); this.byId.set(id, order); this.emit('stored', id); } } export const orders = new Orders(); orders.on('imported', (id: string) => { log(orders.byId.size, id); });`],
  ['promises that are collected', `export async function all(ids: string[]) { const out: string[] = []; const work: Promise<void>[] = []; for (const id of ids) { work.push(get(id).then((v) => { out.push(v); })); } await Promise.all(work); return out; }`],
  ['a pump that starts workers up to a limit', `export function pump(jobs: Job[]) { let active = 0; const run = async (job: Job) => { await job(); active--; next(); }; const next = () => { while (active < 4 && jobs.length > 0) { active++; run(jobs.shift()!); } }; next(); }`],
  ['a loop of its own', `export class Worker { last?: R; running = false; private async loop() { while (this.running) { this.last = await poll(); } } start() { this.running = true; this.loop(); } }`],
  ['state that comes with an event', `export class Feed extends EventEmitter { items: I[] = []; async refresh() { this.items = await fetchItems(); this.emit('change'); } } export function show(f: Feed) { f.refresh(); }`],
  ['a promise kept in a field', `export class Db { private conn!: Promise<Conn>; constructor() { this.conn = this.open(); } private async open() { return connect(); } async query(q: string) { return (await this.conn).query(q); } }`],
  ['errors taken by the chain', `export async function find(id: string) { try { return fetch(id).catch(() => null); } finally { } }`],
  ['a failure that would be answered by the same again', `declare const peer: { list(dir: string): Promise<string[] | null> }; async function scan(dir: string) { return read(dir); } export async function list(dir: string) { try { const names = await peer.list(dir); if (names === null) return scan(dir); return names; } catch { return scan(dir); } }`],
  ['work that gives no promise before a release', `export class Store { constructor(private readonly pool: Pool) {} async run<T>(work: (r: Runner) => T) { const runner = this.pool.take(); try { return work(runner); } finally { if (runner.isOpen) await runner.release(); } } }`],
  ['a finally that looks after something else', `export class Store { constructor(private readonly pool: Pool, private timer?: Timer) {} async run<T>(runner: Runner, work: (r: Runner) => T | Promise<T>) { try { return work(runner); } finally { if (this.timer) clearTimeout(this.timer); } } }`],
  ['a call whose namesake on another part is awaited', `export async function seed() { const orm = await open(); await orm.schema.create(); orm.em.create(User, { name: 'a' }); await orm.em.flush(); await orm.close(); }`],
  ['what waits for the end of what is given up', `interface Pool { whenReleased(c: Conn): Promise<void> } export async function giveBack(pool: Pool, c: Conn) { const released = pool.whenReleased(c); c.release(); await released; }`],
  ['who is told that no more comes', `interface Sink { drain(w: Writer): Promise<number> } export async function send(sink: Sink, w: Writer) { const sent = sink.drain(w); w.close(); return sent; }`],
  ['a handle that is given up after an await', `interface Page { adopt(handle: Handle): Promise<Handle> } export async function move(page: Page, handle: Handle) { const adopted = page.adopt(handle); await Promise.all([adopted]); handle.dispose(); return adopted; }`],
  ['a call that gives no promise', `interface Page { copy(handle: Handle): Handle } export async function move(page: Page, handle: Handle) { const copied = page.copy(handle); handle.dispose(); return copied; }`],
  ['a function that cannot fail', `async function ping() { try { await post('/p'); } catch { } } export function beat() { try { ping(); render(); } catch (e) { report(e); } }`],
  ['a stream that takes async callbacks', `export function evens(stream: Readable) { return stream.filter(async (n) => (await check(n)) > 0); }`],
  ['the executor of a promise', `export function wait() { let timer: NodeJS.Timeout; return new Promise<void>((resolve) => { timer = setTimeout(resolve, 10); }); }`],
  ['a test that looks at both sides', `export async function check() { let settled = false; const work = run(); work.then(() => { settled = true; }); assert(!settled); await work; assert(settled); }`],
  ['a tag that takes promises', `async function rows() { return await load(); } export const page = () => html\`<ul>\${rows()}</ul>\`;`],
  ['a text made of what a promise has given', `async function rows() { return await load(); } export async function page() { const list = rows(); return \`\${await list}\`; }`],
];

describe.each(correct)('%s', (_name, code) => {
  test('is met with silence', () => expect(findings(code).filter(({ rule }) => rule === 'missing-await')).toEqual([]));
});

describe.each(pairs)('%s', (_name, racy, cured) => {
  test('is reported once', () => expect(findings(racy).filter(({ rule }) => rule === 'missing-await')).toHaveLength(1));
  test('its cure is met with silence', () => expect(findings(cured).filter(({ rule }) => rule === 'missing-await')).toEqual([]));
});

/** A comment that says nothing of this place keeps nothing quiet. */
test.each([
  '// eslint-disable-next-line no-console',
  '// eslint-disable-next-line @typescript-eslint/no-floating-promises\nprepare();',
  '/* eslint-disable @typescript-eslint/no-floating-promises */ /* eslint-enable */',
  '/* eslint-disable @typescript-eslint/no-floating-promises */\n/* eslint-enable @typescript-eslint/no-floating-promises */',
  '// see no-floating-promises',
])('is reported after %j', (comment) => {
  const code = `export class Feed { items: I[] = []; async refresh() { this.items = await fetchItems(); } show() {\n${comment}\nthis.refresh(); return this.items; } }`;
  expect(findings(code).map(({ rule }) => rule)).toEqual(['missing-await']);
});

test('several returns to one catch are told with the first', () => {
  const [finding] = findings(`export async function find(id: string, kind: string) {\n  try {\n    if (kind === 'a') return fetch('/a/' + id);\n    if (kind === 'b') return fetch('/b/' + id);\n    return fetch('/u/' + id);\n  } catch (error) {\n    return undefined;\n  }\n}`);
  expect(finding!.message).toBe('The promise of `fetch` at line 3 leaves the `try` without being awaited: its failure does not come to the `catch` at line 6. So do those at lines 4 and 5.');
});
