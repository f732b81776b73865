import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';
import type { Pair } from './pairs.js';

/** Races as stores, services, tools and workers write them, and their cures, by the rule that accuses the one and is silent on the other. */
const pairs: Record<string, readonly Pair[]> = {
  'double-initialization': [
    pair('goc await between', `
      const channels = new Map<string, Subscriber[]>();
      export async function join(topic: string, subscriber: Subscriber) {
        let list = channels.get(topic);
        <<if (!list) {
          list = [];
          await announce(topic);
          channels.set(topic, list);
        }|||if (!list) {
          list = [];
          channels.set(topic, list);
          await announce(topic);
        }>>
        list.push(subscriber);
      }`),
    pair('goc await before', `
      export class Inbox {
        private readonly boxes = new Map<string, Message[]>();
        async deliver(user: string, raw: Uint8Array) {
          <<let box = this.boxes.get(user);
          const message = await decrypt(raw);|||const message = await decrypt(raw);
          let box = this.boxes.get(user);>>
          if (!box) {
            box = [];
            this.boxes.set(user, box);
          }
          box.push(message);
        }
      }`),
    pair('goc object record', `
      const sessions: Record<string, { sockets: Set<string> }> = {};
      export async function attach(user: string, socket: string) {
        let session = sessions[user];
        if (session === undefined) {
          <<const profile = await loadProfile(user);
          session = { sockets: new Set([profile.home]) };
          sessions[user] = session;|||session = { sockets: new Set() };
          sessions[user] = session;
          session.sockets.add((await loadProfile(user)).home);>>
        }
        session.sockets.add(socket);
      }`),
    pair('object literal service', `
      export const pool = {
        client: undefined as Client | undefined,
        <<|||pending: undefined as Promise<Client> | undefined,>>
        async get() {
          <<if (!this.client) {
            this.client = await connect();
          }
          return this.client;|||this.pending ??= connect();
          return this.pending;>>
        },
        reset() { this.client = undefined; },
      };`),
    pair('class field closure', `
      export class Poller {
        private running = false;
        readonly tick = debounce(async () => {
          if (this.running) return;
          <<await connectivity();
          this.running = true;|||this.running = true;
          await connectivity();>>
          try { await this.poll(); } finally { this.running = false; }
        }, 100);
        private async poll() { await pull(); }
      }`),
    pair('toggle recording guard', `
      import { create } from 'zustand';
      export const useRecorder = create<RecorderState>((set, get) => ({
        recorder: null as Recorder | null,
        start: async () => {
          if (get().recorder) return;
          <<const stream = await openMicrophone();
          set({ recorder: new Recorder(stream) });|||const recorder = new Recorder();
          set({ recorder });
          recorder.attach(await openMicrophone());>>
        },
        stop: () => set({ recorder: null }),
      }));`),
  ],
  'check-then-act': [
    pair('guard in helper', `
      export class Hall {
        private readonly guests: string[] = [];
        private readonly seats = 40;
        private isFull() { return this.left() <= 0; }
        private left() { return this.seats - this.guests.length; }
        async admit(name: string, ticket: string) {
          <<if (this.isFull()) throw new Error('sold out');
          await verify(ticket);|||await verify(ticket);
          if (this.isFull()) throw new Error('sold out');>>
          this.seat(name);
        }
        private seat(name: string) { this.note(name); }
        private note(name: string) { this.guests.push(name); }
      }`),
    pair('guard in helper throwing', `
      let stock = 20;
      function ensureAvailable(n: number) { if (!hasStock(n)) throw new Error('out of stock'); }
      function hasStock(n: number) { return stock >= n; }
      function take(n: number) { stock -= n; }
      export async function order(n: number, card: string) {
        ensureAvailable(n);
        const charge = await pay(card, n);
        <<take(n);|||ensureAvailable(n);
        take(n);>>
        return charge;
      }`),
    pair('recheck in helper', `
      const owners = new Map<string, string>();
      const isFree = (name: string) => !owners.has(name);
      function claim(name: string, by: string) { owners.set(name, by); }
      export async function register(name: string, by: string) {
        if (!isFree(name)) return false;
        await checkPolicy(name);
        <<claim(name, by);|||if (!isFree(name)) return false;
        claim(name, by);>>
        return true;
      }`),
  ],
  'lost-update': [
    pair('a field put back beside fresh ones', `
      let profile = { name: '', visits: 0 };
      export async function visit() {
        <<const { visits } = profile;
        await sync();|||await sync();
        const { visits } = profile;>>
        profile = { ...profile, visits: visits + 1 };
      }`),
    pair('pinia options actions', `
      import { defineStore } from 'pinia';
      export const useCart = defineStore('cart', {
        state: () => ({ total: 0, lines: [] as Line[] }),
        actions: {
          async add(sku: string) {
            <<const before = this.total;
            const price = await api.price(sku);
            this.total = before + price;|||const price = await api.price(sku);
            this.total += price;>>
          },
          clear() { this.total = 0; },
        },
      });`),
    pair('class field arrow', `
      export class Uploads {
        private bytes = 0;
        onChunk = async (chunk: Uint8Array) => {
          <<const bytes = this.bytes;
          const written = await sink(chunk);
          this.bytes = bytes + written;|||const written = await sink(chunk);
          this.bytes += written;>>
        };
        get total() { return this.bytes; }
      }`),
    pair('cursor from answer', `
      export class Feed {
        private cursor: string | undefined;
        readonly items: Item[] = [];
        <<|||private busy: Promise<void> | undefined;>>
        async more() {
          <<const page = await api.list({ after: this.cursor });
          this.items.push(...page.items);
          this.cursor = page.next;|||this.busy ??= (async () => {
            const page = await api.list({ after: this.cursor });
            this.items.push(...page.items);
            this.cursor = page.next;
          })().finally(() => { this.busy = undefined; });
          await this.busy;>>
        }
      }`),
    pair('token rotated', `
      let tokens = { access: '', refresh: '' };
      <<|||let rotation: Promise<string> | undefined;>>
      async function rotate() {
        const answer = await post('/oauth/token', { refresh_token: tokens.refresh });
        tokens = { access: answer.access_token, refresh: answer.refresh_token };
        return tokens.access;
      }
      export async function authorised(request: Request) {
        const response = await send(request, tokens.access);
        if (response.status !== 401) return response;
        const access = await <<rotate()|||(rotation ??= rotate().finally(() => { rotation = undefined; }))>>;
        return send(request, access);
      }`),
    pair('cli summary closure', `
      export async function lint(paths: string[]) {
        let errors = 0;
        await Promise.all(paths.map((path) => check(path).then(async (problems) => {
          <<const so_far = errors;
          await report(path, problems);
          errors = so_far + problems.length;|||await report(path, problems);
          errors += problems.length;>>
        })));
        process.exitCode = errors > 0 ? 1 : 0;
      }`),
    pair('pinia setup store', `
      import { defineStore } from 'pinia';
      import { ref } from 'vue';
      export const useWallet = defineStore('wallet', () => {
        const balance = ref(0);
        async function deposit(amount: number) {
          <<const before = balance.value;
          const fee = await api.fee(amount);
          balance.value = before + amount - fee;|||const fee = await api.fee(amount);
          balance.value += amount - fee;>>
        }
        return { balance, deposit };
      });`),
  ],
  'out-of-order-response': [
    pair('vue options methods', `
      export default {
        data() { return { term: '', hits: [] as Hit[], <<|||turn: 0>> }; },
        methods: {
          async onInput(term: string) {
            this.term = term;
            <<const hits = await searchApi(term);
            this.hits = hits;|||const turn = ++this.turn;
            const hits = await searchApi(term);
            if (turn === this.turn) this.hits = hits;>>
          },
        },
      };`),
    pair('ooo refresh', `
      export class OrdersPanel {
        rows: Row[] = [];
        page = 1;
        <<|||private turn = 0;>>
        async refresh(page: number) {
          <<|||const turn = ++this.turn;>>
          this.page = page;
          const rows = await api.orders(page);
          <<|||if (turn !== this.turn) return;>>
          this.rows = rows;
        }
      }`),
    pair('ooo load', `
      let shown: Article | undefined;
      <<|||let wanted = '';>>
      export async function load(slug: string) {
        <<|||wanted = slug;>>
        const article = await client.article(slug);
        <<|||if (wanted !== slug) return;>>
        shown = article;
      }
      export const current = () => shown;`),
    pair('map viewport tiles', `
      export class TileLayer {
        private visible: Tile[] = [];
        <<|||private abort?: AbortController;>>
        moved(bounds: Bounds) {
          <<this.source.tiles(bounds).then((tiles) => {
            this.visible = tiles;
            this.redraw();
          });|||this.abort?.abort();
          const { signal } = this.abort = new AbortController();
          this.source.tiles(bounds, signal).then((tiles) => {
            if (signal.aborted) return;
            this.visible = tiles;
            this.redraw();
          });>>
        }
        constructor(private readonly source: Source) {}
        private redraw() { paint(this.visible); }
      }`),
    pair('alpine component search', `
      export default () => ({
        q: '',
        results: [] as Result[],
        <<|||ticket: 0,>>
        async search() {
          <<const response = await fetch(\`/search?q=\${this.q}\`);
          this.results = await response.json();|||const ticket = ++this.ticket;
          const response = await fetch(\`/search?q=\${this.q}\`);
          const results = await response.json();
          if (ticket === this.ticket) this.results = results;>>
        },
        type(text: string) { this.q = text; return this.search(); },
      });`),
    pair('chart range buttons', `
      let series: Point[] = [];
      <<|||let asked = 0;>>
      const chart = createChart('#chart');
      for (const button of document.querySelectorAll<HTMLButtonElement>('.range')) {
        button.addEventListener('click', async () => {
          <<|||const mine = ++asked;>>
          const points = await fetchSeries(button.dataset.range!);
          <<|||if (mine !== asked) return;>>
          series = points;
          chart.draw(series);
        });
      }`),
  ],
  'use-before-ready': [
    pair('ready otherwise named', `
      export class Geo {
        private index!: RTree;
        <<constructor(path: string) { void this.hydrate(path); }|||readonly loaded: Promise<void>;
        constructor(path: string) { this.loaded = this.hydrate(path); }>>
        private async hydrate(path: string) { this.index = await RTree.fromFile(path); }
        <<nearest(p: Point) { return this.index.search(p); }|||async nearest(p: Point) { await this.loaded; return this.index.search(p); }>>
      }`),
  ],
  'non-atomic-update': [
    pair('atomics load const', `
      import { workerData } from 'node:worker_threads';
      const slots = new Int32Array(workerData.memory);
      export function reserve(n: number) {
        <<const free = Atomics.load(slots, 0);
        const next = free - n;
        Atomics.store(slots, 0, next);|||Atomics.sub(slots, 0, n);>>
      }`),
    pair('worker data view', `
      import { parentPort, workerData } from 'node:worker_threads';
      const { counters } = workerData as { counters: SharedArrayBuffer };
      const view = new Uint32Array(counters);
      parentPort!.on('message', (job) => {
        work(job);
        <<view[0]++;|||Atomics.add(view, 0, 1);>>
      });`),
    pair('sab id allocator', `
      export class IdAllocator {
        private readonly next: BigInt64Array;
        constructor(shared: SharedArrayBuffer) { this.next = new BigInt64Array(shared); }
        allocate(): bigint {
          <<const id = Atomics.load(this.next, 0);
          Atomics.store(this.next, 0, id + 1n);
          return id;|||return Atomics.add(this.next, 0, 1n);>>
        }
      }`),
  ],
  'self-deadlock': [
    pair('self deadlock weblock wrapper', `
      async function exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
        return navigator.locks.request(name, work);
      }
      export async function saveDraft(text: string) {
        await exclusive('drafts', async () => { await store(text); });
      }
      export async function publish(text: string) {
        await exclusive('drafts', async () => {
          <<await saveDraft(text);|||await store(text);>>
          await send(text);
        });
      }`),
    pair('self deadlock limiter', `
      import pLimit from 'p-limit';
      const limit = pLimit(1);
      export function crawl(url: string): Promise<string[]> {
        return limit(async () => {
          const links = await linksOf(url);
          const below = await Promise.all(links.map((link) => <<crawl(link)|||linksOf(link)>>));
          return below.flat();
        });
      }`),
    pair('plimit recursive tree', `
      import pLimit from 'p-limit';
      const limit = pLimit(1);
      export class Walker {
        async size(dir: string): Promise<number> {
          return limit(async () => {
            let total = 0;
            for (const entry of await list(dir)) total += entry.isDir ? await <<this.size(entry.path)|||statTree(entry.path)>> : entry.size;
            return total;
          });
        }
      }`),
  ],
  'lost-event': [
    pair('lost event not awaited', `
      import { once } from 'node:events';
      export async function ping(child: ChildProcess) {
        <<child.send({ type: 'ping' });
        await flushLogs();
        const [answer] = await once(child, 'message');|||const reply = once(child, 'message');
        child.send({ type: 'ping' });
        await flushLogs();
        const [answer] = await reply;>>
        return answer;
      }`),
    pair('websocket open late', `
      export async function connectFeed(url: string) {
        const socket = new WebSocket(url);
        <<const token = await fetchToken();
        await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));|||const opened = new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
        const token = await fetchToken();
        await opened;>>
        socket.send(token);
        return socket;
      }`),
    pair('fork ready message', `
      import { fork } from 'node:child_process';
      export async function startWorker(path: string) {
        const child = fork(path);
        <<await recordPid(child.pid);
        await new Promise((resolve) => child.once('message', resolve));|||const ready = new Promise((resolve) => child.once('message', resolve));
        await recordPid(child.pid);
        await ready;>>
        return child;
      }`),
    pair('child exit late', `
      import { spawn } from 'node:child_process';
      export async function run(command: string, args: string[]) {
        const child = spawn(command, args);
        <<await writeLog(\`started \${command}\`);
        const code = await new Promise<number>((resolve) => child.on('exit', resolve));|||const exited = new Promise<number>((resolve) => child.on('exit', resolve));
        await writeLog(\`started \${command}\`);
        const code = await exited;>>
        return code;
      }`),
  ],
  'missing-await': [
    pair('filehandle close', `
      import { open } from 'node:fs/promises';
      export async function save(path: string, lines: string[]) {
        const file = await open(path, 'w');
        try {
          <<for (const line of lines) file.appendFile(line);|||for (const line of lines) await file.appendFile(line);>>
        } finally {
          await file.close();
        }
      }`),
    pair('transaction commit early', `
      import { DataSource } from 'typeorm';
      export async function place(source: DataSource, order: Order) {
        const runner = source.createQueryRunner();
        await runner.connect();
        await runner.startTransaction();
        try {
          <<saveLines(runner, order);|||await saveLines(runner, order);>>
          await runner.commitTransaction();
        } finally {
          await runner.release();
        }
      }
      async function saveLines(runner: QueryRunner, order: Order) {
        for (const line of order.lines) await runner.manager.save(line);
      }`),
    pair('server close early', `
      export async function seed(pool: Pool) {
        const client = await pool.connect();
        try {
          await client.query('begin');
          <<client.query('insert into settings values (1)');|||await client.query('insert into settings values (1)');>>
          await client.query('commit');
        } finally { client.release(); }
      }`),
  ],
  'torn-update': [
    pair('config two fields', `
      export class FlagService {
        private flags: Record<string, boolean> = {};
        private etag = '';
        async poll() {
          const response = await fetch('/flags');
          <<this.etag = response.headers.get('etag')!;
          this.flags = await response.json();|||const flags = await response.json();
          this.etag = response.headers.get('etag')!;
          this.flags = flags;>>
        }
        snapshot() { return { etag: this.etag, flags: this.flags }; }
      }`),
    pair('transfer between accounts', `
      const balances: Record<string, number> = {};
      export async function transfer(from: string, to: string, amount: number) {
        balances[from] = (balances[from] ?? 0) - amount;
        <<await journal.append({ from, to, amount });
        balances[to] = (balances[to] ?? 0) + amount;|||balances[to] = (balances[to] ?? 0) + amount;
        await journal.append({ from, to, amount });>>
      }
      export function total() {
        return Object.values(balances).reduce((sum, balance) => sum + balance, 0);
      }`),
  ],
  'wait-under-lock': [
    pair('wait under lock event', `
      import { Mutex } from 'async-mutex';
      export class Turnstile {
        private readonly mutex = new Mutex();
        private ready = false;
        private waiters: (() => void)[] = [];
        async open() {
          await this.mutex.runExclusive(async () => {
            this.ready = true;
            for (const wake of this.waiters.splice(0)) wake();
          });
        }
        async pass() {
          <<await this.mutex.runExclusive(async () => {
            if (!this.ready) await new Promise<void>((resolve) => this.waiters.push(resolve));
            await step();
          });|||if (!this.ready) await new Promise<void>((resolve) => this.waiters.push(resolve));
          await this.mutex.runExclusive(() => step());>>
        }
      }`),
  ],
  'uncancelled-effect': [
    pair('react interval effect', `
      import { useEffect, useState } from 'react';
      export function Price({ symbol }: { symbol: string }) {
        const [price, setPrice] = useState(0);
        useEffect(() => {
          <<const timer = setInterval(async () => setPrice(await quote(symbol)), 1000);
          return () => clearInterval(timer);|||let live = true;
          const timer = setInterval(async () => { const next = await quote(symbol); if (live) setPrice(next); }, 1000);
          return () => { live = false; clearInterval(timer); };>>
        }, [symbol]);
        return <b>{price}</b>;
      }`),
    pair('vue computed page', `
      import { ref, watch } from 'vue';
      export function usePage(page: Ref<number>) {
        const rows = ref<Row[]>([]);
        <<watch(page, async (n) => {
          rows.value = await api.rows(n);
        });|||let turn = 0;
        watch(page, async (n) => {
          const mine = ++turn;
          const found = await api.rows(n);
          if (mine === turn) rows.value = found;
        });>>
        return rows;
      }`),
  ],
  'stale-context': [
    pair('request user global', `
      let currentUser: User | undefined;
      export async function handle(request: Request) {
        <<currentUser = await authenticate(request);
        const body = await request.json();
        return save(currentUser, body);|||const user = await authenticate(request);
        currentUser = user;
        const body = await request.json();
        return save(user, body);>>
      }`),
  ],
  'unchecked-wait': [
    pair('sab barrier if', `
      export class Gate {
        private readonly cells: Int32Array;
        constructor(buffer: SharedArrayBuffer) { this.cells = new Int32Array(buffer); }
        enter() {
          <<if (Atomics.load(this.cells, 0) === 0) Atomics.wait(this.cells, 0, 0);|||while (Atomics.load(this.cells, 0) === 0) Atomics.wait(this.cells, 0, 0);>>
          Atomics.sub(this.cells, 0, 1);
        }
        leave() {
          Atomics.add(this.cells, 0, 1);
          Atomics.notify(this.cells, 0, 1);
        }
      }`),
  ],
  'missing-lock': [
    pair('web lock other tab', `
      let profile: Profile = { name: '', visits: 0 };
      export async function visit() {
        await navigator.locks.request('profile', async () => {
          const { visits } = profile;
          await sync();
          profile = { ...profile, visits: visits + 1 };
        });
      }
      export async function rename(name: string) {
        <<await sync();
        profile = { ...profile, name };|||await navigator.locks.request('profile', async () => { await sync(); profile = { ...profile, name }; });>>
      }`),
  ],
  'lock-not-released': [
    pair('mutex if else branch', `
      import { Mutex } from 'async-mutex';
      export class Deploys {
        private readonly mutex = new Mutex();
        async deploy(release: Release) {
          const unlock = await this.mutex.acquire();
          <<if (await this.isHealthy()) {
            await release.apply();
            unlock();
          } else {
            await alertOps(release);
          }|||try {
            if (await this.isHealthy()) await release.apply();
            else await alertOps(release);
          } finally { unlock(); }>>
        }
        private async isHealthy() { return ping(); }
      }`),
  ],
};

describe.each(Object.entries(pairs))('%s', (rule, list) => {
  test.each(list)('%s', (_name, racy, cured) => {
    const told = (code: string): string[] => findings(code, 'subject.tsx').map((finding) => finding.rule);
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: [rule], cured: [] });
  });
});
