import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Compiling } from '../../src/cli/compiling.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What was set, in its order, and a piece of work that takes as long as it says. */
function setUp() {
  const set: string[] = [];
  const compiling = new Compiling(() => void set.push('late'), () => void set.push('early'));
  const work = (milliseconds: number): Promise<void> => compiling.during(() => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  return { set, work };
}

it('code is compiled late while work is short', async () => {
  const { set, work } = setUp();
  const done = work(100);
  await vi.advanceTimersByTimeAsync(5_000);
  await done;
  expect(set).toEqual(['late']);
});

it('and early while some work is long, however much short work comes meanwhile', async () => {
  const { set, work } = setUp();
  const long = [work(10_000), work(12_000)];
  await vi.advanceTimersByTimeAsync(5_000);
  const short = work(100);
  await vi.advanceTimersByTimeAsync(1_000);
  await short;
  expect(set).toEqual(['late', 'late', 'early']);
  await vi.advanceTimersByTimeAsync(10_000);
  await Promise.all(long);
  expect(set).toEqual(['late', 'late', 'early', 'late']);
});

it('work that fails says so, and counts no longer', async () => {
  const { set } = setUp();
  const compiling = new Compiling(() => void set.push('late'), () => void set.push('early'));
  const failing = expect(compiling.during(() => new Promise((_resolve, reject) => { setTimeout(() => reject(new Error('over')), 3_000); }))).rejects.toThrow('over');
  await vi.advanceTimersByTimeAsync(3_000);
  await failing;
  expect(set).toEqual(['late', 'early', 'late']);
});
