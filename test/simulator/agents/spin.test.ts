import { describe, expect, it } from 'vitest';
import type { SharedOp } from '../../../src/simulator/agents/operations.js';
import { createSharedMemory } from '../../../src/simulator/agents/shared-memory.js';
import { Blocked, SequentialPort } from './sequential-port.js';

function world(mostTicks = 100) {
  const port = new SequentialPort();
  let ticks = 0;
  const memory = createSharedMemory(port, { Promise, tick: () => { if (++ticks > mostTicks) throw new Error('out of steps'); } });
  const { SharedArrayBuffer, Int32Array, Atomics } = memory.globals as unknown as typeof globalThis;
  const x = new Int32Array(new SharedArrayBuffer(16));
  /** Another agent stores right before the operation with this rank. */
  const storeBefore = (rank: number, index: number, value: number): void => {
    port.before = () => { if (port.performed.length === rank) port.write({ buffer: 'buffer 1', offset: index * 4, type: 'Int32', name: '' }, value); };
  };
  const parks = (): Extract<SharedOp, { kind: 'park' }>['seen'][] => port.performed.flatMap((op) => (op.kind === 'park' ? [op.seen] : []));
  return { port, memory, x, Atomics, storeBefore, parks, kinds: () => port.performed.map(({ kind }) => kind) };
}

describe('a loop that only looks', () => {
  it('parks on what it has seen, and looks again once that has changed', () => {
    const { memory, x, Atomics, storeBefore, parks, kinds } = world();
    storeBefore(2, 1, 1);
    memory.spin(4, () => Atomics.load(x, 0) === 0 && Atomics.load(x, 1) === 0);
    expect(kinds()).toEqual(['load', 'load', 'park', 'load', 'load']);
    expect(parks()[0]!.map(({ cell, value }) => [cell.offset, value])).toEqual([[0, 0], [4, 0]]);
  });

  it('is parked for ever where nobody stores', () => {
    const { memory, x } = world();
    expect(() => memory.spin(0, () => x[0] === 0)).toThrow(Blocked);
  });

  it('is not parked where what it has seen is no longer so', () => {
    const { memory, x, storeBefore, kinds } = world();
    storeBefore(1, 0, 1);
    memory.spin(0, () => x[0] !== x[0] || x[0] === 0);
    expect(kinds().filter((kind) => kind === 'park')).toHaveLength(1);
  });

  it('takes a failed compare-exchange for a read, and one that succeeds for what it is', () => {
    const { port, memory, x, Atomics, storeBefore, parks, kinds } = world();
    x[0] = 1;
    storeBefore(2, 0, 0);
    memory.spin(0, () => Atomics.compareExchange(x, 0, 0, 1) !== 0);
    expect(kinds()).toEqual(['store', 'compare-exchange', 'park', 'compare-exchange']);
    expect(parks()[0]).toMatchObject([{ value: 1 }]);
    expect(port.performed.filter(({ kind }) => kind === 'park')).toHaveLength(1);
  });

  it('takes an exchange that changes nothing for a read: test-and-set', () => {
    const { memory, x, Atomics, storeBefore, kinds } = world();
    x[0] = 1;
    storeBefore(2, 0, 0);
    memory.spin(0, () => Atomics.exchange(x, 0, 1) === 1);
    expect(kinds()).toEqual(['store', 'modify', 'park', 'modify']);
  });

  it('goes round at once after an iteration that changed something', () => {
    const { memory, x, Atomics, kinds } = world();
    memory.spin(0, () => Atomics.add(x, 0, 1) < 2);
    expect(kinds()).toEqual(['modify', 'modify', 'modify']);
  });

  it('is an ordinary loop, with a limit, where it looks at nothing shared', () => {
    const { memory, kinds } = world(10);
    let rounds = 0;
    memory.spin(0, () => ++rounds < 5);
    expect([rounds, kinds()]).toEqual([5, []]);
    expect(() => memory.spin(0, () => true)).toThrow('out of steps');
  });

  it('works inside a condition, with the values that the condition is asked about', () => {
    const { memory, x, kinds } = world();
    memory.primitives.blockUntil(() => { memory.spin(0, () => x[0] === 1); return true; });
    expect(kinds()).toEqual(['block-until']);
  });
});
