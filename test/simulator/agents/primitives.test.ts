import { describe, expect, it } from 'vitest';
import { ConditionError, Guard, UnseenValues } from '../../../src/simulator/agents/guard.js';
import type { Cell, ElementValue, SharedOp } from '../../../src/simulator/agents/operations.js';
import { createSharedMemory } from '../../../src/simulator/agents/shared-memory.js';
import { SimulationAbort } from '../../../src/simulator/runtime/loop-abort.js';
import { Blocked, SequentialPort } from './sequential-port.js';

function world() {
  const port = new SequentialPort();
  const memory = createSharedMemory(port, { Promise, tick: () => undefined });
  const { SharedArrayBuffer, Int32Array, Atomics } = memory.globals as unknown as typeof globalThis;
  const x = new Int32Array(new SharedArrayBuffer(16));
  memory.name(x, 'x');
  return { port, memory, x, Atomics, ...memory.primitives, kinds: () => port.performed.map(({ kind }) => kind) };
}

describe('Mutex', () => {
  it('locks, unlocks and tries', () => {
    const { Mutex, kinds } = world();
    const mutex = new Mutex();
    mutex.lock();
    expect(mutex.tryLock()).toBe(false);
    mutex.unlock();
    expect(mutex.tryLock()).toBe(true);
    expect(() => mutex.lock()).toThrow(Blocked);
    expect(kinds()).toEqual(['lock', 'try-lock', 'unlock', 'try-lock', 'lock']);
  });

  it('run gives the result back and unlocks, whatever happens', () => {
    const { Mutex, kinds } = world();
    const mutex = new Mutex();
    expect(mutex.run(() => 3)).toBe(3);
    expect(() => mutex.run(() => { throw new Error('inside'); })).toThrow('inside');
    expect(kinds()).toEqual(['lock', 'unlock', 'lock', 'unlock']);
  });

  it('run does nothing more in an agent that is unwound', () => {
    const { Mutex, kinds } = world();
    expect(() => new Mutex().run(() => { throw new SimulationAbort('steps'); })).toThrow(SimulationAbort);
    expect(kinds()).toEqual(['lock']);
  });

  it('run refuses work that goes on after it', () => {
    const { Mutex, kinds } = world();
    expect(() => new Mutex().run(() => Promise.resolve(1))).toThrow('returned a promise, so the lock is released before the work is done');
    expect(() => new Mutex().run(Promise.resolve() as never)).toThrow('Mutex.run takes a function, such as');
    expect(kinds()).toEqual(['lock', 'unlock']);
  });

  it('hold ends with its block', () => {
    const { Mutex, kinds } = world();
    const held = new Mutex().hold() as Record<symbol, () => void>;
    held[(Symbol as unknown as { dispose: symbol }).dispose]!();
    expect(kinds()).toEqual(['lock', 'unlock']);
  });

  it('says which lock is unlocked by whom it does not belong to', () => {
    const { memory, Mutex } = world();
    const forks = [new Mutex(), new Mutex()];
    expect(() => forks[1]!.unlock()).toThrow('unlock of mutex 2, which nobody holds');
    memory.name(forks, 'forks');
    expect(() => forks[1]!.unlock()).toThrow('unlock of forks[1], which nobody holds');
  });
});

describe('Semaphore and Condition', () => {
  it('a semaphore counts, and tells the world what it started with', () => {
    const { Semaphore, port } = world();
    const seats = new Semaphore(1);
    seats.acquire();
    expect(() => seats.acquire()).toThrow(Blocked);
    seats.release();
    expect(port.performed.every((op) => 'initial' in op && op.initial === 1 && op.name === 'semaphore 1')).toBe(true);
    for (const count of [-1, 1.5, NaN, '2', undefined]) expect(() => new Semaphore(count as number)).toThrow('must be an integer of 0 or more');
  });

  it('waiting gives the mutex back and takes it again', () => {
    const { Mutex, Condition, kinds } = world();
    const mutex = new Mutex();
    const changed = new Condition(mutex);
    mutex.lock();
    changed.wait();
    changed.signal();
    changed.broadcast();
    mutex.unlock();
    expect(kinds()).toEqual(['lock', 'condition-wait', 'lock', 'signal', 'signal', 'unlock']);
  });

  it('refuses to wait without the mutex, and to be made without one', () => {
    const { Mutex, Condition, Semaphore } = world();
    expect(() => new Condition(new Mutex()).wait()).toThrow('wait of condition 1 without holding mutex 1');
    expect(() => new Condition(new Semaphore(1) as never)).toThrow('it takes the Mutex that guards');
    expect(() => new Condition(Promise.resolve() as never)).toThrow('new Condition(a promise)');
  });
});

describe('blockUntil', () => {
  it('is one operation: what the condition reads is none', () => {
    const { x, blockUntil, kinds } = world();
    x[1] = 1;
    blockUntil(() => x[0] === 0 && x[1] === 1);
    expect(kinds()).toEqual(['store', 'block-until']);
    expect(() => blockUntil(() => x[1] === 0)).toThrow(Blocked);
  });

  it('refuses what only looks like a condition', () => {
    const { x, blockUntil, Mutex, Atomics, kinds } = world();
    expect(() => blockUntil(true as never)).toThrow('blockUntil takes a function, such as () => flag[0] === 1, but was given true');
    expect(() => blockUntil(() => Promise.resolve(true))).toThrow('gives a promise, which always counts as true');
    expect(() => blockUntil(() => (x[0] = 1) === 1)).toThrow('a condition may only read shared memory, but this one asks for a write to x[0]');
    expect(() => blockUntil(() => Atomics.add(x, 2, 1) === 1)).toThrow('an update of x[2]');
    expect(() => blockUntil(() => new Mutex().tryLock())).toThrow('try-lock of mutex 1');
    expect(new Set(kinds())).toEqual(new Set(['block-until']));
    expect([...x]).toEqual([0, 0, 0, 0]);
  });
});

describe('a guard is a decision tree', () => {
  const cell = (index: number): Cell => ({ buffer: 'b', offset: index * 4, type: 'Int32', name: `b[${index}]` });
  const load = (index: number): SharedOp => ({ site: -1, kind: 'load', cell: cell(index), isAtomic: false });
  const where = (...values: ElementValue[]) => ({ offset }: Cell): ElementValue => values[offset / 4]!;

  function counted(condition: (read: (index: number) => unknown) => boolean) {
    const evaluations = { count: 0 };
    const guard = new Guard((answer) => { evaluations.count++; return condition((index) => answer(load(index))); });
    return { guard, evaluations };
  }

  it('runs the closure once for each way through it', () => {
    const { guard, evaluations } = counted((read) => read(0) === 1 || read(1) === 1);
    const answers = [[1, 0], [1, 5], [0, 1], [0, 0], [0, 1], [1, 7]].map(([a, b]) => guard.holds(where(a!, b!)));
    expect(answers.map(({ isTrue, reads }) => `${isTrue} ${reads.map(({ name }) => name).join(' ')}`)).toEqual(['true b[0]', 'true b[0]', 'true b[0] b[1]', 'false b[0] b[1]', 'true b[0] b[1]', 'true b[0]']);
    expect(evaluations.count).toBe(3);
  });

  it('reads a cell once, and tells -0 from 0', () => {
    const { guard, evaluations } = counted((read) => Object.is(read(0), -0) && Object.is(read(0), -0));
    expect([guard.holds(where(0)), guard.holds(where(-0)), guard.holds(where(0))].map(({ isTrue, reads }) => [isTrue, reads.length])).toEqual([[false, 1], [true, 1], [false, 1]]);
    expect(evaluations.count).toBe(2);
  });

  it('knows what it has seen once its agent has gone on, and no more', () => {
    const { guard } = counted((read) => read(0) === 1);
    guard.holds(where(1));
    guard.retire();
    expect(guard.holds(where(1)).isTrue).toBe(true);
    expect(() => guard.holds(where(0))).toThrow(UnseenValues);
    const again = counted((read) => read(0) === 1);
    again.guard.adopt(guard);
    expect([again.guard.holds(where(1)).isTrue, again.evaluations.count]).toEqual([true, 0]);
    again.guard.holds(where(0));
    expect(guard.holds(where(0)).isTrue).toBe(false);
  });

  it('refuses a condition that reads other memory the next time', () => {
    let first = 0;
    const { guard } = counted((read) => read(first) === read(2));
    guard.holds(where(0, 0, 0));
    first = 1;
    expect(() => guard.holds(where(3, 0, 0))).toThrow(ConditionError);
  });
});
