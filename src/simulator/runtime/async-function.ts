import { isAbort } from './loop-abort.js';
import { BodyDriver, isGeneratorFunction, type AsyncRuntime } from './async-driver.js';

type Body = (...args: unknown[]) => Generator;

/** An async function's body (AsyncFunctionStart). */
class AsyncFunctionDriver extends BodyDriver {
  readonly #promise: Promise<unknown>;

  constructor(runtime: AsyncRuntime, body: Generator, promise: Promise<unknown>, isNative: boolean) {
    super(runtime, body, isNative);
    this.#promise = promise;
  }

  start(): void {
    this.run('next', undefined);
  }

  protected override onYield(value: unknown): boolean {
    return this.suspend(value);
  }

  protected override onReturn(value: unknown): void {
    this.runtime.core.resolve(this.#promise, value);
  }

  protected override onThrow(error: unknown): void {
    this.runtime.core.reject(this.#promise, error);
  }
}

/** TypeScript's `__awaiter`: `yield` in `generator` stands for `await`. The promise type is always the loop's own, as for a native async function. */
export function createAwaiter(runtime: AsyncRuntime): (thisArg: unknown, args: unknown, constructor: unknown, generator: Body) => Promise<unknown> {
  return (thisArg, args, _constructor, generator) => {
    const promise = runtime.core.create();
    try {
      const body = Reflect.apply(generator, thisArg, (args as unknown[] | undefined) ?? []);
      new AsyncFunctionDriver(runtime, body, promise, isGeneratorFunction(generator)).start();
    } catch (error) {
      if (isAbort(error)) throw error;
      runtime.core.reject(promise, error);
    }
    return promise;
  };
}
