import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

const told = (code: string): string[] => findings(code).map(({ rule }) => rule);

/** Code with `@@` where the bug, or its cure, is put in. */
function versions(code: string, racy: string, cured: string): { racy: string[]; cured: string[] } {
  return { racy: told(code.replaceAll('@@', racy)), cured: told(code.replaceAll('@@', cured)) };
}

const sell = 'let sold = 0; async function sellOne(token: string) { const before = sold; const n = await pay(token); sold = before + n; }';

describe('a lock that each run makes for itself', () => {
  test('keeps no other run away from the state of the module', () => {
    const [made, kept] = ['const limit = pLimit(1);', ''];
    const code = `import pLimit from 'p-limit'; ${sell}`;
    const handler = (line: string): string => `export async function sellAll(tokens: string[]) { ${line} await Promise.all(tokens.map((token) => limit(() => sellOne(token)))); }`;
    expect(findings(`${code} ${handler(made)}`)).toMatchObject([{ rule: 'missing-lock', message: expect.stringContaining('`limit` keeps nobody else out: each run makes its own.') as string }]);
    expect(told(`${code} const limit = pLimit(1); ${handler(kept)}`)).toEqual([]);
  });

  test('keeps the tasks of one run apart', () => {
    expect(told(`import pLimit from 'p-limit'; export async function total(tokens: string[]) { let sum = 0; const limit = pLimit(1);
      await Promise.all(tokens.map((token) => limit(async () => { const before = sum; sum = before + await pay(token); }))); return sum; }`)).toEqual([]);
  });

  test('may be the only one where it is handed on, or given by somebody else', () => {
    const use = (line: string): string => `import { Mutex } from 'async-mutex'; ${sell} export async function sellAll(tokens: string[]) { ${line} await Promise.all(tokens.map((token) => mutex.runExclusive(() => sellOne(token)))); }`;
    expect(told(use('const mutex = new Mutex(); register(mutex);'))).toEqual([]);
    expect(told(use('const mutex = mutexFor(tokens);'))).toEqual([]);
  });

  test('is the same for all if it lies outside of the program', () => {
    expect(told(`import { Mutex } from 'redis-semaphore'; ${sell} export async function sellAll(redis: Redis, token: string) { const mutex = new Mutex(redis, 'sale'); await mutex.acquire(); try { await sellOne(token); } finally { await mutex.release(); } }`)).toEqual([]);
  });

  test('or each call of the function that gives it', () => {
    const gate = (body: string): string => `import { Semaphore } from 'async-mutex'; const kept = new Semaphore(1); const gate = () => ${body}; let left = 5;
      export async function take(n: number) { const [, release] = await gate().acquire(); try { const before = left; await reserve(n); left = before - n; } finally { release(); } }`;
    expect(told(gate('new Semaphore(1)'))).toEqual(['lost-update']);
    expect(told(gate('kept'))).toEqual([]);
  });

  test('two that are made alike are two', () => {
    expect(told("import pLimit from 'p-limit'; export async function copy(names: string[]) { const reads = pLimit(1); const writes = pLimit(1); await Promise.all(names.map((name) => reads(() => writes(() => move(name))))); }")).toEqual([]);
  });
});

describe('a lock that each instance makes for itself', () => {
  const reader = (decorator: string): string => `import { Injectable, Scope } from '@nestjs/common'; import AwaitLock from 'await-lock';
    ${decorator} export class Feed { static #cursor = 0; @@ async next() { await Feed.all.acquireAsync(); try { const at = Feed.#cursor; const rows = await load(at); Feed.#cursor = at + rows.length; } finally { Feed.all.release(); } } }`;

  test('keeps no other instance away from what lies in the class, where a container makes one for each request', () => {
    const perRequest = reader('@Injectable({ scope: Scope.REQUEST })');
    expect(told(perRequest.replaceAll('Feed.all', 'this.lock').replace('@@', 'private readonly lock = new AwaitLock();'))).toEqual(['missing-lock']);
    expect(told(perRequest.replace('@@', 'private static readonly all = new AwaitLock();'))).toEqual([]);
  });

  test('is enough where there may be only one instance', () => {
    expect(told(reader('@Injectable()').replaceAll('Feed.all', 'this.lock').replace('@@', 'private readonly lock = new AwaitLock();'))).toEqual([]);
  });

  test('or where each run of a handler makes one', () => {
    const code = `import { Mutex } from 'async-mutex'; let total = 0; @@
      export class Adder { private readonly mutex = new Mutex(); add(n: number) { return this.mutex.runExclusive(async () => { const before = total; await audit(n); total = before + n; }); } }`;
    expect(versions(code, 'export async function handle(n: number) { const adder = new Adder(); await adder.add(n); }', 'const adder = new Adder(); export async function handle(n: number) { await adder.add(n); }')).toEqual({ racy: ['missing-lock'], cured: [] });
  });
});

describe('a lock that refuses', () => {
  const code = (mutex: string): string => `import { Mutex, withTimeout } from 'async-mutex'; const mutex = ${mutex}; export async function send(n: number) { @@ }`;
  const racy = 'try { await mutex.acquire(); await post(n); } catch (error) { if (isTimeout(error)) return; throw error; } finally { mutex.release(); }';

  test('is not to be given back by those who were refused', () => {
    expect(versions(code('withTimeout(new Mutex(), 2000)'), racy, 'await mutex.acquire(); try { await post(n); } finally { mutex.release(); }')).toEqual({ racy: ['double-release'], cured: [] });
    expect(told(code('withTimeout(new Mutex(), 2000)').replace('@@', 'let isHeld = false; try { await mutex.acquire(); isHeld = true; await post(n); } finally { if (isHeld) mutex.release(); }'))).toEqual([]);
  });

  test('one that does not is got in any case', () => expect(told(code('new Mutex()').replace('@@', racy))).toEqual([]));

  test('await-lock gives up only with a time limit', () => {
    const awaited = (options: string): string => `import AwaitLock from 'await-lock'; const lock = new AwaitLock(); export async function send(n: number) { try { await lock.acquireAsync(${options}); await post(n); } finally { lock.release(); } }`;
    expect([told(awaited('{ timeout: 500 }')), told(awaited(''))]).toEqual([['double-release'], []]);
  });
});

test('a lock on shared memory that is kept in a field is taken in one step', () => {
  const code = `export class SpinLock { constructor(private readonly cells: Int32Array, private readonly slot: number) {}
    acquire() { @@ } release() { Atomics.store(this.cells, this.slot, 0); Atomics.notify(this.cells, this.slot, 1); } }
    export const lock = new SpinLock(new Int32Array(new SharedArrayBuffer(64)), 0);`;
  expect(versions(code, 'while (Atomics.load(this.cells, this.slot) !== 0) Atomics.wait(this.cells, this.slot, 1); Atomics.store(this.cells, this.slot, 1);',
    'while (Atomics.compareExchange(this.cells, this.slot, 0, 1) !== 0) Atomics.wait(this.cells, this.slot, 1);')).toEqual({ racy: ['non-atomic-update'], cured: [] });
});

test('what an interface calls a view is one', () => {
  const code = 'interface Frame { pixels: Uint8Array } export function submit(encoder: Worker, frame: Frame) { @@ }';
  expect(versions(code, 'encoder.postMessage(frame.pixels, [frame.pixels.buffer]); return checksum(frame.pixels);', 'const sum = checksum(frame.pixels); encoder.postMessage(frame.pixels, [frame.pixels.buffer]); return sum;')).toEqual({ racy: ['use-after-transfer'], cured: [] });
});
