import { nodeError } from '../events/errors.js';
import { deserialise } from './deserialise.js';
import type { CloneRealm } from './record.js';
import { serialise } from './serialise.js';

/** `structuredClone` (HTML, 2.7.10). */
export function createStructuredClone(realm: CloneRealm) {
  return function structuredClone(...args: readonly unknown[]): unknown {
    if (args.length === 0) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "value" argument must be specified');
    const [value, options] = args;
    if (options !== undefined && options !== null && typeof options !== 'object') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "options" argument must be either an object or undefined');
    return deserialise(serialise(value, transferList(options), realm), realm).value;
  };
}

/** The second argument of `postMessage` and the like: a list, or options that hold one. */
export function transferList(given: unknown): readonly unknown[] {
  if (given === undefined || given === null) return [];
  const list: unknown = isIterable(given) || typeof given !== 'object' ? given : (given as { transfer?: unknown }).transfer;
  if (list === undefined || list === null) return [];
  if (!isIterable(list)) throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'Optional transferList argument must be an iterable');
  return [...list];
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { [Symbol.iterator]?: unknown })[Symbol.iterator] === 'function';
}
