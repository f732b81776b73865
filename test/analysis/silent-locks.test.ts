import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

const mutex = `import { Mutex } from 'async-mutex';`;
const mutexify = `import mutexify from 'mutexify'; const lock = mutexify();`;

/** Locks that look as if they were lost or taken twice, and are not. */
const correct: Record<string, string> = {
  'a mutex that others come to': `${mutex} export const gate = new Mutex(); export async function close() { await gate.acquire(); await drain(); }`,
  'a mutex that another function gives back': `${mutex} const gate = new Mutex(); export async function close() { await gate.acquire(); await drain().catch(report); } export function open() { gate.release(); }`,
  'a mutex that is handed to others': `${mutex} const gate = new Mutex(); register(gate); export async function close() { await gate.acquire(); await drain(); }`,
  'a semaphore that counts what there is': `import { Semaphore } from 'async-mutex'; const full = new Semaphore(0); const items: string[] = []; export async function take() { await full.acquire(); return items.shift(); } export function put(item: string) { items.push(item); full.release(); }`,
  'a guard that the caller gets': `${mutex} const gate = new Mutex(); class Held implements Disposable { constructor(private readonly release: () => void) {} [Symbol.dispose]() { this.release(); } } export async function hold() { const held = new Held(await gate.acquire()); return held; }`,
  'a releaser that is kept for later': `${mutex} class Pause { #gate = new Mutex(); #free: (() => void) | undefined; async stop() { this.#free = await this.#gate.acquire(); } go() { this.#free?.(); } } export const pause = new Pause();`,
  'a file that is locked until the process ends': `import lockfile from 'proper-lockfile'; export async function main() { await lockfile.lock('app.pid'); await serve().catch(report); }`,
  'a timer whose work takes the lock when it has been given back': `${mutex} export class Feed { #mutex = new Mutex(); #entry: Entry = {}; async unsubscribe() { const free = await this.#mutex.acquire(); try { await this.#leave(); } finally { free(); } }
    async #leave() { if (this.#entry.count) return; this.#entry.timer = setTimeout(() => { this.#entry.timer = undefined; this.#perform().catch(() => {}); }, 100); }
    async #perform() { const free = await this.#mutex.acquire(); try { if (this.#entry.count) { report(); return; } clear(); } finally { free(); } this.#retry(); } #retry() { void again(); } }`,
  'a limiter that each run makes for itself': `import pLimit from 'p-limit'; export async function size(dir: Dir): Promise<number> { const limit = pLimit(2); const all = await Promise.all(dir.children.map((child) => limit(() => size(child)))); return all.reduce((a, b) => a + b, dir.own); }`,
  'a limiter of several that starts more and does not wait for it': `import pLimit from 'p-limit'; const limit = pLimit(4); export async function crawl(url: string): Promise<void> { const links = await load(url); for (const link of links) void limit(() => crawl(link)).catch(report); }`,
  'a semaphore of several, given back before it is taken again': `import { Sema } from 'async-sema'; const slots = new Sema(3); export async function send(part: P) { await slots.acquire(); try { await write(part); } finally { slots.release(); } await slots.acquire(); try { await check(part); } finally { slots.release(); } }`,
  'a callback that the last of several gives back': `${mutexify} export function all(items: Item[], cb: Callback) { lock((release) => { let left = items.length; items.forEach((item) => work(item, () => { left -= 1; if (left === 0) release(cb); })); if (items.length === 0) release(cb); }); }`,
  'a callback with an end of its own': `${mutexify} export function put(key: string, cb: Callback) { lock((release) => { const finish = (error?: Error) => { release(); cb(error); }; if (!key) return finish(new Error('no key')); flush(key, finish); }); }`,
  'a callback whose releaser is wrapped': `${mutexify} export function put(key: string, cb: Callback) { lock((release) => { const end = once(release); if (!key) return end(); flush(key, (error) => { if (error) report(error); end(); }); }); }`,
  'a callback that asks whether it has been given back': `${mutexify} export function put(key: string) { lock((release) => { let released = false; const timer = setTimeout(() => { released = true; release(); }, 100); if (released) return; flush(key, () => { clearTimeout(timer); release(); }); }); }`,
  'a lock of a database that was not got': `import { Pool } from 'pg'; const pool = new Pool(); export async function claim() { const client = await pool.connect(); try { const got = await client.query('SELECT pg_try_advisory_lock(7) AS ok'); if (!got.rows[0].ok) return null; try { return await next(client); } finally { await client.query('SELECT pg_advisory_unlock(7)'); } } finally { client.release(); } }`,
  'a file that a function of its own unlocks': `import lockfile from 'lockfile'; export function add(db: string, row: Row, cb: Callback) { const finish = (error?: Error) => lockfile.unlock(db, () => cb(error)); lockfile.lock(db, {}, (error) => { if (error) return cb(error); readFile(db, (failure, text) => { if (failure) return finish(failure); write(db, text + row, finish); }); }); }`,
  'a file that is unlocked before anything is asked': `import lockfile from 'lockfile'; export function peek(db: string, cb: Callback) { lockfile.lock(db, {}, (error) => { if (error) return cb(error); readFile(db, (failure, text) => { lockfile.unlock(db, report); if (failure) return cb(failure); cb(null, text); }); }); }`,
  'a callback that goes on with the next one when it has given back': `${mutexify} export function all(items: Item[], cb: Callback) { lock((release) => { work(items, () => { release(); next(items, cb); }); }); } function next(items: Item[], cb: Callback) { lock((release) => { rest(items, () => release(cb)); }); }`,
  'a callback that gives back in each of two branches': `${mutexify} export function move(from: string, cb: Callback) { lock((release) => { rename(from, (error) => { if (error) { release(cb, error); } else { release(cb, null); } }); }); }`,
  'a stack that is disposed of by hand': `${mutex} const gate = new Mutex(); export async function print(job: Job) { const stack = new DisposableStack(); stack.defer(await gate.acquire()); try { await spool(job); } finally { stack.dispose(); } }`,
  'a lock of a transaction': `export async function claim() { return db.transaction(async (tx) => { const got = await tx.query('SELECT pg_try_advisory_xact_lock(7) AS ok'); if (!got.rows[0].ok) return null; return next(tx); }); }`,
};

describe('the rules about locks', () => {
  test.each(Object.entries(correct))('are silent on %s', (_name, code) => {
    expect(findings(code).filter(({ category }) => category === 'locking' || category === 'deadlock').map(({ rule, location }) => `${rule} ${location}`)).toEqual([]);
  });
});
