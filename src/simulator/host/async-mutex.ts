/**
 * async-mutex 0.5 as the simulator runs it: the algorithm of its `Semaphore`, on the simulator's promises, to the same order of
 * grants. Its wrong uses behave as they do there: a releaser works once, `release()` twice lets two in, a nested acquire hangs.
 * Source: the package's own sources; `test/simulator/async-mutex.test.ts` compares both.
 */
export interface MutexWorld {
  readonly Promise: PromiseConstructor;
  readonly awaiter: <T>(self: unknown, args: unknown, P: undefined, body: () => Generator<unknown, T, never>) => Promise<T>;
  readonly setTimeout: (run: () => void, milliseconds: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
  /** The turn at hand looks at the state of a lock, or changes it: who comes first is decided by the order of such turns. */
  readonly touch?: (lock: object, kind: 'read' | 'write') => void;
}

type Release = () => void;
interface Waiting { readonly resolve: (value: [number, Release]) => void; readonly reject: (error: unknown) => void; readonly weight: number; readonly priority: number }
interface Unlocking { readonly resolve: () => void; readonly priority: number }

export function createAsyncMutex(world: MutexWorld): Record<string, unknown> {
  const { Promise, awaiter } = world;
  const E_TIMEOUT = new Error('timeout while waiting for mutex to become available');
  const E_ALREADY_LOCKED = new Error('mutex already locked');
  const E_CANCELED = new Error('request for lock canceled');

  class Semaphore {
    _value: number;
    readonly _cancelError: Error;
    _queue: Waiting[] = [];
    readonly _unlocks: Unlocking[][] = [];

    constructor(value: number, cancelError = E_CANCELED) {
      this._value = value;
      this._cancelError = cancelError;
    }

    acquire(weight = 1, priority = 0): Promise<[number, Release]> {
      requirePositive(weight);
      world.touch?.(this, 'write');
      return new Promise((resolve, reject) => {
        const waiting: Waiting = { resolve, reject, weight, priority };
        const before = this._queue.findLastIndex((other) => priority <= other.priority);
        if (before === -1 && weight <= this._value) this._grant(waiting);
        else this._queue.splice(before + 1, 0, waiting);
      });
    }

    runExclusive<T>(callback: (value: number) => T | Promise<T>, weight = 1, priority = 0): Promise<T> {
      const acquire = (): Promise<[number, Release]> => this.acquire(weight, priority);
      return awaiter(this, undefined, undefined, function* () {
        const [value, release] = (yield acquire()) as [number, Release];
        try {
          return (yield callback(value)) as T;
        } finally {
          release();
        }
      });
    }

    waitForUnlock(weight = 1, priority = 0): Promise<void> {
      requirePositive(weight);
      world.touch?.(this, 'write');
      if (this._couldLockNow(weight, priority)) return Promise.resolve();
      return new Promise((resolve) => {
        const waiting = (this._unlocks[weight - 1] ??= []);
        waiting.splice(waiting.findLastIndex((other) => priority <= other.priority) + 1, 0, { resolve, priority });
      });
    }

    isLocked(): boolean {
      world.touch?.(this, 'read');
      return this._value <= 0;
    }

    getValue(): number {
      world.touch?.(this, 'read');
      return this._value;
    }

    setValue(value: number): void {
      world.touch?.(this, 'write');
      this._value = value;
      this._dispatch();
    }

    release(weight = 1): void {
      requirePositive(weight);
      world.touch?.(this, 'write');
      this._value += weight;
      this._dispatch();
    }

    cancel(): void {
      world.touch?.(this, 'write');
      this._queue.forEach((waiting) => waiting.reject(this._cancelError));
      this._queue = [];
    }

    _dispatch(): void {
      this._drainUnlocks();
      while (this._queue.length > 0 && this._queue[0]!.weight <= this._value) {
        this._grant(this._queue.shift()!);
        this._drainUnlocks();
      }
    }

    _grant(waiting: Waiting): void {
      const before = this._value;
      this._value -= waiting.weight;
      waiting.resolve([before, once(() => this.release(waiting.weight))]);
    }

    _drainUnlocks(): void {
      if (this._queue.length === 0) {
        for (let weight = this._value; weight > 0; weight--) {
          this._unlocks[weight - 1]?.forEach((waiting) => waiting.resolve());
          this._unlocks[weight - 1] = [];
        }
        return;
      }
      const priority = this._queue[0]!.priority;
      for (let weight = this._value; weight > 0; weight--) {
        const waiting = this._unlocks[weight - 1];
        if (!waiting) continue;
        const end = waiting.findIndex((other) => other.priority <= priority);
        waiting.splice(0, end === -1 ? waiting.length : end).forEach((other) => other.resolve());
      }
    }

    _couldLockNow(weight: number, priority: number): boolean {
      return (this._queue.length === 0 || this._queue[0]!.priority < priority) && weight <= this._value;
    }
  }

  class Mutex {
    readonly _semaphore: Semaphore;

    constructor(cancelError?: Error) {
      this._semaphore = new Semaphore(1, cancelError);
    }

    acquire(priority = 0): Promise<Release> {
      const { _semaphore } = this;
      return awaiter(this, undefined, undefined, function* () {
        const [, release] = (yield _semaphore.acquire(1, priority)) as [number, Release];
        return release;
      });
    }

    runExclusive<T>(callback: () => T | Promise<T>, priority = 0): Promise<T> {
      return this._semaphore.runExclusive(() => callback(), 1, priority);
    }

    isLocked(): boolean {
      return this._semaphore.isLocked();
    }

    waitForUnlock(priority = 0): Promise<void> {
      return this._semaphore.waitForUnlock(1, priority);
    }

    release(): void {
      if (this._semaphore.isLocked()) this._semaphore.release();
    }

    cancel(): void {
      this._semaphore.cancel();
    }
  }

  type Lock = { acquire: (...args: number[]) => Promise<Release | [number, Release]>; release(weight?: number): void; isLocked(): boolean; cancel(): void; waitForUnlock: (...args: number[]) => Promise<void> };

  /** Every wait is given up after `milliseconds`; a lock that comes too late is given back. */
  function withTimeout(lock: Lock, milliseconds: number, timeoutError: Error = E_TIMEOUT): object {
    const limited = <T>(start: () => Promise<T>, tooLate: (value: T) => void): Promise<T> => new Promise((resolve, reject) => {
      let isOver = false;
      const timer = world.setTimeout(() => { isOver = true; reject(timeoutError); }, milliseconds);
      start().then((value) => {
        if (isOver) return tooLate(value);
        world.clearTimeout(timer);
        resolve(value);
      }, (error: unknown) => { if (!isOver) { world.clearTimeout(timer); reject(error); } });
    });
    const acquire = (...args: number[]): Promise<Release | [number, Release]> => limited(() => lock.acquire(...args), (ticket) => (Array.isArray(ticket) ? ticket[1] : ticket)());
    return {
      acquire,
      runExclusive: <T>(callback: (value?: number) => T | Promise<T>, ...args: number[]) => awaiter(undefined, undefined, undefined, function* () {
        let release: Release = () => undefined;
        try {
          const ticket = (yield acquire(...args)) as Release | [number, Release];
          if (Array.isArray(ticket)) { release = ticket[1]; return (yield callback(ticket[0])) as T; }
          release = ticket;
          return (yield callback()) as T;
        } finally {
          release();
        }
      }),
      release: (weight?: number) => lock.release(weight), cancel: () => lock.cancel(), isLocked: () => lock.isLocked(),
      waitForUnlock: (...args: number[]) => limited(() => lock.waitForUnlock(...args), () => undefined),
    };
  }

  const tryAcquire = (lock: Lock, alreadyLockedError: Error = E_ALREADY_LOCKED): object => withTimeout(lock, 0, alreadyLockedError);
  return Object.freeze({ __esModule: true, Mutex, Semaphore, withTimeout, tryAcquire, E_TIMEOUT, E_ALREADY_LOCKED, E_CANCELED });
}

function requirePositive(weight: number): void {
  if (weight <= 0) throw new Error(`invalid weight ${weight}: must be positive`);
}

function once(run: Release): Release {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    run();
  };
}
