/** Races in modules as people write them for services, pages and tools, each with its cure. Of several rules each tells the race. */
export interface WholeModule {
  readonly rules: readonly string[];
  readonly racy: string;
  readonly cured: string;
}

export const modules: Readonly<Record<string, WholeModule>> = {
  'express handler counter': {
    rules: ['lost-update'],
    racy: `
import express from 'express';
const app = express();
let visits = 0;
app.get('/hit', async (req, res) => {
  const current = visits;
  await logVisit(req.ip);
  visits = current + 1;
  res.json({ visits });
});`,
    cured: `
import express from 'express';
const app = express();
let visits = 0;
app.get('/hit', async (req, res) => {
  await logVisit(req.ip);
  visits += 1;
  res.json({ visits });
});`,
  },
  'inventory map': {
    rules: ['lost-update', 'check-then-act'],
    racy: `
const stock = new Map<string, number>();
export async function reserve(sku: string, qty: number): Promise<boolean> {
  const available = stock.get(sku) ?? 0;
  if (available < qty) return false;
  await payments.authorize(sku, qty);
  stock.set(sku, available - qty);
  return true;
}`,
    cured: `
const stock = new Map<string, number>();
export async function reserve(sku: string, qty: number): Promise<boolean> {
  const available = stock.get(sku) ?? 0;
  if (available < qty) return false;
  stock.set(sku, available - qty);
  try { await payments.authorize(sku, qty); }
  catch (error) { stock.set(sku, (stock.get(sku) ?? 0) + qty); throw error; }
  return true;
}`,
  },
  'two helpers deep': {
    rules: ['lost-update'],
    racy: `
class Wallet {
  private cents = 0;
  private read() { return this.cents; }
  private write(value: number) { this.cents = value; }
  async deposit(amount: number) {
    const before = this.read();
    await this.audit.record('deposit', amount);
    this.apply(before, amount);
  }
  private apply(before: number, amount: number) { this.write(before + amount); }
  constructor(private audit: Audit) {}
}
export const wallet = new Wallet(audit);`,
    cured: `
class Wallet {
  private cents = 0;
  private read() { return this.cents; }
  private write(value: number) { this.cents = value; }
  async deposit(amount: number) {
    await this.audit.record('deposit', amount);
    this.apply(this.read(), amount);
  }
  private apply(before: number, amount: number) { this.write(before + amount); }
  constructor(private audit: Audit) {}
}
export const wallet = new Wallet(audit);`,
  },
  'node callback read-modify-write': {
    rules: ['lost-update'],
    racy: `
const fs = require('fs');
let generation = 0;
exports.bump = function bump(cb) {
  const seen = generation;
  fs.readFile('config.json', (err, data) => {
    if (err) return cb(err);
    generation = seen + 1;
    cb(null, generation);
  });
};`,
    cured: `
const fs = require('fs');
let generation = 0;
exports.bump = function bump(cb) {
  fs.readFile('config.json', (err, data) => {
    if (err) return cb(err);
    generation = generation + 1;
    cb(null, generation);
  });
};`,
  },
  'lazy pool singleton class static': {
    rules: ['double-initialization'],
    racy: `
export class Database {
  private static pool: Pool | undefined;
  static async getPool(): Promise<Pool> {
    if (!Database.pool) {
      const config = await loadConfig();
      Database.pool = await createPool(config);
    }
    return Database.pool;
  }
}`,
    cured: `
export class Database {
  private static pool: Promise<Pool> | undefined;
  static getPool(): Promise<Pool> {
    Database.pool ??= loadConfig().then((config) => createPool(config));
    return Database.pool;
  }
}`,
  },
  'token refresh': {
    rules: ['double-initialization'],
    racy: `
export class ApiClient {
  private token: string | null = null;
  private expiresAt = 0;
  async getToken() {
    if (this.token && Date.now() < this.expiresAt) return this.token;
    const res = await this.http.post('/oauth/token', { grant: 'client' });
    this.token = res.data.access_token;
    this.expiresAt = Date.now() + res.data.expires_in * 1000;
    return this.token;
  }
  constructor(private http: Http) {}
}`,
    cured: `
export class ApiClient {
  private token: string | null = null;
  private expiresAt = 0;
  private refreshing: Promise<string> | null = null;
  async getToken() {
    if (this.token && Date.now() < this.expiresAt) return this.token;
    if (!this.refreshing) {
      this.refreshing = this.refresh().finally(() => { this.refreshing = null; });
    }
    return this.refreshing;
  }
  private async refresh() {
    const res = await this.http.post('/oauth/token', { grant: 'client' });
    this.token = res.data.access_token;
    this.expiresAt = Date.now() + res.data.expires_in * 1000;
    return this.token!;
  }
  constructor(private http: Http) {}
}`,
  },
  'subscribe twice': {
    rules: ['double-initialization'],
    racy: `
export class PriceFeed {
  private subscribed = false;
  constructor(private readonly socket: Socket) {}
  async ensureSubscribed() {
    if (this.subscribed) return;
    await this.socket.send({ type: 'subscribe', channel: 'prices' });
    this.subscribed = true;
  }
}`,
    cured: `
export class PriceFeed {
  private subscribed = false;
  constructor(private readonly socket: Socket) {}
  async ensureSubscribed() {
    if (this.subscribed) return;
    this.subscribed = true;
    try { await this.socket.send({ type: 'subscribe', channel: 'prices' }); }
    catch (error) { this.subscribed = false; throw error; }
  }
}`,
  },
  'react stale spread': {
    rules: ['stale-write-back', 'lost-update'],
    racy: `
import { useState, useCallback } from 'react';
export function useCart(api: Api) {
  const [cart, setCart] = useState<Cart>({ items: [], total: 0 });
  const add = useCallback(async (item: Item) => {
    const price = await api.price(item);
    setCart({ ...cart, items: [...cart.items, item], total: cart.total + price });
  }, [cart, api]);
  return { cart, add };
}`,
    cured: `
import { useState, useCallback } from 'react';
export function useCart(api: Api) {
  const [cart, setCart] = useState<Cart>({ items: [], total: 0 });
  const add = useCallback(async (item: Item) => {
    const price = await api.price(item);
    setCart((old) => ({ ...old, items: [...old.items, item], total: old.total + price }));
  }, [api]);
  return { cart, add };
}`,
  },
  'autocomplete class': {
    rules: ['out-of-order-response'],
    racy: `
export class Autocomplete {
  suggestions: string[] = [];
  constructor(private readonly api: SearchApi, private readonly input: HTMLInputElement) {
    input.addEventListener('input', () => { void this.update(input.value); });
  }
  async update(term: string) {
    const response = await this.api.suggest(term);
    this.suggestions = response.items;
    this.render();
  }
  render() {}
}`,
    cured: `
export class Autocomplete {
  suggestions: string[] = [];
  private last = 0;
  constructor(private readonly api: SearchApi, private readonly input: HTMLInputElement) {
    input.addEventListener('input', () => { void this.update(input.value); });
  }
  async update(term: string) {
    const request = ++this.last;
    const response = await this.api.suggest(term);
    if (request !== this.last) return;
    this.suggestions = response.items;
    this.render();
  }
  render() {}
}`,
  },
  'seat booking record': {
    rules: ['check-then-act'],
    racy: `
const seats: Record<string, string | null> = { A1: null, A2: null };
export async function book(seat: string, user: string) {
  if (seats[seat] !== null) throw new Error('taken');
  const ok = await chargeCard(user);
  if (!ok) throw new Error('declined');
  seats[seat] = user;
}`,
    cured: `
const seats: Record<string, string | null> = { A1: null, A2: null };
export async function book(seat: string, user: string) {
  if (seats[seat] !== null) throw new Error('taken');
  seats[seat] = user;
  const ok = await chargeCard(user);
  if (!ok) { seats[seat] = null; throw new Error('declined'); }
}`,
  },
  'username set': {
    rules: ['check-then-act', 'double-initialization'],
    racy: `
const taken = new Set<string>();
export async function register(name: string) {
  if (taken.has(name)) return { error: 'taken' };
  const user = await db.users.insert({ name });
  taken.add(name);
  return { user };
}`,
    cured: `
const taken = new Set<string>();
export async function register(name: string) {
  if (taken.has(name)) return { error: 'taken' };
  taken.add(name);
  try { return { user: await db.users.insert({ name }) }; }
  catch (error) { taken.delete(name); throw error; }
}`,
  },
  'room capacity': {
    rules: ['check-then-act', 'concurrency-cap-exceeded'],
    racy: `
export class Room {
  private readonly members: Member[] = [];
  constructor(private readonly capacity: number) {}
  async join(member: Member) {
    if (this.members.length >= this.capacity) throw new Error('full');
    await member.handshake();
    this.members.push(member);
  }
}`,
    cured: `
export class Room {
  private readonly members: Member[] = [];
  constructor(private readonly capacity: number) {}
  async join(member: Member) {
    await member.handshake();
    if (this.members.length >= this.capacity) throw new Error('full');
    this.members.push(member);
  }
}`,
  },
  'coupon single use': {
    rules: ['check-then-act', 'double-initialization'],
    racy: `
export class Coupons {
  private used = new Map<string, boolean>();
  async redeem(code: string, order: Order) {
    if (this.used.get(code)) return false;
    await order.applyDiscount(code);
    this.used.set(code, true);
    return true;
  }
}`,
    cured: `
export class Coupons {
  private used = new Map<string, boolean>();
  async redeem(code: string, order: Order) {
    if (this.used.get(code)) return false;
    this.used.set(code, true);
    await order.applyDiscount(code);
    return true;
  }
}`,
  },
  'transfer torn': {
    rules: ['torn-update'],
    racy: `
export class Bank {
  private accounts = { checking: 100, savings: 0 };
  async transfer(amount: number) {
    this.accounts.checking -= amount;
    await this.ledger.append({ amount });
    this.accounts.savings += amount;
  }
  total() { return this.accounts.checking + this.accounts.savings; }
  constructor(private ledger: Ledger) {}
}`,
    cured: `
export class Bank {
  private accounts = { checking: 100, savings: 0 };
  async transfer(amount: number) {
    await this.ledger.append({ amount });
    this.accounts.checking -= amount;
    this.accounts.savings += amount;
  }
  total() { return this.accounts.checking + this.accounts.savings; }
  constructor(private ledger: Ledger) {}
}`,
  },
  'routing table rebuild': {
    rules: ['torn-update'],
    racy: `
const routes = new Map<string, Handler>();
export async function reload() {
  routes.clear();
  for (const file of await listRouteFiles()) {
    const mod = await import(file);
    routes.set(mod.path, mod.handler);
  }
}
export function match(path: string) { return routes.get(path); }`,
    cured: `
let routes = new Map<string, Handler>();
export async function reload() {
  const next = new Map<string, Handler>();
  for (const file of await listRouteFiles()) {
    const mod = await import(file);
    next.set(mod.path, mod.handler);
  }
  routes = next;
}
export function match(path: string) { return routes.get(path); }`,
  },
  'broadcast iteration': {
    rules: ['unstable-iteration'],
    racy: `
export class ChatRoom {
  private clients: Client[] = [];
  join(client: Client) {
    this.clients.push(client);
    client.on('close', () => { this.clients.splice(this.clients.indexOf(client), 1); });
  }
  async broadcast(text: string) {
    for (const client of this.clients) {
      await client.send(text);
    }
  }
}`,
    cured: `
export class ChatRoom {
  private clients: Client[] = [];
  join(client: Client) {
    this.clients.push(client);
    client.on('close', () => { this.clients.splice(this.clients.indexOf(client), 1); });
  }
  async broadcast(text: string) {
    for (const client of [...this.clients]) {
      await client.send(text);
    }
  }
}`,
  },
  'current tenant': {
    rules: ['stale-context'],
    racy: `
export class TenantStore {
  private currentTenant = 'default';
  private settings: Record<string, Settings> = {};
  switchTo(tenant: string) { this.currentTenant = tenant; }
  async loadSettings() {
    const loaded = await this.api.fetchSettings(this.currentTenant);
    this.settings[this.currentTenant] = loaded;
  }
  constructor(private api: Api) {}
}`,
    cured: `
export class TenantStore {
  private currentTenant = 'default';
  private settings: Record<string, Settings> = {};
  switchTo(tenant: string) { this.currentTenant = tenant; }
  async loadSettings() {
    const tenant = this.currentTenant;
    const loaded = await this.api.fetchSettings(tenant);
    this.settings[tenant] = loaded;
  }
  constructor(private api: Api) {}
}`,
  },
  'semaphore by hand': {
    rules: ['concurrency-cap-exceeded'],
    racy: `
export class Downloader {
  private running = 0;
  constructor(private readonly max = 3) {}
  async download(url: string) {
    while (this.running >= this.max) await sleep(50);
    const head = await probe(url);
    this.running++;
    try { return await fetchBody(url, head); } finally { this.running--; }
  }
}`,
    cured: `
export class Downloader {
  private running = 0;
  constructor(private readonly max = 3) {}
  async download(url: string) {
    const head = await probe(url);
    while (this.running >= this.max) await sleep(50);
    this.running++;
    try { return await fetchBody(url, head); } finally { this.running--; }
  }
}`,
  },
  'id generator': {
    rules: ['lost-update'],
    racy: `
let nextId = 1;
export async function createTicket(title: string) {
  const id = nextId;
  await storage.put('ticket:' + id, { id, title });
  nextId = id + 1;
  return id;
}`,
    cured: `
let nextId = 1;
export async function createTicket(title: string) {
  const id = nextId++;
  await storage.put('ticket:' + id, { id, title });
  return id;
}`,
  },
  'emitter handler state machine': {
    rules: ['check-then-act', 'double-initialization'],
    racy: `
export class Connection extends EventEmitter {
  private state: 'idle' | 'connecting' | 'open' = 'idle';
  async connect() {
    if (this.state !== 'idle') return;
    const address = await this.resolver.lookup(this.host);
    this.state = 'connecting';
    await this.dial(address);
    this.state = 'open';
  }
  constructor(private resolver: Resolver, private host: string) { super(); }
  private async dial(address: string) {}
}`,
    cured: `
export class Connection extends EventEmitter {
  private state: 'idle' | 'connecting' | 'open' = 'idle';
  async connect() {
    if (this.state !== 'idle') return;
    this.state = 'connecting';
    const address = await this.resolver.lookup(this.host);
    await this.dial(address);
    this.state = 'open';
  }
  constructor(private resolver: Resolver, private host: string) { super(); }
  private async dial(address: string) {}
}`,
  },
  'factory closure cache total': {
    rules: ['lost-update'],
    racy: `
export function createMeter(report: (n: number) => Promise<number>) {
  let total = 0;
  return {
    async record(n: number) { total = total + (await report(n)); },
    get total() { return total; },
  };
}`,
    cured: `
export function createMeter(report: (n: number) => Promise<number>) {
  let total = 0;
  return {
    async record(n: number) { const reported = await report(n); total = total + reported; },
    get total() { return total; },
  };
}`,
  },
  'inherited state': {
    rules: ['lost-update'],
    racy: `
abstract class Store<T> { protected items: T[] = []; abstract persist(items: T[]): Promise<void>; }
export class TodoStore extends Store<Todo> {
  async persist(items: Todo[]) { await db.write(items); }
  async add(todo: Todo) {
    const next = this.items.concat(todo);
    await this.persist(next);
    this.items = next;
  }
}`,
    cured: `
abstract class Store<T> { protected items: T[] = []; abstract persist(items: T[]): Promise<void>; }
export class TodoStore extends Store<Todo> {
  async persist(items: Todo[]) { await db.write(items); }
  async add(todo: Todo) {
    this.items = this.items.concat(todo);
    await this.persist(this.items);
  }
}`,
  },
  'redux-like store': {
    rules: ['stale-write-back', 'lost-update'],
    racy: `
export function makeStore(initial: State) {
  let state = initial;
  const listeners: (() => void)[] = [];
  return {
    getState: () => state,
    async dispatch(action: Action) {
      const snapshot = state;
      const patch = await middleware(action);
      state = { ...snapshot, ...patch };
      for (const l of listeners) l();
    },
  };
}`,
    cured: `
export function makeStore(initial: State) {
  let state = initial;
  const listeners: (() => void)[] = [];
  return {
    getState: () => state,
    async dispatch(action: Action) {
      const patch = await middleware(action);
      state = { ...state, ...patch };
      for (const l of listeners) l();
    },
  };
}`,
  },
  'nested object field': {
    rules: ['lost-update'],
    racy: `
const metrics = { requests: { ok: 0, failed: 0 } };
export async function track(promise: Promise<unknown>) {
  const { ok } = metrics.requests;
  await promise;
  metrics.requests.ok = ok + 1;
}`,
    cured: `
const metrics = { requests: { ok: 0, failed: 0 } };
export async function track(promise: Promise<unknown>) {
  await promise;
  metrics.requests.ok += 1;
}`,
  },
  'interval poll overlap': {
    rules: ['lost-update', 'out-of-order-response'],
    racy: `
let cursor = 0;
setInterval(async () => {
  const from = cursor;
  const events = await fetchEvents(from);
  for (const e of events) handle(e);
  cursor = from + events.length;
}, 1000);`,
    cured: `
let cursor = 0;
let polling = false;
setInterval(async () => {
  if (polling) return;
  polling = true;
  try {
    const events = await fetchEvents(cursor);
    for (const e of events) handle(e);
    cursor += events.length;
  } finally { polling = false; }
}, 1000);`,
  },
  'batch flush': {
    rules: ['lost-update', 'stale-write-back', 'check-then-act'],
    racy: `
export class Batcher {
  private buffer: Item[] = [];
  add(item: Item) { this.buffer.push(item); }
  async flush() {
    if (this.buffer.length === 0) return;
    await this.sink.write(this.buffer);
    this.buffer = [];
  }
  constructor(private sink: Sink) {}
}`,
    cured: `
export class Batcher {
  private buffer: Item[] = [];
  add(item: Item) { this.buffer.push(item); }
  async flush() {
    if (this.buffer.length === 0) return;
    const batch = this.buffer;
    this.buffer = [];
    await this.sink.write(batch);
  }
  constructor(private sink: Sink) {}
}`,
  },
  'queue drain twice': {
    rules: ['double-initialization', 'check-then-act'],
    racy: `
export class Worker {
  private queue: Job[] = [];
  private active = false;
  push(job: Job) { this.queue.push(job); void this.drain(); }
  private async drain() {
    if (this.active) return;
    await this.ready();
    this.active = true;
    while (this.queue.length > 0) await this.run(this.queue.shift()!);
    this.active = false;
  }
  private async ready() { await init(); }
  private async run(job: Job) { await job(); }
}`,
    cured: `
export class Worker {
  private queue: Job[] = [];
  private active = false;
  push(job: Job) { this.queue.push(job); void this.drain(); }
  private async drain() {
    if (this.active) return;
    this.active = true;
    await this.ready();
    while (this.queue.length > 0) await this.run(this.queue.shift()!);
    this.active = false;
  }
  private async ready() { await init(); }
  private async run(job: Job) { await job(); }
}`,
  },
  'generator based': {
    rules: ['lost-update'],
    racy: `
export class Log {
  private size = 0;
  async *append(lines: AsyncIterable<string>) {
    for await (const line of lines) {
      const at = this.size;
      yield at;
      this.size = at + line.length;
    }
  }
}`,
    cured: `
export class Log {
  private size = 0;
  async *append(lines: AsyncIterable<string>) {
    for await (const line of lines) {
      const at = this.size;
      this.size = at + line.length;
      yield at;
    }
  }
}`,
  },
  'setTimeout deferral': {
    rules: ['lost-update'],
    racy: `
let pending = 0;
export function track() {
  const seen = pending;
  setTimeout(() => { pending = seen + 1; }, 100);
}`,
    cured: `
let pending = 0;
export function track() {
  setTimeout(() => { pending = pending + 1; }, 100);
}`,
  },
  'promisified callback': {
    rules: ['lost-update'],
    racy: `
import { promisify } from 'util';
import { exec } from 'child_process';
const run = promisify(exec);
export const stats = { builds: 0 };
export async function build(target: string) {
  const n = stats.builds;
  await run('make ' + target);
  stats.builds = n + 1;
}`,
    cured: `
import { promisify } from 'util';
import { exec } from 'child_process';
const run = promisify(exec);
export const stats = { builds: 0 };
export async function build(target: string) {
  await run('make ' + target);
  stats.builds++;
}`,
  },
  'quota object by user': {
    rules: ['check-then-act'],
    racy: `
interface Quota { used: number; limit: number }
const quotas = new Map<string, Quota>();
export async function upload(user: string, file: File) {
  const quota = quotas.get(user);
  if (!quota || quota.used + file.size > quota.limit) throw new Error('quota');
  await bucket.put(file.name, file);
  quota.used += file.size;
}`,
    cured: `
interface Quota { used: number; limit: number }
const quotas = new Map<string, Quota>();
export async function upload(user: string, file: File) {
  const quota = quotas.get(user);
  if (!quota || quota.used + file.size > quota.limit) throw new Error('quota');
  quota.used += file.size;
  try { await bucket.put(file.name, file); } catch (e) { quota.used -= file.size; throw e; }
}`,
  },
  'elevated privileges flag': {
    rules: ['check-then-act', 'double-initialization'],
    racy: `
export class Lottery {
  private drawn = false;
  private winner?: string;
  async draw(players: string[]) {
    if (this.drawn) throw new Error('already drawn');
    const n = await randomOrg.integer(players.length);
    this.winner = players[n];
    this.drawn = true;
    return this.winner;
  }
}`,
    cured: `
export class Lottery {
  private drawn = false;
  private winner?: string;
  async draw(players: string[]) {
    if (this.drawn) throw new Error('already drawn');
    this.drawn = true;
    const n = await randomOrg.integer(players.length);
    this.winner = players[n];
    return this.winner;
  }
}`,
  },
  'auction highest bid': {
    rules: ['check-then-act'],
    racy: `
let highest = { bidder: '', amount: 0 };
export async function bid(bidder: string, amount: number) {
  if (amount <= highest.amount) return false;
  await verifyFunds(bidder, amount);
  highest = { bidder, amount };
  return true;
}`,
    cured: `
let highest = { bidder: '', amount: 0 };
export async function bid(bidder: string, amount: number) {
  await verifyFunds(bidder, amount);
  if (amount <= highest.amount) return false;
  highest = { bidder, amount };
  return true;
}`,
  },
  'vue-like store': {
    rules: ['out-of-order-response'],
    racy: `
export class ProductStore {
  selected: Product | null = null;
  loading = false;
  async select(id: string) {
    this.loading = true;
    this.selected = await this.api.getProduct(id);
    this.loading = false;
  }
  constructor(private api: Api) {}
}`,
    cured: `
export class ProductStore {
  selected: Product | null = null;
  loading = false;
  private wanted = '';
  async select(id: string) {
    this.wanted = id;
    this.loading = true;
    const product = await this.api.getProduct(id);
    if (this.wanted !== id) return;
    this.selected = product;
    this.loading = false;
  }
  constructor(private api: Api) {}
}`,
  },
  'angular style subscribe': {
    rules: ['out-of-order-response'],
    racy: `
export class UserPanel {
  user?: User;
  constructor(private http: HttpClient) {}
  onSelect(id: number) {
    this.http.get('/users/' + id).toPromise().then((user) => { this.user = user; });
  }
}`,
    cured: `
export class UserPanel {
  user?: User;
  private current = 0;
  constructor(private http: HttpClient) {}
  onSelect(id: number) {
    this.current = id;
    this.http.get('/users/' + id).toPromise().then((user) => { if (this.current === id) this.user = user; });
  }
}`,
  },
  'config merge': {
    rules: ['stale-write-back', 'lost-update'],
    racy: `
let config: Record<string, unknown> = {};
export async function patchConfig(patch: Record<string, unknown>) {
  const merged = { ...config, ...patch };
  await validate(merged);
  config = merged;
}`,
    cured: `
let config: Record<string, unknown> = {};
export async function patchConfig(patch: Record<string, unknown>) {
  await validate(patch);
  config = { ...config, ...patch };
}`,
  },
  'cart lines immutable': {
    rules: ['lost-update', 'stale-write-back'],
    racy: `
export class CartService {
  private lines: readonly Line[] = [];
  async addLine(sku: string) {
    const lines = [...this.lines];
    const price = await this.pricing.quote(sku);
    lines.push({ sku, price });
    this.lines = lines;
  }
  constructor(private pricing: Pricing) {}
}`,
    cured: `
export class CartService {
  private lines: readonly Line[] = [];
  async addLine(sku: string) {
    const price = await this.pricing.quote(sku);
    const lines = [...this.lines];
    lines.push({ sku, price });
    this.lines = lines;
  }
  constructor(private pricing: Pricing) {}
}`,
  },
  'for await stream total': {
    rules: ['lost-update'],
    racy: `
let bytes = 0;
export async function pump(stream: AsyncIterable<Buffer>) {
  let total = bytes;
  for await (const chunk of stream) total += chunk.length;
  bytes = total;
}`,
    cured: `
let bytes = 0;
export async function pump(stream: AsyncIterable<Buffer>) {
  for await (const chunk of stream) bytes += chunk.length;
}`,
  },
  'max tracker': {
    rules: ['check-then-act', 'lost-update'],
    racy: `
let best = 0;
export async function submit(run: Run) {
  if (run.score > best) {
    await publish(run);
    best = run.score;
  }
}`,
    cured: `
let best = 0;
export async function submit(run: Run) {
  if (run.score > best) {
    best = run.score;
    await publish(run);
  }
}`,
  },
  'nest service cache': {
    rules: ['double-initialization'],
    racy: `
import { Injectable } from '@nestjs/common';
@Injectable()
export class CurrencyService {
  private client: Client | undefined;
  constructor(private readonly factory: ClientFactory) {}
  async convert(amount: number) {
    const client = await this.getClient();
    return client.convert(amount);
  }
  private async getClient() {
    if (this.client) return this.client;
    const client = await this.factory.create({ region: 'eu' });
    this.client = client;
    return client;
  }
}`,
    cured: `
import { Injectable } from '@nestjs/common';
@Injectable()
export class CurrencyService {
  private client: Promise<Client> | undefined;
  constructor(private readonly factory: ClientFactory) {}
  async convert(amount: number) {
    const client = await this.getClient();
    return client.convert(amount);
  }
  private getClient() {
    this.client ??= this.factory.create({ region: 'eu' });
    return this.client;
  }
}`,
  },
  'keyed connection pool': {
    rules: ['double-initialization'],
    racy: `
const connections = new Map<string, Connection>();
export async function connectionFor(host: string) {
  let connection = connections.get(host);
  if (!connection) {
    connection = await openConnection(host);
    connections.set(host, connection);
  }
  return connection;
}`,
    cured: `
const connections = new Map<string, Promise<Connection>>();
export function connectionFor(host: string) {
  let connection = connections.get(host);
  if (!connection) {
    connection = openConnection(host);
    connections.set(host, connection);
  }
  return connection;
}`,
  },
  'nullish assign await': {
    rules: ['double-initialization'],
    racy: `
let browser: Browser | undefined;
export async function page() {
  browser ??= await puppeteer.launch();
  return browser.newPage();
}`,
    cured: `
let browser: Promise<Browser> | undefined;
export async function page() {
  browser ??= puppeteer.launch();
  return (await browser).newPage();
}`,
  },
  'torn pair of fields': {
    rules: ['torn-update'],
    racy: `
export class Session {
  private token = '';
  private user: User | null = null;
  async switchTo(user: User, token: string) {
    this.user = user;
    await this.storage.save(token);
    this.token = token;
  }
  headers() { return { user: this.user!.id, auth: this.token }; }
  constructor(private storage: Storage) {}
}`,
    cured: `
export class Session {
  private token = '';
  private user: User | null = null;
  async switchTo(user: User, token: string) {
    await this.storage.save(token);
    this.user = user;
    this.token = token;
  }
  headers() { return { user: this.user!.id, auth: this.token }; }
  constructor(private storage: Storage) {}
}`,
  },
  'index loop over shared array': {
    rules: ['unstable-iteration'],
    racy: `
export const watchers: Watcher[] = [];
export function unwatch(w: Watcher) { const i = watchers.indexOf(w); if (i >= 0) watchers.splice(i, 1); }
export async function notifyAll(change: Change) {
  for (let i = 0; i < watchers.length; i++) {
    await watchers[i].notify(change);
  }
}`,
    cured: `
export const watchers: Watcher[] = [];
export function unwatch(w: Watcher) { const i = watchers.indexOf(w); if (i >= 0) watchers.splice(i, 1); }
export async function notifyAll(change: Change) {
  for (const watcher of watchers.slice()) {
    await watcher.notify(change);
  }
}`,
  },
  'stale index': {
    rules: ['lost-update', 'check-then-act', 'unstable-iteration', 'stale-write-back'],
    racy: `
const todos: Todo[] = [];
export function remove(i: number) { todos.splice(i, 1); }
export async function complete(id: string) {
  const index = todos.findIndex((t) => t.id === id);
  await api.complete(id);
  todos[index] = { ...todos[index], done: true };
}`,
    cured: `
const todos: Todo[] = [];
export function remove(i: number) { todos.splice(i, 1); }
export async function complete(id: string) {
  await api.complete(id);
  const index = todos.findIndex((t) => t.id === id);
  if (index >= 0) todos[index] = { ...todos[index], done: true };
}`,
  },
  'current user context': {
    rules: ['stale-context'],
    racy: `
let activeChannel: string = 'general';
const drafts: Record<string, string> = {};
export function openChannel(name: string) { activeChannel = name; }
export async function restoreDraft() {
  const text = await db.loadDraft(activeChannel);
  drafts[activeChannel] = text;
}`,
    cured: `
let activeChannel: string = 'general';
const drafts: Record<string, string> = {};
export function openChannel(name: string) { activeChannel = name; }
export async function restoreDraft() {
  const channel = activeChannel;
  drafts[channel] = await db.loadDraft(channel);
}`,
  },
  'pool of n': {
    rules: ['concurrency-cap-exceeded', 'check-then-act'],
    racy: `
const MAX = 5;
const inFlight = new Set<string>();
export async function crawl(url: string) {
  if (inFlight.size >= MAX) return queue.push(url);
  const robots = await fetchRobots(url);
  inFlight.add(url);
  try { await visit(url, robots); } finally { inFlight.delete(url); }
}`,
    cured: `
const MAX = 5;
const inFlight = new Set<string>();
export async function crawl(url: string) {
  if (inFlight.size >= MAX) return queue.push(url);
  inFlight.add(url);
  try { const robots = await fetchRobots(url); await visit(url, robots); } finally { inFlight.delete(url); }
}`,
  },
  'rate limiter bucket': {
    rules: ['concurrency-cap-exceeded', 'check-then-act'],
    racy: `
export class TokenBucket {
  private tokens = 10;
  async take() {
    if (this.tokens < 1) throw new Error('rate limited');
    await this.log('take');
    this.tokens -= 1;
  }
  private async log(what: string) { await sink.write(what); }
}`,
    cured: `
export class TokenBucket {
  private tokens = 10;
  async take() {
    if (this.tokens < 1) throw new Error('rate limited');
    this.tokens -= 1;
    await this.log('take');
  }
  private async log(what: string) { await sink.write(what); }
}`,
  },
  'async reducer of Promise.all': {
    rules: ['lost-update'],
    racy: `
export async function countWords(files: string[]) {
  const result = { words: 0 };
  await Promise.all(files.map(async (file) => {
    const before = result.words;
    const text = await readText(file);
    result.words = before + text.split(' ').length;
  }));
  return result.words;
}`,
    cured: `
export async function countWords(files: string[]) {
  const result = { words: 0 };
  await Promise.all(files.map(async (file) => {
    const text = await readText(file);
    result.words += text.split(' ').length;
  }));
  return result.words;
}`,
  },
  'object literal module with method shorthand': {
    rules: ['check-then-act'],
    racy: `
export const vault = {
  coins: 3,
  async spend(n: number) {
    if (this.coins < n) return false;
    await approve(n);
    this.coins -= n;
    return true;
  },
};`,
    cured: `
export const vault = {
  coins: 3,
  async spend(n: number) {
    await approve(n);
    if (this.coins < n) return false;
    this.coins -= n;
    return true;
  },
};`,
  },
  'static counter via getter': {
    rules: ['lost-update'],
    racy: `
export class Ids {
  static #last = 0;
  static get last() { return Ids.#last; }
  static async next() {
    const id = Ids.last + 1;
    await journal.write(id);
    Ids.#last = id;
    return id;
  }
}`,
    cured: `
export class Ids {
  static #last = 0;
  static get last() { return Ids.#last; }
  static async next() {
    const id = ++Ids.#last;
    await journal.write(id);
    return id;
  }
}`,
  },
  'generator runner co': {
    rules: ['lost-update'],
    racy: `
const co = require('co');
let hits = 0;
exports.hit = function () {
  return co(function* () {
    const before = hits;
    yield logHit(before);
    hits = before + 1;
  });
};`,
    cured: `
const co = require('co');
let hits = 0;
exports.hit = function () {
  return co(function* () {
    yield logHit(hits);
    hits = hits + 1;
  });
};`,
  },
  'fastify plugin state': {
    rules: ['check-then-act'],
    racy: `
export default async function plugin(app: FastifyInstance) {
  let remaining = 100;
  app.post('/claim', async (request, reply) => {
    if (remaining <= 0) return reply.code(410).send();
    await recordClaim(request.body);
    remaining--;
    return { remaining };
  });
}`,
    cured: `
export default async function plugin(app: FastifyInstance) {
  let remaining = 100;
  app.post('/claim', async (request, reply) => {
    if (remaining <= 0) return reply.code(410).send();
    remaining--;
    await recordClaim(request.body);
    return { remaining };
  });
}`,
  },
  'leader election flag': {
    rules: ['double-initialization', 'check-then-act'],
    racy: `
export class Node {
  private leader: string | null = null;
  async elect(candidate: string) {
    if (this.leader === null) {
      const votes = await this.collectVotes(candidate);
      if (votes > 2) this.leader = candidate;
    }
    return this.leader;
  }
  private async collectVotes(candidate: string) { return (await poll(candidate)).length; }
}`,
    cured: `
export class Node {
  private leader: string | null = null;
  async elect(candidate: string) {
    if (this.leader === null) {
      const votes = await this.collectVotes(candidate);
      if (votes > 2 && this.leader === null) this.leader = candidate;
    }
    return this.leader;
  }
  private async collectVotes(candidate: string) { return (await poll(candidate)).length; }
}`,
  },
  'useRef accumulate': {
    rules: ['lost-update'],
    racy: `
import { useRef } from 'react';
export function useUploader(api: Api) {
  const sent = useRef(0);
  async function upload(file: File) {
    const before = sent.current;
    await api.put(file);
    sent.current = before + file.size;
  }
  return { upload, sent };
}`,
    cured: `
import { useRef } from 'react';
export function useUploader(api: Api) {
  const sent = useRef(0);
  async function upload(file: File) {
    await api.put(file);
    sent.current += file.size;
  }
  return { upload, sent };
}`,
  },
  'zustand set': {
    rules: ['stale-write-back', 'lost-update'],
    racy: `
import { create } from 'zustand';
export const useStore = create<State>((set, get) => ({
  items: [],
  async add(item: Item) {
    const { items } = get();
    await api.save(item);
    set({ items: [...items, item] });
  },
}));`,
    cured: `
import { create } from 'zustand';
export const useStore = create<State>((set, get) => ({
  items: [],
  async add(item: Item) {
    await api.save(item);
    set((state) => ({ items: [...state.items, item] }));
  },
}));`,
  },
  'leaderboard sort insert': {
    rules: ['lost-update', 'stale-write-back'],
    racy: `
export class Leaderboard {
  #rows: Row[] = [];
  async report(name: string, score: number) {
    const rows = this.#rows.slice();
    const country = await geo.lookup(name);
    rows.push({ name, score, country });
    rows.sort((a, b) => b.score - a.score);
    this.#rows = rows;
  }
  top() { return this.#rows[0]; }
}`,
    cured: `
export class Leaderboard {
  #rows: Row[] = [];
  async report(name: string, score: number) {
    const country = await geo.lookup(name);
    const rows = this.#rows.slice();
    rows.push({ name, score, country });
    rows.sort((a, b) => b.score - a.score);
    this.#rows = rows;
  }
  top() { return this.#rows[0]; }
}`,
  },
  'document version bump': {
    rules: ['lost-update'],
    racy: `
interface Doc { version: number; body: string }
const docs = new Map<string, Doc>();
export async function edit(id: string, change: (body: string) => Promise<string>) {
  const doc = docs.get(id)!;
  const body = await change(doc.body);
  docs.set(id, { version: doc.version + 1, body });
}`,
    cured: `
interface Doc { version: number; body: string }
const docs = new Map<string, Doc>();
export async function edit(id: string, change: (body: string) => Promise<string>) {
  for (;;) {
    const doc = docs.get(id)!;
    const body = await change(doc.body);
    if (docs.get(id) !== doc) continue;
    docs.set(id, { version: doc.version + 1, body });
    return;
  }
}`,
  },
  'presence count per room': {
    rules: ['lost-update'],
    racy: `
const online: { [room: string]: number } = {};
io.on('connection', (socket) => {
  socket.on('join', async (room: string) => {
    const count = online[room] || 0;
    await socket.join(room);
    online[room] = count + 1;
  });
});`,
    cured: `
const online: { [room: string]: number } = {};
io.on('connection', (socket) => {
  socket.on('join', async (room: string) => {
    await socket.join(room);
    online[room] = (online[room] || 0) + 1;
  });
});`,
  },
  'session store in module': {
    rules: ['lost-update', 'stale-write-back'],
    racy: `
let session = { hits: 0, user: '' };
export const api = {
  async login(user: string) {
    const old = session;
    const profile = await fetchProfile(user);
    session = { ...old, user: profile.name };
  },
  hit() { session = { ...session, hits: session.hits + 1 }; },
};`,
    cured: `
let session = { hits: 0, user: '' };
export const api = {
  async login(user: string) {
    const profile = await fetchProfile(user);
    session = { ...session, user: profile.name };
  },
  hit() { session = { ...session, hits: session.hits + 1 }; },
};`,
  },
  'load then increment via .then with arrow': {
    rules: ['lost-update'],
    racy: `
export class Progress {
  done = 0;
  run(tasks: Task[]) {
    return Promise.all(tasks.map((task) => {
      const done = this.done;
      return task.start().then(() => { this.done = done + 1; });
    }));
  }
}`,
    cured: `
export class Progress {
  done = 0;
  run(tasks: Task[]) {
    return Promise.all(tasks.map((task) => task.start().then(() => { this.done += 1; })));
  }
}`,
  },
  'websocket reconnect twice': {
    rules: ['double-initialization'],
    racy: `
export class Live {
  private ws: WebSocket | null = null;
  async ensure() {
    if (!this.ws || this.ws.readyState === WebSocket.CLOSED) {
      const token = await this.auth.token();
      this.ws = new WebSocket('wss://x?t=' + token);
    }
    return this.ws;
  }
  constructor(private auth: Auth) {}
}`,
    cured: `
export class Live {
  private ws: WebSocket | null = null;
  private opening: Promise<WebSocket> | null = null;
  ensure() {
    if (this.ws && this.ws.readyState !== WebSocket.CLOSED) return Promise.resolve(this.ws);
    this.opening ??= this.auth.token().then((token) => { this.opening = null; return (this.ws = new WebSocket('wss://x?t=' + token)); });
    return this.opening;
  }
  constructor(private auth: Auth) {}
}`,
  },
  'plugin registry init': {
    rules: ['double-initialization'],
    racy: `
const plugins: Plugin[] = [];
let initialised = false;
export async function getPlugins() {
  if (!initialised) {
    for (const name of await readdir('plugins')) plugins.push(await loadPlugin(name));
    initialised = true;
  }
  return plugins;
}`,
    cured: `
let loading: Promise<Plugin[]> | undefined;
export function getPlugins() {
  loading ??= (async () => {
    const plugins: Plugin[] = [];
    for (const name of await readdir('plugins')) plugins.push(await loadPlugin(name));
    return plugins;
  })();
  return loading;
}`,
  },
  'memo by id with undefined compare': {
    rules: ['double-initialization'],
    racy: `
export class Workers {
  private readonly started: Record<string, Worker | undefined> = {};
  async get(kind: string): Promise<Worker> {
    const known = this.started[kind];
    if (known !== undefined) return known;
    const worker = await spawnWorker(kind);
    this.started[kind] = worker;
    return worker;
  }
}`,
    cured: `
export class Workers {
  private readonly started: Record<string, Promise<Worker> | undefined> = {};
  get(kind: string): Promise<Worker> {
    const known = this.started[kind];
    if (known !== undefined) return known;
    const worker = spawnWorker(kind);
    this.started[kind] = worker;
    return worker;
  }
}`,
  },
  'job claims': {
    rules: ['check-then-act'],
    racy: `
interface Job { id: string; owner?: string; state: 'waiting' | 'running' }
const jobs: Job[] = [];
export async function claim(worker: string) {
  const job = jobs.find((j) => j.state === 'waiting');
  if (!job) return undefined;
  await heartbeat(worker);
  job.state = 'running';
  job.owner = worker;
  return job;
}`,
    cured: `
interface Job { id: string; owner?: string; state: 'waiting' | 'running' }
const jobs: Job[] = [];
export async function claim(worker: string) {
  const job = jobs.find((j) => j.state === 'waiting');
  if (!job) return undefined;
  job.state = 'running';
  job.owner = worker;
  await heartbeat(worker);
  return job;
}`,
  },
  'withdraw via helper guard': {
    rules: ['check-then-act'],
    racy: `
export class Purse {
  private coins = 10;
  private has(n: number) { return this.coins >= n; }
  private take(n: number) { this.coins -= n; }
  async pay(n: number) {
    if (!this.has(n)) throw new RangeError('poor');
    await this.confirm(n);
    this.take(n);
  }
  private async confirm(n: number) { await ui.ask('Pay ' + n + '?'); }
}`,
    cured: `
export class Purse {
  private coins = 10;
  private has(n: number) { return this.coins >= n; }
  private take(n: number) { this.coins -= n; }
  async pay(n: number) {
    await this.confirm(n);
    if (!this.has(n)) throw new RangeError('poor');
    this.take(n);
  }
  private async confirm(n: number) { await ui.ask('Pay ' + n + '?'); }
}`,
  },
  'last admin': {
    rules: ['check-then-act'],
    racy: `
const admins = new Set<string>(['root', 'ann']);
export async function demote(name: string) {
  if (admins.size <= 1) throw new Error('last admin');
  await audit('demote', name);
  admins.delete(name);
}`,
    cured: `
const admins = new Set<string>(['root', 'ann']);
export async function demote(name: string) {
  await audit('demote', name);
  if (admins.size <= 1) throw new Error('last admin');
  admins.delete(name);
}`,
  },
  'slot allocation by index': {
    rules: ['check-then-act', 'lost-update', 'double-initialization'],
    racy: `
const slots: (string | null)[] = [null, null, null];
export async function park(plate: string) {
  const free = slots.indexOf(null);
  if (free < 0) throw new Error('full');
  await barrier.open();
  slots[free] = plate;
  return free;
}`,
    cured: `
const slots: (string | null)[] = [null, null, null];
export async function park(plate: string) {
  const free = slots.indexOf(null);
  if (free < 0) throw new Error('full');
  slots[free] = plate;
  await barrier.open();
  return free;
}`,
  },
  'queue shift after peek': {
    rules: ['check-then-act', 'lost-update'],
    racy: `
export class Outbox {
  private mails: Mail[] = [];
  add(mail: Mail) { this.mails.push(mail); }
  async sendNext() {
    const mail = this.mails[0];
    if (!mail) return;
    await smtp.send(mail);
    this.mails.shift();
  }
}`,
    cured: `
export class Outbox {
  private mails: Mail[] = [];
  add(mail: Mail) { this.mails.push(mail); }
  async sendNext() {
    const mail = this.mails.shift();
    if (!mail) return;
    await smtp.send(mail);
  }
}`,
  },
  'geocode map marker': {
    rules: ['out-of-order-response'],
    racy: `
export class MapView {
  private marker: Point | undefined;
  async goTo(address: string) {
    this.marker = await this.geocoder.lookup(address);
    this.redraw();
  }
  private redraw() {}
  constructor(private geocoder: Geocoder) {}
}`,
    cured: `
export class MapView {
  private marker: Point | undefined;
  private controller: AbortController | undefined;
  async goTo(address: string) {
    this.controller?.abort();
    const { signal } = (this.controller = new AbortController());
    const point = await this.geocoder.lookup(address, { signal });
    if (signal.aborted) return;
    this.marker = point;
    this.redraw();
  }
  private redraw() {}
  constructor(private geocoder: Geocoder) {}
}`,
  },
  'tab content': {
    rules: ['out-of-order-response'],
    racy: `
let content = '';
document.querySelectorAll('.tab').forEach((tab) => {
  tab.addEventListener('click', async () => {
    const response = await fetch('/tabs/' + tab.id);
    content = await response.text();
  });
});`,
    cured: `
let content = '';
let latest = 0;
document.querySelectorAll('.tab').forEach((tab) => {
  tab.addEventListener('click', async () => {
    const mine = ++latest;
    const response = await fetch('/tabs/' + tab.id);
    const text = await response.text();
    if (mine === latest) content = text;
  });
});`,
  },
  'price and currency': {
    rules: ['torn-update'],
    racy: `
let price = 0;
let currency = 'USD';
export async function setPrice(value: number, unit: string) {
  price = value;
  await history.append(value, unit);
  currency = unit;
}
export const label = () => price + ' ' + currency;`,
    cured: `
let price = 0;
let currency = 'USD';
export async function setPrice(value: number, unit: string) {
  price = value;
  currency = unit;
  await history.append(value, unit);
}
export const label = () => price + ' ' + currency;`,
  },
  'index rebuild in class': {
    rules: ['torn-update'],
    racy: `
export class SearchIndex {
  private terms: Record<string, string[]> = {};
  async rebuild() {
    this.terms = {};
    const docs = await this.store.all();
    for (const doc of docs) for (const term of doc.terms) (this.terms[term] ??= []).push(doc.id);
  }
  find(term: string) { return this.terms[term] ?? []; }
  constructor(private store: Store) {}
}`,
    cured: `
export class SearchIndex {
  private terms: Record<string, string[]> = {};
  async rebuild() {
    const docs = await this.store.all();
    const terms: Record<string, string[]> = {};
    for (const doc of docs) for (const term of doc.terms) (terms[term] ??= []).push(doc.id);
    this.terms = terms;
  }
  find(term: string) { return this.terms[term] ?? []; }
  constructor(private store: Store) {}
}`,
  },
  'listeners forEach with await': {
    rules: ['unstable-iteration'],
    racy: `
export class Bus {
  private readonly subs: Sub[] = [];
  on(sub: Sub) { this.subs.push(sub); return () => { const i = this.subs.indexOf(sub); if (i !== -1) this.subs.splice(i, 1); }; }
  async emit(event: Event) {
    for (const sub of this.subs) await sub.handle(event);
  }
}`,
    cured: `
export class Bus {
  private readonly subs: Sub[] = [];
  on(sub: Sub) { this.subs.push(sub); return () => { const i = this.subs.indexOf(sub); if (i !== -1) this.subs.splice(i, 1); }; }
  async emit(event: Event) {
    for (const sub of Array.from(this.subs)) await sub.handle(event);
  }
}`,
  },
  'selected file save': {
    rules: ['stale-context'],
    racy: `
export class Editor {
  selectedFile = '';
  open(name: string) { this.selectedFile = name; }
  async format() {
    const text = await this.fs.read(this.selectedFile);
    const pretty = await this.formatter.run(text);
    await this.fs.write(this.selectedFile, pretty);
  }
  constructor(private fs: Fs, private formatter: Formatter) {}
}`,
    cured: `
export class Editor {
  selectedFile = '';
  open(name: string) { this.selectedFile = name; }
  async format() {
    const name = this.selectedFile;
    const text = await this.fs.read(name);
    const pretty = await this.formatter.run(text);
    await this.fs.write(name, pretty);
  }
  constructor(private fs: Fs, private formatter: Formatter) {}
}`,
  },
  'hand written pool': {
    rules: ['concurrency-cap-exceeded', 'check-then-act'],
    racy: `
export class Pool {
  private busy = 0;
  private readonly waiting: (() => void)[] = [];
  constructor(private readonly size: number) {}
  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.busy >= this.size) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.busy++;
    try { return await work(); } finally { this.busy--; this.waiting.shift()?.(); }
  }
}`,
    cured: `
export class Pool {
  private busy = 0;
  private readonly waiting: (() => void)[] = [];
  constructor(private readonly size: number) {}
  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.busy >= this.size) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.busy++;
    try { return await work(); } finally { const next = this.waiting.shift(); if (next) next(); else this.busy--; }
  }
}`,
  },
  'game turn': {
    rules: ['check-then-act'],
    racy: `
export class Game {
  turn: 'x' | 'o' = 'x';
  board = Array(9).fill('');
  async play(player: 'x' | 'o', cell: number) {
    if (this.turn !== player) throw new Error('not your turn');
    await this.animate(cell);
    this.board[cell] = player;
    this.turn = player === 'x' ? 'o' : 'x';
  }
  private async animate(cell: number) { await frame(cell); }
}`,
    cured: `
export class Game {
  turn: 'x' | 'o' = 'x';
  board = Array(9).fill('');
  async play(player: 'x' | 'o', cell: number) {
    if (this.turn !== player) throw new Error('not your turn');
    this.board[cell] = player;
    this.turn = player === 'x' ? 'o' : 'x';
    await this.animate(cell);
  }
  private async animate(cell: number) { await frame(cell); }
}`,
  },
  'svelte-like writable': {
    rules: ['lost-update'],
    racy: `
import { get, writable } from 'svelte/store';
export const cart = writable<Item[]>([]);
export async function add(item: Item) {
  const items = get(cart);
  const checked = await check(item);
  cart.set([...items, checked]);
}`,
    cured: `
import { writable } from 'svelte/store';
export const cart = writable<Item[]>([]);
export async function add(item: Item) {
  const checked = await check(item);
  cart.update((items) => [...items, checked]);
}`,
  },
  'rxjs behaviour subject': {
    rules: ['lost-update', 'stale-write-back'],
    racy: `
import { BehaviorSubject } from 'rxjs';
export class TodoService {
  private readonly todos$ = new BehaviorSubject<Todo[]>([]);
  async add(title: string) {
    const todos = this.todos$.value;
    const todo = await this.api.create(title);
    this.todos$.next([...todos, todo]);
  }
  constructor(private api: Api) {}
}`,
    cured: `
import { BehaviorSubject } from 'rxjs';
export class TodoService {
  private readonly todos$ = new BehaviorSubject<Todo[]>([]);
  async add(title: string) {
    const todo = await this.api.create(title);
    this.todos$.next([...this.todos$.value, todo]);
  }
  constructor(private api: Api) {}
}`,
  },
  'koa middleware limiter': {
    rules: ['lost-update', 'check-then-act', 'stale-write-back'],
    racy: `
const buckets = new Map<string, { count: number; reset: number }>();
export async function limiter(ctx: Context, next: Next) {
  const bucket = buckets.get(ctx.ip) ?? { count: 0, reset: Date.now() + 60000 };
  if (bucket.count >= 10) { ctx.status = 429; return; }
  await next();
  buckets.set(ctx.ip, { ...bucket, count: bucket.count + 1 });
}`,
    cured: `
const buckets = new Map<string, { count: number; reset: number }>();
export async function limiter(ctx: Context, next: Next) {
  const bucket = buckets.get(ctx.ip) ?? { count: 0, reset: Date.now() + 60000 };
  if (bucket.count >= 10) { ctx.status = 429; return; }
  buckets.set(ctx.ip, { ...bucket, count: bucket.count + 1 });
  await next();
}`,
  },
  'mocha style event flag': {
    rules: ['check-then-act', 'double-initialization'],
    racy: `
export class Migrator extends EventEmitter {
  migrated = false;
  constructor(private db: Db) { super(); this.on('migrate', () => { void this.migrate(); }); }
  async migrate() {
    if (this.migrated) return;
    for (const step of steps) await this.db.run(step);
    this.migrated = true;
  }
}`,
    cured: `
export class Migrator extends EventEmitter {
  private running?: Promise<void>;
  constructor(private db: Db) { super(); this.on('migrate', () => { void this.migrate(); }); }
  migrate() { return (this.running ??= this.run()); }
  private async run() { for (const step of steps) await this.db.run(step); }
}`,
  },
  'await in argument': {
    rules: ['lost-update'],
    racy: `
export class Stats {
  samples: number[] = [];
  mean = 0;
  async sample(probe: Probe) {
    this.mean = combine(this.mean, await probe.read());
  }
}`,
    cured: `
export class Stats {
  samples: number[] = [];
  mean = 0;
  async sample(probe: Probe) {
    const value = await probe.read();
    this.mean = combine(this.mean, value);
  }
}`,
  },
  'string append': {
    rules: ['lost-update'],
    racy: `
let log = '';
export async function line(text: string) {
  log = log + (await stamp()) + text + '\\n';
}`,
    cured: `
let log = '';
export async function line(text: string) {
  const at = await stamp();
  log = log + at + text + '\\n';
}`,
  },
  'bigints in WeakMap': {
    rules: ['lost-update'],
    racy: `
const balances = new WeakMap<object, bigint>();
export async function credit(owner: object, amount: bigint) {
  const old = balances.get(owner) ?? 0n;
  await ledger.write(owner, amount);
  balances.set(owner, old + amount);
}`,
    cured: `
const balances = new WeakMap<object, bigint>();
export async function credit(owner: object, amount: bigint) {
  await ledger.write(owner, amount);
  balances.set(owner, (balances.get(owner) ?? 0n) + amount);
}`,
  },
  'symbol keyed field': {
    rules: ['lost-update'],
    racy: `
const kCount = Symbol('count');
export class Tap {
  [kCount] = 0;
  async pour() { const c = this[kCount]; await valve.open(); this[kCount] = c + 1; }
}`,
    cured: `
const kCount = Symbol('count');
export class Tap {
  [kCount] = 0;
  async pour() { await valve.open(); this[kCount] = this[kCount] + 1; }
}`,
  },
};
