import { describe, expect, it } from 'vitest';
import { createSharedMemory } from '../../../src/simulator/agents/shared-memory.js';
import { Blocked, SequentialPort } from './sequential-port.js';

/** Of ES2024, which these types do not know yet. */
type WaitAsync = (array: BigInt64Array, index: number, value: bigint, timeout?: number) => { async: boolean; value: unknown };
type Globals = typeof globalThis & { Atomics: Atomics & { waitAsync: WaitAsync } };

function world() {
  const port = new SequentialPort();
  return { port, ...(createSharedMemory(port, { Promise, tick: () => undefined }).globals as unknown as Globals) };
}

describe('Atomics', () => {
  it('asks for one operation, with operands as the element holds them', () => {
    const { port, SharedArrayBuffer, Int8Array, Atomics } = world();
    const view = new Int8Array(new SharedArrayBuffer(2));
    expect([Atomics.add(view, 1, 200), Atomics.compareExchange(view, 1, 200, 300), Atomics.store(view, 1, 1000.7), view[1]]).toEqual([0, -56, 1000, -24]);
    expect(port.performed).toMatchObject([
      { kind: 'modify', operator: 'add', value: -56, cell: { offset: 1, type: 'Int8' } }, { kind: 'compare-exchange', expected: -56, replacement: 44 }, { kind: 'store', value: -24, isAtomic: true }, { kind: 'load', isAtomic: false },
    ]);
  });

  it('refuses what is not shared memory of integers, and then asks for nothing', () => {
    const { port, SharedArrayBuffer, Float64Array, Int32Array, Int16Array, Atomics } = world();
    const buffer = new SharedArrayBuffer(8);
    const notMemory = [Promise.resolve(), () => 1, buffer, new Float64Array(buffer), {}, undefined] as unknown as Int32Array[];
    for (const wrong of notMemory) expect(() => Atomics.load(wrong, 0)).toThrow(TypeError);
    expect(() => Atomics.wait(new Int16Array(buffer) as never, 0, 0)).toThrow(TypeError);
    expect(() => Atomics.wait(new Int32Array(2), 0, 0)).toThrow(TypeError);
    expect(() => Atomics.load(new Int32Array(buffer), 2)).toThrow(RangeError);
    expect(port.performed).toEqual([]);
  });

  it('works on ordinary arrays, without an operation', () => {
    const { port, Int32Array, Atomics } = world();
    const array = new Int32Array(2);
    expect([Atomics.add(array, 0, 2), Atomics.load(array, 0), Atomics.notify(array, 0)]).toEqual([0, 2, 0]);
    expect(port.performed).toEqual([]);
  });

  it('wait: without a time-out for ever, and the main agent may', () => {
    const { port, SharedArrayBuffer, Int32Array, Atomics } = world();
    const view = new Int32Array(new SharedArrayBuffer(4));
    expect([Atomics.wait(view, 0, 1), Atomics.wait(view, 0, 0, 5)]).toEqual(['not-equal', 'timed-out']);
    for (const timeout of [undefined, NaN, Infinity]) expect(() => Atomics.wait(view, 0, 0, timeout)).toThrow(Blocked);
    expect(port.performed.map((op) => 'timeout' in op && op.timeout)).toEqual([Infinity, 5, Infinity, Infinity, Infinity]);
  });

  it('waitAsync: a promise that the loop fulfils when the agent is woken', async () => {
    const { port, SharedArrayBuffer, BigInt64Array, Atomics } = world();
    const view = new BigInt64Array(new SharedArrayBuffer(16));
    expect(Atomics.waitAsync(view, 1, 7n)).toEqual({ async: false, value: 'not-equal' });
    expect(Atomics.waitAsync(view, 1, 0n, 0)).toEqual({ async: false, value: 'timed-out' });
    const waiting = Atomics.waitAsync(view, 1, 0n);
    expect(waiting.async).toBe(true);
    const op = port.performed.at(-1)!;
    port.handlers.get(op.kind === 'wait-async' ? op.token : '')!('ok');
    expect(await waiting.value).toBe('ok');
  });

  it('pause takes an integer or nothing', () => {
    const { pause } = world().Atomics as unknown as { pause(count?: unknown): void };
    expect([pause(), pause(3)]).toEqual([undefined, undefined]);
    for (const wrong of ['3', 1.5, null, 1n]) expect(() => pause(wrong)).toThrow(TypeError);
  });
});
