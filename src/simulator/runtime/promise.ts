import type { Job } from './jobs.js';
import { isAbort } from './loop-abort.js';
import type { EventLoop } from './loop.js';
import { capabilityOf, describe, isObject, type Capability, type Executor, type Handler } from './promise-capability.js';
import { all, allSettled, any, race } from './promise-combinators.js';
import { AdoptReaction, AwaitReaction, PlainThenReaction, ThenReaction, type Awaiter } from './promise-jobs.js';
import { PromiseSlots, type PromiseStateName } from './promise-slots.js';

/** Hooks are read at each use, so they may be set later. */
export interface PromiseHooks {
  /** The promise that a value of the host stands for: the value then counts as that native promise. */
  isExternal?: ((value: object) => Promise<unknown> | undefined) | undefined;
}

/** What the host does with promises. No code of the subject runs in these, except where ECMA-262 says so. */
export interface PromiseCore {
  /** A pending promise. */
  create(): Promise<unknown>;
  /** What the promise's resolve function does. A promise that is resolved but still pending must not be resolved again. */
  resolve(promise: Promise<unknown>, resolution: unknown): void;
  reject(promise: Promise<unknown>, reason: unknown): void;
  /** PromiseResolve(%Promise%, value). */
  promiseResolve(value: unknown): Promise<unknown>;
  isPromise(value: unknown): value is Promise<unknown>;
  state(promise: Promise<unknown>): PromiseStateName;
  /** The value or reason of a settled promise. */
  result(promise: Promise<unknown>): unknown;
  /** It will not be reported as unhandled. */
  markHandled(promise: Promise<unknown>): void;
  /** Await(value) of ECMA-262: one tick for a native promise. Throws what PromiseResolve throws. */
  await(value: unknown, awaiter: Awaiter): void;
  /** PerformPromiseThen, with `derived` as the plain promise of its capability. */
  derive(promise: Promise<unknown>, onFulfilled: Handler, onRejected: Handler | undefined, derived: Promise<unknown>): void;
}

/**
 * %Promise% of ECMA-262 (section 27.2) over the jobs of `loop`, to the tick. One class serves all executions of a loop.
 * The slots hang on a private field, so a proxy or a look-alike is no promise.
 */
export function createPromise(loop: EventLoop, hooks: PromiseHooks = {}): { readonly Promise: PromiseConstructor; readonly core: PromiseCore } {
  const noExecutor: Executor = () => undefined;
  let slotsOf!: (value: object) => PromiseSlots | undefined;

  const SimPromise = class Promise {
    readonly #slots = new PromiseSlots(loop, this);

    static {
      slotsOf = (value) => (#slots in value ? value.#slots : undefined);
      loop.lookAtPromise = (promise) => slotsOf(promise)?.look();
    }

    constructor(executor: Executor) {
      if (executor === noExecutor) return;
      if (typeof executor !== 'function') throw new TypeError(`Promise resolver ${describe(executor)} is not a function`);
      const { resolve, reject } = resolvingFunctions(this);
      attempt(() => executor(resolve, reject), reject);
    }

    static get [Symbol.species](): unknown {
      return this;
    }

    static all(iterable: unknown): unknown {
      return all(this, newCapability(this), iterable, turnsOf(loop));
    }

    static allSettled(iterable: unknown): unknown {
      return allSettled(this, newCapability(this), iterable, turnsOf(loop));
    }

    static any(iterable: unknown): unknown {
      return any(this, newCapability(this), iterable, turnsOf(loop));
    }

    static race(iterable: unknown): unknown {
      return race(this, newCapability(this), iterable);
    }

    static reject(reason: unknown): unknown {
      const { promise, reject } = newCapability(this);
      reject(reason);
      return promise;
    }

    static resolve(value: unknown): unknown {
      return promiseResolve(requireReceiver(this, 'PromiseResolve'), value);
    }

    static try(callback: (...args: unknown[]) => unknown, ...args: unknown[]): unknown {
      const { promise, resolve, reject } = newCapability(requireReceiver(this, 'Promise.try'));
      attempt(() => resolve(callback(...args)), reject);
      return promise;
    }

    static withResolvers(): Capability {
      const { promise, resolve, reject } = newCapability(this);
      return { promise, resolve, reject };
    }

    then(onFulfilled: unknown, onRejected: unknown): unknown {
      const slots = slotsOf(requireReceiver(this, 'Promise.prototype.then'));
      if (slots === undefined) throw new TypeError(`Method Promise.prototype.then called on incompatible receiver ${describe(this)}`);
      const constructor = speciesConstructor(this);
      if (constructor === SimPromise) {
        const derived = create();
        slots.react(new PlainThenReaction(loop, core, handlerOf(onFulfilled), handlerOf(onRejected), derived));
        return derived;
      }
      const capability = newCapability(constructor);
      slots.react(new ThenReaction(loop, handlerOf(onFulfilled), handlerOf(onRejected), capability));
      return capability.promise;
    }

    catch(onRejected: unknown): unknown {
      return (this as unknown as Thenable).then(undefined, onRejected);
    }

    finally(onFinally: unknown): unknown {
      const constructor = speciesConstructor(requireReceiver(this, 'Promise.prototype.finally'));
      const promise = this as unknown as Thenable;
      if (typeof onFinally !== 'function') return promise.then(onFinally, onFinally);
      const afterwards = (next: () => unknown): unknown => (promiseResolve(constructor, onFinally()) as Thenable).then(next);
      return promise.then(
        (value: unknown) => afterwards(() => value),
        (reason: unknown) =>
          afterwards(() => {
            throw reason;
          }),
      );
    }
  };
  // Minifying drops the name of a class expression.
  Object.defineProperty(SimPromise, 'name', { value: 'Promise', configurable: true });
  Object.defineProperty(SimPromise.prototype, Symbol.toStringTag, { value: 'Promise', configurable: true });

  interface Thenable {
    then(onFulfilled?: unknown, onRejected?: unknown): unknown;
  }

  const originalThen = SimPromise.prototype.then;

  /** NewPromiseResolveThenableJob */
  class ThenableJob implements Job {
    readonly task = loop.task;
    readonly stores = loop.stores;
    readonly #promise: Promise<unknown>;
    readonly #thenable: object;
    readonly #then: Handler;

    constructor(promise: Promise<unknown>, thenable: object, then: Handler) {
      this.#promise = promise;
      this.#thenable = thenable;
      this.#then = then;
    }

    run(): void {
      const slots = this.#then === originalThen ? slotsOf(this.#thenable) : undefined;
      if (slots !== undefined && (this.#thenable as { constructor?: unknown }).constructor === SimPromise) slots.react(new AdoptReaction(this, core, this.#promise));
      else this.#callThen();
    }

    #callThen(): void {
      const { resolve, reject } = resolvingFunctions(this.#promise);
      attempt(() => Reflect.apply(this.#then, this.#thenable, [resolve, reject]), reject);
    }
  }

  function slots(promise: object): PromiseSlots {
    const found = slotsOf(promise);
    if (found === undefined) throw new TypeError('not a promise of this loop');
    return found;
  }

  function create(): Promise<unknown> {
    return new SimPromise(noExecutor) as unknown as Promise<unknown>;
  }

  /** CreateResolvingFunctions */
  function resolvingFunctions(promise: object): { resolve: Handler; reject: Handler } {
    let isResolved = false;
    const once = (settle: (promise: Promise<unknown>, value: unknown) => void): Handler => (value) => {
      slots(promise).takeTurn();
      if (isResolved) return;
      isResolved = true;
      settle(promise as Promise<unknown>, value);
    };
    return { resolve: once(resolve), reject: once(reject) };
  }

  /** Promise Resolve Functions, steps 7 to 15. */
  function resolve(promise: Promise<unknown>, resolution: unknown): void {
    if (!isObject(resolution)) return slots(promise).fulfill(resolution);
    if (resolution === promise) return reject(promise, new TypeError('Chaining cycle detected for promise #<Promise>'));
    const external = hooks.isExternal?.(resolution);
    if (external !== undefined) return loop.addMicrotask(new ThenableJob(promise, external, originalThen as Handler));
    let then: unknown;
    try {
      then = (resolution as { then?: unknown }).then;
    } catch (error) {
      if (isAbort(error)) throw error;
      return reject(promise, error);
    }
    if (typeof then === 'function') loop.addMicrotask(new ThenableJob(promise, resolution, then as Handler));
    else slots(promise).fulfill(resolution);
  }

  function reject(promise: Promise<unknown>, reason: unknown): void {
    slots(promise).reject(reason);
  }

  /** PromiseResolve(C, x) */
  function promiseResolve(constructor: unknown, value: unknown): unknown {
    if (isObject(value)) {
      const external = constructor === SimPromise ? hooks.isExternal?.(value) : undefined;
      if (external !== undefined) return external;
      if (slotsOf(value) !== undefined && (value as { constructor?: unknown }).constructor === constructor) return value;
    }
    if (constructor !== SimPromise) {
      const { promise, resolve } = newCapability(constructor);
      resolve(value);
      return promise;
    }
    const promise = create();
    resolve(promise, value);
    return promise;
  }

  function newCapability(constructor: unknown): Capability {
    if (constructor !== SimPromise) return capabilityOf(constructor);
    const promise = create();
    return { promise, ...resolvingFunctions(promise) };
  }

  /** SpeciesConstructor(promise, %Promise%) */
  function speciesConstructor(promise: object): unknown {
    const { constructor } = promise as { constructor: unknown };
    if (constructor === undefined) return SimPromise;
    if (!isObject(constructor)) throw new TypeError('The .constructor property is not an object');
    const species = (constructor as { [Symbol.species]?: unknown })[Symbol.species];
    return species ?? SimPromise;
  }

  const core: PromiseCore = {
    create,
    resolve,
    reject,
    promiseResolve: (value) => promiseResolve(SimPromise, value) as Promise<unknown>,
    isPromise: (value): value is Promise<unknown> => isObject(value) && slotsOf(value) !== undefined,
    state: (promise) => slots(promise).state,
    result: (promise) => slots(promise).result,
    markHandled: (promise) => slots(promise).markHandled(),
    await: (value, awaiter) => slots(promiseResolve(SimPromise, value) as object).react(new AwaitReaction(loop, awaiter)),
    derive: (promise, onFulfilled, onRejected, derived) => slots(promise).react(new PlainThenReaction(loop, core, onFulfilled, onRejected, derived)),
  };
  return { Promise: SimPromise as unknown as PromiseConstructor, core };
}

/** Whoever arrives at what this turn makes takes a turn there. */
function turnsOf(loop: EventLoop): () => void {
  const place = `collection ${loop.turnName.id}:${loop.countPromise()}`;
  return () => loop.takeTurn(place);
}

/** Runs code of the subject; what it throws goes to `fail`. */
function attempt(run: () => unknown, fail: Handler): void {
  try {
    run();
  } catch (error) {
    if (isAbort(error)) throw error;
    fail(error);
  }
}

function handlerOf(value: unknown): Handler | undefined {
  return typeof value === 'function' ? (value as Handler) : undefined;
}

function requireReceiver<T>(receiver: T, method: string): T & object {
  if (!isObject(receiver)) throw new TypeError(`${method} called on non-object`);
  return receiver;
}
