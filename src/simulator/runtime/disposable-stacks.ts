import { addResource, disposal, disposalSymbols, type DisposalScope } from './async-dispose.js';
import { createAwaiter } from './async-function.js';
import type { AsyncRuntime } from './async-driver.js';
import { suppressedError } from './suppressed-error.js';

type Callback = (...args: unknown[]) => unknown;
type Class = { readonly prototype: object };

/** The resources that a stack holds, until it is disposed or its contents move on. */
class HeldResources {
  #scope: DisposalScope = emptyScope();
  #isDisposed = false;
  readonly #isAsync: boolean;

  constructor(isAsync: boolean) {
    this.#isAsync = isAsync;
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  use(value: unknown): unknown {
    addResource(this.#pending(), value, this.#isAsync);
    return value;
  }

  adopt(value: unknown, onDispose: unknown): unknown {
    const scope = this.#pending();
    const dispose = requireCallback(onDispose);
    scope.stack.push({ value: undefined, isAsync: this.#isAsync, dispose: () => Reflect.apply(dispose, undefined, [value]) });
    return value;
  }

  defer(onDispose: unknown): undefined {
    this.#pending().stack.push({ value: undefined, isAsync: this.#isAsync, dispose: requireCallback(onDispose) });
  }

  /** Hands everything over to `other`, which is new; nothing is disposed. */
  moveTo(other: HeldResources): void {
    other.#scope = this.take();
  }

  /** From now on disposed; the caller disposes what is returned. */
  take(): DisposalScope {
    const scope = this.#pending();
    this.#isDisposed = true;
    this.#scope = emptyScope();
    return scope;
  }

  #pending(): DisposalScope {
    if (this.#isDisposed) throw new ReferenceError('the stack is disposed already');
    return this.#scope;
  }
}

function emptyScope(): DisposalScope {
  return { stack: [], error: undefined, hasError: false };
}

function requireCallback(callback: unknown): Callback {
  if (typeof callback !== 'function') throw new TypeError('the dispose callback is not a function');
  return callback as Callback;
}

/** `DisposableStack`, `AsyncDisposableStack` and `SuppressedError` (ECMA-262, 27.3 and 27.4), which Node 20 lacks. */
export function createDisposableStacks(runtime: AsyncRuntime): { readonly DisposableStack: Class; readonly AsyncDisposableStack: Class; readonly SuppressedError: Class } {
  const run = createAwaiter(runtime);

  class DisposableStack {
    readonly #held = new HeldResources(false);

    get disposed(): boolean {
      return this.#held.isDisposed;
    }

    use(value: unknown): unknown {
      return this.#held.use(value);
    }

    adopt(value: unknown, onDispose: unknown): unknown {
      return this.#held.adopt(value, onDispose);
    }

    defer(onDispose: unknown): undefined {
      return this.#held.defer(onDispose);
    }

    move(): DisposableStack {
      const moved = new DisposableStack();
      this.#held.moveTo(moved.#held);
      return moved;
    }

    dispose(): undefined {
      if (!this.#held.isDisposed) disposal.__disposeResources(this.#held.take());
    }
  }

  class AsyncDisposableStack {
    readonly #held = new HeldResources(true);

    get disposed(): boolean {
      return this.#held.isDisposed;
    }

    use(value: unknown): unknown {
      return this.#held.use(value);
    }

    adopt(value: unknown, onDisposeAsync: unknown): unknown {
      return this.#held.adopt(value, onDisposeAsync);
    }

    defer(onDisposeAsync: unknown): undefined {
      return this.#held.defer(onDisposeAsync);
    }

    move(): AsyncDisposableStack {
      const moved = new AsyncDisposableStack();
      this.#held.moveTo(moved.#held);
      return moved;
    }

    /** What the receiver is, is checked inside: a wrong one is a rejection, not a throw. */
    disposeAsync(): Promise<unknown> {
      const held = (): HeldResources => this.#held;
      return run(undefined, [], undefined, function* () {
        const resources = held();
        if (resources.isDisposed) return;
        const awaits = disposal.__disposeResources(resources.take());
        if (awaits) yield awaits;
      });
    }
  }

  define(DisposableStack.prototype, 'DisposableStack', disposalSymbols.dispose, 'dispose');
  define(AsyncDisposableStack.prototype, 'AsyncDisposableStack', disposalSymbols.asyncDispose, 'disposeAsync');
  return { DisposableStack, AsyncDisposableStack, SuppressedError: suppressedError() };
}

/** The symbol's method is the named one itself. */
function define(prototype: object, tag: string, symbol: symbol, method: string): void {
  Object.defineProperties(prototype, {
    [symbol]: Object.getOwnPropertyDescriptor(prototype, method)!,
    [Symbol.toStringTag]: { value: tag, configurable: true },
  });
}
