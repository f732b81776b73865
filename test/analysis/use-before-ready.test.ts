import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

/** A bug and its cure. */
type Pair = readonly [name: string, racy: string, cured: string];

const pairs: readonly Pair[] = [
  ['a constructor that starts init',
    `export class Store { private db!: Db; constructor() { this.init(); } private async init() { this.db = await connect(); } get(id: string) { return this.db.get(id); } }`,
    `export class Store { private db!: Db; private ready: Promise<void>; constructor() { this.ready = this.init(); } private async init() { this.db = await connect(); } async get(id: string) { await this.ready; return this.db.get(id); } }`],
  ['a kept promise that one method does not await',
    `export class Store { private db!: Db; private ready: Promise<void>; constructor() { this.ready = this.init(); } private async init() { this.db = await connect(); } async get(id: string) { await this.ready; return this.db.get(id); } async put(id: string, v: string) { await this.db.put(id, v); } }`,
    `export class Store { private db!: Db; private ready: Promise<void>; constructor() { this.ready = this.init(); } private async init() { this.db = await connect(); } async get(id: string) { await this.ready; return this.db.get(id); } async put(id: string, v: string) { await this.ready; await this.db.put(id, v); } }`],
  ['a list that is filled anew, and that one method looks at without waiting',
    `export class Hub { private servers: string[] = []; private ready: Promise<void>; constructor() { this.ready = this.load(); } private async load() { this.servers = await readServers(); } async list() { await this.ready; return this.servers; } async has(name: string) { return this.servers.includes(name); } }`,
    `export class Hub { private servers: string[] = []; private ready: Promise<void>; constructor() { this.ready = this.load(); } private async load() { this.servers = await readServers(); } async list() { await this.ready; return this.servers; } async has(name: string) { await this.ready; return this.servers.includes(name); } get count() { return this.servers.length; } }`],
  ['a chain in the constructor',
    `export class Store { #db?: Db; constructor(url: string) { connect(url).then((db) => { this.#db = db; }); } get(id: string) { return this.#db!.get(id); } }`,
    `export class Store { #db: Db; private constructor(db: Db) { this.#db = db; } static async create(url: string) { return new Store(await connect(url)); } get(id: string) { return this.#db.get(id); } }`],
  ['an async function called at once',
    `export class Store { #db: Db | null = null; constructor(url: string) { (async () => { this.#db = await connect(url); })(); } get(id: string) { return this.#db!.get(id); } }`,
    `export class Store { #db: Db | null = null; constructor(url: string) { (async () => { this.#db = await connect(url); })(); } get(id: string) { if (!this.#db) throw new Error('not ready'); return this.#db.get(id); } }`],
  ['a field that starts the set-up',
    `export class Conf { private values?: Map<string, string>; #ready = this.load(); private async load() { this.values = await readAll(); } get(k: string) { return this.values!.get(k); } }`,
    `export class Conf { private values?: Map<string, string>; #ready = this.load(); private async load() { this.values = await readAll(); } async get(k: string) { await this.#ready; return this.values!.get(k); } }`],
  ['void in the constructor',
    `export class Conf { private values?: Map<string, string>; constructor() { void this.load(); } private async load() { this.values = await readAll(); } get(k: string) { return this.values!.get(k); } }`,
    `export class Conf { private values?: Map<string, string>; constructor() { void this.load(); } private async load() { this.values = await readAll(); } get(k: string) { return this.values?.get(k); } }`],
  ['a helper that drops the chain',
    `export class Conf { private values: V | undefined; constructor() { this.load(); } private load() { readAll().then((v) => { this.values = v; }); } get(k: string) { return this.values!.of(k); } }`,
    `export class Conf { private values: V | undefined; constructor() { this.load(); } private load() { readAll().then((v) => { this.values = v; }); } get(k: string) { return this.values ? this.values.of(k) : undefined; } }`],
  ['a set-up with an error handler',
    `export class Conf { private values!: V; constructor() { this.load().catch(console.error); } private async load() { this.values = await readAll(); } get(k: string) { return this.values.of(k); } }`,
    `export class Conf { private values!: V; private loading: Promise<void>; constructor() { this.loading = this.load(); this.loading.catch(console.error); } private async load() { this.values = await readAll(); } async get(k: string) { await this.loading; return this.values.of(k); } }`],
  ['a JavaScript class without declared fields',
    `class Store { constructor() { this.init(); } async init() { this.db = await connect(); } get(id) { return this.db.get(id); } } module.exports = Store;`,
    `class Store { constructor() { this.ready = this.init(); } async init() { this.db = await connect(); } async get(id) { await this.ready; return this.db.get(id); } } module.exports = Store;`],
  ['a module variable and a chain',
    `let db: Db; connect().then((c) => { db = c; }); export function get(id: string) { return db.get(id); }`,
    `let db: Db; const ready = connect().then((c) => { db = c; }); export async function get(id: string) { await ready; return db.get(id); }`],
  ['a module variable and a function',
    `let db: Db | undefined; async function init() { db = await connect(); } init(); export async function get(id: string) { return db!.get(id); }`,
    `let db: Db | undefined; async function init() { db = await connect(); } await init(); export async function get(id: string) { return db!.get(id); }`],
  ['a module variable and a function called at once',
    `let schema: Schema; (async () => { schema = await loadSchema(); })(); export const check = (v: unknown) => schema.validate(v);`,
    `let schema: Schema | undefined; (async () => { schema = await loadSchema(); })(); export const check = (v: unknown) => { if (!schema) throw new Error('still loading'); return schema.validate(v); };`],
  ['a lazy getter as cure',
    `let wasm: Wasm; load().then((w) => { wasm = w; }); export function run(b: Uint8Array) { return wasm.run(b); }`,
    `let loading: Promise<Wasm> | undefined; const wasm = () => (loading ??= load()); export async function run(b: Uint8Array) { return (await wasm()).run(b); }`],
  ['a worker that answers before it is set up',
    `let model: Model; load('m').then((m) => { model = m; }); self.onmessage = (event) => { postMessage(model.predict(event.data)); };`,
    `let model: Model; load('m').then((m) => { model = m; self.onmessage = (event) => { postMessage(model.predict(event.data)); }; });`],
  ['a server that listens too early',
    `let db: Db; async function main() { app.listen(3000); db = await connect(); } app.get('/x', (req, res) => { res.json(db.all()); }); main();`,
    `let db: Db; async function main() { db = await connect(); app.listen(3000); } app.get('/x', (req, res) => { res.json(db.all()); }); main();`],
  ['closures of a factory',
    `export function createClient(url: string) { let socket: Socket; dial(url).then((s) => { socket = s; }); return { send(m: string) { socket.write(m); } }; }`,
    `export function createClient(url: string) { const socket = dial(url); return { async send(m: string) { (await socket).write(m); } }; }`],
  ['a use two calls away',
    `export class Store { private db!: Db; constructor() { this.init(); } private async init() { this.db = await connect(); } private rows() { return this.db.rows(); } list() { return this.rows().sort(); } }`,
    `export class Store { private db!: Db; private ready = this.init(); private async init() { this.db = await connect(); } private async rows() { await this.ready; return this.db.rows(); } async list() { return (await this.rows()).sort(); } }`],
  ['an ensure function as cure',
    `export class Store { private db!: Db; constructor() { this.init(); } private async init() { this.db = await connect(); } async get(id: string) { return this.db.get(id); } }`,
    `export class Store { private db?: Db; private opening?: Promise<void>; private async init() { this.db = await connect(); } private ensure() { return (this.opening ??= this.init()); } async get(id: string) { await this.ensure(); return this.db!.get(id); } }`],
  ['a flag as cure',
    `export class Store { private db!: Db; private isOpen = false; constructor() { this.init(); } private async init() { this.db = await connect(); this.isOpen = true; } get(id: string) { return this.db.get(id); } }`,
    `export class Store { private db!: Db; private isOpen = false; constructor() { this.init(); } private async init() { this.db = await connect(); this.isOpen = true; } get(id: string) { if (!this.isOpen) throw new Error('not open'); return this.db.get(id); } }`],
  ['a kept promise that the first alone waits for',
    `const opened = db.open(); let origin: string | undefined; export async function handle(request: Request) { if (!origin) { origin = new URL(request.url).origin; await opened; } return db.answer(request, origin); }`,
    `const opened = db.open(); let origin: string | undefined; export async function handle(request: Request) { if (!origin) { origin = new URL(request.url).origin; } await opened; return db.answer(request, origin); }`],
  ['the promise of the set-up itself, which says that it has begun',
    `export class Rows { private loading?: Promise<void>; private rows: Row[] = []; async all() { if (!this.loading) { this.loading = this.read(); await this.loading; } return this.rows.slice(); } private async read() { this.rows = await readAll(); } }`,
    `export class Rows { private loading?: Promise<void>; private rows: Row[] = []; async all() { if (!this.loading) { this.loading = this.read(); } await this.loading; return this.rows.slice(); } private async read() { this.rows = await readAll(); } }`],
  ['an object that is given while it is opened anew',
    `export class Pool { private isOld = false; constructor(private readonly store: Store) {} changed() { this.isOld = true; } async get() { if (this.isOld) { this.isOld = false; await this.store.close(); await this.store.open(); } return this.store; } }`,
    `export class Pool { private reopening?: Promise<void>; constructor(private readonly store: Store) {} changed() { this.reopening ??= this.reopen(); } private async reopen() { await this.store.close(); await this.store.open(); this.reopening = undefined; } async get() { await this.reopening; return this.store; } }`],
];

const correct: readonly (readonly [string, string])[] = [
  ['a run that leaves once it has waited', `const opened = db.open(); let told = false; export async function warn() { if (!told) { told = true; await opened; return; } count('again'); }`],
  ['work that is done aside by the first', `let told = false; export async function handle(r: Request) { if (!told) { told = true; await report(r); } return answer(r); }`],
  ['what has changed is written by the first, for all', `export class Doc { private isDirty = false; constructor(private readonly file: File) {} async text() { if (this.isDirty) { this.isDirty = false; await this.file.write(this.body); } return this.body; } }`],
  ['a promise that is given to those who come later', `let loading: Promise<Rows> | undefined; export async function rows() { if (!loading) { loading = load(); await loading; } return loading; }`],
  ['a flag that says that the work is under way', `export class Pool { private isIdle = true; async get() { if (this.isIdle) { this.isIdle = false; await this.store.open(); this.isIdle = true; } return this.store; } }`],
  ['a ready promise that is offered', `export class Db { private conn!: Conn; readonly ready: Promise<void> = this.open(); private async open() { this.conn = await connect(); } query(q: string) { return this.conn.query(q); } }`],
  ['a value from the start', `export class Conf { private values = defaults; constructor() { this.load(); } private async load() { this.values = await readAll(); } get(k: string) { return this.values.of(k); } }`],
  ['init that whoever makes it awaits', `export class Store { private db!: Db; async init() { this.db = await connect(); } get(id: string) { return this.db.get(id); } }`],
  ['handlers that come after', `export class Client { private socket!: Socket; constructor() { this.open(); } private async open() { this.socket = await dial(); this.socket.on('data', () => this.read()); } private read() { return this.socket.read(); } }`],
];

const ofRule = (code: string) => findings(code).filter(({ rule }) => rule === 'use-before-ready');

describe.each(pairs)('%s', (_name, racy, cured) => {
  test('is reported once', () => expect(ofRule(racy)).toHaveLength(1));
  test('its cure is met with silence', () => expect(ofRule(cured)).toEqual([]));
});

test.each(correct)('%s is met with silence', (_name, code) => expect(ofRule(code)).toEqual([]));
