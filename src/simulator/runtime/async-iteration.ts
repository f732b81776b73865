import { isAbort } from './loop-abort.js';
import { describe, isObject } from './promise-capability.js';
import { Awaited, Delegated, ReturnNow } from './async-generator.js';
import { markSequence, type AsyncRuntime, type AwaitSequence, type SequenceStep } from './async-driver.js';

type Method = (...args: unknown[]) => unknown;

const NO_THROW = 'The iterator does not provide a "throw" method';

/**
 * What `yield*` in an async generator delegates to (ECMA-262, YieldExpression : yield * AssignmentExpression), seen by the sync
 * generator of TypeScript's emit as a sync iterator. Each request makes two rounds: first the inner method is called and its result
 * awaited by the driver, then that result is unwrapped.
 */
class Delegation implements Iterator<unknown> {
  readonly #inner: object;
  readonly #next: Method;
  #round: 'request' | 'result' | 'return-result' | 'return-value' | 'close' | 'returning' = 'request';

  constructor({ inner, method }: StepByStep) {
    this.#inner = inner;
    this.#next = method as Method;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(value: unknown): IteratorResult<unknown> {
    const round = this.#round;
    this.#round = 'request';
    if (round === 'request') return this.#ask('result', Reflect.apply(this.#next, this.#inner, [value]));
    if (round === 'return-value') return this.#return(value);
    if (round === 'close') throw new TypeError(NO_THROW);
    return this.#unwrap(value, round === 'return-result');
  }

  throw(error: unknown): IteratorResult<unknown> {
    const round = this.#round;
    this.#round = 'request';
    if (round === 'close') throw new TypeError(NO_THROW);
    if (round !== 'request') throw error;
    const method = methodOf(this.#inner, 'throw');
    if (method !== undefined) return this.#ask('result', Reflect.apply(method, this.#inner, [error]));
    const close = methodOf(this.#inner, 'return');
    if (close === undefined) throw new TypeError(NO_THROW);
    return this.#ask('close', Reflect.apply(close, this.#inner, []));
  }

  return(value: unknown): IteratorResult<unknown> {
    if (this.#round === 'returning') return { value, done: true };
    const method = methodOf(this.#inner, 'return');
    if (method === undefined) return this.#ask('return-value', value);
    return this.#ask('return-result', Reflect.apply(method, this.#inner, [value]));
  }

  #ask(round: 'result' | 'return-result' | 'return-value' | 'close', awaited: unknown): IteratorResult<unknown> {
    this.#round = round;
    return { value: new Awaited(awaited), done: false };
  }

  #unwrap(result: unknown, isReturn: boolean): IteratorResult<unknown> {
    if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
    const { done } = result as IteratorResult<unknown>;
    const { value } = result as IteratorResult<unknown>;
    if (!done) return { value, done: false };
    return isReturn ? this.#return(value) : { value: new Delegated(value), done: true };
  }

  #return(value: unknown): IteratorResult<unknown> {
    this.#round = 'returning';
    return { value: new ReturnNow(value), done: false };
  }
}

/** GetMethod */
export function methodOf(object: object, name: PropertyKey): Method | undefined {
  const method = (object as Record<PropertyKey, unknown>)[name];
  if (method === undefined || method === null) return undefined;
  if (typeof method !== 'function') throw new TypeError(`${String(name)} is not a function`);
  return method as Method;
}

/**
 * CreateAsyncFromSyncIterator, as Node 20 and 22 have it (ECMA-262 of 2024). The edition of 2025 also closes the sync iterator when
 * a value rejects or `throw` is missing; no engine that Raceproof runs in did so when this was written.
 */
class AsyncFromSyncIterator {
  readonly #runtime: AsyncRuntime;
  readonly #inner: object;
  readonly #next: Method;

  constructor(runtime: AsyncRuntime, inner: object) {
    this.#runtime = runtime;
    this.#inner = inner;
    this.#next = (inner as { next: Method }).next;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(...value: [unknown?]): Promise<unknown> {
    return this.#answer((promise) => this.#continueWith(Reflect.apply(this.#next, this.#inner, value), promise));
  }

  return(...value: [unknown?]): Promise<unknown> {
    return this.#answer((promise) => {
      const method = methodOf(this.#inner, 'return');
      if (method === undefined) this.#runtime.core.resolve(promise, { value: value[0], done: true });
      else this.#continueWith(Reflect.apply(method, this.#inner, value), promise);
    });
  }

  throw(error: unknown): Promise<unknown> {
    return this.#answer((promise) => {
      const method = methodOf(this.#inner, 'throw');
      if (method === undefined) this.#runtime.core.reject(promise, error);
      else this.#continueWith(Reflect.apply(method, this.#inner, [error]), promise);
    });
  }

  /** What the inner iterator throws rejects the promise. */
  #answer(ask: (promise: Promise<unknown>) => void): Promise<unknown> {
    const { core } = this.#runtime;
    const promise = core.create();
    try {
      ask(promise);
    } catch (error) {
      if (isAbort(error)) throw error;
      core.reject(promise, error);
    }
    return promise;
  }

  /** AsyncFromSyncIteratorContinuation: the value is awaited, then wrapped again. */
  #continueWith(result: unknown, promise: Promise<unknown>): void {
    const { core } = this.#runtime;
    if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
    const done = Boolean((result as IteratorResult<unknown>).done);
    const wrapper = core.promiseResolve((result as IteratorResult<unknown>).value);
    core.derive(wrapper, (value) => ({ value, done }), undefined, promise);
  }
}

/** An await whose result must be an object: of `next` and `return` in `for await`, which the emit does not check. */
class CheckedResult implements AwaitSequence {
  readonly #awaited: unknown;
  #isFirst = true;

  constructor(awaited: unknown) {
    this.#awaited = awaited;
  }

  step(isRejected: boolean, value: unknown): SequenceStep {
    if (this.#isFirst) {
      this.#isFirst = false;
      return { awaits: this.#awaited };
    }
    if (isRejected) throw value;
    if (!isObject(value)) throw new TypeError(`Iterator result ${String(value)} is not an object`);
    return { gives: value };
  }
}

/** The iterator of a `for await`, as its emit uses it: the `next` method is read once, `return` when the loop is left early. */
export class StepByStep {
  readonly inner: object;
  readonly method: unknown;

  constructor(inner: object) {
    this.inner = inner;
    this.method = (inner as { next: unknown }).next;
  }

  next(): AwaitSequence {
    return markSequence(new CheckedResult(Reflect.apply(this.method as Method, this.inner, [])));
  }

  get return(): (() => AwaitSequence) | undefined {
    const method = methodOf(this.inner, 'return');
    return method && (() => markSequence(new CheckedResult(Reflect.apply(method, this.inner, []))));
  }
}

/** GetIterator(iterable, async); undefined for what has neither method. */
export function openAsyncIterator(runtime: AsyncRuntime, iterable: unknown): object | undefined {
  const asyncMethod = methodOf(iterable as object, Symbol.asyncIterator);
  if (asyncMethod !== undefined) return openIterator(iterable, asyncMethod, Symbol.asyncIterator);
  const method = methodOf(iterable as object, Symbol.iterator);
  return method && new AsyncFromSyncIterator(runtime, openIterator(iterable, method, Symbol.iterator));
}

function openIterator(iterable: unknown, method: Method, symbol: symbol): object {
  const iterator: unknown = Reflect.apply(method, iterable, []);
  if (!isObject(iterator)) throw new TypeError(`Result of the ${String(symbol)} method is not an object`);
  return iterator;
}

/** TypeScript's `__asyncValues`, for `for await` and inside `__asyncDelegator`, the one for `yield*`. */
export function createAsyncIteration(runtime: AsyncRuntime): { __asyncValues: (iterable: unknown) => object; __asyncDelegator: (steps: StepByStep) => Iterator<unknown> } {
  return {
    __asyncDelegator: (steps) => new Delegation(steps),
    __asyncValues: (iterable) => {
      const iterator = openAsyncIterator(runtime, iterable);
      if (iterator === undefined) throw new TypeError(`${describe(iterable)} is not async iterable`);
      return new StepByStep(iterator);
    },
  };
}
