import { isObject } from './promise-capability.js';

type SuppressedErrorConstructor = new (error: unknown, suppressed: unknown, message?: string) => Error & { readonly error: unknown; readonly suppressed: unknown };

let known: SuppressedErrorConstructor | undefined;

/**
 * The error of ECMA-262 (20.5.8) that keeps an error which a later one would have hidden. It is made at its first use, for its
 * parent is the `Error` that programs have once the realm is locked down.
 */
export function suppressedError(): SuppressedErrorConstructor {
  return (known ??= create());
}

function create(): SuppressedErrorConstructor {
  /** May be called without `new`, as every error may. */
  function SuppressedError(this: unknown, error: unknown, suppressed: unknown, message?: unknown): object {
    const own: unknown = new.target ? (new.target as { prototype: unknown }).prototype : prototype;
    // A template refuses symbols, as ToString does.
    const made = message === undefined ? new Error() : new Error(`${message as string}`);
    Object.setPrototypeOf(made, isObject(own) ? own : prototype);
    return Object.defineProperties(made, { error: hidden(error), suppressed: hidden(suppressed) });
  }
  const prototype = Object.create(Error.prototype, { constructor: hidden(SuppressedError), name: hidden('SuppressedError'), message: hidden('') }) as object;
  // A bundler may have renamed the function.
  Object.defineProperties(SuppressedError, { name: { value: 'SuppressedError', configurable: true }, length: { value: 3, configurable: true }, prototype: { value: prototype, writable: false } });
  // A compartment has an `Error` of its own, to which this leads.
  return Object.setPrototypeOf(SuppressedError, Error.prototype.constructor) as SuppressedErrorConstructor;
}

function hidden(value: unknown): PropertyDescriptor {
  return { value, writable: true, enumerable: false, configurable: true };
}
