import { isAbort } from './loop-abort.js';
import { markSequence, type AwaitSequence, type SequenceStep } from './async-driver.js';
import { isObject } from './promise-capability.js';
import { suppressedError } from './suppressed-error.js';

type Method = (this: unknown) => unknown;

/** A resource of a `using` declaration (ECMA-262, DisposableResource Record). */
interface Resource {
  readonly value: unknown;
  readonly isAsync: boolean;
  readonly dispose: Method | undefined;
  /** A sync method in an `await using`: its result is dropped, and what it throws rejects a promise, which takes a tick. */
  readonly isFallback?: boolean;
}

/** What TypeScript's emit keeps for a block with `using` declarations. */
export interface DisposalScope {
  readonly stack: Resource[];
  error: unknown;
  hasError: boolean;
}

/** Symbols that older engines lack; a program that names them must be given these. */
export const disposalSymbols = {
  dispose: (Symbol as { dispose?: symbol }).dispose ?? Symbol('Symbol.dispose'),
  asyncDispose: (Symbol as { asyncDispose?: symbol }).asyncDispose ?? Symbol('Symbol.asyncDispose'),
};

/** DisposeResources: the last declared resource first; errors of later disposals suppress earlier ones. */
class Disposal implements AwaitSequence {
  readonly #scope: DisposalScope;
  /** A resource without a method still takes a tick, once, unless another await does it. */
  #needsAwait = false;
  #hasAwaited = false;
  #isFirst = true;
  /** What a sync method has thrown, seen by the scope when the await of its rejected promise is over. */
  #rejection: { readonly error: unknown } | undefined;

  constructor(scope: DisposalScope) {
    this.#scope = scope;
  }

  step(isRejected: boolean, value: unknown): SequenceStep {
    if (!this.#isFirst && isRejected) this.#fail(value);
    this.#isFirst = false;
    if (this.#rejection) this.#fail(this.#rejection.error);
    this.#rejection = undefined;
    for (let resource = this.#top(); resource !== undefined; resource = this.#top()) {
      if (!resource.isAsync && this.#takeOwedAwait()) return NOTHING;
      this.#scope.stack.pop();
      const awaited = this.#dispose(resource);
      if (awaited !== undefined) return awaited;
    }
    if (this.#takeOwedAwait()) return NOTHING;
    if (this.#scope.hasError) throw this.#scope.error;
    return { gives: undefined };
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
      return resource.isFallback ? NOTHING : { awaits: result };
    } catch (error) {
      if (isAbort(error)) throw error;
      return this.#threw(resource, error);
    }
  }

  #threw(resource: Resource, error: unknown): { readonly awaits: unknown } | undefined {
    if (!resource.isFallback) {
      this.#fail(error);
      return undefined;
    }
    this.#hasAwaited = true;
    this.#rejection = { error };
    return NOTHING;
  }

  #fail(error: unknown): void {
    const scope = this.#scope;
    scope.error = scope.hasError ? new (suppressedError())(error, scope.error, 'An error was suppressed during disposal.') : error;
    scope.hasError = true;
  }
}

const NOTHING = { awaits: undefined };

/** TypeScript's `__addDisposableResource` and `__disposeResources`. */
export const disposal = {
  __addDisposableResource: <T>(scope: DisposalScope, value: T, isAsync: boolean): T => {
    addResource(scope, value, isAsync);
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

/** AddDisposableResource without a method given. */
export function addResource(scope: DisposalScope, value: unknown, isAsync: boolean): void {
  if (value === null || value === undefined) {
    if (isAsync) scope.stack.push({ value: undefined, isAsync, dispose: undefined });
    return;
  }
  if (!isObject(value)) throw new TypeError('Object expected.');
  scope.stack.push({ value, isAsync, ...disposeMethod(value, isAsync) });
}

/** GetDisposeMethod */
function disposeMethod(value: object, isAsync: boolean): { dispose: Method; isFallback: boolean } {
  const asyncMethod = isAsync ? methodOf(value, disposalSymbols.asyncDispose) : undefined;
  const dispose = asyncMethod ?? methodOf(value, disposalSymbols.dispose);
  if (dispose === undefined) throw new TypeError('Object not disposable.');
  return { dispose, isFallback: isAsync && asyncMethod === undefined };
}

function methodOf(value: object, name: symbol): Method | undefined {
  const method = (value as Record<symbol, unknown>)[name];
  if (method === undefined || method === null) return undefined;
  if (typeof method !== 'function') throw new TypeError('Object not disposable.');
  return method as Method;
}
