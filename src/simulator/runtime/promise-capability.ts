export type Handler = (argument: unknown) => unknown;
export type Executor = (resolve: Handler, reject: Handler) => unknown;

/** A promise with the two functions that settle it (ECMA-262, PromiseCapability Record). They may be the subject's: call them without a receiver. */
export interface Capability {
  readonly promise: unknown;
  readonly resolve: Handler;
  readonly reject: Handler;
}

/** NewPromiseCapability for a constructor of the subject. */
export function capabilityOf(constructor: unknown): Capability {
  if (!isConstructor(constructor)) throw new TypeError(`${describe(constructor)} is not a constructor`);
  let resolve: unknown;
  let reject: unknown;
  const promise = new constructor((givenResolve: unknown, givenReject: unknown) => {
    if (resolve !== undefined || reject !== undefined) throw new TypeError('Promise executor has already been invoked with non-undefined arguments');
    resolve = givenResolve;
    reject = givenReject;
  });
  if (typeof resolve !== 'function' || typeof reject !== 'function') throw new TypeError('Promise resolve or reject function is not callable');
  return { promise, resolve: resolve as Handler, reject: reject as Handler };
}

type Constructor = new (executor: (resolve: unknown, reject: unknown) => void) => unknown;

/** IsConstructor: `Reflect.construct` checks its third argument before it runs anything. */
export function isConstructor(value: unknown): value is Constructor {
  if (typeof value !== 'function') return false;
  try {
    Reflect.construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

export function describe(value: unknown): string {
  if (typeof value === 'function') return value.name || 'function';
  return isObject(value) ? '#<Object>' : String(value);
}
