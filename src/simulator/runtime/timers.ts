import { emptied } from './emptied.js';
import type { EventLoop } from './loop.js';
import { TimerOrder } from './timer-order.js';
import { Immediate, Immediates, Timeout, isCleared } from './timers-handles.js';

type Callback = (...args: unknown[]) => unknown;

export type Timers = ReturnType<typeof createTimers>;

/**
 * Node's timers on the virtual clock of `loop` (its invariants 4 and 5). Handles have Node's methods, and turn into a number as
 * Node's and a browser's do.
 */
export function createTimers(loop: EventLoop) {
  const order = new TimerOrder(loop);
  const immediates = new Immediates(loop);
  let byNumber = new Map<number, Timeout>();

  function register(timeout: Timeout): Timeout {
    byNumber.set(timeout.number, timeout);
    return timeout;
  }

  function clear(handle: unknown): void {
    const timeout = typeof handle === 'number' || typeof handle === 'string' ? byNumber.get(Number(handle)) : handle;
    if (timeout instanceof Timeout || timeout instanceof Immediate) timeout.clear();
  }

  return {
    setTimeout: (callback: Callback, delay?: unknown, ...args: unknown[]): Timeout => register(new Timeout(loop, order, requireFunction(callback), args, duration(delay), false)),
    setInterval: (callback: Callback, delay?: unknown, ...args: unknown[]): Timeout => register(new Timeout(loop, order, requireFunction(callback), args, duration(delay), true)),
    setImmediate: (callback: Callback, ...args: unknown[]): Immediate => new Immediate(loop, immediates, requireFunction(callback), args),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
    /** A handle is that of a timer that somebody has ended. */
    isEnded: (handle: unknown): boolean => handle instanceof Timeout && isCleared(handle),
    queueMicrotask: (callback: Callback): void => loop.queueMicrotask(callback),
    nextTick: (callback: Callback, ...args: unknown[]): void => loop.nextTick(callback, ...args),
    dateNow: (): number => EPOCH + loop.now(),
    performanceNow: (): number => loop.now(),
    /** Forgets the handles of the execution before. */
    reset: (): void => {
      byNumber = emptied(byNumber);
      order.clear();
      immediates.clear();
    },
  };
}

/** What `Date.now()` gives at the start of every execution: 2024-01-01T00:00:00Z. */
export const EPOCH = 1_704_067_200_000;

const LONGEST = 2 ** 31 - 1;

/** Node: no delay, one below 1 and one that overflows all mean 1 ms; fractions are dropped. */
function duration(delay: unknown): number {
  const milliseconds = Number(delay);
  return milliseconds >= 1 && milliseconds <= LONGEST ? Math.trunc(milliseconds) : 1;
}

function requireFunction(callback: unknown): Callback {
  if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.');
  return callback as Callback;
}
