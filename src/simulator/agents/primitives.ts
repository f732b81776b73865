import { disposalSymbols } from '../runtime/async-dispose.js';
import { isAbort } from '../runtime/loop-abort.js';
import { ConditionError, Guard } from './guard.js';
import type { SharedAccess } from './shared-access.js';
import type { Named } from './shared-names.js';

export interface Primitives {
  readonly Mutex: new () => MutexLike;
  readonly Semaphore: new (count: number) => { acquire(): void; release(): void };
  readonly Condition: new (mutex: MutexLike) => { wait(): void; signal(): void; broadcast(): void };
  readonly blockUntil: (condition: () => unknown) => void;
}

interface MutexLike {
  lock(): void;
  unlock(): void;
  tryLock(): boolean;
  run<T>(critical: () => T): T;
  hold(): object;
}

/** What a primitive is in the shared world. */
class Identity implements Named {
  readonly id: string;
  name: string;

  constructor(access: SharedAccess, kind: string, object: object) {
    this.id = access.identify(kind);
    this.name = this.id;
    access.names.register(object, this);
  }
}

/** The blocking primitives of the module `raceproof`, for one agent. They block the whole agent, as locks block a thread. */
export function createPrimitives(access: SharedAccess): Primitives {
  const Mutex = createMutex(access);
  return { Mutex: Mutex.Mutex, Semaphore: createSemaphore(access), Condition: createCondition(access, Mutex.identityOf), blockUntil: (condition) => blockUntil(access, condition) };
}

function createMutex(access: SharedAccess): { readonly Mutex: Primitives['Mutex']; readonly identityOf: (value: unknown) => Identity | undefined } {
  let identityOf!: (value: unknown) => Identity | undefined;

  class Mutex implements MutexLike {
    readonly #identity = new Identity(access, 'mutex', this);

    static {
      identityOf = (value) => (typeof value === 'object' && value !== null && #identity in value ? value.#identity : undefined);
    }

    /** Not reentrant: an agent that locks it twice waits for itself. */
    lock(): void {
      access.perform({ kind: 'lock', site: access.site, mutex: this.#identity.id, name: this.#identity.name });
    }

    unlock(): void {
      const { id, name } = this.#identity;
      const answer = access.perform({ kind: 'unlock', site: access.site, mutex: id, name });
      if (answer !== 'ok') throw new Error(`unlock of ${name}, which ${answer === 'held-by-another' ? 'another agent holds' : 'nobody holds'}`);
    }

    tryLock(): boolean {
      return access.perform({ kind: 'try-lock', site: access.site, mutex: this.#identity.id, name: this.#identity.name }) as boolean;
    }

    /** Runs `critical` with the lock held. */
    run<T>(critical: () => T): T {
      requireFunction(critical, 'Mutex.run', '() => { balance[0] += 1; }');
      this.lock();
      return finallyDo(critical, (result) => {
        this.unlock();
        if (isThenable(result)) throw new TypeError(`the function given to run of ${this.#identity.name} returned a promise, so the lock is released before the work is done; lock() and unlock() around the await instead`);
      });
    }

    /** For `using held = mutex.hold();`: locked until the end of the block. */
    hold(): object {
      this.lock();
      return Object.freeze({ [disposalSymbols.dispose]: () => this.unlock() });
    }
  }
  return { Mutex, identityOf };
}

function createSemaphore(access: SharedAccess): Primitives['Semaphore'] {
  return class Semaphore {
    readonly #identity = new Identity(access, 'semaphore', this);
    readonly #initial: number;

    constructor(count: number) {
      if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`new Semaphore(${describe(count)}): the count must be an integer of 0 or more`);
      this.#initial = count;
    }

    acquire(): void {
      access.perform({ kind: 'acquire', site: access.site, semaphore: this.#identity.id, initial: this.#initial, name: this.#identity.name });
    }

    release(): void {
      access.perform({ kind: 'release', site: access.site, semaphore: this.#identity.id, initial: this.#initial, name: this.#identity.name });
    }
  };
}

function createCondition(access: SharedAccess, mutexOf: (value: unknown) => Identity | undefined): Primitives['Condition'] {
  return class Condition {
    readonly #identity = new Identity(access, 'condition', this);
    readonly #mutex: Identity;

    constructor(mutex: MutexLike) {
      const identity = mutexOf(mutex);
      if (!identity) throw new TypeError(`new Condition(${describe(mutex)}): it takes the Mutex that guards what is waited for`);
      this.#mutex = identity;
    }

    /** Gives the mutex back, waits to be signalled, and locks it again. As with every condition: look again after waking, for others may have been faster. */
    wait(): void {
      const { id, name } = this.#identity;
      const answer = access.perform({ kind: 'condition-wait', site: access.site, condition: id, mutex: this.#mutex.id, name });
      if (answer === 'not-held') throw new Error(`wait of ${name} without holding ${this.#mutex.name}`);
      access.perform({ kind: 'lock', site: access.site, mutex: this.#mutex.id, name: this.#mutex.name });
    }

    /** Wakes one that waits, if any does; the caller goes on, with the mutex. */
    signal(): void {
      this.#wake(false);
    }

    broadcast(): void {
      this.#wake(true);
    }

    #wake(isBroadcast: boolean): void {
      access.perform({ kind: 'signal', site: access.site, condition: this.#identity.id, isBroadcast, name: this.#identity.name });
    }
  };
}

/** Waits until the condition holds; looking and going on is one step. */
function blockUntil(access: SharedAccess, condition: () => unknown): void {
  requireFunction(condition, 'blockUntil', '() => flag[0] === 1');
  const guard = new Guard((answer) => access.answering(answer, () => {
    const value = condition();
    if (isThenable(value)) throw new ConditionError('the condition of blockUntil gives a promise, which always counts as true; it must be a plain function of shared memory');
    return Boolean(value);
  }));
  try {
    access.perform({ kind: 'block-until', site: access.site, guard, name: 'its condition' });
  } finally {
    guard.retire();
  }
}

/** try/finally, but an agent that is being unwound does nothing more. */
function finallyDo<T>(run: () => T, finish: (result: T | undefined) => void): T {
  let result: T;
  try {
    result = run();
  } catch (error) {
    if (!isAbort(error)) finish(undefined);
    throw error;
  }
  finish(result);
  return result;
}

function requireFunction(value: unknown, taker: string, example: string): void {
  if (typeof value !== 'function') throw new TypeError(`${taker} takes a function, such as ${example}, but was given ${describe(value)}`);
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as { readonly then?: unknown }).then === 'function';
}

function describe(value: unknown): string {
  if (isThenable(value)) return 'a promise';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
