import { pair } from './pairs.js';
import type { Pair } from './pairs.js';

/** Programs as somebody writes them who knows the rules and not how the analysis works. */
export const expertPairs: Readonly<Record<string, readonly Pair[]>> = {
  'stale-context': [
    pair('what a method of another object is handed', `
      class Store { put(key: string, value: string) { localStorage.setItem(key, value); } }
      const store = new Store();
      declare function capture(name: string): Promise<string>;
      export class Tabs {
        private current = 'home';
        open(name: string) { this.current = name; }
        async snapshot() {
          <<|||const name = this.current;>>
          const image = await capture(<<this.current|||name>>);
          store.put(<<this.current|||name>>, image);
        }
      }`),
    pair('what is asked for and is the key of the answer, whatever its name', `
      export class Mailbox {
        private account: string | null = null;
        private readonly unread = new Map<string, number>();
        select(account: string) { this.account = account; }
        async refresh(api: { unread(account: string): Promise<number> }) {
          <<if (!this.account) return;|||const { account } = this; if (!account) return;>>
          const n = await api.unread(<<this.account|||account>>);
          this.unread.set(<<this.account|||account>>, n);
        }
      }`),
    pair('an element asked for by the index that says where its answer goes', `
      interface Tab { id: number; html: string }
      const tabs: Tab[] = [];
      let active = 0;
      export function activate(i: number) { active = i; }
      export function reload(url: string): Promise<void> {
        <<|||const tab = tabs[active];>>
        return fetch(\`\${url}?tab=\${<<tabs[active]|||tab>>.id}\`)
          .then((r) => r.text())
          .then((html) => { <<tabs[active]|||tab>>.html = html; });
      }`),
    pair('an element of an object by a field of the same object', `
      const workspace = { project: 'core' as string, outputs: {} as Record<string, string> };
      export const open = (name: string) => { workspace.project = name; };
      async function compile(name: string): Promise<string> {
        const r = await fetch('/compile/' + name, { method: 'POST' });
        return r.text();
      }
      export async function build() {
        <<|||const target = workspace.project;>>
        const output = await compile(<<workspace.project|||target>>);
        workspace.outputs[<<workspace.project|||target>>] = output;
      }`),
  ],
  'concurrency-cap-exceeded': [
    pair('a pump that asks for two things at once', `
      type Job = () => Promise<void>;
      export function createScheduler(limit: number, before: () => Promise<void>) {
        const jobs: Job[] = [];
        let inFlight = 0;
        <<async|||>> function pump() {
          while (inFlight < limit && jobs.length > 0) {
            <<await before();|||>>
            const job = jobs.shift();
            if (!job) return;
            inFlight++;
            <<job()|||before().then(job)>>.finally(() => { inFlight--; void pump(); });
          }
        }
        return { add(job: Job) { jobs.push(job); void pump(); } };
      }`),
  ],
  'lock-not-released': [
    pair('a lock between tabs that was got', `
      import TabsLock from 'browser-tabs-lock';
      const lock = new TabsLock();
      export async function refresh(): Promise<string | null> {
        if (!(await lock.acquireLock('session', 5000))) return null;
        <<|||try {>>
        const response = await fetch('/session/refresh', { method: 'POST' });
        if (response.status === 401) return null;
        const { token } = await response.json();
        <<await lock.releaseLock('session');|||>>
        return token;
        <<|||} finally { await lock.releaseLock('session'); }>>
      }`),
    pair('a token that was got by trying', `
      import { Sema } from 'async-sema';
      const sema = new Sema(3);
      export async function attempt(work: () => Promise<boolean>) {
        const token = sema.tryAcquire();
        if (token === undefined) return 'busy';
        <<const done = await work(); sema.release(); return done;|||try { return await work(); } finally { sema.release(); }>>
      }`),
  ],
  'double-release': [
    pair('a lock that was not got', `
      import AwaitLock from 'await-lock';
      const lock = new AwaitLock();
      let cursor = 0;
      export async function advance(read: (at: number) => Promise<number>) {
        const mine = lock.tryAcquire();
        <<|||if (!mine) return cursor;>>
        try {
          <<if (!mine) return cursor;|||>>
          const n = await read(cursor);
          cursor += n;
          return cursor;
        } finally {
          lock.release();
        }
      }`),
  ],
  'wait-under-lock': [
    pair('a promise of the module that is settled under the lock', `
      import AsyncLock from 'async-lock';
      const lock = new AsyncLock();
      let markReady!: () => void;
      const ready = new Promise<void>((resolve) => { markReady = resolve; });
      declare const device: { handshake(): Promise<void>; send(s: string): Promise<void> };
      export async function send(s: string) {
        <<|||await ready;>>
        return lock.acquire('device', async () => {
          <<await ready;|||>>
          await device.send(s);
        });
      }
      export function connect() {
        return lock.acquire('device', async () => { await device.handshake(); markReady(); });
      }`),
    pair('a promise of an object that its constructor makes', `
      import { Mutex } from 'async-mutex';
      export class Device {
        private readonly mutex = new Mutex();
        private markReady!: () => void;
        private readonly ready: Promise<void>;
        constructor(private readonly port: { open(): Promise<void>; send(s: string): Promise<void> }) {
          this.ready = new Promise((resolve) => { this.markReady = resolve; });
        }
        async send(s: string) {
          <<|||await this.ready;>>
          await this.mutex.runExclusive(async () => { <<await this.ready;|||>> await this.port.send(s); });
        }
        async open() {
          await this.mutex.runExclusive(async () => { await this.port.open(); this.markReady(); });
        }
      }`),
    pair('a promise with its resolvers', `
      import { Mutex } from 'async-mutex';
      const mutex = new Mutex();
      const ready = Promise.withResolvers<void>();
      declare const port: { open(): Promise<void>; send(s: string): Promise<void> };
      export async function send(s: string) {
        <<|||await ready.promise;>>
        const release = await mutex.acquire();
        try { <<await ready.promise;|||>> await port.send(s); } finally { release(); }
      }
      export async function open() {
        await mutex.runExclusive(async () => { await port.open(); ready.resolve(); });
      }`),
  ],
  'blocked-event-loop': [
    pair('a handler that needs to know nothing of the request', `
      import Fastify from 'fastify';
      import { execFile, spawnSync } from 'node:child_process';
      import { promisify } from 'node:util';
      const app = Fastify();
      const run = promisify(execFile);
      function gitLog(repo: string) {
        return <<spawnSync('git', ['-C', repo, 'log']).stdout.toString()|||run('git', ['-C', repo, 'log'])>>;
      }
      app.get('/log', async () => ({ log: await gitLog('/srv/repo') }));`),
  ],
  'non-atomic-update': [
    pair('a free one among several', `
      const FREE = 0, TAKEN = 1;
      export function claim(slots: Int32Array, count: number): number {
        for (let i = 0; i < count; i++) {
          <<if (Atomics.load(slots, i) === FREE) {
            Atomics.store(slots, i, TAKEN);
            return i;
          }|||if (Atomics.compareExchange(slots, i, FREE, TAKEN) === FREE) return i;>>
        }
        return -1;
      }
      export const slots = new Int32Array(new SharedArrayBuffer(64));`),
    pair('a cell that the data choose', `
      import { workerData } from 'node:worker_threads';
      const { bins, data, from, to } = workerData as { bins: SharedArrayBuffer; data: Uint8Array; from: number; to: number };
      const histogram = new Uint32Array(bins);
      for (let i = from; i < to; i++) <<histogram[data[i]]++|||Atomics.add(histogram, data[i], 1)>>;`),
  ],
  'data-race': [
    pair('memory that is filled once it has been sent', `
      import { Worker, isMainThread, parentPort } from 'node:worker_threads';
      if (isMainThread) {
        const sab = new SharedArrayBuffer(1024);
        const pixels = new Float64Array(sab);
        const worker = new Worker(new URL(import.meta.url));
        <<worker.postMessage(sab);|||>>
        for (let i = 0; i < pixels.length; i++) pixels[i] = Math.random();
        <<|||worker.postMessage(sab);>>
      } else {
        parentPort!.on('message', (sab: SharedArrayBuffer) => {
          const pixels = new Float64Array(sab);
          let sum = 0;
          for (let i = 0; i < pixels.length; i++) sum += pixels[i];
          console.log(sum);
        });
      }`),
  ],
  'torn-update': [
    pair('who is in, and what they may', `
      let session = { user: 'anonymous', permissions: [] as string[] };
      let switches = 0;
      declare function permissionsOf(user: string): Promise<string[]>;
      export function logout() { switches++; session = { user: 'anonymous', permissions: [] }; }
      export async function switchUser(user: string) {
        <<session.user = user;|||const mine = ++switches;>>
        <<session.permissions = await permissionsOf(user);|||const permissions = await permissionsOf(user);>>
        <<|||if (mine === switches) session = { user, permissions };>>
      }
      export function mayDelete() { return session.user !== 'anonymous' && session.permissions.includes('delete'); }`),
  ],
  'double-initialization': [
    pair('a ref that a callback fills, which the hook gives back at once', `
      import { useCallback, useRef } from 'react';
      export function useAudio() {
        const worklet = useRef<any>(null);
        return useCallback(<<async|||>> () => {
          <<if (!worklet.current) {
            const context = new AudioContext();
            await context.audioWorklet.addModule('/synth.js');
            worklet.current = new AudioWorkletNode(context, 'synth');
          }|||worklet.current ??= (async () => {
            const context = new AudioContext();
            await context.audioWorklet.addModule('/synth.js');
            return new AudioWorkletNode(context, 'synth');
          })();>>
          return worklet.current;
        }, []);
      }`),
  ],
  'missing-await': [
    pair('an object that is asked while it is loaded', `
      class Session {
        private data: Record<string, string> = {};
        constructor(private readonly backend: { read(): Promise<Record<string, string>> }) {}
        async load() { this.data = await this.backend.read(); }
        get(k: string) { return this.data[k]; }
      }
      export async function currentUser(backend: { read(): Promise<Record<string, string>> }) {
        const session = new Session(backend);
        <<|||await>> session.load();
        return session.get('user');
      }`),
    pair('a method that makes the folder of the object', `
      import { mkdir, readdir, writeFile } from 'node:fs/promises';
      class Site {
        constructor(private readonly out: string) {}
        private async copyAssets() {
          await mkdir(this.out, { recursive: true });
          await writeFile(this.out + '/style.css', 'body{}');
        }
        async build() {
          <<|||await>> this.copyAssets();
          const files = await readdir(this.out);
          await writeFile(this.out + '/manifest.json', JSON.stringify(files));
        }
      }
      export const site = new Site('dist');`),
    pair('a function that makes the folder it is given', `
      import { promises as fs } from 'node:fs';
      import { join } from 'node:path';
      async function prepare(dir: string) {
        await fs.mkdir(dir, { recursive: true });
        await fs.writeFile(join(dir, 'version'), '1');
      }
      export async function boot(folder: string) {
        <<|||await>> prepare(folder);
        const version = await fs.readFile(join(folder, 'version'), 'utf8');
        return Number(version);
      }`),
  ],
  'lock-callback-misuse': [
    pair('a chain that is waited for once the lock is free', `
      import { Mutex } from 'async-mutex';
      import { writeRow } from './db';
      const mutex = new Mutex();
      let lastRow = 0;
      export async function append(text: string) {
        const release = await mutex.acquire();
        const row = lastRow + 1;
        const written = writeRow(row, text).then(() => { lastRow = row; });
        <<release();
        await written;|||await written.finally(release);>>
      }`),
  ],
  'lost-event': [
    pair('who goes on finds nobody', `
      let resume: (() => void) | undefined;
      let paused = true;
      export async function waitUntilResumed(check: () => Promise<boolean>) {
        <<if (!paused) return;|||>>
        if (!(await check())) return;
        <<|||if (!paused) return;>>
        await new Promise<void>((r) => { resume = r; });
      }
      export function resumeAll() {
        paused = false;
        resume?.();
      }`),
    pair('an end that is told while the last is saved', `
      import { EventEmitter, once } from 'node:events';
      export class Pool extends EventEmitter {
        private busy = 0;
        async use<T>(work: () => Promise<T>) {
          this.busy++;
          try { return await work(); } finally { if (--this.busy === 0) this.emit('idle'); }
        }
        async close(persist: () => Promise<void>) {
          <<if (this.busy > 0) { await persist(); await once(this, 'idle'); }|||await persist();
          if (this.busy > 0) await once(this, 'idle');>>
        }
      }`),
    pair('the same, where a promise is made by hand', `
      import { EventEmitter } from 'node:events';
      export class Transcoder extends EventEmitter {
        private running = 0;
        async run(job: () => Promise<void>) {
          this.running++;
          try { await job(); } finally {
            this.running--;
            if (this.running === 0) this.emit('idle');
          }
        }
        async stop(save: () => Promise<void>) {
          <<|||await save();>>
          if (this.running === 0) return;
          <<await save();|||>>
          await new Promise<void>((resolve) => this.once('idle', resolve));
        }
      }`),
  ],
  'use-before-ready': [
    pair('a channel whose method speaks of a queue', `
      import { connect } from 'amqplib';
      class Publisher {
        private <<channel: any;|||readonly channel: Promise<any>;>>
        constructor(url: string) { <<this.open(url);|||this.channel = this.open(url);>> }
        private async open(url: string) {
          const connection = await connect(url);
          <<this.channel = await|||return>> connection.createChannel();
        }
        <<|||async>> publish(queue: string, body: object) {
          <<this.channel|||(await this.channel)>>.sendToQueue(queue, Buffer.from(JSON.stringify(body)));
        }
      }
      export const publisher = new Publisher('amqp://localhost');`),
  ],
  'out-of-order-response': [
    pair('what a page shows of the latest choice', `
      const select = document.querySelector('select')!;
      const list = document.querySelector('ul')!;
      <<|||let latest = 0;>>
      select.addEventListener('change', async () => {
        <<|||const mine = ++latest;>>
        const response = await fetch('/cities?country=' + select.value);
        const cities: string[] = await response.json();
        <<|||if (mine !== latest) return;>>
        list.replaceChildren(...cities.map((city) => Object.assign(document.createElement('li'), { textContent: city })));
      });`),
  ],
  'unchecked-wait': [
    pair('a wait for any change where nothing must be left', `
      export class Latch {
        constructor(private readonly cell: Int32Array) {}
        countDown() {
          Atomics.sub(this.cell, 0, 1);
          Atomics.notify(this.cell, 0);
        }
        await() {
          <<const left = Atomics.load(this.cell, 0);
          if (left > 0)|||for (let left = Atomics.load(this.cell, 0); left > 0; left = Atomics.load(this.cell, 0))>> Atomics.wait(this.cell, 0, left);
        }
      }`),
  ],
};

/** What is correct, and looks like what is not. */
export const expertTwins: Readonly<Record<string, string>> = {
  'an object that says itself whether it has been loaded': `
    class Session {
      private data: Record<string, string> | undefined;
      constructor(private readonly backend: { read(): Promise<Record<string, string>> }) {}
      async load() { this.data = await this.backend.read(); }
      get(k: string) { return this.data === undefined ? 'loading' : this.data[k]; }
      peek(k: string) { return this.data?.[k]; }
    }
    export async function show(backend: { read(): Promise<Record<string, string>> }, draw: (s: string | undefined) => void) {
      const session = new Session(backend);
      session.load();
      draw(session.get('user'));
      draw(session.peek('user'));
    }`,
  'who listens for what a channel holds has looked again': `
    import { Mutex } from 'async-mutex';
    import { EventEmitter, once } from 'node:events';
    export class Channel<T> {
      private readonly mutex = new Mutex();
      private readonly events = new EventEmitter();
      private readonly items: T[] = [];
      async send(item: T) {
        await this.mutex.runExclusive(() => { this.items.push(item); this.events.emit('item'); });
      }
      async receive(): Promise<T> {
        for (;;) {
          const item = await this.mutex.runExclusive(() => this.items.shift());
          if (item !== undefined) return item;
          if (this.items.length === 0) await once(this.events, 'item');
        }
      }
    }`,
  'an index of the data of each worker alone': `
    import { workerData } from 'node:worker_threads';
    const { bins, order } = workerData as { bins: ArrayBuffer; order: Uint8Array };
    const histogram = new Uint32Array(bins);
    for (let i = 0; i < order.length; i++) histogram[order[i]]++;`,
  'a key that is asked for and is not what the answer is kept under': `
    export class Feed {
      private cursor = '';
      private readonly pages = new Map<string, string[]>();
      seek(cursor: string) { this.cursor = cursor; }
      async page(id: string) {
        const items = await fetch('/feed/' + id).then((r) => r.json());
        this.pages.set(this.cursor, items);
      }
    }`,
};
