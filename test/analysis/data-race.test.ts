import { describe, expect, test } from 'vitest';
import { createAnalyser } from '../../src/analysis/index.js';
import { project } from '../proof/files.js';
import { findings } from './expectations.js';

const cells = 'const cells = new Int32Array(new SharedArrayBuffer(16));\n';
const queue = (push: string, pop: string): string => `export class Queue { constructor(sab) { this.ends = new Uint32Array(sab, 0, 2); this.slots = new Float32Array(sab, 8); } push(value) { ${push} } pop() { ${pop} } }`;
const room = 'const write = Atomics.load(this.ends, 0); if ((write + 1) % 64 === Atomics.load(this.ends, 1)) return false;';
const some = 'const read = Atomics.load(this.ends, 1); if (read === Atomics.load(this.ends, 0)) return undefined;';
const pushed = `${room} this.slots[write] = value; Atomics.store(this.ends, 0, (write + 1) % 64); return true;`;
const popped = `${some} const value = this.slots[read]; Atomics.store(this.ends, 1, (read + 1) % 64); return value;`;
const threads = (main: string, worker: string): string => `
  import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
  if (isMainThread) { const sab = new SharedArrayBuffer(16); const view = new Int32Array(sab); ${main} }
  else { const view = new Int32Array(workerData); ${worker} }`;

/** Code that races for memory, and the same job with an order. */
const pairs: Record<string, readonly [racy: string, cured: string]> = {
  'a flag that is stored plainly': [
    `${cells} export function publish(value) { Atomics.store(cells, 1, value); cells[0] = 1; } export function take() { while (Atomics.load(cells, 0) === 0); return Atomics.load(cells, 1); }`,
    `${cells} export function publish(value) { Atomics.store(cells, 1, value); Atomics.store(cells, 0, 1); } export function take() { while (Atomics.load(cells, 0) === 0); return Atomics.load(cells, 1); }`,
  ],
  'a flag that is read plainly': [
    `${cells} export function stop() { Atomics.store(cells, 0, 1); } export function run() { while (cells[0] === 0) step(); }`,
    `${cells} export function stop() { Atomics.store(cells, 0, 1); } export function run() { while (Atomics.load(cells, 0) === 0) step(); }`,
  ],
  'data behind a plain flag': [
    `${cells} export function publish(value) { cells[1] = value; cells[0] = 1; } export function take() { if (cells[0] === 1) return cells[1]; }`,
    `${cells} export function publish(value) { cells[1] = value; Atomics.store(cells, 0, 1); } export function take() { if (Atomics.load(cells, 0) === 1) return cells[1]; }`,
  ],
  'data after the flag': [
    `${cells} export function publish(value) { Atomics.store(cells, 0, 1); cells[1] = value; } export function take() { if (Atomics.load(cells, 0) === 1) return cells[1]; }`,
    `${cells} export function publish(value) { cells[1] = value; Atomics.store(cells, 0, 1); } export function take() { if (Atomics.load(cells, 0) === 1) return cells[1]; }`,
  ],
  'data before a look at the flag': [
    `${cells} export function publish(value) { cells[1] = value; Atomics.store(cells, 0, 1); } export function take() { const value = cells[1]; return Atomics.load(cells, 0) === 1 ? value : undefined; }`,
    `${cells} export function publish(value) { cells[1] = value; Atomics.store(cells, 0, 1); } export function take() { if (Atomics.load(cells, 0) !== 1) return undefined; const value = cells[1]; return value; }`,
  ],
  'parameters': [
    'export function publish(view: Int32Array, value: number) { view[1] = value; view[0] = 1; } export function take(view: Int32Array) { while (Atomics.load(view, 0) !== 1); return view[1]; }',
    'export function publish(view: Int32Array, value: number) { view[1] = value; Atomics.store(view, 0, 1); } export function take(view: Int32Array) { while (Atomics.load(view, 0) !== 1); return view[1]; }',
  ],
  'a buffer as parameter': [
    'export function tick(sab: SharedArrayBuffer) { const time = new Float64Array(sab); time[0] = performance.now(); } export function now(sab: SharedArrayBuffer) { const time = new Float64Array(sab); return time[0]; }',
    'export function tick(sab: SharedArrayBuffer) { const time = new Int32Array(sab); Atomics.store(time, 0, performance.now()); } export function now(sab: SharedArrayBuffer) { const time = new Int32Array(sab); return Atomics.load(time, 0); }',
  ],
  'a field of a class': [
    'export class Flag { #cell = new Int32Array(new SharedArrayBuffer(4)); set() { this.#cell[0] = 1; } get isSet() { return this.#cell[0] === 1; } }',
    'export class Flag { #cell = new Int32Array(new SharedArrayBuffer(4)); set() { Atomics.store(this.#cell, 0, 1); } get isSet() { return Atomics.load(this.#cell, 0) === 1; } }',
  ],
  'indexes with names': [
    'const READY = 0; export class Gate { constructor(sab) { this.state = new Int32Array(sab); } open() { this.state[READY] = 1; Atomics.notify(this.state, READY); } pass() { Atomics.wait(this.state, READY, 0); } isOpen() { return Atomics.load(this.state, READY) === 1; } }',
    'const READY = 0; export class Gate { constructor(sab) { this.state = new Int32Array(sab); } open() { Atomics.store(this.state, READY, 1); Atomics.notify(this.state, READY); } pass() { Atomics.wait(this.state, READY, 0); } isOpen() { return Atomics.load(this.state, READY) === 1; } }',
  ],
  'an element wherever it is': [
    'export class Table { constructor(sab) { this.rows = new Int32Array(sab); } get(row) { return this.rows[row]; } set(row, value) { Atomics.store(this.rows, row, value); } }',
    'export class Table { constructor(sab) { this.rows = new Int32Array(sab); } get(row) { return Atomics.load(this.rows, row); } set(row, value) { Atomics.store(this.rows, row, value); } }',
  ],
  'a ring whose end is stored plainly': [
    queue(`${room} this.slots[write] = value; this.ends[0] = (write + 1) % 64; return true;`, popped),
    queue(pushed, popped),
  ],
  'a ring that gives its slot away too early': [
    queue(pushed, `${some} Atomics.store(this.ends, 1, (read + 1) % 64); return this.slots[read];`),
    queue(pushed, popped),
  ],
  'a ring that tells of an element before it is there': [
    queue(`${room} Atomics.store(this.ends, 0, (write + 1) % 64); this.slots[write] = value; return true;`, popped),
    queue(pushed, popped),
  ],
  'a ring whose other end is read plainly': [
    queue(pushed, 'const read = this.ends[1]; if (read === this.ends[0]) return undefined; const value = this.slots[read]; Atomics.store(this.ends, 1, (read + 1) % 64); return value;'),
    queue(pushed, 'const read = this.ends[1]; if (read === Atomics.load(this.ends, 0)) return undefined; const value = this.slots[read]; Atomics.store(this.ends, 1, (read + 1) % 64); return value;'),
  ],
  'helpers': [
    `${cells} const signal = () => { cells[0] = 1; }; const isSignalled = () => Atomics.load(cells, 0) === 1; export function produce(value) { cells[1] = value; signal(); } export function consume() { return isSignalled() ? cells[1] : undefined; }`,
    `${cells} const signal = () => { Atomics.store(cells, 0, 1); }; const isSignalled = () => Atomics.load(cells, 0) === 1; export function produce(value) { cells[1] = value; signal(); } export function consume() { return isSignalled() ? cells[1] : undefined; }`,
  ],
  'a field under a local name': [
    'export class Flag { constructor(sab) { this.view = new Int32Array(sab); } set() { const { view } = this; view[0] = 1; } get() { const view = this.view; return Atomics.load(view, 0); } }',
    'export class Flag { constructor(sab) { this.view = new Int32Array(sab); } set() { const { view } = this; Atomics.store(view, 0, 1); } get() { const view = this.view; return Atomics.load(view, 0); } }',
  ],
  'a data view': [
    'export class Clock { constructor(sab: SharedArrayBuffer) { this.view = new DataView(sab); } tick(time) { this.view.setFloat64(0, time); } now() { return this.view.getFloat64(0); } }',
    'export class Clock { constructor(buffer: ArrayBuffer) { this.view = new DataView(buffer); } tick(time) { this.view.setFloat64(0, time); } now() { return this.view.getFloat64(0); } }',
  ],
  'a static field': [
    'export class Shared { static view = new Int32Array(new SharedArrayBuffer(8)); static set(value) { Shared.view[0] = value; } static get() { return Atomics.load(Shared.view, 0); } }',
    'export class Shared { static view = new Int32Array(new SharedArrayBuffer(8)); static set(value) { Atomics.store(Shared.view, 0, value); } static get() { return Atomics.load(Shared.view, 0); } }',
  ],
  'a factory': [
    'export function createFlag() { const sab = new SharedArrayBuffer(4); const view = new Int32Array(sab); return { sab, raise() { view[0] = 1; }, isUp() { return Atomics.load(view, 0) === 1; } }; }',
    'export function createFlag() { const sab = new SharedArrayBuffer(4); const view = new Int32Array(sab); return { sab, raise() { Atomics.store(view, 0, 1); }, isUp() { return Atomics.load(view, 0) === 1; } }; }',
  ],
  'two threads of a file': [
    threads('const worker = new Worker(new URL(import.meta.url), { workerData: sab }); view[0] = 42; report(view[1]);', 'view[1] = view[0] * 2;'),
    threads('view[0] = 42; const worker = new Worker(new URL(import.meta.url), { workerData: sab }); worker.once("exit", () => report(view[1]));', 'view[1] = view[0] * 2;'),
  ],
  'a poll of the main thread': [
    threads('const worker = new Worker(__filename, { workerData: sab }); setInterval(() => report(view[0]), 10);', 'for (let i = 0; i < 100; i++) { work(i); view[0] = i; }'),
    threads('const worker = new Worker(__filename, { workerData: sab }); setInterval(() => report(Atomics.load(view, 0)), 10);', 'for (let i = 0; i < 100; i++) { work(i); Atomics.store(view, 0, i); }'),
  ],
  'an answer that is not waited for': [
    threads('const worker = new Worker(__filename, { workerData: sab }); worker.postMessage("go"); report(view[0]);', 'parentPort.on("message", () => { view[0] = work(); parentPort.postMessage("done"); });'),
    threads('const worker = new Worker(__filename, { workerData: sab }); worker.postMessage("go"); worker.on("message", () => report(view[0]));', 'parentPort.on("message", () => { view[0] = work(); parentPort.postMessage("done"); });'),
  ],
  'an answer that is awaited': [
    threads('const worker = new Worker(__filename, { workerData: sab }); const done = once(worker, "exit"); report(view[0]); await done;', 'view[0] = work();'),
    threads('const worker = new Worker(__filename, { workerData: sab }); await once(worker, "exit"); report(view[0]);', 'view[0] = work();'),
  ],
  'workers of one file': [
    threads('for (let i = 0; i < 4; i++) new Worker(__filename, { workerData: sab });', 'if (best(view)) view[0] = work();'),
    threads('for (let i = 0; i < 4; i++) new Worker(__filename, { workerData: sab });', 'if (best(view)) Atomics.store(view, 0, work());'),
  ],
  'a loop that waits for another thread': [
    'const flag = new Int32Array(workerData.flag); const sab = workerData.flag; export function go() { Atomics.store(flag, 1, 1); while (flag[0] === 0) {} }',
    'const flag = new Int32Array(workerData.flag); const sab = workerData.flag; export function go() { Atomics.store(flag, 1, 1); while (Atomics.load(flag, 0) === 0) {} }',
  ],
};

describe.each(Object.entries(pairs))('%s', (_, [racy, cured]) => {
  test('is reported once', () => expect(findings(racy).map(({ rule }) => rule)).toEqual(['data-race']));
  test('is met with silence when cured', () => expect(findings(cured)).toEqual([]));
});

test.each([
  ['memory of one agent', 'const own = new Int32Array(8); export function set() { own[0] = 1; } export function get() { return own[0]; }'],
  ['set-up', `${cells} export function init() { cells[0] = 1; cells[1] = 7; } export function get() { return Atomics.load(cells, 0); }`],
  ['a constructor', 'export class A { constructor(sab) { this.view = new Int32Array(sab); this.view[0] = 1; } get() { return Atomics.load(this.view, 0); } set(n) { Atomics.store(this.view, 0, n); } }'],
  ['a lock', `${cells} function lock() { while (Atomics.compareExchange(cells, 0, 0, 1) !== 0) Atomics.wait(cells, 0, 1); } function unlock() { Atomics.store(cells, 0, 0); Atomics.notify(cells, 0, 1); } export function put(n) { lock(); cells[1] = n; unlock(); } export function get() { lock(); const n = cells[1]; unlock(); return n; }`],
  ['a lock that is an object', `${cells} const mutex = new SharedMutex(); export function put(n) { mutex.lock(); cells[1] = n; mutex.unlock(); } export function get() { mutex.lock(); try { return cells[1]; } finally { mutex.unlock(); } }`],
  ['a slot for each worker', threads('for (let id = 0; id < 4; id++) new Worker(__filename, { workerData: { sab, id } });', 'view[workerData.id] = work();')],
  ['a wait for a notification', `${cells} export function put(n) { cells[1] = n; Atomics.store(cells, 0, 1); Atomics.notify(cells, 0); } export function get() { Atomics.wait(cells, 0, 0); return cells[1]; }`],
  ['the end of a ring that one side moves', queue(pushed, popped)],
  ['a sequence lock', 'export class Seq { constructor(sab) { this.at = new Int32Array(sab); this.data = new Float64Array(sab, 8); } write(x) { Atomics.add(this.at, 0, 1); this.data[0] = x; Atomics.add(this.at, 0, 1); } read() { for (;;) { const seen = Atomics.load(this.at, 0); if (seen & 1) continue; const x = this.data[0]; if (Atomics.load(this.at, 0) === seen) return x; } } }'],
  ['two buffers by turns', 'export class Twin { constructor(sab) { this.front = new Int32Array(sab, 0, 1); this.data = new Float32Array(sab, 4); } write(x) { const back = 1 - Atomics.load(this.front, 0); this.data[back] = x; Atomics.store(this.front, 0, back); } read() { return this.data[Atomics.load(this.front, 0)]; } }'],
  ['other memory of the buffer', 'export class A { constructor(sab) { this.flag = new Int32Array(sab, 0, 1); this.data = new Int32Array(sab, 4, 8); } put(n) { this.data[0] = n; Atomics.store(this.flag, 0, 1); } get() { return Atomics.load(this.flag, 0) ? this.data[0] : 0; } }'],
])('%s is met with silence', (_, code) => expect(findings(code)).toEqual([]));

describe('memory that a lock guards', () => {
  const told = (body: string): string[] => findings(`export class Tally { #cells: Int32Array; constructor(memory: SharedArrayBuffer) { this.#cells = new Int32Array(memory); }
    #enter() { while (Atomics.compareExchange(this.#cells, 0, 0, 1) !== 0) Atomics.wait(this.#cells, 0, 1); } #leave() { Atomics.store(this.#cells, 0, 0); Atomics.notify(this.#cells, 0, 1); }
    add(n: number) { this.#enter(); this.#cells[1] += n; this.#leave(); } ${body} }`).map(({ rule }) => rule);

  test('is read without it, before it is had or after it is given back', () => {
    expect(told('get total() { return this.#cells[1]; }')).toEqual(['data-race']);
    expect(told('drain() { if (this.#cells[1] === 0) return 0; this.#enter(); const n = this.#cells[1]; this.#cells[1] = 0; this.#leave(); return n; }')).toEqual(['data-race']);
    expect(told('drain() { this.#enter(); this.#cells[1] = 0; this.#leave(); return this.#cells[1]; }')).toEqual(['data-race']);
  });

  test.each([
    ['with it', 'get total() { this.#enter(); try { return this.#cells[1]; } finally { this.#leave(); } }'],
    ['with it, where one way leaves early', 'drain() { this.#enter(); if (this.#cells[1] === 0) { this.#leave(); return 0; } const n = this.#cells[1]; this.#cells[1] = 0; this.#leave(); return n; }'],
    ['by a helper of those who have it', 'grow() { this.#enter(); this.double(); this.#leave(); } double() { this.#cells[1] *= 2; }'],
    ['by its name only by those who have it', 'totalLocked() { return this.#cells[1]; }'],
    ['when all workers have ended', 'async total(ended: Promise<void>[]) { await Promise.all(ended); return this.#cells[1]; }'],
    ['when a flag says that all have ended', 'total() { while (Atomics.load(this.#cells, 3) === 0); return this.#cells[1]; }'],
    ['by a callback that somebody calls', 'watch(worker: Worker) { worker.on("exit", () => console.log(this.#cells[1])); }'],
    ['in another cell', 'get other() { return this.#cells[2]; }'],
  ])('is met with silence %s', (_, body) => expect(told(body)).toEqual([]));

  test('may have one that is an object', () => {
    const ring = (size: string): string[] => findings(`${cells} const mutex = new SharedMutex(); export function put(n) { mutex.lock(); cells[1] = n; mutex.unlock(); } export function size() { ${size} }`).map(({ rule }) => rule);
    expect([ring('return cells[1];'), ring('mutex.lock(); try { return cells[1]; } finally { mutex.unlock(); }')]).toEqual([['data-race'], []]);
  });

  test('may be chosen by the caller', () => {
    const board = (spread: string, update: string): string[] => findings(`export class Board { readonly #mutex: SharedMutex; readonly #prices: Float64Array; constructor(memory: SharedArrayBuffer) { this.#mutex = new SharedMutex(memory); this.#prices = new Float64Array(memory, 8); }
      update(symbol: number, bid: number) { this.#mutex.lock(); try { ${update}; } finally { this.#mutex.unlock(); } } bid(symbol: number) { ${spread} } }`).map(({ rule }) => rule);
    const [racy, cured, given] = ['return this.#prices[symbol * 2];', 'this.#mutex.lock(); try { return this.#prices[symbol * 2]; } finally { this.#mutex.unlock(); }', 'this.#prices[symbol * 2] = bid'];
    expect([board(racy, given), board(cured, given), board(racy, 'this.#prices[symbol * 2] = 0')]).toEqual([['data-race'], [], []]);
  });

  test('is looked at by a worker that has given it back', () => {
    const worker = (after: string): string[] => findings(`const lock = (cells) => { while (Atomics.compareExchange(cells, 0, 0, 1) !== 0) Atomics.wait(cells, 0, 1); }; const unlock = (cells) => { Atomics.store(cells, 0, 0); Atomics.notify(cells, 0, 1); };
      self.onmessage = (event) => { const cells = new Int32Array(event.data.sab); for (const n of event.data.amounts) { lock(cells); cells[1] = cells[1] + n; unlock(cells); } ${after} };`).map(({ rule }) => rule);
    expect([worker('self.postMessage(cells[1]);'), worker('lock(cells); const total = cells[1]; unlock(cells); self.postMessage(total);')]).toEqual([['data-race'], []]);
  });
});

test('what a file exports runs beside the worker that it starts with itself', () => {
  const told = (look: string, tell: string): string[] => findings(`import { Worker, isMainThread, workerData } from 'node:worker_threads';
    export function start() { const shared = new SharedArrayBuffer(8); new Worker(import.meta.filename, { workerData: shared }); return shared; } export function poll(shared: SharedArrayBuffer) { const cells = new Int32Array(shared); return ${look} === 1 ? cells[1] : undefined; }
    if (!isMainThread) { const cells = new Int32Array(workerData as SharedArrayBuffer); cells[1] = work(); ${tell}; }`).map(({ rule }) => rule);
  expect([told('cells[0]', 'cells[0] = 1'), told('Atomics.load(cells, 0)', 'Atomics.store(cells, 0, 1)')]).toEqual([['data-race'], []]);
});

test('a buffer that is a parameter by default is the memory of a field', () => {
  const told = (stop: string, look: string): string[] => findings(`export class Stop { private readonly flag: Int32Array; constructor(readonly buffer = new SharedArrayBuffer(4)) { this.flag = new Int32Array(this.buffer); } stop() { ${stop}; } get stopped() { return ${look} === 1; } }`).map(({ rule }) => rule);
  expect([told('this.flag[0] = 1', 'this.flag[0]'), told('Atomics.store(this.flag, 0, 1)', 'Atomics.load(this.flag, 0)')]).toEqual([['data-race'], []]);
});

describe('two files', () => {
  const worker = (body: string): string => `import { workerData, parentPort } from 'node:worker_threads'; const view = new Int32Array(workerData.sab); ${body}`;
  const main = (body: string): string => `import { Worker } from 'node:worker_threads'; const sab = new SharedArrayBuffer(8); const view = new Int32Array(sab); const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: { sab } }); ${body}`;
  const rulesIn = (files: Record<string, string>): string[] => createAnalyser(project(files)).analyse({ file: 'main.js', text: files['main.js']! }).findings.map(({ rule, message }) => `${rule} ${message}`);

  test('the other side of a race is told by its file', () => {
    const [found, ...more] = rulesIn({ 'main.js': main('report(view[0]);'), 'worker.js': worker('view[0] = 1;') });
    expect(found).toMatch(/^data-race .*the worker writes the same memory at line 1 of worker\.js/);
    expect(more).toEqual([]);
  });

  test('memory that comes with a message', () => {
    const files = { 'main.js': "const sab = new SharedArrayBuffer(8); const counter = new Int32Array(sab);\nconst worker = new Worker(new URL('./worker.js', import.meta.url)); worker.postMessage({ sab });\nsetInterval(() => render(counter[0]), 16);", 'worker.js': 'self.onmessage = (event) => { const counter = new Int32Array(event.data.sab); for (;;) counter[0] = work(); };' };
    expect(rulesIn(files)).toEqual([expect.stringMatching(/^data-race /)]);
  });

  test('a plain read of what the worker stores atomically', () => {
    expect(rulesIn({ 'main.js': main('setInterval(() => report(view[0]), 10);'), 'worker.js': worker('Atomics.store(view, 0, 1);') })).toEqual([expect.stringMatching(/^data-race /)]);
  });

  test('atomic on both sides is met with silence, and so is an answer', () => {
    expect(rulesIn({ 'main.js': main('setInterval(() => report(Atomics.load(view, 0)), 10);'), 'worker.js': worker('Atomics.store(view, 0, 1);') })).toEqual([]);
    expect(rulesIn({ 'main.js': main('worker.on("message", () => report(view[0]));'), 'worker.js': worker('view[0] = 1; parentPort.postMessage(0);') })).toEqual([]);
  });
});

describe('memory under a sequence number', () => {
  const cell = (read: string, write = 'Atomics.add(this.seq, 0, 1); this.data[0] = x; this.data[1] = y; Atomics.add(this.seq, 0, 1);'): string => `export class Pose { constructor(sab) { this.seq = new Int32Array(sab, 0, 1); this.data = new Float64Array(sab, 8, 2); } publish(x, y) { ${write} } sample() { ${read} } }`;
  const told = (code: string): string[] => findings(code).map(({ rule }) => rule);

  test('is read for nothing if nobody asks again whether a writer came in between', () => {
    expect(told(cell('while (Atomics.load(this.seq, 0) & 1); return [this.data[0], this.data[1]];'))).toEqual(['data-race']);
    expect(told(cell('while (Atomics.load(this.seq, 0) % 2 !== 0) continue; const x = Atomics.load(this.seq, 1); return [x, Atomics.load(this.seq, 2)];', 'Atomics.add(this.seq, 0, 1); Atomics.store(this.seq, 1, x); Atomics.store(this.seq, 2, y); Atomics.add(this.seq, 0, 1);'))).toEqual(['data-race']);
  });

  test('is right to read if somebody does, or if one value is all that is read', () => {
    expect(told(cell('for (;;) { const before = Atomics.load(this.seq, 0); if (before & 1) continue; const pose = [this.data[0], this.data[1]]; if (Atomics.load(this.seq, 0) === before) return pose; }'))).toEqual([]);
    expect(told(cell('while (Atomics.load(this.seq, 0) & 1); return this.data[0];'))).toEqual([]);
  });
});
