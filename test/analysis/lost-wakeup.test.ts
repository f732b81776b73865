import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

const cells = 'const cells = new Int32Array(new SharedArrayBuffer(16));\n';
const waiting = 'export function pass() { while (Atomics.load(cells, 0) === 0) Atomics.wait(cells, 0, 0); }';
const sides = (main: string, worker: string): string => `
  import { isMainThread, Worker, workerData } from 'node:worker_threads';
  if (isMainThread) { const sab = new SharedArrayBuffer(8); const view = new Int32Array(sab); new Worker(__filename, { workerData: { sab } }); ${main} }
  else { const view = new Int32Array(workerData.sab); ${worker} }`;

const pairs: Record<string, readonly [racy: string, cured: string]> = {
  'a notification without a store': [
    `${cells} export function signal() { Atomics.notify(cells, 0); } export function pass() { Atomics.wait(cells, 0, 0); }`,
    `${cells} export function signal() { Atomics.store(cells, 0, 1); Atomics.notify(cells, 0); } export function pass() { Atomics.wait(cells, 0, 0); }`,
  ],
  'a store that comes too late': [
    `${cells} export function signal() { Atomics.notify(cells, 0, 1); Atomics.store(cells, 0, 1); } ${waiting}`,
    `${cells} export function signal() { Atomics.store(cells, 0, 1); Atomics.notify(cells, 0, 1); } ${waiting}`,
  ],
  'a view whose own buffer is handed over': [
    sides('', '').replace(/\{ const sab[\s\S]*/, "{ const gate = new Int32Array(new SharedArrayBuffer(4)); new Worker(__filename, { workerData: gate.buffer }); load().then(() => { Atomics.notify(gate, 0); }); } else { const gate = new Int32Array(workerData as SharedArrayBuffer); Atomics.wait(gate, 0, 0); }"),
    sides('', '').replace(/\{ const sab[\s\S]*/, "{ const gate = new Int32Array(new SharedArrayBuffer(4)); new Worker(__filename, { workerData: gate.buffer }); load().then(() => { Atomics.store(gate, 0, 1); Atomics.notify(gate, 0); }); } else { const gate = new Int32Array(workerData as SharedArrayBuffer); Atomics.wait(gate, 0, 0); }"),
  ],
  'an unlock that wakes first': [
    'export class Lock { constructor(sab) { this.state = new Int32Array(sab); } lock() { while (Atomics.compareExchange(this.state, 0, 0, 1) !== 0) Atomics.wait(this.state, 0, 1); } unlock() { Atomics.notify(this.state, 0, 1); Atomics.store(this.state, 0, 0); } }',
    'export class Lock { constructor(sab) { this.state = new Int32Array(sab); } lock() { while (Atomics.compareExchange(this.state, 0, 0, 1) !== 0) Atomics.wait(this.state, 0, 1); } unlock() { Atomics.store(this.state, 0, 0); Atomics.notify(this.state, 0, 1); } }',
  ],
  'an unlock that wakes nobody': [
    'export class Lock { constructor(sab) { this.state = new Int32Array(sab); } lock() { while (Atomics.compareExchange(this.state, 0, 0, 1) !== 0) Atomics.wait(this.state, 0, 1); } unlock() { Atomics.store(this.state, 0, 0); } }',
    'export class Lock { constructor(sab) { this.state = new Int32Array(sab); } lock() { while (Atomics.compareExchange(this.state, 0, 0, 1) !== 0) Atomics.wait(this.state, 0, 1); } unlock() { Atomics.store(this.state, 0, 0); this.#wake(); } #wake() { Atomics.notify(this.state, 0, 1); } }',
  ],
  'the wrong cell': [
    `${cells} export function signal() { Atomics.store(cells, 0, 1); Atomics.notify(cells, 1); } ${waiting}`,
    `${cells} export function signal() { Atomics.store(cells, 0, 1); Atomics.notify(cells, 0); } ${waiting}`,
  ],
  'a cell that is known by its name only': [
    'const TURN = 0; const own = new Int32Array(workerData.turns); export function pass() { Atomics.wait(own, TURN, 0); } export function signal(cells: Int32Array) { Atomics.notify(cells, TURN); }',
    'const TURN = 0; const own = new Int32Array(workerData.turns); export function pass() { Atomics.wait(own, TURN, 0); } export function signal(cells: Int32Array) { Atomics.add(cells, TURN, 1); Atomics.notify(cells, TURN); }',
  ],
  'a barrier that wakes those of another cell': [
    'export class Barrier { constructor(sab, parties) { this.cells = new Int32Array(sab); this.parties = parties; } wait() { const phase = Atomics.load(this.cells, 1); if (Atomics.add(this.cells, 0, 1) + 1 === this.parties) { Atomics.store(this.cells, 0, 0); Atomics.add(this.cells, 1, 1); Atomics.notify(this.cells, 0); return; } while (Atomics.load(this.cells, 1) === phase) Atomics.wait(this.cells, 1, phase); } }',
    'export class Barrier { constructor(sab, parties) { this.cells = new Int32Array(sab); this.parties = parties; } wait() { const phase = Atomics.load(this.cells, 1); if (Atomics.add(this.cells, 0, 1) + 1 === this.parties) { Atomics.store(this.cells, 0, 0); Atomics.add(this.cells, 1, 1); Atomics.notify(this.cells, 1); return; } while (Atomics.load(this.cells, 1) === phase) Atomics.wait(this.cells, 1, phase); } }',
  ],
  'names of cells': [
    `const READY = 0; const DONE = 1; ${cells} export function signal() { Atomics.store(cells, READY, 1); Atomics.notify(cells, DONE); } export function pass() { Atomics.wait(cells, READY, 0); }`,
    `const READY = 0; const DONE = 1; ${cells} export function signal() { Atomics.store(cells, READY, 1); Atomics.notify(cells, READY); } export function pass() { Atomics.wait(cells, READY, 0); }`,
  ],
  'a value that is read for the wait': [
    `${cells} export function signal() { Atomics.store(cells, 1, 1); Atomics.add(cells, 0, 1); Atomics.notify(cells, 0); } export function pass() { while (Atomics.load(cells, 1) === 0) Atomics.wait(cells, 0, Atomics.load(cells, 0)); }`,
    `${cells} export function signal() { Atomics.store(cells, 1, 1); Atomics.add(cells, 0, 1); Atomics.notify(cells, 0); } export function pass() { for (;;) { const seen = Atomics.load(cells, 0); if (Atomics.load(cells, 1) !== 0) return; Atomics.wait(cells, 0, seen); } }`,
  ],
  'a value that is read after the condition': [
    `${cells} export function signal() { Atomics.store(cells, 1, 1); Atomics.add(cells, 0, 1); Atomics.notify(cells, 0); } export function pass() { while (Atomics.load(cells, 1) === 0) { const seen = Atomics.load(cells, 0); Atomics.wait(cells, 0, seen); } }`,
    `${cells} export function signal() { Atomics.store(cells, 1, 1); Atomics.add(cells, 0, 1); Atomics.notify(cells, 0); } export function pass() { let seen = Atomics.load(cells, 0); while (Atomics.load(cells, 1) === 0) { Atomics.wait(cells, 0, seen); seen = Atomics.load(cells, 0); } }`,
  ],
  'a loop of work': [
    'export function serve(view: Int32Array) { for (;;) { Atomics.wait(view, 0, Atomics.load(view, 0)); drain(); } }',
    'export function serve(view: Int32Array) { let seen = 0; for (;;) { Atomics.wait(view, 0, seen); seen = Atomics.load(view, 0); drain(); } }',
  ],
  'a value that is reset': [
    `${cells} export function signal() { Atomics.store(cells, 0, 1); Atomics.notify(cells, 0); } export function pass() { Atomics.store(cells, 0, 0); Atomics.wait(cells, 0, 0); }`,
    `${cells} export function signal() { Atomics.store(cells, 0, 1); Atomics.notify(cells, 0); } export function pass() { Atomics.wait(cells, 0, 0); Atomics.store(cells, 0, 0); }`,
  ],
  'a helper': [
    'const wake = (view) => Atomics.notify(view, 0); export function done(view) { wake(view); Atomics.store(view, 0, 1); } export function join(view) { while (Atomics.load(view, 0) !== 1) Atomics.wait(view, 0, 0); }',
    'const wake = (view) => Atomics.notify(view, 0); export function done(view) { Atomics.store(view, 0, 1); wake(view); } export function join(view) { while (Atomics.load(view, 0) !== 1) Atomics.wait(view, 0, 0); }',
  ],
  'a latch that is counted down in silence': [
    'export class Latch { constructor(sab) { this.left = new Int32Array(sab); } arrive() { Atomics.sub(this.left, 0, 1); } join() { for (let n; (n = Atomics.load(this.left, 0)) > 0;) Atomics.wait(this.left, 0, n); } }',
    'export class Latch { constructor(sab) { this.left = new Int32Array(sab); } arrive() { if (Atomics.sub(this.left, 0, 1) === 1) Atomics.notify(this.left, 0); } join() { for (let n; (n = Atomics.load(this.left, 0)) > 0;) Atomics.wait(this.left, 0, n); } }',
  ],
  'two threads': [
    sides('setTimeout(() => Atomics.notify(view, 0), 10);', 'Atomics.wait(view, 0, 0); work();'),
    sides('setTimeout(() => { Atomics.store(view, 0, 1); Atomics.notify(view, 0); }, 10);', 'Atomics.wait(view, 0, 0); work();'),
  ],
  'an asynchronous wait': [
    `${cells} export function signal() { Atomics.notify(cells, 0); } export async function pass() { await Atomics.waitAsync(cells, 0, 0).value; }`,
    `${cells} export function signal() { Atomics.store(cells, 0, 1); Atomics.notify(cells, 0); } export async function pass() { await Atomics.waitAsync(cells, 0, 0).value; }`,
  ],
  'a semaphore': [
    'export class Semaphore { constructor(view) { this.view = view; } acquire() { for (;;) { const n = Atomics.load(this.view, 0); if (n > 0 && Atomics.compareExchange(this.view, 0, n, n - 1) === n) return; Atomics.wait(this.view, 0, 0); } } release() { Atomics.notify(this.view, 0, 1); Atomics.add(this.view, 0, 1); } }',
    'export class Semaphore { constructor(view) { this.view = view; } acquire() { for (;;) { const n = Atomics.load(this.view, 0); if (n > 0 && Atomics.compareExchange(this.view, 0, n, n - 1) === n) return; Atomics.wait(this.view, 0, 0); } } release() { Atomics.add(this.view, 0, 1); Atomics.notify(this.view, 0, 1); } }',
  ],
};

describe.each(Object.entries(pairs))('%s', (_, [racy, cured]) => {
  test('is reported once', () => expect(findings(racy).map(({ rule }) => rule)).toEqual(['lost-wakeup']));
  test('is met with silence when cured', () => expect(findings(cured)).toEqual([]));
});

test.each([
  ['a pause', 'const pause = new Int32Array(new SharedArrayBuffer(4)); export function sleep(ms) { Atomics.wait(pause, 0, 0, ms); } export function wake() { Atomics.notify(pause, 0); }'],
  ['a wait that is all there is', 'export function pass(view) { Atomics.wait(view, 0, 0); }'],
  ['a notification that is all there is', 'export function signal(view) { Atomics.notify(view, 0); }'],
  ['a reset before a request', `${cells} export function call(port, request) { Atomics.store(cells, 0, 0); port.postMessage(request); Atomics.wait(cells, 0, 0); }`],
  ['a cell that the caller chooses', 'export class Cells { constructor(view) { this.view = view; } wait(index, value) { Atomics.wait(this.view, index, value); } notify(index) { Atomics.notify(this.view, index); } }'],
  ['a condition under a lock', 'export class Condition { constructor(view, mutex) { this.view = view; this.mutex = mutex; } wait() { const seen = Atomics.load(this.view, 0); this.mutex.unlock(); Atomics.wait(this.view, 0, seen); this.mutex.lock(); } notify() { Atomics.add(this.view, 0, 1); Atomics.notify(this.view, 0, 1); } }'],
  ['a value that is put back', `${cells} export function open() { Atomics.store(cells, 0, 1); Atomics.notify(cells, 0); } export function shut() { Atomics.store(cells, 0, 0); } ${waiting}`],
])('%s is met with silence', (_, code) => expect(findings(code)).toEqual([]));
