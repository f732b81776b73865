import { pair } from './pairs.js';
import type { Pair } from './pairs.js';

/** Races in services, components, workers and tools that were written to be read, not to be found, and their cures; by the rule that accuses the one and is silent on the other. */
export const reviewPairs: Readonly<Record<string, readonly Pair[]>> = {
  'missing-lock': [
    pair('another key of the same lock', `
      import AsyncLock from 'async-lock';
      import { erp } from './erp';

      const lock = new AsyncLock();
      const status: Record<string, string> = {};

      export function ship(orderId: string) {
        return lock.acquire(\`order:\${orderId}\`, async () => {
          if (status[orderId] === 'cancelled') return false;
          await erp.ship(orderId);
          status[orderId] = 'shipped';
          return true;
        });
      }

      export function cancel(orderId: string) {
      <<return lock.acquire(\`cancel:\${orderId}\`, async () => {|||return lock.acquire(\`order:\${orderId}\`, async () => {>>
          if (status[orderId] === 'shipped') return false;
          await erp.cancel(orderId);
          status[orderId] = 'cancelled';
          return true;
        });
      }`),
  ],
  'wait-under-lock': [
    pair('a promise that is settled by what is kept in a map', `
      import { Mutex } from 'async-mutex';
      import { printJob } from './printer';

      interface Approval { id: string; done(): void; finished: Promise<void> }

      export class Approvals {
        private readonly mutex = new Mutex();
        private readonly open = new Map<string, Approval>();

        async request(id: string) {
          const release = await this.mutex.acquire();
          try {
            let done!: () => void;
            const finished = new Promise<void>((resolve) => (done = resolve));
            this.open.set(id, { id, done, finished });
            await printJob(id);
      <<await finished;
            this.open.delete(id);
          } finally {
            release();
          }|||} finally {
            release();
          }
          await this.open.get(id)?.finished;>>
        }

        async approve(id: string) {
          const release = await this.mutex.acquire();
          try {
            this.open.get(id)?.done();
      <<|||this.open.delete(id);>>
          } finally {
            release();
          }
        }
      }`),
    pair('an event that is emitted under the lock', `
      import { Mutex } from 'async-mutex';
      import { EventEmitter, once } from 'node:events';
      import type { Link } from './link';

      export class Peer extends EventEmitter {
        private readonly mutex = new Mutex();
        private state: 'idle' | 'waiting' | 'open' = 'idle';

        constructor(private readonly link: Link) {
          super();
          link.on('ack', () => void this.onAck());
        }

        async open() {
      <<await this.mutex.runExclusive(async () => {
            this.state = 'waiting';
            await this.link.send('hello');
            await once(this, 'opened');
          });|||const opened = once(this, 'opened');
          await this.mutex.runExclusive(async () => {
            this.state = 'waiting';
            await this.link.send('hello');
          });
          await opened;>>
        }

        private async onAck() {
          await this.mutex.runExclusive(async () => {
            this.state = 'open';
            this.emit('opened');
          });
        }
      }`),
  ],
  'non-atomic-update': [
    pair('a lock that waits until it is free, and then takes it', `
      export class Spin {
        private readonly word: Int32Array;

        constructor(memory: SharedArrayBuffer) {
          this.word = new Int32Array(memory);
        }

        lock() {
      <<while (Atomics.load(this.word, 0) === 1) Atomics.wait(this.word, 0, 1);
          Atomics.store(this.word, 0, 1);|||while (Atomics.compareExchange(this.word, 0, 0, 1) !== 0) Atomics.wait(this.word, 0, 1);>>
        }

        unlock() {
          Atomics.store(this.word, 0, 0);
          Atomics.notify(this.word, 0, 1);
        }
      }`),
    pair('a lock that gives up where it is taken', `
      const state = new Int32Array(new SharedArrayBuffer(4));

      export function tryAcquire() {
      <<if (Atomics.load(state, 0) !== 0) return false;
        Atomics.store(state, 0, 1);
        return true;|||return Atomics.compareExchange(state, 0, 0, 1) === 0;>>
      }

      export function release() {
        Atomics.store(state, 0, 0);
      }`),
    pair('a maximum, by operations under names of their own', `
      const { workerData, parentPort } = require('worker_threads');

      const { load, store } = Atomics;
      const peak = new Int32Array(workerData.peak);

      function record(latency) {
      <<if (latency > load(peak, 0)) {
          store(peak, 0, latency);
        }|||let seen = load(peak, 0);
        while (latency > seen) {
          const found = Atomics.compareExchange(peak, 0, seen, latency);
          if (found === seen) break;
          seen = found;
        }>>
      }

      parentPort.on('message', ({ startedAt }) => record(Date.now() - startedAt));`),
    pair('a worker that counts for others', `
      const { parentPort, workerData } = require('worker_threads');
      const { crunch } = require('./crunch');

      const progress = new Uint32Array(workerData.progress);

      for (const chunk of workerData.chunks) {
        crunch(chunk);
      <<progress[0]++;|||Atomics.add(progress, 0, 1);>>
      }

      parentPort.postMessage({ done: true });`),
    pair('a plain count that others are told of', `
      const PERMITS = 0;

      export class SharedSemaphore {
        private readonly cells: Int32Array;

        constructor(memory: SharedArrayBuffer) {
          this.cells = new Int32Array(memory);
        }

        release() {
      <<this.cells[PERMITS]++;|||Atomics.add(this.cells, PERMITS, 1);>>
          Atomics.notify(this.cells, PERMITS, 1);
        }

        acquire() {
          for (;;) {
            const permits = Atomics.load(this.cells, PERMITS);
            if (permits > 0 && Atomics.compareExchange(this.cells, PERMITS, permits, permits - 1) === permits) return;
            Atomics.wait(this.cells, PERMITS, 0);
          }
        }
      }`),
    pair('a lock that is looked at and then taken', `
      const LOCK = 0;

      function tryLock(flags) {
      <<if (Atomics.load(flags, LOCK) === 0) {
          Atomics.store(flags, LOCK, 1);
          return true;
        }
        return false;|||return Atomics.compareExchange(flags, LOCK, 0, 1) === 0;>>
      }

      function unlock(flags) {
        Atomics.store(flags, LOCK, 0);
      }

      module.exports = { tryLock, unlock };`),
  ],
  'unchecked-wait': [
    pair('a wait for something in a list', `
      export class Condition {
        private waiters: (() => void)[] = [];

        wait(): Promise<void> {
          return new Promise((resolve) => this.waiters.push(resolve));
        }

        notifyAll() {
          const woken = this.waiters;
          this.waiters = [];
          for (const wake of woken) wake();
        }
      }

      export class BoundedQueue<T> {
        private readonly items: T[] = [];
        private readonly notEmpty = new Condition();

        put(item: T) {
          this.items.push(item);
          this.notEmpty.notifyAll();
        }

        async take(): Promise<T> {
      <<if (this.items.length === 0) {|||while (this.items.length === 0) {>>
            await this.notEmpty.wait();
          }
          return this.items.shift()!;
        }
      }`),
    pair('a mailbox that is emptied', `
      const EMPTY = 0;
      const FULL = 1;

      export class Mailbox {
        private readonly header: Int32Array;
        private readonly body: Uint8Array;

        constructor(memory: SharedArrayBuffer) {
          this.header = new Int32Array(memory, 0, 2);
          this.body = new Uint8Array(memory, 8);
        }

        receive(): Uint8Array {
      <<if (Atomics.load(this.header, 0) === EMPTY) {
            Atomics.wait(this.header, 0, EMPTY);
          }|||while (Atomics.load(this.header, 0) === EMPTY) {
            Atomics.wait(this.header, 0, EMPTY);
          }>>
          const size = Atomics.load(this.header, 1);
          const message = this.body.slice(0, size);
          Atomics.store(this.header, 0, EMPTY);
          Atomics.notify(this.header, 0);
          return message;
        }

        send(message: Uint8Array) {
          while (Atomics.load(this.header, 0) === FULL) Atomics.wait(this.header, 0, FULL);
          this.body.set(message);
          Atomics.store(this.header, 1, message.length);
          Atomics.store(this.header, 0, FULL);
          Atomics.notify(this.header, 0);
        }
      }`),
  ],
  'double-release': [
    pair('a timer beside a release that comes in any case', `
      const { Semaphore } = require('async-mutex');

      const slots = new Semaphore(2);

      async function transcode(file, encoder) {
        await slots.acquire();
      <<|||let held = true;>>
        const timer = setTimeout(() => {
          encoder.kill();
      <<slots.release();|||if (held) {
            held = false;
            slots.release();
          }>>
        }, 60000);
        try {
          return await encoder.run(file);
        } finally {
          clearTimeout(timer);
      <<slots.release();|||if (held) {
            held = false;
            slots.release();
          }>>
        }
      }

      module.exports = { transcode };`),
    pair('a failure that gives back what is given back again', `
      import { Sema } from 'async-sema';
      import { call } from './upstream';

      const sema = new Sema(10);

      export async function throttled(path: string) {
        await sema.acquire();
        const response = await call(path).catch((error: Error) => {
          sema.release();
          throw error;
        });
      <<if (response.status === 429) {
          sema.release();
        }
        const body = await response.text().finally(() => sema.release());|||const body = await response.text().finally(() => sema.release());>>
        return { status: response.status, body };
      }`),
  ],
  'lock-callback-misuse': [
    pair('a promise of a library that is dropped under the lock', `
      import AsyncLock from 'async-lock';
      import { writeFile } from 'node:fs/promises';

      const lock = new AsyncLock();

      export function save(file: string, text: string) {
        return lock.acquire(file, () => {
          <<writeFile(file, text);|||return writeFile(file, text);>>
        });
      }`),
    pair('a promise by its type', `
      import { Mutex } from 'async-mutex';

      interface Store { put(key: string, value: string): Promise<void> }

      export class Settings {
        private readonly mutex = new Mutex();

        constructor(private readonly store: Store) {}

        set(key: string, value: string) {
          return this.mutex.runExclusive(<<() => { this.store.put(key, value); }|||() => this.store.put(key, value)>>);
        }
      }`),
    pair('a releaser that is called before a block is written', `
      import mutexify from 'mutexify';
      import { writeBlock } from './blocks';

      const lock = mutexify();
      let head = 0;

      export function append(block: Uint8Array, done: (error: Error | null) => void) {
        lock((release) => {
      <<writeBlock(head, block, (error) => {
            if (!error) head += block.length;
            done(error);
          });
          release();|||writeBlock(head, block, (error) => {
            if (!error) head += block.length;
            release();
            done(error);
          });>>
        });
      }`),
    pair('a chain that is left under a lock given back by hand', `
      import AwaitLock from 'await-lock';
      import { build, publish } from './steps';

      const lock = new AwaitLock();
      let lastRelease = '';

      export async function deploy(version: string) {
        await lock.acquireAsync();
        try {
      <<build(version).then(async (artifact) => {
            await publish(artifact);
            lastRelease = version;
          });|||const artifact = await build(version);
          await publish(artifact);
          lastRelease = version;>>
        } finally {
          lock.release();
        }
      }

      export function released() {
        return lastRelease;
      }`),
  ],
  'out-of-order-response': [
    pair('what is asked for stands in an input that is handed over', `
      import { debounce } from 'lodash-es';

      export function mountAutocomplete(input, list) {
        let suggestions = [];
      <<|||let controller = null;>>

        const render = () => {
          list.replaceChildren(...suggestions.map((text) => Object.assign(document.createElement('li'), { textContent: text })));
        };

        const lookUp = debounce(async () => {
      <<const response = await fetch(\`/suggest?q=\${encodeURIComponent(input.value)}\`);
          suggestions = await response.json();
          render();|||controller?.abort();
          controller = new AbortController();
          const { signal } = controller;
          try {
            const response = await fetch(\`/suggest?q=\${encodeURIComponent(input.value)}\`, { signal });
            const found = await response.json();
            if (signal.aborted) return;
            suggestions = found;
            render();
          } catch (error) {
            if (error.name !== 'AbortError') throw error;
          }>>
        }, 200);

        input.addEventListener('input', lookUp);
      }`),
    pair('a provider of the editor that is asked by name', `
      import * as vscode from 'vscode';

      export class SymbolsPanel implements vscode.TreeDataProvider<vscode.DocumentSymbol> {
        private symbols: vscode.DocumentSymbol[] = [];
        private readonly changed = new vscode.EventEmitter<void>();
        readonly onDidChangeTreeData = this.changed.event;
      <<|||private generation = 0;>>

        constructor(context: vscode.ExtensionContext) {
          context.subscriptions.push(
            vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.refresh(editor.document.uri)),
          );
        }

        private async refresh(uri: vscode.Uri) {
      <<|||const mine = ++this.generation;>>
      <<this.symbols = await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', uri);|||const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri);
          if (mine !== this.generation) return;
          this.symbols = symbols;>>
          this.changed.fire();
        }

        getTreeItem(symbol: vscode.DocumentSymbol) {
          return new vscode.TreeItem(symbol.name);
        }

        getChildren() {
          return this.symbols;
        }
      }`),
  ],
  'lost-wakeup': [
    pair('a view that is handed over whole', `
      import { Worker, isMainThread, workerData } from 'node:worker_threads';

      if (isMainThread) {
        const signal = new Int32Array(new SharedArrayBuffer(4));
        new Worker(new URL(import.meta.url), { workerData: signal });
        setTimeout(() => {
      <<|||Atomics.store(signal, 0, 1);>>
          Atomics.notify(signal, 0);
        }, 100);
      } else {
        const signal = workerData as Int32Array;
      <<Atomics.wait(signal, 0, 0);|||while (Atomics.load(signal, 0) === 0) Atomics.wait(signal, 0, 0);>>
        console.log('go');
      }`),
  ],
  'blocked-event-loop': [
    pair('a router by what made it', `
      import { Router } from 'express';
      <<import { execSync } from 'node:child_process';|||import { execFile } from 'node:child_process';
      import { promisify } from 'node:util';
      const run = promisify(execFile);>>

      export const gitInfo = Router();

      <<gitInfo.get('/version', (_req, res) => {
        const commit = execSync('git rev-parse HEAD').toString().trim();
        res.json({ commit });
      });|||gitInfo.get('/version', async (_req, res) => {
        const { stdout } = await run('git', ['rev-parse', 'HEAD']);
        res.json({ commit: stdout.trim() });
      });>>`),
    pair('a listener of the editor', `
      import * as vscode from 'vscode';
      import * as cp from 'node:child_process';

      export function activate(context: vscode.ExtensionContext) {
        context.subscriptions.push(
          vscode.workspace.onDidSaveTextDocument((document) => {
            if (document.languageId !== 'python') return;
      <<const result = cp.spawnSync('ruff', ['check', '--output-format=json', document.fileName]);
            publish(document.uri, JSON.parse(result.stdout.toString()));|||cp.execFile('ruff', ['check', '--output-format=json', document.fileName], (_error, stdout) => {
              publish(document.uri, JSON.parse(stdout));
            });>>
          }),
        );
      }

      const diagnostics = vscode.languages.createDiagnosticCollection('ruff');

      function publish(uri: vscode.Uri, problems: { message: string; line: number }[]) {
        diagnostics.set(
          uri,
          problems.map(({ message, line }) => new vscode.Diagnostic(new vscode.Range(line, 0, line, 80), message)),
        );
      }`),
  ],
  'lost-update': [
    pair('a number that is one more than there are', `
      import type { Archive } from './archive';

      export class Letters {
        private readonly sent: { number: number; to: string }[] = [];

        constructor(private readonly archive: Archive) {}

        async send(to: string) {
          const letter = { number: this.sent.length + 1, to };
      <<await this.archive.keep(letter);
          this.sent.push(letter);|||this.sent.push(letter);
          await this.archive.keep(letter);>>
          return letter.number;
        }
      }`),
    pair('a state that a component makes new twice from what it was shown with', `
      import { useState } from 'react';
      import { post } from './server';
      import type { Note } from './server';

      export function Notes() {
        const [notes, setNotes] = useState<Note[]>([]);
        const add = async (text: string) => {
          const draft: Note = { id: text, text };
          setNotes(<<[...notes, draft]|||(all) => [...all, draft]>>);
          const note = await post(text);
          setNotes(<<[...notes, note]|||(all) => all.map((one) => (one === draft ? note : one))>>);
        };
        return <input type="button" value={notes.length} onClick={() => add("milk")} />;
      }`),
    pair('a page that is asked for, and moved on when it is there', `
      import type { Api, Item } from './api';

      export class Feed {
        private page = 1;
        readonly items: Item[] = [];
        private loading: Promise<void> | undefined;

        constructor(private readonly api: Api) {}

        more() {
      <<return this.load();|||return (this.loading ??= this.load().finally(() => (this.loading = undefined)));>>
        }

        private async load() {
          const { items } = await this.api.list({ page: this.page });
          this.items.push(...items);
          this.page++;
        }
      }`),
    pair('an offset that grows by what was read from it', `
      import type { FileHandle } from 'node:fs/promises';

      let offset = 0;

      export async function readNext(file: FileHandle, into: Buffer) {
      <<const { bytesRead } = await file.read(into, 0, into.length, offset);
        offset += bytesRead;|||const from = offset;
        offset += into.length;
        const { bytesRead } = await file.read(into, 0, into.length, from);>>
        return into.subarray(0, bytesRead);
      }`),
    pair('a hook of a server', `
      import type { FastifyInstance } from 'fastify';
      import { tierOf } from './tiers';

      const used = new Map<string, number>();

      export default async function rateLimit(app: FastifyInstance) {
        app.addHook('preHandler', async (request, reply) => {
          const key = request.headers['x-api-key'] as string;
      <<const count = used.get(key) ?? 0;|||>>
          const tier = await tierOf(key);
      <<|||const count = used.get(key) ?? 0;>>
          if (count >= tier.limit) {
            return reply.code(429).send();
          }
          used.set(key, count + 1);
        });

        setInterval(() => used.clear(), 60_000).unref();
      }`),
  ],
  'check-then-act': [
    pair('a check before the lock under which the place is moved on', `
      import { Mutex } from 'async-mutex';
      import { weigh } from './scales';

      const mutex = new Mutex();
      let load = 0;

      export async function put(parcel: string, most: number) {
      <<if (load >= most) throw new Error('The van is full.');
        await mutex.runExclusive(async () => {|||await mutex.runExclusive(async () => {
          if (load >= most) throw new Error('The van is full.');>>
          const weight = await weigh(parcel);
          load += weight;
        });
      }`),
    pair('what was changed while it was saved is taken for saved', `
      import type { Store } from './store';

      export class Draft {
        private text = '';
        private isChanged = false;

        constructor(private readonly store: Store) {}

        edit(text: string) {
          this.text = text;
          this.isChanged = true;
        }

        async save() {
          if (!this.isChanged) return;
      <<await this.store.put(this.text);
          this.isChanged = false;|||this.isChanged = false;
          await this.store.put(this.text);>>
        }
      }`),
    pair('who is found there is turned away', `
      import { prisma } from './prisma';

      const reserved = new Set<string>();

      export const resolvers = {
        Mutation: {
          async signUp(_parent: unknown, args: { name: string; email: string }) {
            const name = args.name.toLowerCase();
            if (reserved.has(name)) {
              throw new Error('Name is taken');
            }
      <<|||reserved.add(name);>>
            const verified = await prisma.verification.findUnique({ where: { email: args.email } });
      <<if (!verified) throw new Error('Verify your address first');
            reserved.add(name);|||if (!verified) {
              reserved.delete(name);
              throw new Error('Verify your address first');
            }>>
            return prisma.user.create({ data: { name, email: args.email } });
          },
        },
      };`),
    pair('a generator that MobX runs', `
      import { makeAutoObservable, flow } from 'mobx';
      import { reserve } from './api';

      export class Seats {
        free = 10;

        constructor() {
          makeAutoObservable(this, { book: flow });
        }

        *book(user: string) {
          if (this.free === 0) return false;
      <<yield reserve(user);
          this.free -= 1;|||this.free -= 1;
          try {
            yield reserve(user);
          } catch {
            this.free += 1;
            return false;
          }>>
          return true;
        }
      }`),
  ],
  'stale-context': [
    pair('put into what the selection chooses', `
      import { defineStore } from 'pinia';
      import { sendMessage } from '@/api';

      export const useChatStore = defineStore('chat', {
        state: () => ({
          currentRoom: null as string | null,
          messages: {} as Record<string, string[]>,
        }),
        actions: {
          select(room: string) {
            this.currentRoom = room;
            this.messages[room] ??= [];
          },
          async send(text: string) {
            if (!this.currentRoom) return;
      <<const delivered = await sendMessage(this.currentRoom, text);
            this.messages[this.currentRoom].push(delivered);|||const room = this.currentRoom;
            const delivered = await sendMessage(room, text);
            this.messages[room].push(delivered);>>
          },
        },
      });`),
  ],
  'lock-order-cycle': [
    pair('a ring of locks under names', `
      const { Mutex } = require('async-mutex');

      const forks = [new Mutex(), new Mutex(), new Mutex()];

      async function eat(philosopher, meal) {
      <<const left = forks[philosopher];
        const right = forks[(philosopher + 1) % forks.length];
        const releaseLeft = await left.acquire();
        const releaseRight = await right.acquire();|||const neighbour = (philosopher + 1) % forks.length;
        const first = forks[Math.min(philosopher, neighbour)];
        const second = forks[Math.max(philosopher, neighbour)];
        const releaseLeft = await first.acquire();
        const releaseRight = await second.acquire();>>
        try {
          await meal();
        } finally {
          releaseRight();
          releaseLeft();
        }
      }

      module.exports = { eat };`),
  ],
  'lost-event': [
    pair('an error of a file that is opened before anybody listens', `
      import { createReadStream } from 'node:fs';
      import { makeParser } from './parser';

      export async function parse(path: string) {
      <<const file = createReadStream(path);
        const parser = await makeParser();|||const parser = await makeParser();
        const file = createReadStream(path);>>
        return new Promise((resolve, reject) => {
          file.on('data', (chunk) => parser.add(chunk));
          file.on('error', reject);
          file.on('end', () => resolve(parser.result));
        });
      }`),
    pair('a stream that comes to its end by itself', `
      const { createWriteStream } = require('fs');
      const { scan } = require('./scanner');

      exports.receive = async function receive(req, target) {
        const file = createWriteStream(target);
        req.pipe(file);
      <<await scan(target);
        return new Promise((resolve, reject) => {
          file.on('finish', resolve);
          file.on('error', reject);
        });|||const finished = new Promise((resolve, reject) => {
          file.on('finish', resolve);
          file.on('error', reject);
        });
        await finished;
        return scan(target);>>
      };`),
    pair('a connection of Node', `
      import net from 'node:net';

      export async function open(port: number, log: (line: string) => Promise<void>) {
        const socket = net.connect(port);
      <<await log(\`connecting to \${port}\`);
        await new Promise<void>((resolve) => socket.once('connect', resolve));|||const connected = new Promise<void>((resolve) => socket.once('connect', resolve));
        await log(\`connecting to \${port}\`);
        await connected;>>
        return socket;
      }`),
  ],
  'torn-update': [
    pair('worked out from what was written first', `
      import { hash } from './hash';

      export class Blob {
        private body = '';
        private digest = '';

        async write(body: string) {
      <<this.body = body;
          this.digest = await hash(body);|||const digest = await hash(body);
          this.body = body;
          this.digest = digest;>>
        }

        snapshot() {
          return { body: this.body, digest: this.digest };
        }
      }`),
  ],
  'lock-not-released': [
    pair('a way out past waits that cannot fail', `
      const { Mutex } = require('async-mutex');
      const relay = require('./relay');

      const mutex = new Mutex();

      exports.handle = async function handle(command) {
        const release = await mutex.acquire();
        switch (command.kind) {
          case 'on':
            await relay.on().catch(() => {});
            break;
          case 'off':
            await relay.off().catch(() => {});
            break;
          default:
      <<return { error: \`unknown command \${command.kind}\` };|||release();
            return { error: \`unknown command \${command.kind}\` };>>
        }
        release();
        return { ok: true };
      };`),
  ],
  'missing-await': [
    pair('a promise that outlives what is held by using', `
      import { Gate } from './gate';

      const gate = new Gate();
      let total = 0;

      async function book(amount: number, log: (n: number) => Promise<void>) {
        const before = total;
        await log(before);
        total = before + amount;
      }

      export async function add(amount: number, log: (n: number) => Promise<void>) {
        using held = await gate.lock();
        <<return book(amount, log);|||return await book(amount, log);>>
      }`),
    pair('a transaction that is committed at once', `
      import { DataSource } from 'typeorm';
      import { Order, Line } from './entities';

      export class OrderService {
        constructor(private readonly source: DataSource) {}

        async create(lines: Line[]) {
          const runner = this.source.createQueryRunner();
          await runner.startTransaction();
          try {
            const order = await runner.manager.save(new Order());
      <<lines.forEach(async (line) => {
              line.orderId = order.id;
              await runner.manager.save(line);
            });|||for (const line of lines) {
              line.orderId = order.id;
              await runner.manager.save(line);
            }>>
            await runner.commitTransaction();
          } catch (error) {
            await runner.rollbackTransaction();
            throw error;
          } finally {
            await runner.release();
          }
        }
      }`),
    pair('rows that are written out whole', `
      const fs = require('fs/promises');
      const { query } = require('./db');

      const rows = [];

      async function collect(sql) {
        const found = await query(sql);
        rows.push(...found);
      }

      async function main() {
      <<collect('select * from sales');|||await collect('select * from sales');>>
        await fs.writeFile('report.json', JSON.stringify(rows));
      }

      main();`),
    pair('a key that the dropped work was started with', `
      import { db } from './db';

      const ids: Record<string, number> = {};

      const seedUser = async (name: string) => {
        const row = await db.insert('users', { name });
        ids[name] = row.id;
      };

      export async function seed() {
      <<seedUser('alice');
        await db.insert('friends', { a: ids['alice'], b: 0 });|||await seedUser('alice');
        await db.insert('friends', { a: ids['alice'], b: 0 });>>
      }`),
  ],
  'uncancelled-effect': [
    pair('a chain that is asked at its beginning', `
      import { useEffect, useState } from 'react';
      import { storage } from './firebase';

      export default function Avatar({ path }: { path: string }) {
        const [url, setUrl] = useState<string>();

        useEffect(() => {
      <<|||let active = true;>>
          storage
            .ref(path)
            .getDownloadURL()
            .then((found: string) => {
      <<setUrl(found);|||if (active) setUrl(found);>>
            });
      <<|||return () => {
            active = false;
          };>>
        }, [path]);

        return <img src={url} alt="" />;
      }`),
  ],
  'stale-write-back': [
    pair('a lock of the own project that gives back asynchronously, under symbols', `
      const PRIVATE = { LOCKED: Symbol('locked'), WAITING: Symbol('waiting'), LOCK: Symbol('lock'), OFFSETS: Symbol('offsets') };

      class Lock {
        constructor() {
          this[PRIVATE.LOCKED] = false;
          this[PRIVATE.WAITING] = new Set();
        }

        async acquire() {
          return new Promise((resolve) => {
            if (!this[PRIVATE.LOCKED]) {
              this[PRIVATE.LOCKED] = true;
              return resolve();
            }
            this[PRIVATE.WAITING].add(resolve);
          });
        }

        async release() {
          this[PRIVATE.LOCKED] = false;
          const [next] = this[PRIVATE.WAITING];
          if (next) {
            this[PRIVATE.WAITING].delete(next);
            this[PRIVATE.LOCKED] = true;
            next();
          }
        }
      }

      module.exports = class OffsetManager {
        constructor(client) {
          this.client = client;
          this[PRIVATE.LOCK] = new Lock();
          this[PRIVATE.OFFSETS] = {};
        }

        async commit(topic, offset) {
      <<|||await this[PRIVATE.LOCK].acquire();
          try {>>
          const offsets = this[PRIVATE.OFFSETS];
          await this.client.commit(topic, offset);
          this[PRIVATE.OFFSETS] = { ...offsets, [topic]: offset };
      <<|||} finally {
            await this[PRIVATE.LOCK].release();
          }>>
        }
      };`),
  ],
  'double-initialization': [
    pair('a size that is counted for an entry that is there once', `
      import { render } from './pages';

      export class Pages {
        private readonly pages = new Map<string, string>();
        private size = 0;

        async get(url: string) {
          const known = this.pages.get(url);
          if (known) return known;
          const page = await render(url);
      <<|||if (this.pages.has(url)) return page;>>
          this.pages.set(url, page);
          this.size += page.length;
          return page;
        }
      }`),
    pair('a flag that is set when something else has been waited for', `
      import type { Mailer } from './mailer';

      export class Outbox {
        private readonly queue: string[] = [];
        private isSending = false;

        constructor(private readonly mailer: Mailer) {}

        async send(text: string) {
          this.queue.push(text);
          if (this.isSending) return;
      <<if (!(await this.mailer.check())) return;
          this.isSending = true;
          try {|||this.isSending = true;
          try {
            if (!(await this.mailer.check())) return;>>
            for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) await this.mailer.mail(next);
          } finally {
            this.isSending = false;
          }
        }
      }`),
    pair('a state that is looked at before the reader is ready', `
      import { ready, print } from './printer';

      let isPrinting = false;

      export async function printAll(pages: readonly string[]) {
      <<if (isPrinting) throw new Error('The printer is in use.');
        await ready();|||await ready();
        if (isPrinting) throw new Error('The printer is in use.');>>
        isPrinting = true;
        for (const page of pages) await print(page);
        isPrinting = false;
      }`),
  ],
  'data-race': [
    pair('a worker of the same file that reads at once', `
      import { isMainThread, Worker, workerData } from 'node:worker_threads';

      if (isMainThread) {
        const buffer = new SharedArrayBuffer(16);
        const cells = new Int32Array(buffer);
      <<new Worker(new URL(import.meta.url), { workerData: buffer });
        cells[2] = 7;|||cells[2] = 7;
        new Worker(new URL(import.meta.url), { workerData: buffer });>>
        Atomics.store(cells, 0, 1);
      } else {
        const cells = new Int32Array(workerData as SharedArrayBuffer);
        console.log(cells[2]);
      }`),
  ],
  'concurrency-cap-exceeded': [
    pair('a permit that is taken by who is woken, without looking', `
      const waiting: (() => void)[] = [];
      let permits = 2;

      export async function acquire() {
      <<if (permits === 0) await new Promise<void>((wake) => waiting.push(wake));|||while (permits === 0) await new Promise<void>((wake) => waiting.push(wake));>>
        permits--;
      }

      export function release() {
        permits++;
        waiting.shift()?.();
      }`),
  ],
  'use-before-ready': [
    pair('a set-up that its caller cannot wait for', `
      import { connect } from './database';
      import type { Database } from './database';

      let database: <<Database|||Promise<Database> >>;

      export function setUp(url: string) {
      <<connect(url).then((opened) => { database = opened; });|||database = connect(url);>>
      }

      export async function names() {
        const rows = await <<database|||(await database)>>.query('select name from people');
        return rows.map((row) => row.name);
      }`),
  ],
};
