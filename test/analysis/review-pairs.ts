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
  'non-atomic-update': [
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
  'wait-under-lock': [
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
  'lost-event': [
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
  ],
  'lock-callback-misuse': [
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
};
