import { isObject } from './promise-capability.js';
import { BodyDriver, type AsyncRuntime, type Resumption } from './async-driver.js';
import { disposalSymbols } from './async-dispose.js';
import { isAbort } from './loop-abort.js';
import { seal } from './sealed.js';

/** What `__await(v)` gives: a `yield` of it is an await, any other `yield` in an async generator is a real one. */
export class Awaited {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** The end of a `yield*`: TypeScript wraps it in `__await`, but ECMA-262 awaits nothing there. */
export class Delegated {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** A `yield*` whose inner generator answered `return`: the outer one returns this now. */
export class ReturnNow {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** AsyncGeneratorRequest Record */
interface Request {
  readonly resumption: Resumption;
  readonly value: unknown;
  readonly promise: Promise<unknown>;
}

type State = 'suspended-start' | 'suspended-yield' | 'executing' | 'draining' | 'completed';

/** One async generator (ECMA-262, section 27.6.3): its body, and the queue of requests that `next`, `throw` and `return` make. */
class AsyncGeneratorDriver extends BodyDriver {
  #state: State = 'suspended-start';
  readonly #queue: Request[] = [];
  /** Unwrapping a `return` that arrived at a `yield`: its value is being awaited. */
  #isUnwrappingReturn = false;

  request(resumption: Resumption, value: unknown): Promise<unknown> {
    const promise = this.runtime.core.create();
    if (this.#answerAtOnce(resumption, value, promise)) return promise;
    this.#queue.push({ resumption, value, promise });
    if (this.#state === 'suspended-yield') this.#resumeAtYield();
    else if (this.#state === 'suspended-start' && resumption === 'next') this.#start(value);
    else if (this.#state === 'suspended-start' || this.#state === 'completed') this.#awaitReturn();
    return promise;
  }

  /** Requests to a generator that has ended, or is ended by this before it began, need no queue; `return` does, for it awaits. */
  #answerAtOnce(resumption: Resumption, value: unknown, promise: Promise<unknown>): boolean {
    if (resumption === 'throw' && this.#state === 'suspended-start') this.#state = 'completed';
    if (resumption === 'return' || this.#state !== 'completed') return false;
    if (resumption === 'throw') this.runtime.core.reject(promise, value);
    else this.runtime.core.resolve(promise, { value: undefined, done: true });
    return true;
  }

  #start(value: unknown): void {
    this.#state = 'executing';
    this.run('next', value);
  }

  #resumeAtYield(): void {
    this.#state = 'executing';
    if (!this.#takeResumption()) this.run(this.next, this.nextValue);
  }

  /** AsyncGeneratorUnwrapYieldResumption of the first request. True if the body has to wait first. */
  #takeResumption(): boolean {
    const { resumption, value } = this.#queue[0]!;
    if (resumption !== 'return') return this.proceed(resumption, value);
    this.#isUnwrappingReturn = true;
    if (this.suspend(value)) return true;
    this.#isUnwrappingReturn = false;
    return false;
  }

  override resume(isRejected: boolean, value: unknown): void {
    if (!this.#isUnwrappingReturn) return super.resume(isRejected, value);
    this.#isUnwrappingReturn = false;
    this.resumed();
    this.run(isRejected ? 'throw' : 'return', value);
  }

  protected override onYield(value: unknown): boolean {
    if (value instanceof Awaited) return value.value instanceof Delegated ? this.proceed('next', value.value.value) : this.suspend(value.value);
    if (value instanceof ReturnNow) return this.proceed('return', value.value);
    return this.#yield(value);
  }

  /** AsyncGeneratorYield; the value has been awaited already. */
  #yield(value: unknown): boolean {
    this.#completeStep(value, false);
    if (this.#queue.length > 0) return this.#takeResumption();
    this.#state = 'suspended-yield';
    return true;
  }

  protected override onReturn(value: unknown): void {
    this.#state = 'draining';
    this.#completeStep(value, true);
    this.#drain();
  }

  protected override onThrow(error: unknown): void {
    this.#state = 'draining';
    this.runtime.core.reject(this.#queue.shift()!.promise, error);
    this.#drain();
  }

  /** AsyncGeneratorCompleteStep */
  #completeStep(value: unknown, done: boolean): void {
    this.runtime.core.resolve(this.#queue.shift()!.promise, { value, done });
  }

  /** AsyncGeneratorDrainQueue */
  #drain(): void {
    for (let request = this.#queue[0]; request !== undefined; request = this.#queue[0]) {
      if (request.resumption === 'return') return this.#awaitReturn();
      if (request.resumption === 'throw') this.runtime.core.reject(this.#queue.shift()!.promise, request.value);
      else this.#completeStep(undefined, true);
    }
    this.#state = 'completed';
  }

  /** AsyncGeneratorAwaitReturn */
  #awaitReturn(): void {
    const { core } = this.runtime;
    this.#state = 'draining';
    const settle = (isRejected: boolean, value: unknown): void => {
      if (isRejected) core.reject(this.#queue.shift()!.promise, value);
      else this.#completeStep(value, true);
      this.#drain();
    };
    try {
      core.await(this.#queue[0]!.value, { resume: settle });
    } catch (error) {
      if (isAbort(error)) throw error;
      settle(true, error);
    }
  }
}

type Body = (...args: unknown[]) => Generator;

/** TypeScript's `__asyncGenerator` and `__await`. */
export function createAsyncGenerators(runtime: AsyncRuntime): {
  __await: (value: unknown) => Awaited;
  /** What `return;` returns: nothing, and without the await that the emit puts there (ECMA-262, 14.10.1). */
  __nothing: Delegated;
  __asyncGenerator: (thisArg: unknown, args: unknown, generator: Body) => AsyncGenerator;
} {
  const drivers = new WeakMap<object, AsyncGeneratorDriver>();

  /** AsyncGeneratorValidate: a wrong receiver is a rejection, not a throw. */
  function request(receiver: unknown, resumption: Resumption, value: unknown): Promise<unknown> {
    const driver = isObject(receiver) ? drivers.get(receiver) : undefined;
    if (driver !== undefined) return driver.request(resumption, value);
    const promise = runtime.core.create();
    runtime.core.reject(promise, new TypeError(`${resumption} method called on incompatible receiver`));
    return promise;
  }

  const asyncIteratorPrototype = {
    [Symbol.asyncIterator](): unknown {
      return this;
    },
    [disposalSymbols.asyncDispose](this: object): Promise<unknown> {
      return disposeIterator(runtime, this);
    },
  };
  for (const key of Reflect.ownKeys(asyncIteratorPrototype)) Object.defineProperty(asyncIteratorPrototype, key, { enumerable: false });
  const prototype = Object.create(asyncIteratorPrototype, {
    next: method((receiver, value) => request(receiver, 'next', value)),
    return: method((receiver, value) => request(receiver, 'return', value)),
    throw: method((receiver, value) => request(receiver, 'throw', value)),
    [Symbol.toStringTag]: { value: 'AsyncGenerator', configurable: true },
  }) as object;

  seal(asyncIteratorPrototype, prototype, ...Reflect.ownKeys(asyncIteratorPrototype).map((key) => (asyncIteratorPrototype as Record<PropertyKey, object>)[key]!));
  return {
    __await: (value) => new Awaited(value),
    __nothing: new Delegated(undefined),
    __asyncGenerator: (thisArg, args, generator) => {
      const body = Reflect.apply(generator, thisArg, (args as unknown[] | undefined) ?? []);
      const asyncGenerator = Object.create(prototype) as AsyncGenerator;
      drivers.set(asyncGenerator, new AsyncGeneratorDriver(runtime, body));
      return asyncGenerator;
    },
  };
}

/** %AsyncIteratorPrototype% [ @@asyncDispose ]: what `return` gives is awaited and dropped. */
function disposeIterator({ core }: AsyncRuntime, iterator: object): Promise<unknown> {
  const promise = core.create();
  try {
    const { return: close } = iterator as { return?: unknown };
    if (close === undefined || close === null) core.resolve(promise, undefined);
    else core.derive(core.promiseResolve(Reflect.apply(close as Body, iterator, [])), () => undefined, undefined, promise);
  } catch (error) {
    if (isAbort(error)) throw error;
    core.reject(promise, error);
  }
  return promise;
}

function method(run: (receiver: unknown, value: unknown) => unknown): PropertyDescriptor {
  return {
    value(this: unknown, value: unknown) {
      return run(this, value);
    },
    writable: true,
    configurable: true,
  };
}
