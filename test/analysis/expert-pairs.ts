import { pair } from './pairs.js';
import type { Pair } from './pairs.js';

/** Programs as somebody writes them who knows the rules and not how the analysis works. */
export const expertPairs: Readonly<Record<string, readonly Pair[]>> = {
  'stale-context': [
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
};
