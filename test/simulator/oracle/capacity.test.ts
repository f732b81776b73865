import { describe, expect, it } from 'vitest';
import { capacityOf } from '../../../src/simulator/oracle/capacity.js';

/** Rows are secrets, columns what is seen; numbers of executions. */
const capacity = (...rows: readonly (readonly number[])[]): number =>
  Math.round(1000 * capacityOf(rows.flatMap((row, secret) => row.flatMap((executions, at) => (executions === 0 ? [] : [{ secret, observed: `${at}`, executions, clean: 0 }]))))) / 1000;

/** Entropy of a coin, in bits. */
const entropy = (p: number): number => -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);

describe('what an observer learns, beside known channels', () => {
  it('a noiseless one: all of the secret', () => {
    expect([capacity([1, 0], [0, 1]), capacity([5, 0, 0, 0], [0, 1, 0, 0], [0, 0, 2, 0], [0, 0, 0, 7])]).toEqual([1, 2]);
  });

  it('one that always shows the same: nothing', () => {
    expect([capacity([3], [1]), capacity([2, 2], [5, 5]), capacity([1, 2, 3])]).toEqual([0, 0, 0]);
  });

  it('a binary symmetric channel: 1 - H(p)', () => {
    expect(capacity([9, 1], [1, 9])).toBeCloseTo(1 - entropy(0.1), 3);
  });

  it('an erasure channel: 1 - p', () => {
    expect(capacity([3, 0, 1], [0, 3, 1])).toBeCloseTo(0.75, 3);
  });

  it('a Z channel of one half: log2(5/4), by an uneven use of its inputs', () => {
    expect(capacity([1, 0], [1, 1])).toBeCloseTo(Math.log2(5 / 4), 3);
  });
});
