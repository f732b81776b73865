import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';
import type { Pair } from './pairs.js';

/** Races that small functions hide, and their cures: what one looks up, another writes, and a third waits between the two. */
const pairs: Record<string, readonly Pair[]> = {
  'check-then-act': [
    pair('an element that a lookup gives', `export class Seats { private seats = new Map<string, { holder: string | null }>(); constructor(private bank: Bank) {}
      add(id: string) { this.seats.set(id, { holder: null }); }
      private find(id: string) { const seat = this.seats.get(id); if (!seat) throw new Error(id); return seat; }
      async book(id: string, user: string) { const seat = this.find(id); if (seat.holder !== null) throw new Error('taken'); <<await this.bank.charge(user); seat.holder = user;|||seat.holder = user; await this.bank.charge(user);>> } }`),
    pair('an element that an asynchronous lookup gives, or null', `export class Seats { private seats = new Map<string, { holder: string | null }>(); constructor(private bank: Bank) {}
      add(id: string) { this.seats.set(id, { holder: null }); }
      private async find(id: string) { return this.seats.get(id) ?? null; }
      async book(id: string, user: string) { const seat = await this.find(id); if (!seat || seat.holder !== null) throw new Error('taken'); <<await this.bank.charge(user); seat.holder = user;|||seat.holder = user; await this.bank.charge(user);>> } }`),
    pair('an element that a getter gives', `export class Desk { private slots = [{ holder: '' }, { holder: '' }]; constructor(private bank: Bank) {}
      private get first() { return this.slots[0]; }
      async book(user: string) { if (this.first.holder !== '') throw new Error('taken'); <<await this.bank.charge(user); this.first.holder = user;|||this.first.holder = user; await this.bank.charge(user);>> } }`),
    pair('a key that is a field of what the helper is given', `const accounts = new Map<string, Account>(); const isTaken = (name: string) => accounts.has(name); const store = (account: Account) => { accounts.set(account.name, account); };
      export async function register(name: string, password: string) { <<if (isTaken(name)) throw new Error('taken'); const hash = await derive(password);|||const hash = await derive(password); if (isTaken(name)) throw new Error('taken');>> store({ name, hash }); }`),
    pair('a key that is made of the name', `const accounts = new Map<string, Account>(); const isTaken = (name: string) => accounts.has(name.toLowerCase()); const store = (account: Account) => { accounts.set(account.name.toLowerCase(), account); };
      export async function register(name: string, password: string) { <<if (isTaken(name)) throw new Error('taken'); const hash = await derive(password);|||const hash = await derive(password); if (isTaken(name)) throw new Error('taken');>> store({ name, hash }); }`),
    pair('an answer that says so', `const accounts = new Map<string, Account>(); const server = fastify();
      server.post('/register', async (request, reply) => { const { name, password } = request.body;
        <<if (accounts.has(name)) return reply.code(409).send({ error: 'taken' }); const hash = await derive(password);|||const hash = await derive(password); if (accounts.has(name)) return reply.code(409).send({ error: 'taken' });>> accounts.set(name, { name, hash }); return { name }; });`),
    pair('an answer that says so before the handler returns', `const accounts = new Map<string, Account>(); const app = express();
      app.post('/register', async (req, res) => { const { name, password } = req.body;
        <<if (accounts.has(name)) { res.status(409).json({ error: 'taken' }); return; } const hash = await derive(password);|||const hash = await derive(password); if (accounts.has(name)) { res.status(409).json({ error: 'taken' }); return; }>> accounts.set(name, { name, hash }); res.json({ name }); });`),
    pair('what a search has found is taken at once', `export class Runner { constructor(private readonly jobs: { state: string }[], private readonly run: (job: unknown) => Promise<void>) {}
      async drain() { for (;;) { const job = this.jobs.find((one) => one.state === 'queued'); if (!job) return; <<await this.run(job); job.state = 'running';|||job.state = 'running'; await this.run(job);>> job.state = 'done'; } } }`),
  ],
  'lost-event': [
    pair('what an object of one\'s own tells once, when it has waited', `class Importer extends EventEmitter { async start(source: () => Promise<string[]>) { const lines = await source(); this.emit('finished', lines.length); } }
      export async function run(source: () => Promise<string[]>) { const importer = new Importer(); <<|||const finished = once(importer, 'finished'); >>void importer.start(source); await note('started'); const [count] = await <<once(importer, 'finished')|||finished>>; return count; }`),
    pair('and what it has told by the time it was waited for', `class Importer extends EventEmitter { async start(source: () => Promise<string[]>) { const lines = await source(); this.emit('finished', lines.length); } }
      export async function run(source: () => Promise<string[]>) { const importer = new Importer(); const lines: number[] = [];
        <<await importer.start(source); importer.on('finished', (n) => { lines.push(n); });|||importer.on('finished', (n) => { lines.push(n); }); await importer.start(source);>> return lines; }`),
  ],
  'missing-await': [
    pair('keys that the answer brings', `const rates = new Map<string, number>();
      async function load(codes: string[]) { const found = await query(codes); for (const one of found) rates.set(one.code, one.rate); }
      export async function convert(code: string, amount: number) { <<|||await >>load([code]); return amount * (rates.get(code) ?? 1); }`),
    pair('members that the answer brings, to each of a list', `export class Rights { private readonly granted = new Set<string>(); constructor(private db: Db) {}
      private loadGroup(group: string): Promise<void> { return this.db.query(group).then((result) => { for (const row of result.rows) this.granted.add(row.name); }); }
      async may(groups: string[]) { <<groups.map((group) => this.loadGroup(group));|||await Promise.all(groups.map((group) => this.loadGroup(group)));>> return this.granted.has('admin'); } }`),
  ],
  'lock-order-cycle': [
    pair('two that a helper finds', `import AwaitLock from 'await-lock'; class Room { readonly lock = new AwaitLock(); guests = 0; } const rooms = new Map<string, Room>();
      const roomFor = (name: string) => { const room = rooms.get(name); if (!room) throw new Error(name); return room; };
      export async function move(from: string, to: string) { const source = roomFor(from); const target = roomFor(to); <<const [first, second] = [source, target];|||const [first, second] = from < to ? [source, target] : [target, source];>>
        await first.lock.acquireAsync(); try { await second.lock.acquireAsync(); try { await note(); } finally { second.lock.release(); } } finally { first.lock.release(); } }`),
    pair('two that are found under what the caller gives', `import { Mutex } from 'async-mutex'; class Account { readonly mutex = new Mutex(); balance = 0; }
      export class Bank { private accounts = new Map<string, Account>();
      async transfer(fromId: string, toId: string, amount: number) { <<const from = this.accounts.get(fromId)!; const to = this.accounts.get(toId)!;|||const [from, to] = [fromId, toId].sort().map((id) => this.accounts.get(id)!);>>
        await from.mutex.runExclusive(() => to.mutex.runExclusive(async () => { await log(amount); })); } }`),
  ],
  'lock-callback-misuse': [
    pair('a chain that a helper gives', `import AsyncLock from 'async-lock'; export class Index { private lock = new AsyncLock(); constructor(private disk: Disk) {}
      private append(term: string) { return this.disk.read().then((index) => this.disk.write({ terms: [...index.terms, term] })); }
      add(term: string): Promise<void> { return this.lock.acquire('index', () => <<{ this.append(term); }|||this.append(term)>>); } }`),
  ],
  'lost-update': [
    pair('a callback of what is called as a route is', `export class Tally { private total = 0; constructor(private store: Store) {}
      add(key: string, done: Done): void { <<const before = this.total; |||>>this.store.get(key, (error, value) => { if (error) return done(error); this.total = <<before|||this.total>> + Number(value); done(null); }); } }`),
  ],
  'non-atomic-update': [
    pair('helpers that load and store, and do nothing else', `import { workerData } from 'node:worker_threads'; const cells = new Int32Array(workerData.shared as SharedArrayBuffer); const HITS = 0;
      const readHits = () => Atomics.load(cells, HITS); const writeHits = (n: number) => { Atomics.store(cells, HITS, n); };
      export function hit() { <<const next = readHits() + 1; writeHits(next); return next;|||return Atomics.add(cells, HITS, 1) + 1;>> }`),
    pair('methods that load and store', `import { workerData } from 'node:worker_threads'; class Tickets { private readonly cells: Int32Array; constructor(buffer: SharedArrayBuffer) { this.cells = new Int32Array(buffer); }
      private peek() { return Atomics.load(this.cells, 0); } private put(n: number) { Atomics.store(this.cells, 0, n); }
      next() { <<const ticket = this.peek(); this.put(ticket + 1); return ticket;|||for (;;) { const ticket = this.peek(); if (Atomics.compareExchange(this.cells, 0, ticket, ticket + 1) === ticket) return ticket; }>> } }
      const tickets = new Tickets(workerData.buffer as SharedArrayBuffer); export const take = () => tickets.next();`),
  ],
  'stale-context': [
    pair('who did it stands in what is kept', `let currentUser: { id: string } | null = null; const trail: object[] = []; export function login(user: { id: string }) { currentUser = user; }
      const call = async (id: string, action: string) => (await fetch(action + id)).text();
      function trace(<<|||id: string, >>action: string, result: string) { trail.push({ userId: <<currentUser!.id|||id>>, action, result }); }
      export async function perform(action: string) { const id = currentUser!.id; const result = await call(id, action); trace(<<|||id, >>action, result); }`),
  ],
  'torn-update': [
    pair('one helper takes, another gives', `const funds = { checking: 0, savings: 0 }; export const total = () => funds.checking + funds.savings;
      const debit = (amount: number) => { funds.checking -= amount; }; const credit = (amount: number) => { funds.savings += amount; };
      export async function move(amount: number, note: (text: string) => Promise<void>) { <<debit(amount); await note('moving');|||await note('moving'); debit(amount);>> credit(amount); }`),
  ],
};

describe.each(Object.entries(pairs))('%s', (rule, list) => {
  test.each(list)('%s', (_name, racy, cured) => {
    const told = (code: string): string[] => findings(code).map((finding) => finding.rule);
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: [rule], cured: [] });
  });
});

describe('Silent', () => {
  test.each([
    ['helpers that count what is begun and what is done', `const counts = { begun: 0, done: 0 }; export const open = () => counts.begun - counts.done;
      const begin = () => { counts.begun += 1; }; const end = () => { counts.done += 1; };
      export async function run(work: () => Promise<void>) { begin(); await work(); end(); }`],
    ['helpers that measure and count', `export class Poll { private state = { loadTime: 0, count: 0 }; get rate() { return this.state.count / this.state.loadTime; }
      reset(time: number, count: number) { this.state.loadTime = time; this.state.count = count; }
      private timed(start: number) { this.state.loadTime = clock.now() - start; } private counted() { this.state.count = this.state.count + 1; }
      async poll(start: number) { this.timed(start); await refresh(); this.counted(); } }`],
    ['a lookup that makes a new object each time', `export class Seats { private rows = new Map<string, string>(); constructor(private bank: Bank) {}
      private find(id: string) { return { id, holder: this.rows.get(id) }; }
      async quote(id: string, user: string) { const seat = this.find(id); if (seat.holder) throw new Error('taken'); await this.bank.quote(user); seat.holder = user; return seat; } }`],
    ['a lookup that gives this or that', `export class Seats { private seats = new Map<string, { holder: string }>(); constructor(private bank: Bank) {}
      private find(id: string) { if (id === '') return { holder: '' }; return this.seats.get(id)!; }
      async note(id: string, user: string) { const seat = this.find(id); await this.bank.charge(user); seat.holder = user; } }`],
    ['a way that what the helper is given rules out', `export class Store { private data = new Map<string, Model>();
      private get(id: string) { return this.data.get(id); }
      add(item: Model | Fields) { if (!(item instanceof Model)) { const known = this.data.get(item.id); if (known) return known; const made = new Model(item); this.data.set(made.id, made); return made; } this.data.set(item.id, item); return item; }
      async fetch(url: string) { const known = this.get(url); if (known) return known; const data = await client.post('/urls', { url }); return this.add({ id: url, data }); } }`],
    ['what an object tells at each run', `class Importer extends EventEmitter { async start(source: () => Promise<string[]>) { const lines = await source(); this.emit('finished', lines.length); } }
      export async function run(source: () => Promise<string[]>) { const importer = new Importer(); const lines: number[] = [];
        await importer.start(source); importer.on('finished', (n) => { lines.push(n); }); await importer.start(source); return lines; }`],
    ['two locks that the caller\'s ids put in order', `import { Mutex } from 'async-mutex'; class Account { readonly mutex = new Mutex(); balance = 0; }
      export class Bank { private accounts = new Map<string, Account>();
      async transfer(fromId: string, toId: string) { const from = this.accounts.get(fromId)!; const to = this.accounts.get(toId)!;
        if (fromId < toId) await from.mutex.runExclusive(() => to.mutex.runExclusive(async () => { await log(); })); else await to.mutex.runExclusive(() => from.mutex.runExclusive(async () => { await log(); })); } }`],
    ['a key that the caller gave, of another that was asked for', `const seen = new Map<string, Row>(); async function load(id: string) { const row = await query(id); seen.set(id, row); }
      export async function show(id: string, other: string) { load(other); return seen.get(id); }`],
    ['the end of a ring that helpers move, for its one owner', `import { workerData } from 'node:worker_threads'; const ends = new Int32Array(workerData.ends as SharedArrayBuffer); const HEAD = 0, TAIL = 1;
      const head = () => Atomics.load(ends, HEAD); const tail = () => Atomics.load(ends, TAIL); const setTail = (n: number) => { Atomics.store(ends, TAIL, n); };
      export function push(value: number) { const at = tail(); if (at - head() >= 64) return false; write(at, value); setTail(at + 1); return true; }`],
    ['a server that hears of an error', `let failures = 0; export function install(app: App) { const before = failures; app.all((error, request, response, next) => { failures = before + 1; next(error); }); }`],
    ['keys that are drawn', `const jobs = new Map<string, Job>();
      export async function add(job: Job) { if (jobs.has(nextId(job))) throw new Error('taken'); await save(job); jobs.set(nextId(job, 1), job); }`],
  ])('%s', (_name, code) => {
    expect(findings(code).map(({ rule }) => rule)).toEqual([]);
  });
});
