import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

/** A bug and its cure. */
type Pair = readonly [name: string, racy: string, cured: string];

const mutex = `import { Mutex } from 'async-mutex'; const mutex = new Mutex();`;
const semaphore = `import { Mutex, Semaphore } from 'async-mutex'; const mutex = new Mutex(); const full = new Semaphore(0);`;

const pairs: Pair[] = [
  ['a resolver in a list',
    `${mutex} const waiting: (() => void)[] = []; const items: string[] = [];
     export async function take() { const free = await mutex.acquire(); try { while (items.length === 0) await new Promise<void>((resolve) => waiting.push(resolve)); return items.shift(); } finally { free(); } }
     export const put = (item: string) => mutex.runExclusive(async () => { items.push(item); waiting.shift()?.(); });`,
    `${mutex} const waiting: (() => void)[] = []; const items: string[] = [];
     export async function take() { for (;;) { const item = await mutex.runExclusive(async () => items.shift()); if (item) return item; await new Promise<void>((resolve) => waiting.push(resolve)); } }
     export const put = (item: string) => mutex.runExclusive(async () => { items.push(item); waiting.shift()?.(); });`],
  ['a resolver in a variable, and a promise with a name',
    `${mutex} let wake: (() => void) | undefined;
     export const pause = () => mutex.runExclusive(async () => { const woken = new Promise<void>((resolve) => { wake = resolve; }); await woken; });
     export const resume = () => mutex.runExclusive(async () => { wake?.(); });`,
    `${mutex} let wake: (() => void) | undefined;
     export const pause = () => mutex.runExclusive(async () => { const woken = new Promise<void>((resolve) => { wake = resolve; }); await woken; });
     export const resume = () => { wake?.(); };`],
  ['a promise that the callback returns',
    `${mutex} let wake: (() => void) | undefined;
     export const pause = () => mutex.runExclusive(() => new Promise<void>((resolve) => { wake = resolve; }));
     export const resume = () => mutex.runExclusive(() => { wake?.(); });`,
    `${mutex} let wake: (() => void) | undefined;
     export const pause = () => mutex.runExclusive(() => new Promise<void>((resolve) => { wake = resolve; setTimeout(resolve, 1000); }));
     export const resume = () => mutex.runExclusive(() => { wake?.(); });`],
  ['both settlers of an entry in a map',
    `import { Mutex } from 'async-mutex'; export class Rpc { #mutex = new Mutex(); #pending = new Map<number, Waiting>(); #id = 0;
       async call(m: string) { return this.#mutex.runExclusive(async () => { const id = this.#id++; this.port.postMessage({ id, m }); return await new Promise((resolve, reject) => { this.#pending.set(id, { resolve, reject }); }); }); }
       async receive(m: Message) { await this.#mutex.runExclusive(async () => { const w = this.#pending.get(m.id); this.#pending.delete(m.id); w?.resolve(m.result); }); } }`,
    `import { Mutex } from 'async-mutex'; export class Rpc { #mutex = new Mutex(); #pending = new Map<number, Waiting>(); #id = 0;
       async call(m: string) { return this.#mutex.runExclusive(async () => { const id = this.#id++; this.port.postMessage({ id, m }); return await new Promise((resolve, reject) => { this.#pending.set(id, { resolve, reject }); }); }); }
       receive(m: Message) { const w = this.#pending.get(m.id); this.#pending.delete(m.id); w?.resolve(m.result); } }`],
  ['a helper that waits, and all who wait are woken',
    `import { Mutex } from 'async-mutex'; export class Gate { private mutex = new Mutex(); private waiting: (() => void)[] = [];
       async pass() { await this.mutex.runExclusive(async () => { await this.wait(); }); }
       private wait() { return new Promise<void>((resolve) => { this.waiting.push(resolve); }); }
       async open() { const free = await this.mutex.acquire(); try { for (const wake of this.waiting) wake(); } finally { free(); } } }`,
    `import { Mutex } from 'async-mutex'; export class Gate { private mutex = new Mutex(); private waiting: (() => void)[] = [];
       async pass() { await this.wait(); await this.mutex.runExclusive(() => work()); }
       private wait() { return new Promise<void>((resolve) => { this.waiting.push(resolve); }); }
       async open() { const free = await this.mutex.acquire(); try { for (const wake of this.waiting) wake(); } finally { free(); } } }`],
  ['a flag that is asked for again and again',
    `import { Mutex } from 'async-mutex'; export class Pool { private mutex = new Mutex(); private free = 0;
       async get() { return this.mutex.runExclusive(async () => { while (this.free === 0) await new Promise((r) => setTimeout(r, 5)); return take(); }); }
       async give() { await this.mutex.runExclusive(() => { this.free++; }); } }`,
    `import { Mutex } from 'async-mutex'; export class Pool { private mutex = new Mutex(); private free = 0;
       async get() { while (this.free === 0) await new Promise((r) => setTimeout(r, 5)); return this.mutex.runExclusive(async () => take()); }
       async give() { await this.mutex.runExclusive(() => { this.free++; }); } }`],
  ['the semaphore inside the mutex',
    `${semaphore} const items: string[] = [];
     export async function take() { const free = await mutex.acquire(); try { await full.acquire(); return items.shift(); } finally { free(); } }
     export const put = (item: string) => mutex.runExclusive(() => { items.push(item); full.release(); });`,
    `${semaphore} const items: string[] = [];
     export async function take() { await full.acquire(); return mutex.runExclusive(() => items.shift()); }
     export const put = (item: string) => mutex.runExclusive(() => { items.push(item); full.release(); });`],
  ['work in flight that needs the lock itself',
    `import { Mutex } from 'async-mutex'; export class Session { private mutex = new Mutex(); private refreshing: Promise<void> | undefined;
       start() { this.refreshing = this.refresh(); }
       private async refresh() { await this.mutex.runExclusive(async () => { await load(); }); }
       async use() { await this.mutex.runExclusive(async () => { await this.refreshing; await work(); }); } }`,
    `import { Mutex } from 'async-mutex'; export class Session { private mutex = new Mutex(); private refreshing: Promise<void> | undefined;
       start() { this.refreshing = this.refresh(); }
       private async refresh() { await this.mutex.runExclusive(async () => { await load(); }); }
       async use() { await this.refreshing; await this.mutex.runExclusive(async () => { await work(); }); } }`],
];

const emitter = `import { EventEmitter, once } from 'node:events'; import AwaitLock from 'await-lock'; const lock = new AwaitLock();`;
const barrier = (arrive: string): string => `import { Mutex } from 'async-mutex'; export class Barrier { private mutex = new Mutex(); private arrived = 0; private open!: () => void; private waiting: (() => void)[] = [];
  private opened = new Promise<void>((resolve) => { this.open = resolve; }); constructor(private readonly parties: number) {} async arrive() { ${arrive} } }`;

/** Of several who come the last one ends the wait of all, which he does not come to. */
pairs.push(
  ['a barrier that the last one opens',
    barrier('const free = await this.mutex.acquire(); try { this.arrived += 1; if (this.arrived === this.parties) this.open(); await this.opened; } finally { free(); }'),
    barrier('const free = await this.mutex.acquire(); try { this.arrived += 1; if (this.arrived === this.parties) this.open(); } finally { free(); } await this.opened;')],
  ['a barrier whose last one does not wait',
    barrier('await this.mutex.runExclusive(async () => { if (++this.arrived < this.parties) await new Promise<void>((resolve) => this.waiting.push(resolve)); else for (const go of this.waiting) go(); });'),
    barrier('const opened = await this.mutex.runExclusive(() => { if (++this.arrived === this.parties) { for (const go of this.waiting) go(); return undefined; } return { promise: new Promise<void>((resolve) => this.waiting.push(resolve)) }; }); await opened?.promise;')],
  ['a count that is asked for again and again',
    barrier('await this.mutex.runExclusive(async () => { this.arrived += 1; while (this.arrived < 3) await new Promise((r) => setTimeout(r, 5)); });'),
    barrier('await this.mutex.runExclusive(() => { this.arrived += 1; }); while (this.arrived < 3) await new Promise((r) => setTimeout(r, 5));')],
  ['a promise that is made with its resolver',
    `import { Mutex } from 'async-mutex'; export class Pool { #mutex = new Mutex(); #idle: C[] = []; #queue: ((c: C) => void)[] = [];
       async take() { return this.#mutex.runExclusive(async () => { const free = this.#idle.pop(); if (free) return free; const { promise, resolve } = Promise.withResolvers<C>(); this.#queue.push(resolve); return await promise; }); }
       async give(c: C) { await this.#mutex.runExclusive(() => { const next = this.#queue.shift(); if (next) next(c); else this.#idle.push(c); }); } }`,
    `import { Mutex } from 'async-mutex'; export class Pool { #mutex = new Mutex(); #idle: C[] = []; #queue: ((c: C) => void)[] = [];
       async take() { const { promise, resolve } = Promise.withResolvers<C>(); await this.#mutex.runExclusive(() => { const free = this.#idle.pop(); if (free) resolve(free); else this.#queue.push(resolve); }); return promise; }
       async give(c: C) { await this.#mutex.runExclusive(() => { const next = this.#queue.shift(); if (next) next(c); else this.#idle.push(c); }); } }`],
  ['an event of an emitter of the module',
    `${emitter} const bus = new EventEmitter(); let up = false; export async function connect() { await lock.acquireAsync(); try { await dial(); up = true; bus.emit('up'); } finally { lock.release(); } }
     export async function send(text: string) { await lock.acquireAsync(); try { if (!up) await once(bus, 'up'); await write(text); } finally { lock.release(); } }`,
    `${emitter} const bus = new EventEmitter(); let up = false; export async function connect() { await lock.acquireAsync(); try { await dial(); up = true; bus.emit('up'); } finally { lock.release(); } }
     export async function send(text: string) { if (!up) await once(bus, 'up'); await lock.acquireAsync(); try { await write(text); } finally { lock.release(); } }`],
);

const box = (wait: string, rest: string): string => `${mutex} const waiting = new Set<() => void>(); ${rest} export const wait = () => mutex.runExclusive(async () => { ${wait} });`;
const add = `await new Promise<void>((resolve) => waiting.add(resolve));`;
const wake = `for (const one of waiting) one(); waiting.clear();`;

const correct: Record<string, string> = {
  'a door that the first one opens': barrier('await this.mutex.runExclusive(async () => { this.arrived += 1; if (this.arrived === 1) { await load(); this.open(); } await this.opened; });'),
  'a door that is opened unless it is open': `import { Mutex } from 'async-mutex'; export class Door { private mutex = new Mutex(); private isOpen = false; private open!: () => void; private opened = new Promise<void>((resolve) => { this.open = resolve; });
    async pass() { await this.mutex.runExclusive(async () => { if (!this.isOpen) { this.isOpen = true; this.open(); } await this.opened; }); } }`,
  'a resolver that a timer has too': `import { Mutex } from 'async-mutex'; const mutex = new Mutex(); const queue: (() => void)[] = []; export const wait = () => mutex.runExclusive(async () => { const { promise, resolve } = Promise.withResolvers<void>(); queue.push(resolve); setTimeout(resolve, 100); await promise; });
     export const wake = () => mutex.runExclusive(() => { queue.shift()?.(); });`,
  'an emitter that others have': `${emitter} export const bus = new EventEmitter(); export async function connect() { await lock.acquireAsync(); try { bus.emit('up'); } finally { lock.release(); } }
     export async function send(text: string) { await lock.acquireAsync(); try { await once(bus, 'up'); await write(text); } finally { lock.release(); } }`,
  'an emitter that is handed to others': `${emitter} const bus = new EventEmitter(); listen(bus); export async function connect() { await lock.acquireAsync(); try { bus.emit('up'); } finally { lock.release(); } }
     export async function send(text: string) { await lock.acquireAsync(); try { await once(bus, 'up'); await write(text); } finally { lock.release(); } }`,
  'a race with time': box(`await Promise.race([new Promise<void>((resolve) => waiting.add(resolve)), sleep(100)]);`, `export const wake = () => mutex.runExclusive(() => { ${wake} });`),
  'a timeout around it': box(`await withTimeout(new Promise<void>((resolve) => waiting.add(resolve)), 100);`, `export const wake = () => mutex.runExclusive(() => { ${wake} });`),
  'somebody who wakes without the lock': box(add, `export const wake = () => mutex.runExclusive(() => { ${wake} }); export function stop() { ${wake} }`),
  'a message that wakes': box(add, `export const wake = () => mutex.runExclusive(() => { ${wake} }); socket.on('message', () => { ${wake} });`),
  'a helper that others call': box(add, `function all() { ${wake} } export const wake = () => mutex.runExclusive(() => { all(); }); export const listen = () => addListener(all);`),
  'a timer that the holder starts': box(`setTimeout(() => { ${wake} }, 10); ${add}`, `export const wake = () => mutex.runExclusive(() => { ${wake} });`),
  'work that the holder starts': box(`const woken = new Promise<void>((resolve) => waiting.add(resolve)); ${wake} await woken;`, ''),
  'a lock that lets two in': `import { Semaphore } from 'async-mutex'; const two = new Semaphore(2); let wake: (() => void) | undefined;
     export const pause = () => two.runExclusive(() => new Promise<void>((resolve) => { wake = resolve; })); export const resume = () => two.runExclusive(() => { wake?.(); });`,
  'two locks': `import { Mutex } from 'async-mutex'; const one = new Mutex(); const other = new Mutex(); let wake: (() => void) | undefined;
     export const pause = () => one.runExclusive(() => new Promise<void>((resolve) => { wake = resolve; })); export const resume = () => other.runExclusive(() => { wake?.(); });`,
  'the lock is given back for the wait': `${mutex} const waiting: (() => void)[] = []; const items: string[] = [];
     export async function take() { let free = await mutex.acquire(); while (items.length === 0) { free(); await new Promise<void>((resolve) => waiting.push(resolve)); free = await mutex.acquire(); } const item = items.shift(); free(); return item; }
     export const put = (item: string) => mutex.runExclusive(async () => { items.push(item); waiting.shift()?.(); });`,
  'a loop with a deadline': `${mutex} let ready = false; export const use = () => mutex.runExclusive(async () => { while (!ready) { await sleep(10); if (Date.now() > end) throw new Error('late'); } }); export const set = () => mutex.runExclusive(() => { ready = true; });`,
  'a loop that asks for more': `${mutex} let ready = false; export const use = () => mutex.runExclusive(async () => { while (!ready && !signal.aborted) await sleep(10); }); export const set = () => mutex.runExclusive(() => { ready = true; });`,
  'a flag that is set without the lock': `${mutex} let ready = false; export const use = () => mutex.runExclusive(async () => { while (!ready) await sleep(10); }); export const set = () => mutex.runExclusive(() => { ready = true; }); socket.on('open', () => { ready = true; });`,
  'a flag that anybody can set': `${mutex} export let ready = false; export const use = () => mutex.runExclusive(async () => { while (!ready) await sleep(10); }); export const set = () => mutex.runExclusive(() => { ready = true; });`,
  'a semaphore that is given back by those who took it': `import { Mutex, Semaphore } from 'async-mutex'; const mutex = new Mutex(); const slots = new Semaphore(3);
     export async function run() { const free = await mutex.acquire(); const [, done] = await slots.acquire(); try { await work(); } finally { done(); free(); } }`,
  'work in flight that needs no lock': `import { Mutex } from 'async-mutex'; export class Session { private mutex = new Mutex(); private refreshing: Promise<void> | undefined;
     start() { this.refreshing = this.refresh(); } private async refresh() { if (this.isFresh) return; await this.mutex.runExclusive(async () => { await load(); }); }
     async use() { await this.mutex.runExclusive(async () => { await this.refreshing; await work(); }); } }`,
};

describe('wait-under-lock', () => {
  test.each(pairs)('is found in %s, and not once it is cured', (_name, racy, cured) => {
    expect(findings(racy).map(({ rule }) => rule)).toEqual(['wait-under-lock']);
    expect(findings(cured).filter(({ rule }) => rule === 'wait-under-lock')).toEqual([]);
  });

  test.each(Object.entries(correct))('is silent on %s', (_name, code) => {
    expect(findings(code).filter(({ rule }) => rule === 'wait-under-lock')).toEqual([]);
  });

  test('is found where work of a queue that has to end needs the lock, and not where it does not', () => {
    const code = (work: string): string => `import { Mutex } from 'async-mutex'; import PQueue from 'p-queue'; const mutex = new Mutex(); const queue = new PQueue({ concurrency: 4 }); const sent: string[] = [];
      export const enqueue = (item: string) => queue.add(async () => { await send(item); ${work} });
      export async function close() { const release = await mutex.acquire(); try { await queue.onIdle(); } finally { release(); } }`;
    const told = findings(code('await mutex.runExclusive(() => { sent.push(item); });'));
    expect(told.map(({ rule }) => rule)).toEqual(['wait-under-lock']);
    expect(told[0]!.message).toContain('`close` holds `mutex` (line 3) and waits at line 3 for the work in `queue`');
    expect(findings(code('sent.push(item);'))).toEqual([]);
    expect(findings(code('void mutex.runExclusive(() => { sent.push(item); });')).filter(({ rule }) => rule === 'wait-under-lock')).toEqual([]);
  });

  test('says who holds the lock, where it waits, and who would end the wait', () => {
    const [finding] = findings(pairs[0]![1]);
    expect(finding!.message).toBe('`take` holds `mutex` (line 2) and waits at line 2 for `waiting` to be called; only `put` calls it (line 3), and needs the same lock for it: neither can go on.');
    expect(finding!.overlaps.map((pair) => pair.map(({ name }) => name))).toEqual([['take', 'put']]);
  });
});
