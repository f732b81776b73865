import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

/** Correct code whose tasks overlap, see each other and end in more than one way. `name`: what is run whatever the rules think of it. */
const programs: readonly { readonly title: string; readonly name: string; readonly text: string }[] = [
  {
    title: 'a latch that answers busy', name: 'Sync.run',
    text: `
      import { push } from './remote';
      export class Sync {
        #busy = false;
        async run() {
          if (this.#busy) return 'busy';
          this.#busy = true;
          try { await push(); return 'done'; } finally { this.#busy = false; }
        }
      }`,
  },
  {
    title: 'a latch that throws', name: 'migrate',
    text: `
      import { apply } from './migrations';
      let running = false;
      export async function migrate() {
        if (running) throw new Error('a migration is under way');
        running = true;
        try { await apply(); } finally { running = false; }
      }`,
  },
  {
    title: 'a seat refused while another payment is pending', name: 'Hall.book',
    text: `
      import { pay } from './payments';
      export class Hall {
        readonly seats = new Map<string, 'pending' | 'sold'>();
        async book(seat: string) {
          if (this.seats.has(seat)) return 'taken';
          this.seats.set(seat, 'pending');
          try { await pay(seat); this.seats.set(seat, 'sold'); return 'sold'; } catch (error) { this.seats.delete(seat); throw error; }
        }
      }`,
  },
  {
    title: 'interleaved logs', name: 'Journal.work',
    text: `
      import { step } from './steps';
      export class Journal {
        readonly lines: string[] = [];
        async work(task: string) {
          this.lines.push('begin ' + task);
          await step(task);
          this.lines.push('end ' + task);
        }
      }`,
  },
  {
    title: 'two readers with different results', name: 'Feed.read',
    text: `
      import { fetchPage } from './pages';
      export class Feed {
        offset = 0;
        async read() {
          const at = this.offset++;
          return fetchPage(at);
        }
      }`,
  },
  {
    title: 'a cache with last write wins of equal values', name: 'Cache.get',
    text: `
      import { load } from './loader';
      export class Cache {
        readonly entries = new Map<string, unknown>();
        async get(key: string) {
          const value = await load(key);
          this.entries.set(key, value);
          return value;
        }
      }`,
  },
  {
    title: 'a memoised promise', name: 'Connection.open',
    text: `
      import { connect } from './driver';
      export class Connection {
        #opening: Promise<unknown> | undefined;
        open() { return (this.#opening ??= connect()); }
      }`,
  },
  {
    title: 'a memoised promise that is forgotten when it fails', name: 'config',
    text: `
      import { fetchConfig } from './remote';
      let pending: Promise<unknown> | undefined;
      export function config() {
        pending ??= fetchConfig().catch((error: unknown) => { pending = undefined; throw error; });
        return pending;
      }`,
  },
  {
    title: 'idempotent initialisation again', name: 'Settings.ready',
    text: `
      import { readDefaults } from './defaults';
      export class Settings {
        isReady = false;
        async ready() {
          await readDefaults();
          this.isReady = true;
        }
      }`,
  },
  {
    title: 'a monotonic maximum', name: 'Watermark.report',
    text: `
      import { measure } from './probe';
      export class Watermark {
        highest = 0;
        async report(level: number) {
          await measure(level);
          this.highest = Math.max(this.highest, level);
        }
      }`,
  },
  {
    title: 'a set that only grows', name: 'Visited.visit',
    text: `
      import { crawl } from './crawler';
      export class Visited {
        readonly pages = new Set<string>();
        async visit(page: string) {
          if (this.pages.has(page)) return;
          this.pages.add(page);
          await crawl(page);
        }
      }`,
  },
  {
    title: 'a progress counter', name: 'Progress.run',
    text: `
      import { job } from './jobs';
      export class Progress {
        done = 0;
        async run() {
          await job();
          this.done += 1;
          return this.done;
        }
      }`,
  },
  {
    title: 'started and finished counters', name: 'Gauge.run',
    text: `
      import { job } from './jobs';
      export class Gauge {
        active = 0;
        async run() {
          this.active++;
          try { await job(); } finally { this.active--; }
        }
      }`,
  },
  {
    title: 'a debouncer', name: 'Debouncer.call',
    text: `
      import { note, save } from './store';
      export class Debouncer {
        #timer: ReturnType<typeof setTimeout> | undefined;
        async call() {
          await note();
          clearTimeout(this.#timer);
          this.#timer = setTimeout(() => { void save(); }, 50);
        }
      }`,
  },
  {
    title: 'a retry with a counter of its own', name: 'retry',
    text: `
      import { attempt } from './network';
      let failures = 0;
      export async function retry() {
        for (let tries = 0; tries < 2; tries++) {
          try { return await attempt(); } catch { failures++; }
        }
        throw new Error('gave up');
      }
      export function failed() { return failures; }`,
  },
  {
    title: 'a least recently used cache', name: 'Lru.get',
    text: `
      import { load } from './loader';
      export class Lru {
        readonly entries = new Map<string, Promise<unknown>>();
        get(key: string) {
          let entry = this.entries.get(key);
          if (entry) this.entries.delete(key);
          else entry = load(key) as Promise<unknown>;
          this.entries.set(key, entry);
          if (this.entries.size > 2) this.entries.delete(this.entries.keys().next().value!);
          return entry;
        }
      }`,
  },
  {
    title: 'a rate limiter', name: 'Limiter.call',
    text: `
      import { send } from './network';
      export class Limiter {
        tokens = 1;
        async call() {
          if (this.tokens === 0) return 'limited';
          this.tokens--;
          await send();
          this.tokens++;
          return 'sent';
        }
      }`,
  },
  {
    title: 'an id generator', name: 'Ids.create',
    text: `
      import { insert } from './rows';
      export class Ids {
        #last = 0;
        async create(name: string) {
          const id = ++this.#last;
          await insert(id, name);
          return id;
        }
      }`,
  },
  {
    title: 'a read-only snapshot', name: 'Board.publish',
    text: `
      import { send } from './network';
      export class Board {
        scores: Readonly<Record<string, number>> = {};
        score(name: string, points: number) { this.scores = { ...this.scores, [name]: points }; }
        async publish() {
          const snapshot = this.scores;
          await send(snapshot);
          return snapshot;
        }
      }`,
  },
  {
    title: 'an event log with a position that each entry takes at once', name: 'Log.append',
    text: `
      import { flush } from './disk';
      export class Log {
        readonly events: { at: number; what: string }[] = [];
        async append(what: string) {
          this.events.push({ at: this.events.length, what });
          await flush();
        }
      }`,
  },
  {
    title: 'the latest request wins', name: 'Search.query',
    text: `
      import { find } from './index';
      export class Search {
        #latest = 0;
        results: unknown;
        async query(text: string) {
          const mine = ++this.#latest;
          const results = await find(text);
          if (mine === this.#latest) this.results = results;
        }
      }`,
  },
  {
    title: 'a check again after the last suspension', name: 'Stock.take',
    text: `
      import { confirm } from './dialog';
      export class Stock {
        count = 1;
        async take() {
          if (this.count === 0) return 'sold out';
          await confirm();
          if (this.count === 0) return 'sold out meanwhile';
          this.count--;
          return 'taken';
        }
      }`,
  },
  {
    title: 'a queue of promises', name: 'Queue.add',
    text: `
      export class Queue {
        #tail: Promise<unknown> = Promise.resolve();
        balance = 10;
        add(cost: () => Promise<number>) {
          const next = this.#tail.then(async () => {
            const before = this.balance;
            const price = await cost();
            this.balance = before - price;
          });
          this.#tail = next.catch(() => undefined);
          return next;
        }
      }`,
  },
  {
    title: 'functional updates', name: 'Store.increment',
    text: `
      import { persist } from './disk';
      export class Store {
        state = { count: 0 };
        update(change: (state: { count: number }) => { count: number }) { this.state = change(this.state); }
        async increment() {
          await persist();
          this.update((state) => ({ count: state.count + 1 }));
        }
      }`,
  },
  {
    title: 'a subscription that is kept once', name: 'Hub.join',
    text: `
      import { announce } from './network';
      export class Hub {
        readonly members = new Set<string>();
        async join(name: string) {
          const isNew = !this.members.has(name);
          this.members.add(name);
          if (isNew) await announce(name);
        }
      }`,
  },
  {
    title: 'results collected under keys of their own', name: 'Collector.collect',
    text: `
      import { fetchOne } from './network';
      export class Collector {
        readonly results: Record<string, unknown> = {};
        async collect(id: string) {
          this.results[id] = await fetchOne(id);
        }
      }`,
  },
  {
    title: 'a session that is dropped by whoever comes first', name: 'Session.end',
    text: `
      import { revoke } from './auth';
      export class Session {
        token: string | undefined = 'secret';
        async end() {
          const token = this.token;
          this.token = undefined;
          if (token !== undefined) await revoke(token);
        }
      }`,
  },
  {
    title: 'a batch that is swapped before it is sent', name: 'Batch.flush',
    text: `
      import { send } from './network';
      export class Batch {
        #items: string[] = [];
        add(item: string) { this.#items.push(item); }
        async flush() {
          const items = this.#items;
          this.#items = [];
          if (items.length > 0) await send(items);
        }
      }`,
  },
  {
    title: 'an abort controller of the last call', name: 'Loader.load',
    text: `
      import { get } from './network';
      export class Loader {
        #controller: AbortController | undefined;
        shown: unknown;
        async load(path: string) {
          this.#controller?.abort();
          const controller = (this.#controller = new AbortController());
          const page = await get(path);
          if (controller.signal.aborted) return;
          this.shown = page;
        }
      }`,
  },
  {
    title: 'a statistic that overlapping runs both add to', name: 'Statistics.record',
    text: `
      import { now } from './clock';
      export class Statistics {
        total = 0;
        count = 0;
        async record(action: () => Promise<void>) {
          const start = now();
          await action();
          this.total += Number(now()) - Number(start);
          this.count++;
        }
        get mean() { return this.count === 0 ? 0 : this.total / this.count; }
      }`,
  },
  {
    title: 'a pool that lends what is free', name: 'Pool.use',
    text: `
      import { work } from './work';
      export class Pool {
        readonly free = ['a', 'b'];
        async use() {
          const resource = this.free.pop();
          if (resource === undefined) return 'none free';
          try { return await work(resource); } finally { this.free.push(resource); }
        }
      }`,
  },
  {
    title: 'a closed flag that stops what starts later', name: 'createServer.handle',
    text: `
      import { respond } from './network';
      export function createServer() {
        let isClosed = false;
        let served = 0;
        return {
          async handle(request: string) {
            if (isClosed) return 'closed';
            await respond(request);
            served++;
            return 'served';
          },
          close() { isClosed = true; return served; },
        };
      }`,
  },
  {
    title: 'an entry that is replaced only while it is the same', name: 'Registry.refresh',
    text: `
      import { load } from './loader';
      export class Registry {
        entry: { value: unknown } = { value: undefined };
        async refresh() {
          const before = this.entry;
          const value = await load();
          if (this.entry === before) this.entry = { value };
          return this.entry;
        }
      }`,
  },
];

describe('legal overlap is not accused', () => {
  it.each(programs.map(({ title, text, name }) => [title, text, name] as const))('%s', async (_title, text, name) => {
    const judged = await engine.check(text);
    expect(judged.filter(({ proof }) => proof.verdict === 'confirmed').map(({ finding, proof }) => `${finding.rule} ${finding.location}: ${proof.reason}`)).toEqual([]);
    const { verdict, reason, executions } = await engine.run(text, name);
    expect(verdict, reason).not.toBe('confirmed');
    expect(executions, reason).toBeGreaterThan(0);
  });

  it('has many idioms, and notices one that is wrong', async () => {
    expect(programs.length).toBeGreaterThanOrEqual(30);
    const wrong = programs.find(({ name }) => name === 'Stock.take')!.text.replace("if (this.count === 0) return 'sold out meanwhile';", '').replace('this.count--', 'this.count = this.count - 1');
    expect(wrong).not.toContain('meanwhile');
    expect((await engine.run(wrong, 'Stock.take')).verdict).toBe('confirmed');
  });
});
