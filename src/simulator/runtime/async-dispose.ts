import { isAbort } from './loop-abort.js';
import { markSequence, type AwaitSequence } from './async-driver.js';
import { isObject } from './promise-capability.js';

type Method = (this: unknown) => unknown;

/** A resource of a `using` declaration (ECMA-262, DisposableResource Record). */
interface Resource {
  readonly value: unknown;
  readonly isAsync: boolean;
  readonly dispose: Method | undefined;
}

/** What TypeScript's emit keeps for a block with `using` declarations. */
interface DisposalScope {
  readonly stack: Resource[];
  error: unknown;
  hasError: boolean;
}

/** Symbols that older engines lack; a program that names them must be given these. */
export const disposalSymbols = {
  dispose: (Symbol as { dispose?: symbol }).dispose ?? Symbol('Symbol.dispose'),
  asyncDispose: (Symbol as { asyncDispose?: symbol }).asyncDispose ?? Symbol('Symbol.asyncDispose'),
};

/** The error of ECMA-262 that keeps an error which a later one would have hidden. */
export class SuppressedError extends Error {
  readonly error: unknown;
  readonly suppressed: unknown;

  constructor(error: unknown, suppressed: unknown, message = '') {
    super(message);
    this.name = 'SuppressedError';
    this.error = error;
    this.suppressed = suppressed;
  }
}

/** DisposeResources: the last declared resource first; errors of later disposals suppress earlier ones. */
class Disposal implements AwaitSequence {
  readonly #scope: DisposalScope;
  /** A resource without a method still takes a tick, once, unless another await does it. */
  #needsAwait = false;
  #hasAwaited = false;
  #isFirst = true;

  constructor(scope: DisposalScope) {
    this.#scope = scope;
  }

  step(isRejected: boolean, value: unknown): { readonly awaits: unknown } | undefined {
    if (!this.#isFirst && isRejected) this.#fail(value);
    this.#isFirst = false;
    for (let resource = this.#top(); resource !== undefined; resource = this.#top()) {
      if (!resource.isAsync && this.#takeOwedAwait()) return NOTHING;
      this.#scope.stack.pop();
      const awaited = this.#dispose(resource);
      if (awaited !== undefined) return awaited;
    }
    if (this.#takeOwedAwait()) return NOTHING;
    if (this.#scope.hasError) throw this.#scope.error;
    return undefined;
  }

  #top(): Resource | undefined {
    return this.#scope.stack[this.#scope.stack.length - 1];
  }

  #takeOwedAwait(): boolean {
    const isOwed = this.#needsAwait && !this.#hasAwaited;
    if (isOwed) this.#needsAwait = false;
    return isOwed;
  }

  #dispose(resource: Resource): { readonly awaits: unknown } | undefined {
    if (resource.dispose === undefined) {
      this.#needsAwait = true;
      return undefined;
    }
    try {
      const result = Reflect.apply(resource.dispose, resource.value, []);
      if (!resource.isAsync) return undefined;
      this.#hasAwaited = true;
      return { awaits: result };
    } catch (error) {
      if (isAbort(error)) throw error;
      this.#fail(error);
      return undefined;
    }
  }

  #fail(error: unknown): void {
    const scope = this.#scope;
    scope.error = scope.hasError ? new SuppressedError(error, scope.error, 'An error was suppressed during disposal.') : error;
    scope.hasError = true;
  }
}

const NOTHING = { awaits: undefined };

/** TypeScript's `__addDisposableResource` and `__disposeResources`. */
export const disposal = {
  /** AddDisposableResource */
  __addDisposableResource: <T>(scope: DisposalScope, value: T, isAsync: boolean): T => {
    if (value === null || value === undefined) {
      if (isAsync) scope.stack.push({ value: undefined, isAsync, dispose: undefined });
      return value;
    }
    if (!isObject(value)) throw new TypeError('Object expected.');
    scope.stack.push({ value, isAsync, dispose: disposeMethod(value, isAsync) });
    return value;
  },

  /** What this returns, the emit awaits; a scope without `await using` is disposed at once. */
  __disposeResources: (scope: DisposalScope): AwaitSequence | undefined => {
    const sequence = new Disposal(scope);
    if (scope.stack.some((resource) => resource.isAsync)) return markSequence(sequence);
    sequence.step(false, undefined);
    return undefined;
  },
};

/** GetDisposeMethod; a sync method in an `await using` has its result dropped. */
function disposeMethod(value: object, isAsync: boolean): Method {
  if (isAsync) {
    const method = methodOf(value, disposalSymbols.asyncDispose);
    if (method !== undefined) return method;
  }
  const method = methodOf(value, disposalSymbols.dispose);
  if (method === undefined) throw new TypeError('Object not disposable.');
  if (!isAsync) return method;
  return function (this: unknown) {
    Reflect.apply(method, this, []);
  };
}

function methodOf(value: object, name: symbol): Method | undefined {
  const method = (value as Record<symbol, unknown>)[name];
  if (method === undefined || method === null) return undefined;
  if (typeof method !== 'function') throw new TypeError('Object not disposable.');
  return method as Method;
}
