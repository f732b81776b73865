import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Watchdog } from '../../src/cli/watchdog.js';

/** A watchdog of 100 ms on a machine that gives the process this share of the time. */
function watch(share: number): { readonly dog: Watchdog; readonly bites: () => number } {
  let bites = 0;
  const begin = Date.now();
  const wall = (): number => Date.now() - begin;
  const dog = new Watchdog(100, () => { bites += 1; }, { wall, processor: () => wall() * share });
  return { dog, bites: () => bites };
}

describe('Watchdog', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it('calls once when the time is up on a quiet machine', () => {
    const { dog, bites } = watch(1.5);
    dog.start();
    vi.advanceTimersByTime(99);
    expect(bites()).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(bites()).toBe(1);
  });

  it('waits longer where the processor is somebody else\'s', () => {
    const { dog, bites } = watch(0.25);
    dog.start();
    vi.advanceTimersByTime(390);
    expect(bites()).toBe(0);
    vi.advanceTimersByTime(60);
    expect(bites()).toBe(1);
  });

  it('does not wait for ever for work that does nothing', () => {
    const { dog, bites } = watch(0);
    dog.start();
    vi.advanceTimersByTime(999);
    expect(bites()).toBe(0);
    vi.advanceTimersByTime(101);
    expect(bites()).toBe(1);
  });

  it('begins anew, and stops', () => {
    const { dog, bites } = watch(1);
    dog.start();
    vi.advanceTimersByTime(80);
    dog.start();
    vi.advanceTimersByTime(80);
    expect(bites()).toBe(0);
    dog.stop();
    vi.advanceTimersByTime(1_000);
    expect(bites()).toBe(0);
  });
});
