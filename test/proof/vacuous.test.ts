import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ScenarioProof } from '../../src/proof/index.js';
import { projectAbove } from './files.js';
import { useEngine } from './judging.js';

const engine = useEngine();
const root = fileURLToPath(new URL('../../', import.meta.url));

/** The proof of the first finding of this rule. */
async function proofOf(rule: string, text: string): Promise<ScenarioProof> {
  const judged = await engine.check(text, 'src/subject.ts', projectAbove({ 'src/subject.ts': text }, root));
  const found = judged.find(({ finding }) => finding.rule === rule);
  if (!found) throw new Error(`no ${rule}, but ${judged.map(({ finding }) => finding.rule).join(', ') || 'nothing'}`);
  return found.proof;
}

describe('what goes wrong is seen', () => {
  it.each([
    ['a number of places that is the size of a set', 'concurrency-cap-exceeded', `
      import { receive, handle } from './outside';
      export class Consumer {
        private readonly running = new Set<Promise<void>>();
        constructor(private readonly limit: number) {}
        async tick(): Promise<void> {
          if (this.running.size >= this.limit) return;
          const message = await receive();
          const work: Promise<void> = handle(message).finally(() => this.running.delete(work));
          this.running.add(work);
        }
      }`],
    ['an answer that lands under another key of an object', 'stale-context', `
      export class Store {
        active = 'home';
        readonly members: Record<string, string[]> = {};
        constructor(private readonly api: { members(workspace: string): Promise<string[]> }) {}
        switchTo(workspace: string): void { this.active = workspace; }
        async load(): Promise<void> {
          const members = await this.api.members(this.active);
          this.members[this.active] = members;
        }
      }`],
    ['what two tasks spread into one object, each something else', 'stale-write-back', `
      interface Settings { theme: string; fontSize: number }
      let settings: Settings = { theme: 'light', fontSize: 14 };
      export async function change(patch: Partial<Settings>, persist: (settings: Settings) => Promise<void>): Promise<void> {
        const updated = { ...settings, ...patch };
        await persist(updated);
        settings = updated;
      }`],
    ['locks that the second task takes the other way round', 'lock-order-cycle', `
      import { Mutex } from 'async-mutex';
      import { notify } from './outside';
      export class Bank {
        private readonly locks = new Map<string, Mutex>();
        private lockFor(id: string): Mutex {
          let lock = this.locks.get(id);
          if (!lock) this.locks.set(id, (lock = new Mutex()));
          return lock;
        }
        async transfer(from: string, to: string, amount: number): Promise<void> {
          if (from === to) return;
          const releaseFrom = await this.lockFor(from).acquire();
          try {
            const releaseTo = await this.lockFor(to).acquire();
            try { await notify(from, to, amount); } finally { releaseTo(); }
          } finally { releaseFrom(); }
        }
      }`],
    ['a look under a key that was filled before, and is emptied to be filled anew', 'torn-update', `
      interface Row { id: string; name: string }
      export class Table {
        private rows: Row[] = [];
        private byId = new Map<string, number>();
        constructor(private readonly fetchRow: (id: string) => Promise<Row>) {}
        lookup(id: string): Row | undefined {
          const at = this.byId.get(id);
          return at === undefined ? undefined : this.rows[at];
        }
        async replaceAll(ids: string[]): Promise<void> {
          this.byId.clear();
          const loaded: Row[] = [];
          for (const id of ids) {
            loaded.push(await this.fetchRow(id));
            this.byId.set(id, loaded.length - 1);
          }
          this.rows = loaded;
        }
      }`],
  ])('%s', async (_, rule, text) => {
    const { verdict, reason } = await proofOf(rule, text);
    expect(`${verdict} ${reason}`).toMatch(/^confirmed /);
  });
});

describe('nothing is refuted', () => {
  it.each([
    ['where another task does come in between, and nothing is seen of it', 'double-initialization', 'another task does come in between', `
      export class NightlySync {
        #isHeld = false;
        constructor(private readonly features: { enabled(name: string): Promise<boolean> }, private readonly source: { pull(): Promise<number> }) {}
        async run(): Promise<number> {
          if (this.#isHeld) return 0;
          if (!(await this.features.enabled('sync'))) return 0;
          this.#isHeld = true;
          try { return await this.source.pull(); } finally { this.#isHeld = false; }
        }
      }`],
    ['by a ring of locks that takes more tasks to close', 'lock-order-cycle', 'which locks are taken depends on what the tasks are given', `
      import { Sema } from 'async-sema';
      const forks = Array.from({ length: 5 }, () => new Sema(1));
      export async function dine(seat: number, eat: () => Promise<void>): Promise<void> {
        const right = (seat + 1) % forks.length;
        await forks[seat]!.acquire();
        await forks[right]!.acquire();
        try { await eat(); } finally { forks[right]!.release(); forks[seat]!.release(); }
      }`],
    ['by a lock that comes from outside, and keeps nobody waiting here', 'self-deadlock', 'comes from outside', `
      import { RWLock } from '@rocicorp/lock';
      import { load } from './outside';
      const rw = new RWLock();
      const cache = new Map<string, string>();
      export function get(key: string): Promise<string> {
        return rw.withRead(async () => cache.get(key) ?? fill(key));
      }
      function fill(key: string): Promise<string> {
        return rw.withWrite(async () => {
          const value = await load(key);
          cache.set(key, value);
          return value;
        });
      }`],
    ['where a callback tells who has got the lock, and no task waits', 'self-deadlock', 'is told by a callback', `
      import mutexify from 'mutexify';
      export class Log {
        private readonly lock = mutexify();
        constructor(private readonly file: { write(line: string, done: (error?: Error) => void): void; truncate(done: (error?: Error) => void): void }) {}
        append(line: string, done: (error?: Error) => void): void {
          this.lock((release) => { this.file.write(line, (error) => release(done, error)); });
        }
        compact(done: (error?: Error) => void): void {
          this.lock((release) => {
            this.file.truncate((error) => {
              if (error) return release(done, error);
              this.append('compacted', (failed) => release(done, failed));
            });
          });
        }
      }`],
    ['by tasks that share the one object which has the lock', 'missing-lock', 'two of them were not tried', `
      import { Injectable, Scope } from '@nestjs/common';
      import AwaitLock from 'await-lock';
      declare function fetchPage(cursor: string | null): Promise<{ next: string; rows: string[] }>;
      @Injectable({ scope: Scope.REQUEST })
      export class FeedReader {
        private static cursor: string | null = null;
        private static readonly rows: string[] = [];
        private readonly lock = new AwaitLock();
        async readNext(): Promise<number> {
          await this.lock.acquireAsync();
          try {
            const page = await fetchPage(FeedReader.cursor);
            FeedReader.rows.push(...page.rows);
            FeedReader.cursor = page.next;
            return page.rows.length;
          } finally {
            this.lock.release();
          }
        }
      }`],
    ['where what a queue keeps is run by whoever empties it', 'check-then-act', 'none is seen to come in between', `
      import AsyncLock from 'async-lock';
      import { register } from './outside';
      const lock = new AsyncLock();
      const owners = new Map<string, string>();
      export async function claim(domain: string, owner: string): Promise<void> {
        if (owners.has(domain)) throw new Error('taken');
        await lock.acquire(domain, async () => {
          await register(domain, owner);
          owners.set(domain, owner);
        });
      }`],
  ])('%s', async (_, rule, why, text) => {
    const { verdict, reason } = await proofOf(rule, text);
    expect([verdict, reason]).toEqual(['unproven', expect.stringContaining(why)]);
  });
});
