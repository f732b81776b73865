import { isAbort } from './loop-abort.js';
import type { Capability, Handler } from './promise-capability.js';

interface Thenable {
  then(onFulfilled: Handler, onRejected: Handler): unknown;
}

/** What one element of the iterable does when it settles. */
type Subscribe = (promise: Thenable, index: number) => void;

/**
 * The loop that `all`, `allSettled`, `any` and `race` share (PerformPromiseAll and its kin): each element is resolved through the
 * constructor's own `resolve` and subscribed to through its own `then`. `for of` closes the iterator just as the specification does.
 */
function subscribeAll(constructor: unknown, capability: Capability, iterable: unknown, subscribe: Subscribe, finish: () => void): unknown {
  const { promise, reject } = capability;
  try {
    const { resolve } = constructor as { resolve: unknown };
    if (typeof resolve !== 'function') throw new TypeError('Promise resolve or reject function is not callable');
    let index = 0;
    for (const element of iterable as Iterable<unknown>) subscribe(Reflect.apply(resolve, constructor, [element]) as Thenable, index++);
    finish();
  } catch (error) {
    if (isAbort(error)) throw error;
    reject(error);
  }
  return promise;
}

/** Collects one result per element, and is complete when all are there; the loop itself counts as one more. */
class Collection {
  readonly results: unknown[] = [];
  #missing = 1;
  readonly #complete: (results: unknown[]) => unknown;
  readonly #takeTurn: () => void;

  /** `takeTurn`: told whenever one arrives, for the last one completes it. */
  constructor(complete: (results: unknown[]) => unknown, takeTurn: () => void) {
    this.#takeTurn = takeTurn;
    this.#complete = complete;
  }

  expect(): void {
    this.results.push(undefined);
    this.#missing++;
  }

  /** A function that stores what it is given (made into a result) at `index`; all functions of one element share `element`. */
  slot(index: number, element: { isDone: boolean }, make: (value: unknown) => unknown): Handler {
    return (value) => {
      if (element.isDone) return;
      element.isDone = true;
      this.results[index] = make(value);
      this.arrive();
    };
  }

  readonly arrive = (): void => {
    this.#takeTurn();
    if (--this.#missing > 0) return;
    const complete = this.#complete;
    complete(this.results);
  };
}

const same = (value: unknown): unknown => value;

export function all(constructor: unknown, capability: Capability, iterable: unknown, takeTurn: () => void): unknown {
  const values = new Collection(capability.resolve, takeTurn);
  const subscribe: Subscribe = (promise, index) => {
    values.expect();
    promise.then(values.slot(index, { isDone: false }, same), capability.reject);
  };
  return subscribeAll(constructor, capability, iterable, subscribe, values.arrive);
}

export function allSettled(constructor: unknown, capability: Capability, iterable: unknown, takeTurn: () => void): unknown {
  const settlements = new Collection(capability.resolve, takeTurn);
  const subscribe: Subscribe = (promise, index) => {
    settlements.expect();
    const element = { isDone: false };
    promise.then(
      settlements.slot(index, element, (value) => ({ status: 'fulfilled', value })),
      settlements.slot(index, element, (reason) => ({ status: 'rejected', reason })),
    );
  };
  return subscribeAll(constructor, capability, iterable, subscribe, settlements.arrive);
}

export function any(constructor: unknown, capability: Capability, iterable: unknown, takeTurn: () => void): unknown {
  const { reject } = capability;
  const errors = new Collection((results) => reject(new AggregateError(results, 'All promises were rejected')), takeTurn);
  const subscribe: Subscribe = (promise, index) => {
    errors.expect();
    promise.then(capability.resolve, errors.slot(index, { isDone: false }, same));
  };
  return subscribeAll(constructor, capability, iterable, subscribe, errors.arrive);
}

export function race(constructor: unknown, capability: Capability, iterable: unknown): unknown {
  return subscribeAll(constructor, capability, iterable, (promise) => promise.then(capability.resolve, capability.reject), () => undefined);
}
