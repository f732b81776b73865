import { describe, expect, test } from 'vitest';
import { findingsIn } from './expectations.js';

/** The same few races in the many ways people write them, by what is reported. */
const racy: readonly (readonly [finding: string, name: string, code: string])[] = [
  ['check-then-act A#funds', 'account full form', `export class A { private funds = 100; async take(n: number) { const ok = this.funds >= n; if (!ok) return false; await log(n); this.funds = this.funds - n; return true; } }`],
  ['check-then-act A#funds', 'account promise chain', `export class A { private funds = 100; take(n: number) { if (this.funds < n) return Promise.resolve(false); return log(n).then(() => { this.funds -= n; return true; }); } }`],
  ['check-then-act A.#funds', 'account getter guard', `export class A { #funds = 100; get canPay() { return this.#funds > 0; } async take(n: number) { if (!this.canPay) return false; await log(n); this.#funds -= n; return true; } }`],
  ['check-then-act A.#funds', 'account method guard', `export class A { #funds = 100; private covers(n: number) { return this.#funds >= n; } async take(n: number) { if (!this.covers(n)) throw new Error('no'); await log(n); this.#funds -= n; } }`],
  ['check-then-act A.#funds', 'account assert helper', `export class A { #funds = 100; private ensure(n: number) { if (this.#funds < n) throw new Error('no'); } async take(n: number) { this.ensure(n); await log(n); this.#funds -= n; } }`],
  ['check-then-act account.funds', 'account object var', `const account = { funds: 100 };
      export async function take(n: number) { if (account.funds < n) return; await log(n); account.funds -= n; }`],
  ['check-then-act accounts[*].funds', 'account two accounts from map', `const accounts = new Map<string, { funds: number }>();
      export async function move(a: string, b: string, n: number) { const from = accounts.get(a)!; const to = accounts.get(b)!; if (from.funds < n) throw new Error(); await audit(a, b); from.funds -= n; to.funds += n; }`],
  ['double-initialization T#token', 'token ??= await', `export class T { private token?: string; async get() { return (this.token ??= await fetchToken()); } }`],
  ['double-initialization T#token', 'token ??= await stmt', `export class T { private token?: string; async get() { this.token ??= await fetchToken(); return this.token; } }`],
  ['double-initialization cache', 'module cache', `let cache: Config | undefined;
      export async function config() { if (!cache) cache = await load(); return cache; }`],
  ['double-initialization cache', 'module cache ===undefined', `let cache: Config | undefined;
      export async function config() { if (cache === undefined) { const c = await connect(); cache = c; } return cache; }`],
  ['double-initialization S.instance', 'static', `export class S { private static instance: S | null = null; static async get() { if (S.instance === null) { const s = new S(); await s.init(); S.instance = s; } return S.instance; } async init() {} }`],
  ['double-initialization S.instance', 'static this', `export class S { private static instance: S | null = null; static async get() { if (!this.instance) { this.instance = await S.create(); } return this.instance; } static async create() { return new S(); } }`],
  ['double-initialization conn', 'closure', `export function makeClient(open: () => Promise<Conn>) { let conn: Conn | undefined; return async () => { if (!conn) conn = await open(); return conn; }; }`],
  ['double-initialization conn', 'closure object', `export function makeClient(open: () => Promise<Conn>) { let conn: Conn | undefined; async function get() { if (conn) return conn; conn = await open(); return conn; } return { get, reset() { conn = undefined; } }; }`],
  ['double-initialization T#expiresAt', 'expiry', `export class T { private token = ''; private expiresAt = 0; async get() { if (Date.now() >= this.expiresAt) { const t = await refresh(); this.token = t.value; this.expiresAt = t.expiresAt; } return this.token; } }`],
  ['double-initialization T#expiresAt', 'expiry getter', `export class T { private token = ''; private expiresAt = 0; private get isExpired() { return Date.now() > this.expiresAt; } async get() { if (this.isExpired) { const t = await refresh(); this.token = t.value; this.expiresAt = t.expiresAt; } return this.token; } }`],
  ['double-initialization T#token', 'expiry method object', `export class T { private token: { value: string; expiresAt: number } | null = null; async get() { if (!this.token || this.token.expiresAt < Date.now()) { this.token = await this.client.refresh(); } return this.token.value; } }`],
  ['double-initialization T#token', 'expiry early return', `export class T { private token: Tok | null = null; async get() { if (this.token && this.token.expiresAt > Date.now()) return this.token.value; this.token = await refresh(); return this.token.value; } }`],
  ['double-initialization C#conn', 'getter guarded ready', `export class C { private conn?: Conn; get isConnected() { return this.conn !== undefined; } async connect() { if (this.isConnected) return; this.conn = await open(); } }`],
  ['check-then-act C.#state', 'getter guarded status', `export class C { #state = 'idle'; get idle() { return this.#state === 'idle'; } async start() { if (!this.idle) return; await boot(); this.#state = 'running'; } }`],
  ['check-then-act C#state', 'const state', `const IDLE = 'idle'; const RUNNING = 'running';
      export class C { state = IDLE; async start() { if (this.state !== IDLE) return; await boot(); this.state = RUNNING; } }`],
  ['check-then-act C#state', 'frozen state', `const State = { Idle: 'idle', Running: 'running' } as const;
      export class C { state: string = State.Idle; async start() { if (this.state !== State.Idle) return; await boot(); this.state = State.Running; } }`],
  ['check-then-act C#state', 'imported enum', `import { State } from './state';
      export class C { state = State.Idle; async start() { if (this.state !== State.Idle) return; await boot(); this.state = State.Running; } }`],
  ['check-then-act C#state', 'switch on enum', `enum State { Idle, Busy }
      export class C { state = State.Idle; async start() { switch (this.state) { case State.Busy: return; case State.Idle: await boot(); this.state = State.Busy; } } }`],
  ['lost-update n', 'counter behind helper', `let n = 0; function current() { return n; } function store(v: number) { n = v; }
      export async function inc() { const v = current(); await tick(); store(v + 1); }`],
  ['lost-update n', 'counter async helpers', `let n = 0; async function current() { await tick(); return n; } async function store(v: number) { await tick(); n = v; }
      export async function inc() { const v = await current(); await store(v + 1); }`],
  ['lost-update Store#n', 'counter class store', `class Store { private n = 0; read() { return this.n; } write(v: number) { this.n = v; } } const store = new Store();
      export async function inc() { const v = store.read(); await tick(); store.write(v + 1); }`],
  ['lost-update Store#n', 'counter field store', `class Store { n = 0; }
      export class S { private store = new Store(); async inc() { const v = this.store.n; await tick(); this.store.n = v + 1; } }`],
  ['lost-update Store#n', 'counter field store methods', `class Store { private n = 0; read() { return this.n; } write(v: number) { this.n = v; } }
      export class S { private store = new Store(); async inc() { const v = this.store.read(); await tick(); this.store.write(v + 1); } }`],
  ['lost-update stock[*]', 'inventory map', `const stock = new Map<string, number>();
      export async function order(sku: string) { const left = stock.get(sku) ?? 0; if (left < 1) throw new Error(); await charge(sku); stock.set(sku, left - 1); }`],
  ['check-then-act stock[*]', 'inventory map fresh', `const stock = new Map<string, number>();
      export async function order(sku: string) { if ((stock.get(sku) ?? 0) < 1) throw new Error(); await charge(sku); stock.set(sku, stock.get(sku)! - 1); }`],
  ['check-then-act stock[*]', 'inventory record', `const stock: Record<string, number> = {};
      export async function order(sku: string, n: number) { if (stock[sku] < n) throw new Error(); await charge(sku); stock[sku] -= n; }`],
  ['check-then-act Shop#stock[*]', 'inventory record field', `export class Shop { private stock: Record<string, number> = { a: 1 }; async order(sku: string, n: number) { if (!this.stock[sku]) throw new Error(); await charge(sku); this.stock[sku]--; } }`],
  ['check-then-act Shop#items[*].count', 'inventory array find', `export class Shop { private items: Item[] = []; async order(id: string) { const item = this.items.find((i) => i.id === id); if (!item || item.count === 0) throw new Error(); await charge(id); item.count -= 1; } }`],
  ['check-then-act items[*].count', 'inventory array index', `const items: { count: number }[] = [];
      export async function order(i: number) { if (items[i].count <= 0) return; await charge(i); items[i].count--; }`],
  ['check-then-act items[*]', 'inventory array findIndex splice', `const items: { id: string }[] = [];
      export async function remove(id: string) { const i = items.findIndex((x) => x.id === id); if (i < 0) return; await notify(id); items.splice(i, 1); }`],
  ['check-then-act Shop#stock[*].count', 'inventory map object', `export class Shop { private stock = new Map<string, { count: number }>(); async order(id: string) { const e = this.stock.get(id); if (!e || e.count < 1) return false; await charge(id); e.count--; return true; } }`],
  ['double-initialization Hall#seats[*]', 'array seats includes', `export class Hall { seats: string[] = []; async book(s: string) { if (this.seats.includes(s)) throw new Error(); await pay(s); this.seats.push(s); } }`],
  ['double-initialization Hall#seats[*]', 'set js ctor', `export class Hall { constructor() { this.seats = new Set(); } async book(s) { if (this.seats.has(s)) throw new Error(); await pay(s); this.seats.add(s); } }`],
  ['lost-update Base#n', 'subclass counter', `class Base { protected n = 0; }
      export class Sub extends Base { async inc() { const v = this.n; await tick(); this.n = v + 1; } }`],
  ['lost-update Base#n', 'subclass base writes', `export class Base { protected n = 0; protected put(v: number) { this.n = v; } }
      export class Sub extends Base { async inc() { const v = this.n; await tick(); this.put(v + 1); } }`],
  ['lost-update Base#m[*]', 'subclass map', `abstract class Base { protected readonly m = new Map<string, number>(); }
      export class Sub extends Base { async inc(k: string) { const v = this.m.get(k) ?? 0; await tick(); this.m.set(k, v + 1); } }`],
  ['double-initialization Base#redeemed[*]', 'abstract super', `export abstract class Base { protected abstract redeemed: Set<string>; async redeem(c: string) { if (this.redeemed.has(c)) throw new Error(); await pay(c); this.redeemed.add(c); } }`],
  ['double-initialization ready', 'ready flag', `let ready = false;
      export async function init() { if (ready) return; await setupDb(); ready = true; }`],
  ['double-initialization c', 'ternary', `let c: X | undefined;
      export async function get() { return c ? c : (c = await connect()); }`],
  ['double-initialization c', 'or', `let c: X | undefined;
      export async function get() { return c || (c = await connect()); }`],
  ['double-initialization C#started', 'and', `export class C { started = false; async start() { this.started || (await boot(), this.started = true); } }`],
  ['double-initialization state.token', 'object module', `const state = { token: null as string | null };
      export async function token() { if (!state.token) { state.token = await login(); } return state.token; }`],
  ['double-initialization pool[*]', 'map memo make', `const pool = new Map<string, Conn>();
      export async function conn(h: string) { let c = pool.get(h); if (!c) { c = await connect(h); pool.set(h, c); } return c; }`],
  ['check-then-act A#funds', 'self alias', `export class A { funds = 100; async take(n: number) { const self = this; if (self.funds < n) return; await log(n); self.funds -= n; } }`],
  ['check-then-act A#slots', 'while', `export class A { slots = 3; async take() { while (this.slots === 0) { await sleep(1); } await log(); this.slots--; } }`],
  ['lost-update A.#v', 'setter', `export class A { #v = 0; get v() { return this.#v; } set v(x) { this.#v = x; } async add() { const v = this.v; await tick(); this.v = v + 1; } }`],
  ['check-then-act A#funds', 'arrow field', `export class A { funds = 100; take = async (n: number) => { if (this.funds < n) return; await log(n); this.funds -= n; }; }`],
  ['check-then-act left', 'express handler', `let left = 5; app.post('/buy', async (req, res) => { if (left <= 0) return res.end(); await charge(req.user); left--; res.end(); });`],
  ['check-then-act left', 'default export object', `let left = 5;
      export default { async buy() { if (left <= 0) return; await charge(); left--; } };`],
  ['lost-update Base#n', 'a field of a base class that two classes share', `class Base { protected n = 0; }
      export class A extends Base { async inc() { const v = this.n; await tick(); this.n = v + 1; } }
      export class B extends Base { set() { this.n = 2; } }`],
  ['check-then-act waiting[*]', 'named limit', `const LIMIT = 1; const waiting: string[] = [];
      export async function join(p: string) { if (waiting.length >= LIMIT) return; await announce(p); waiting.push(p); }`],
];

/** Their cures. */
const cured: Record<string, string> = {
  'account recheck': `export class A { private funds = 100; async take(n: number) { if (this.funds < n) return false; await log(n); if (this.funds < n) return false; this.funds -= n; return true; } }`,
  'account take first': `export class A { private funds = 100; async take(n: number) { if (this.funds < n) return false; this.funds -= n; await log(n); return true; } }`,
  'account assert helper after': `export class A { #funds = 100; private ensure(n: number) { if (this.#funds < n) throw new Error('no'); } async take(n: number) { await log(n); this.ensure(n); this.#funds -= n; } }`,
  'account assert helper twice': `export class A { #funds = 100; private ensure(n: number) { if (this.#funds < n) throw new Error('no'); } async take(n: number) { this.ensure(n); await log(n); this.ensure(n); this.#funds -= n; } }`,
  'account two accounts from map': `const accounts = new Map<string, { funds: number }>();
      export async function move(a: string, b: string, n: number) { const from = accounts.get(a)!; const to = accounts.get(b)!; await audit(a, b); if (from.funds < n) throw new Error(); from.funds -= n; to.funds += n; }`,
  'token ??= promise': `export class T { private token?: Promise<string>; get() { return (this.token ??= fetchToken()); } }`,
  'module cache promise': `let cache: Promise<Config> | undefined;
      export async function config() { if (!cache) cache = load(); return cache; }`,
  'closure promise': `export function makeClient(open: () => Promise<Conn>) { let conn: Promise<Conn> | undefined; return () => { if (!conn) conn = open(); return conn; }; }`,
  'expiry inflight': `export class T { private token: Tok | null = null; private inflight: Promise<Tok> | null = null; async get() { if (this.token && this.token.expiresAt > Date.now()) return this.token.value; this.inflight ??= refresh().finally(() => { this.inflight = null; }); this.token = await this.inflight; return this.token.value; } }`,
  'getter guarded status': `export class C { #state = 'idle'; get idle() { return this.#state === 'idle'; } async start() { if (!this.idle) return; this.#state = 'starting'; await boot(); this.#state = 'running'; } }`,
  'enum latch': `enum State { Idle, Busy }
      export class C { state = State.Idle; async start() { if (this.state !== State.Idle) return; this.state = State.Busy; try { await boot(); } finally { this.state = State.Idle; } } }`,
  'imported enum latch': `import { State } from './state';
      export class C { state = State.Idle; async start() { if (this.state === State.Busy) return; this.state = State.Busy; try { await boot(); } finally { this.state = State.Idle; } } }`,
  'counter helper': `let n = 0; function bump() { n = n + 1; }
      export async function inc() { await tick(); bump(); }`,
  'inventory map': `const stock = new Map<string, number>();
      export async function order(sku: string) { if ((stock.get(sku) ?? 0) < 1) throw new Error(); stock.set(sku, stock.get(sku)! - 1); try { await charge(sku); } catch (e) { stock.set(sku, stock.get(sku)! + 1); throw e; } }`,
  'subclass lock': `import { Mutex } from 'async-mutex'; abstract class Base { protected readonly guard = new Mutex(); protected n = 0; }
      export class Sub extends Base { async inc() { await this.guard.runExclusive(async () => { const v = this.n; await tick(); this.n = v + 1; }); } }`,
  'ready flag': `let ready = false;
      export async function init() { if (ready) return; ready = true; await setupDb(); }`,
  'while': `export class A { slots = 3; async take() { while (this.slots === 0) { await sleep(1); } this.slots--; } }`,
  'two stores': `class Store { private n = 0; read() { return this.n; } write(v: number) { this.n = v; } }
      export class S { private a = new Store(); private b = new Store(); async copy() { const v = this.a.read(); await pay(); this.b.write(v + 1); } }`,
  'named limit': `const LIMIT = 1; const waiting: string[] = [];
      export async function join(p: string) { await announce(p); if (waiting.length >= LIMIT) return; waiting.push(p); }`,
  'siblings': `class Base { protected n = 0; }
      export class A extends Base { async f() { const v = this.n; await pay(); use(v); } }
      export class B extends Base { async set() { await pay(); this.n = 2; } }`,
};

describe('variants of a race', () => {
  test.each(racy)('%s: %s', (finding, _name, code) => {
    expect(findingsIn(code)).toEqual([finding]);
  });
});

describe('cured variants', () => {
  test.each(Object.entries(cured))('%s', (_name, code) => {
    expect(findingsIn(code)).toEqual([]);
  });
});

test('two checks before the same work are one race', () => {
  const code = `let exists = false; export class Recording { private canRecord = false;
    async prepare() { if (exists) throw new Error(); if (!this.canRecord) { await prepareRecorder(); exists = true; this.canRecord = true; } } }`;
  expect(findingsIn(code)).toEqual(['double-initialization exists']);
});
