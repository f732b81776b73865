import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

const made = 'const cells = new Int32Array(new SharedArrayBuffer(8));\n';

/** A racy function body, and the same job done right. */
const pairs: Record<string, readonly [racy: string, cured: string]> = {
  'an increment': ['export function f() { cells[0]++; }', 'export function f() { Atomics.add(cells, 0, 1); }'],
  'a decrement before its value': ['export function f() { return --cells[1]; }', 'export function f() { return Atomics.sub(cells, 1, 1) - 1; }'],
  'a compound assignment': ['export function f(n) { cells[0] += n; }', 'export function f(n) { Atomics.add(cells, 0, n); }'],
  'a flag set': ['export function f() { cells[0] |= 4; }', 'export function f() { Atomics.or(cells, 0, 4); }'],
  'a number in a view of bytes': ['const bytes = new DataView(new SharedArrayBuffer(8)); export function f() { bytes.setUint32(4, bytes.getUint32(4, true) + 1, true); }', 'const bytes = new DataView(new ArrayBuffer(8)); export function f() { bytes.setUint32(4, bytes.getUint32(4, true) + 1, true); }'],
  'an index with a name': ['const HITS = 1; export function f() { cells[HITS]++; }', 'const HITS = 1; export function f() { Atomics.add(cells, HITS, 1); }'],
  'a load inside a store': ['export function f() { Atomics.store(cells, 0, Atomics.load(cells, 0) + 1); }', 'export function f() { Atomics.add(cells, 0, 1); }'],
  'a load on the right': ['export function f(n) { Atomics.store(cells, 0, n + Atomics.load(cells, 0)); }', 'export function f(n) { Atomics.store(cells, 0, n + Atomics.load(cells, 1)); }'],
  'a field': [
    'export class Stats { buffer = new SharedArrayBuffer(4); view = new Int32Array(this.buffer); hit() { this.view[0]++; } }',
    'export class Stats { buffer = new SharedArrayBuffer(4); view = new Int32Array(this.buffer); hit() { Atomics.add(this.view, 0, 1); } }',
  ],
  'a buffer with a name': [
    'const buffer = new SharedArrayBuffer(8); const view = new Uint32Array(buffer); export const f = () => { view[0] += 2; };',
    'const buffer = new ArrayBuffer(8); const view = new Uint32Array(buffer); export const f = () => { view[0] += 2; };',
  ],
};

describe.each(Object.entries(pairs))('%s', (_, [racy, cured]) => {
  test('is reported once', () => expect(findings(made + racy).map(({ rule }) => rule)).toEqual(['non-atomic-update']));
  test('is met with silence when cured', () => expect(findings(made + cured)).toEqual([]));
});

test.each([
  ['memory of one agent', 'const own = new Int32Array(8); export function f() { own[0]++; }'],
  ['a slot of its own', 'export function f(id) { cells[id]++; }'],
  ['the end of a ring that one agent owns', 'export function f() { Atomics.store(cells, 0, (Atomics.load(cells, 0) + 1) % 8); }'],
  ['a lock', 'export function f() { lock(); cells[0]++; unlock(); }'],
  ['a lock of those who call it', 'function bump() { cells[0]++; } export function f() { lock(); bump(); unlock(); }'],
  ['a lock that the work is handed to', 'export function f() { withLock(cells, () => { cells[0]++; }); }'],
  ['a spin lock', 'export function f() { while (Atomics.compareExchange(cells, 1, 0, 1) !== 0); cells[0]++; Atomics.store(cells, 1, 0); }'],
  ['set-up at load', 'cells[0] += 5;'],
  ['a plain store', 'export function f() { cells[0] = 1; }'],
  ['an Atomics of the file', 'const Atomics = { load: (v, i) => v[i], store() {} }; export function f() { Atomics.store(cells, 0, Atomics.load(cells, 0) + 1); }'],
])('%s is met with silence', (_, code) => expect(findings(made + code)).toEqual([]));

describe('a cell that is chosen by its index', () => {
  const told = (body: string, memory = 'SharedArrayBuffer'): string[] => findings(`export class Stats { readonly #cells: Int32Array; constructor(memory: ${memory}) { this.#cells = new Int32Array(memory); } ${body} }`).map(({ rule }) => rule);
  const [get, set] = ['#get(slot: number) { return Atomics.load(this.#cells, slot); }', '#set(slot: number, value: number) { Atomics.store(this.#cells, slot, value); }'];

  test('goes through helpers that are told which one', () => {
    expect(told(`${get} ${set} static readonly DONE = 0; done() { this.#set(Stats.DONE, this.#get(Stats.DONE) + 1); }`)).toEqual(['non-atomic-update']);
    expect(told(`${get} ${set} static readonly DONE = 0; static readonly ALL = 1; done() { this.#set(Stats.DONE, this.#get(Stats.ALL) + 1); }`)).toEqual([]);
  });

  test('is anybody\'s where its name does not say who counts', () => {
    const retain = (slot: string): string => `retain(${slot}: number) { const n = Atomics.load(this.#cells, ${slot}); Atomics.store(this.#cells, ${slot}, n + 1); }`;
    expect([told(retain('slot')), told(retain('workerId')), told(retain('head')), told(retain('slot'), 'ArrayBuffer')]).toEqual([['non-atomic-update'], [], [], []]);
    expect([told('count(bucket: number) { this.#cells[bucket]++; }'), told('count(slot: number) { this.#cells[slot]++; }')]).toEqual([['non-atomic-update'], []]);
  });

  test('is nobody\'s own where the data choose it', () => {
    const worker = (note: string, at: string): string[] => findings(`import { workerData } from 'node:worker_threads'; const counts = new Uint32Array(workerData.counts as SharedArrayBuffer); function note(at: number) { ${note} } for (let i = 0; i < workerData.words.length; i++) { note(${at}); }`).map(({ rule }) => rule);
    expect([worker('counts[at]++;', 'hash(workerData.words[i])'), worker('counts[at]++;', 'workerData.words[i].length % 16')]).toEqual([['non-atomic-update'], ['non-atomic-update']]);
    expect([worker('Atomics.add(counts, at, 1);', 'hash(workerData.words[i])'), worker('counts[at]++;', 'i % 16'), worker('counts[at]++;', 'workerData.id % 16')]).toEqual([[], [], []]);
  });
});

test('who calls a helper without the lock has it to themselves no more than others', () => {
  const told = (also: string): string[] => findings(`${made} function bump() { cells[0]++; } export function f() { lock(); bump(); unlock(); } ${also}`).map(({ rule }) => rule);
  expect([told('export function g() { bump(); }'), told('export function g() { lock(); bump(); unlock(); }')]).toEqual([['non-atomic-update'], []]);
});

test('no worker of several owns the end of what they take from', () => {
  const told = (take: string, start: string): string[] => findings(`import { Worker, isMainThread, workerData } from 'node:worker_threads';
    if (isMainThread) { const sab = new SharedArrayBuffer(4); ${start} } else { const cursor = new Int32Array(workerData.sab); const take = () => { ${take} return workerData.items[i]; }; take(); }`).map(({ rule }) => rule);
  const [racy, cured] = ['const i = Atomics.load(cursor, 0); Atomics.store(cursor, 0, i + 1);', 'const i = Atomics.add(cursor, 0, 1);'];
  const start = 'new Worker(import.meta.filename, { workerData: { sab, items: [1, 2] } });';
  expect([told(racy, `for (let n = 0; n < 4; n++) ${start}`), told(cured, `for (let n = 0; n < 4; n++) ${start}`), told(racy, start)]).toEqual([['non-atomic-update'], [], []]);
});

test('the greatest value is kept in one step', () => {
  const told = (keep: string): string[] => findings(`const { Worker, isMainThread, workerData } = require('node:worker_threads'); function keep(peaks, metric, value) { ${keep} }
    if (isMainThread) { const shared = new SharedArrayBuffer(64); for (let i = 0; i < 4; i++) new Worker(__filename, { workerData: { shared } }); } else { const peaks = new Int32Array(workerData.shared); let x = 1; for (let i = 0; i < 100; i++) { x = x * 31; keep(peaks, x % 16, x); } }`).map(({ rule }) => rule);
  expect(told('const seen = Atomics.load(peaks, metric); if (value > seen) Atomics.store(peaks, metric, value);')).toEqual(['non-atomic-update']);
  expect(told('let seen = Atomics.load(peaks, metric); while (value > seen) { const was = Atomics.compareExchange(peaks, metric, seen, value); if (was === seen) return; seen = was; }')).toEqual([]);
});

test('what workers of one file do is done by several, what the main thread does first by nobody else', () => {
  const told = (work: string, start = 'for (let i = 0; i < 4; i++) new Worker(new URL(import.meta.url), { workerData: { cells } });'): string[] => findings(`import { Worker, isMainThread, workerData } from 'node:worker_threads';
    if (isMainThread) { const cells = new Int32Array(new SharedArrayBuffer(8)); Atomics.store(cells, 0, Atomics.load(cells, 0) + 1); ${start} } else { const { cells } = workerData as { cells: Int32Array }; ${work} }`).map(({ rule }) => rule);
  const [racy, cured] = ['const n = Atomics.load(cells, 0); Atomics.store(cells, 0, n + 1);', 'Atomics.add(cells, 0, 1);'];
  expect([told(racy), told(cured), told(racy, 'new Worker(new URL(import.meta.url), { workerData: { cells } });')]).toEqual([['non-atomic-update'], [], []]);
});

test('a lock that is taken by helpers which only look and set is taken in two steps', () => {
  const told = (take: string): string[] => findings(`export class Gate { #word: Int32Array; constructor(memory: SharedArrayBuffer) { this.#word = new Int32Array(memory); } ${take} #peek() { return Atomics.load(this.#word, 0); } #poke(value: number) { Atomics.store(this.#word, 0, value); } unlock() { this.#poke(0); } }`).map(({ rule }) => rule);
  expect(told('tryLock() { if (this.#peek() === 1) return false; this.#poke(1); return true; }')).toEqual(['non-atomic-update']);
  expect(told('tryLock() { return Atomics.compareExchange(this.#word, 0, 0, 1) === 0; }')).toEqual([]);
});

test('a cell behind accessors is read and written by them', () => {
  const told = (enable: string): string[] => findings(`export class Flags { #bits: Int32Array; constructor(memory: SharedArrayBuffer) { this.#bits = new Int32Array(memory); } get mask() { return Atomics.load(this.#bits, 0); } set mask(value) { Atomics.store(this.#bits, 0, value); } ${enable} }`).map(({ rule }) => rule);
  expect([told('enable(bit: number) { this.mask |= bit; }'), told('enable(bit: number) { this.mask = this.mask | bit; }'), told('enable(bit: number) { Atomics.or(this.#bits, 0, bit); }'), told('clear() { this.mask = 0; }')]).toEqual([['non-atomic-update'], ['non-atomic-update'], [], []]);
});

test('a ticket is drawn, and what is claimed by its name is taken, in one step', () => {
  const told = (body: string): string[] => findings(`${made} export class Gate { ${body} leave() { Atomics.add(cells, 1, 1); Atomics.notify(cells, 1); } }`).map(({ rule }) => rule);
  const wait = 'for (;;) { const now = Atomics.load(cells, 1); if (now === ticket) return; Atomics.wait(cells, 1, now); }';
  expect(told(`lock() { const ticket = Atomics.load(cells, 0); Atomics.store(cells, 0, ticket + 1); ${wait} }`)).toEqual(['non-atomic-update']);
  expect(told(`lock() { const ticket = Atomics.add(cells, 0, 1); ${wait} }`)).toEqual([]);
  expect(told('claimInit() { if (Atomics.load(cells, 0) !== 0) return false; Atomics.store(cells, 0, 1); return true; }')).toEqual(['non-atomic-update']);
  expect(told('claimInit() { return Atomics.compareExchange(cells, 0, 0, 1) === 0; }')).toEqual([]);
});
