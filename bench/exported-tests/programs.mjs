// Races in varied idioms, each with a cured twin: what --export test is judged on, beside samples/ and the pages of docs/rules/.
// `files`: what the program imports, which no test may run for real.

const real = (name) => `export function ${name}() { throw new Error('the real ${name} was called'); }\n`;

export const programs = [
  {
    name: 'account-audited',
    racy: `import { audit } from './audit';
export class Account {
  balance = 100;
  async withdraw(amount: number) {
    if (this.balance < amount) throw new Error('not enough');
    await audit(amount);
    this.balance -= amount;
  }
}`,
    cured: `import { audit } from './audit';
export class Account {
  balance = 100;
  async withdraw(amount: number) {
    if (this.balance < amount) throw new Error('not enough');
    this.balance -= amount;
    await audit(amount);
  }
}`,
    files: { 'audit.ts': real('audit') },
  },
  {
    name: 'visits-behind-helpers',
    racy: `import { log } from './log';
export class Visits {
  private count = 0;
  private read() { return this.count; }
  private write(value: number) { this.count = value; }
  async visit() {
    const before = this.read();
    await log(before);
    this.write(before + 1);
  }
}`,
    cured: `import { log } from './log';
export class Visits {
  private count = 0;
  private read() { return this.count; }
  private write(value: number) { this.count = value; }
  async visit() {
    await log(this.read());
    this.write(this.read() + 1);
  }
}`,
    files: { 'log.ts': real('log') },
  },
  {
    name: 'total-awaited-operand',
    racy: `import { price } from './prices';
export let total = 0;
export async function add() {
  total += await price();
}`,
    cured: `import { price } from './prices';
export let total = 0;
export async function add() {
  const more = await price();
  total += more;
}`,
    files: { 'prices.ts': real('price') },
  },
  {
    name: 'meter-private-field',
    racy: `export interface Probe { sample(): Promise<number> }
export class Meter {
  #units = 0;
  constructor(private readonly probe: Probe) {}
  get units() { return this.#units; }
  async record() {
    const units = this.#units;
    await this.probe.sample();
    this.#units = units + 1;
  }
}`,
    cured: `export interface Probe { sample(): Promise<number> }
export class Meter {
  #units = 0;
  constructor(private readonly probe: Probe) {}
  get units() { return this.#units; }
  async record() {
    await this.probe.sample();
    this.#units += 1;
  }
}`,
  },
  {
    name: 'sequence-of-a-factory',
    racy: `import { reserve } from './store';
export function createSequence() {
  let next = 1;
  return {
    async take() {
      const mine = next;
      await reserve(mine);
      next = mine + 1;
      return mine;
    },
  };
}`,
    cured: `import { reserve } from './store';
export function createSequence() {
  let next = 1;
  return {
    async take() {
      const mine = next++;
      await reserve(mine);
      return mine;
    },
  };
}`,
    files: { 'store.ts': real('reserve') },
  },
  {
    name: 'stock-in-a-map',
    racy: `import { notify } from './bus';
const stock = new Map<string, number>();
export const inStock = () => [...stock];
export async function receive(sku: string) {
  const have = stock.get(sku) ?? 0;
  await notify(sku);
  stock.set(sku, have + 1);
}`,
    cured: `import { notify } from './bus';
const stock = new Map<string, number>();
export const inStock = () => [...stock];
export async function receive(sku: string) {
  await notify(sku);
  stock.set(sku, (stock.get(sku) ?? 0) + 1);
}`,
    files: { 'bus.ts': real('notify') },
  },
  {
    name: 'token-requested-twice',
    racy: `export class Session {
  private token: string | undefined;
  constructor(private readonly client: { requestToken(): Promise<string> }) {}
  async bearer() {
    if (!this.token) this.token = await this.client.requestToken();
    return this.token;
  }
}`,
    cured: `export class Session {
  private token: Promise<string> | undefined;
  constructor(private readonly client: { requestToken(): Promise<string> }) {}
  async bearer() {
    this.token ??= this.client.requestToken();
    return this.token;
  }
}`,
  },
  {
    name: 'connection-by-then',
    racy: `import { open } from './database';
let connection: object | null = null;
export function connect(): Promise<object> {
  if (connection) return Promise.resolve(connection);
  return open().then((opened: object) => {
    connection = opened;
    return opened;
  });
}`,
    cured: `import { open } from './database';
let connection: Promise<object> | null = null;
export function connect(): Promise<object> {
  connection ??= open() as Promise<object>;
  return connection;
}`,
    files: { 'database.ts': `export function open(): Promise<object> { throw new Error('the real database'); }\n` },
  },
  {
    name: 'wallet-exported-apart',
    racy: `import { audit } from './audit';
class Wallet {
  constructor(public money: number) {}
  async pay(sum: number) {
    const isEnough = this.money >= sum;
    if (!isEnough) return;
    await audit(sum);
    this.money = this.money - sum;
  }
}
export { Wallet };`,
    cured: `import { audit } from './audit';
class Wallet {
  constructor(public money: number) {}
  async pay(sum: number) {
    await audit(sum);
    if (this.money < sum) return;
    this.money = this.money - sum;
  }
}
export { Wallet };`,
    files: { 'audit.ts': real('audit') },
  },
  {
    name: 'inventory-by-name',
    racy: `import { log } from './log';
export const inventory: Record<string, number> = { apple: 5, pear: 2 };
export async function take(name: string, count: number) {
  if ((inventory[name] ?? 0) < count) return false;
  await log(name, count);
  inventory[name]! -= count;
  return true;
}`,
    cured: `import { log } from './log';
export const inventory: Record<string, number> = { apple: 5, pear: 2 };
export async function take(name: string, count: number) {
  if ((inventory[name] ?? 0) < count) return false;
  inventory[name]! -= count;
  await log(name, count);
  return true;
}`,
    files: { 'log.ts': real('log') },
  },
  {
    name: 'seats-of-a-show',
    racy: `export interface Payments { charge(card: string): Promise<string> }
export class Show {
  readonly taken = new Set<string>();
  readonly bookings: string[] = [];
  constructor(private readonly payments: Payments) {}
  async book(seat: string, card: string) {
    if (this.taken.has(seat)) throw new Error('taken');
    const receipt = await this.payments.charge(card);
    this.taken.add(seat);
    this.bookings.push(seat);
    return receipt;
  }
}`,
    cured: `export interface Payments { charge(card: string): Promise<string> }
export class Show {
  readonly taken = new Set<string>();
  readonly bookings: string[] = [];
  constructor(private readonly payments: Payments) {}
  async book(seat: string, card: string) {
    if (this.taken.has(seat)) throw new Error('taken');
    this.taken.add(seat);
    const receipt = await this.payments.charge(card);
    this.bookings.push(seat);
    return receipt;
  }
}`,
  },
  {
    name: 'cache-filled-twice',
    racy: `export interface Users { load(id: string): Promise<{ readonly name: string }> }
export class UserCache {
  private readonly users = new Map<string, { readonly name: string }>();
  constructor(private readonly source: Users) {}
  async nameOf(id: string) {
    let user = this.users.get(id);
    if (!user) {
      user = await this.source.load(id);
      this.users.set(id, user);
    }
    return user.name;
  }
}`,
    cured: `export interface Users { load(id: string): Promise<{ readonly name: string }> }
export class UserCache {
  private readonly users = new Map<string, Promise<{ readonly name: string }>>();
  constructor(private readonly source: Users) {}
  async nameOf(id: string) {
    let user = this.users.get(id);
    if (!user) {
      user = this.source.load(id);
      this.users.set(id, user);
    }
    return (await user).name;
  }
}`,
  },
  {
    name: 'coupon-used-twice',
    racy: `export interface Orders { place(total: number): Promise<void> }
export class Coupon {
  isUsed = false;
  uses = 0;
  constructor(private readonly orders: Orders) {}
  async redeem(total: number) {
    if (this.isUsed) return false;
    await this.orders.place(total);
    this.isUsed = true;
    this.uses++;
    return true;
  }
}`,
    cured: `export interface Orders { place(total: number): Promise<void> }
export class Coupon {
  isUsed = false;
  uses = 0;
  constructor(private readonly orders: Orders) {}
  async redeem(total: number) {
    if (this.isUsed) return false;
    this.isUsed = true;
    await this.orders.place(total);
    this.uses++;
    return true;
  }
}`,
  },
  {
    name: 'search-box',
    racy: `export class SearchBox {
  query = '';
  results: readonly string[] = [];
  constructor(private readonly find: (query: string) => Promise<readonly string[]>) {}
  async search(query: string) {
    this.query = query;
    const found = await this.find(query);
    this.results = found;
  }
}`,
    cured: `export class SearchBox {
  query = '';
  results: readonly string[] = [];
  #latest = 0;
  constructor(private readonly find: (query: string) => Promise<readonly string[]>) {}
  async search(query: string) {
    this.query = query;
    const request = ++this.#latest;
    const found = await this.find(query);
    if (request === this.#latest) this.results = found;
  }
}`,
  },
  {
    name: 'books-of-a-firm',
    racy: `import { archive } from './archive';
export class Books {
  private cash = 100;
  private receivable = 0;
  async invoice(amount: number) {
    this.cash -= amount;
    await archive(amount);
    this.receivable += amount;
  }
  total() {
    return this.cash + this.receivable;
  }
}`,
    cured: `import { archive } from './archive';
export class Books {
  private cash = 100;
  private receivable = 0;
  async invoice(amount: number) {
    await archive(amount);
    this.cash -= amount;
    this.receivable += amount;
  }
  total() {
    return this.cash + this.receivable;
  }
}`,
    files: { 'archive.ts': real('archive') },
  },
  {
    name: 'rates-refreshed',
    racy: `export class Rates {
  private rates: number[] = [1];
  constructor(private readonly fetchRate: () => Promise<number>) {}
  async refresh() {
    this.rates = [];
    const rate = await this.fetchRate();
    this.rates.push(rate);
  }
  current() {
    return this.rates[0];
  }
}`,
    cured: `export class Rates {
  private rates: number[] = [1];
  constructor(private readonly fetchRate: () => Promise<number>) {}
  async refresh() {
    const rate = await this.fetchRate();
    this.rates = [rate];
  }
  current() {
    return this.rates[0];
  }
}`,
  },
  {
    name: 'pool-with-a-limit',
    racy: `export class Pool {
  private active = 0;
  private readonly limit = 1;
  constructor(private readonly prepare: () => Promise<void>) {}
  async run(job: () => Promise<void>) {
    if (this.active >= this.limit) throw new Error('busy');
    await this.prepare();
    this.active++;
    try {
      await job();
    } finally {
      this.active--;
    }
  }
}`,
    cured: `export class Pool {
  private active = 0;
  private readonly limit = 1;
  constructor(private readonly prepare: () => Promise<void>) {}
  async run(job: () => Promise<void>) {
    if (this.active >= this.limit) throw new Error('busy');
    this.active++;
    try {
      await this.prepare();
      await job();
    } finally {
      this.active--;
    }
  }
}`,
  },
  {
    name: 'hub-of-listeners',
    racy: `import { notify } from './notify';
export class Hub {
  private listeners: string[] = ['mail', 'log', 'chat'];
  removeFirst() {
    this.listeners.shift();
  }
  async emit(event: string) {
    for (const listener of this.listeners) await notify(listener, event);
  }
}`,
    cured: `import { notify } from './notify';
export class Hub {
  private listeners: string[] = ['mail', 'log', 'chat'];
  removeFirst() {
    this.listeners.shift();
  }
  async emit(event: string) {
    for (const listener of [...this.listeners]) await notify(listener, event);
  }
}`,
    files: { 'notify.ts': real('notify') },
  },
  {
    name: 'documents-selected',
    racy: `export interface Texts { fetchText(id: string): Promise<string> }
export class Documents {
  selected = 'a';
  readonly texts = new Map<string, string>();
  constructor(private readonly remote: Texts) {}
  select(id: string) {
    this.selected = id;
  }
  async load() {
    const text = await this.remote.fetchText(this.selected);
    this.texts.set(this.selected, text);
  }
}`,
    cured: `export interface Texts { fetchText(id: string): Promise<string> }
export class Documents {
  selected = 'a';
  readonly texts = new Map<string, string>();
  constructor(private readonly remote: Texts) {}
  select(id: string) {
    this.selected = id;
  }
  async load() {
    const id = this.selected;
    const text = await this.remote.fetchText(id);
    this.texts.set(id, text);
  }
}`,
  },
  {
    name: 'profile-written-back',
    racy: `import { validate } from './validate';
export let profile = { name: 'guest', visits: 0 };
export async function rename(name: string) {
  const next = { ...profile };
  await validate(name);
  next.name = name;
  profile = next;
}
export function visit() {
  profile = { ...profile, visits: profile.visits + 1 };
}`,
    cured: `import { validate } from './validate';
export let profile = { name: 'guest', visits: 0 };
export async function rename(name: string) {
  await validate(name);
  profile = { ...profile, name };
}
export function visit() {
  profile = { ...profile, visits: profile.visits + 1 };
}`,
    files: { 'validate.ts': real('validate') },
  },
  {
    name: 'stock-behind-a-mutex',
    racy: `import { Mutex } from 'async-mutex';
import { charge } from './billing';
const mutex = new Mutex();
let stock = 10;
export const left = () => stock;
export async function sell(order: string) {
  await mutex.runExclusive(async () => {
    const before = stock;
    await charge(order);
    stock = before - 1;
  });
}
export function restock(count: number) {
  stock = count;
}`,
    cured: `import { Mutex } from 'async-mutex';
import { charge } from './billing';
const mutex = new Mutex();
let stock = 10;
export const left = () => stock;
export async function sell(order: string) {
  await mutex.runExclusive(async () => {
    const before = stock;
    await charge(order);
    stock = before - 1;
  });
}
export async function restock(count: number) {
  await mutex.runExclusive(() => {
    stock = count;
  });
}`,
    files: { 'billing.ts': real('charge') },
  },
  {
    name: 'tokens-copied-before-the-lock',
    racy: `import { Mutex } from 'async-mutex';
import { verify } from './verify';
const mutex = new Mutex();
export let tokens: readonly string[] = [];
export async function addToken(token: string) {
  const known = tokens;
  await mutex.runExclusive(async () => {
    await verify(token);
    tokens = [...known, token];
  });
}`,
    cured: `import { Mutex } from 'async-mutex';
import { verify } from './verify';
const mutex = new Mutex();
export let tokens: readonly string[] = [];
export async function addToken(token: string) {
  await mutex.runExclusive(async () => {
    const known = tokens;
    await verify(token);
    tokens = [...known, token];
  });
}`,
    files: { 'verify.ts': real('verify') },
  },
  {
    name: 'two-locks-crossed',
    racy: `import { Mutex } from 'async-mutex';
import { book, check, count, load } from './warehouse';
const orders = new Mutex();
const stock = new Mutex();
export async function place(order: string) {
  await orders.runExclusive(async () => {
    await check(order);
    await stock.runExclusive(() => book(order));
  });
}
export async function recount() {
  await stock.runExclusive(async () => {
    await load();
    await orders.runExclusive(() => count());
  });
}`,
    cured: `import { Mutex } from 'async-mutex';
import { book, check, count, load } from './warehouse';
const orders = new Mutex();
const stock = new Mutex();
export async function place(order: string) {
  await orders.runExclusive(async () => {
    await check(order);
    await stock.runExclusive(() => book(order));
  });
}
export async function recount() {
  await orders.runExclusive(async () => {
    await load();
    await stock.runExclusive(() => count());
  });
}`,
    files: { 'warehouse.ts': ['book', 'check', 'count', 'load'].map((name) => `export function ${name}(..._: unknown[]) { throw new Error('the real ${name}'); }`).join('\n') },
  },
  {
    name: 'store-that-locks-twice',
    racy: `import { Mutex } from 'async-mutex';
export interface Disk { apply(item: string): Promise<void>; write(): Promise<void> }
export class Store {
  private readonly mutex = new Mutex();
  constructor(private readonly disk: Disk) {}
  async update(item: string) {
    await this.mutex.runExclusive(async () => {
      await this.disk.apply(item);
      await this.flush();
    });
  }
  async flush() {
    await this.mutex.runExclusive(() => this.disk.write());
  }
}`,
    cured: `import { Mutex } from 'async-mutex';
export interface Disk { apply(item: string): Promise<void>; write(): Promise<void> }
export class Store {
  private readonly mutex = new Mutex();
  constructor(private readonly disk: Disk) {}
  async update(item: string) {
    await this.mutex.runExclusive(async () => {
      await this.disk.apply(item);
      await this.disk.write();
    });
  }
  async flush() {
    await this.mutex.runExclusive(() => this.disk.write());
  }
}`,
  },
  {
    name: 'poller-on-a-timer',
    racy: `export class Poller {
  count = 0;
  async poll() {
    const before = this.count;
    await new Promise((resolve) => setTimeout(resolve, 50));
    this.count = before + 1;
  }
}`,
    cured: `export class Poller {
  count = 0;
  async poll() {
    await new Promise((resolve) => setTimeout(resolve, 50));
    this.count = this.count + 1;
  }
}`,
  },
  {
    name: 'fetch-of-the-platform',
    racy: `export class Feed {
  loaded = 0;
  async refresh(url: string) {
    const before = this.loaded;
    const response = await fetch(url);
    await response.json();
    this.loaded = before + 1;
  }
}`,
    cured: `export class Feed {
  loaded = 0;
  async refresh(url: string) {
    const response = await fetch(url);
    await response.json();
    this.loaded += 1;
  }
}`,
  },
  {
    name: 'client-of-a-package',
    racy: `import { Client } from 'far-client';
const client = new Client({ retries: 1 });
export class Ledger {
  balance = 0;
  async post(amount: number) {
    const before = this.balance;
    await client.entries.insert(amount);
    this.balance = before + amount;
  }
}`,
    cured: `import { Client } from 'far-client';
const client = new Client({ retries: 1 });
export class Ledger {
  balance = 0;
  async post(amount: number) {
    await client.entries.insert(amount);
    this.balance += amount;
  }
}`,
    packages: { 'far-client': `export class Client { constructor() { throw new Error('the real client'); } }\n` },
  },
  {
    name: 'default-export-of-a-class',
    racy: `import store from './store';
export default class Counter {
  value = 0;
  async bump() {
    const before = this.value;
    await store.save(before);
    this.value = before + 1;
  }
}`,
    cured: `import store from './store';
export default class Counter {
  value = 0;
  async bump() {
    await store.save(this.value);
    this.value = this.value + 1;
  }
}`,
    files: { 'store.ts': `const store = { save(..._: unknown[]): Promise<void> { throw new Error('the real store'); } };\nexport default store;\n` },
  },
  {
    name: 'work-in-a-transaction',
    racy: `export interface Transaction { insert(row: number): Promise<void> }
export interface Database { transaction(run: (transaction: Transaction) => Promise<void>): Promise<void> }
export class Journal {
  last = 0;
  constructor(private readonly rows: { add(row: number): Promise<void> }) {}
  async append() {
    const number = this.last + 1;
    await this.rows.add(number);
    this.last = number;
    return number;
  }
}`,
    cured: `export interface Transaction { insert(row: number): Promise<void> }
export interface Database { transaction(run: (transaction: Transaction) => Promise<void>): Promise<void> }
export class Journal {
  last = 0;
  constructor(private readonly rows: { add(row: number): Promise<void> }) {}
  async append() {
    const number = ++this.last;
    await this.rows.add(number);
    return number;
  }
}`,
  },
  {
    name: 'settings-merged',
    racy: `export type Settings = Readonly<Record<string, string>>;
export class SettingsStore {
  settings: Settings = {};
  constructor(private readonly disk: { write(settings: Settings): Promise<void> }) {}
  async set(key: string, value: string) {
    const next = { ...this.settings, [key]: value };
    await this.disk.write(next);
    this.settings = next;
  }
}`,
    cured: `export type Settings = Readonly<Record<string, string>>;
export class SettingsStore {
  settings: Settings = {};
  constructor(private readonly disk: { write(settings: Settings): Promise<void> }) {}
  async set(key: string, value: string) {
    this.settings = { ...this.settings, [key]: value };
    await this.disk.write(this.settings);
  }
}`,
  },
  {
    name: 'queue-drained-twice',
    racy: `export class Outbox {
  messages: string[] = ['hello'];
  sent: string[] = [];
  constructor(private readonly smtp: { deliver(message: string): Promise<void> }) {}
  async flush() {
    const [message] = this.messages;
    if (message === undefined) return;
    await this.smtp.deliver(message);
    this.sent.push(message);
    this.messages = this.messages.slice(1);
  }
}`,
    cured: `export class Outbox {
  messages: string[] = ['hello'];
  sent: string[] = [];
  constructor(private readonly smtp: { deliver(message: string): Promise<void> }) {}
  async flush() {
    const message = this.messages.shift();
    if (message === undefined) return;
    await this.smtp.deliver(message);
    this.sent.push(message);
  }
}`,
  },
  {
    name: 'started-once',
    racy: `export class Server {
  private started = false;
  starts = 0;
  constructor(private readonly net: { listen(): Promise<void> }) {}
  async start() {
    if (this.started) return;
    await this.net.listen();
    this.started = true;
    this.starts++;
  }
}`,
    cured: `export class Server {
  private started = false;
  starts = 0;
  constructor(private readonly net: { listen(): Promise<void> }) {}
  async start() {
    if (this.started) return;
    this.started = true;
    await this.net.listen();
    this.starts++;
  }
}`,
  },
  {
    name: 'votes-with-await-in-a-loop',
    racy: `export class Poll {
  votes = 0;
  constructor(private readonly check: (name: string) => Promise<boolean>) {}
  async count(names: string[]) {
    let votes = this.votes;
    for (const name of names) if (await this.check(name)) votes++;
    this.votes = votes;
  }
}`,
    cured: `export class Poll {
  votes = 0;
  constructor(private readonly check: (name: string) => Promise<boolean>) {}
  async count(names: string[]) {
    for (const name of names) if (await this.check(name)) this.votes++;
  }
}`,
  },
  {
    name: 'quota-of-a-tenant',
    racy: `import { usage } from './usage';
export class Quota {
  used = 0;
  constructor(readonly limit: number) {}
  async consume(count: number) {
    if (this.used + count > this.limit) throw new Error('over the limit');
    await usage.report(count);
    this.used += count;
  }
}`,
    cured: `import { usage } from './usage';
export class Quota {
  used = 0;
  constructor(readonly limit: number) {}
  async consume(count: number) {
    if (this.used + count > this.limit) throw new Error('over the limit');
    this.used += count;
    await usage.report(count);
  }
}`,
    files: { 'usage.ts': `export const usage = { report(..._: unknown[]): Promise<void> { throw new Error('the real usage'); } };\n` },
  },
];

/** Published packages that hold confirmed races, as they are. */
export const packages = [];
