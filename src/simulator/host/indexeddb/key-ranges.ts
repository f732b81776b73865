import type { OpaqueValues } from '../../runtime/opaque.js';
import { name } from '../events/event.js';
import type { CloneRealm } from '../messages/index.js';
import { serialise } from '../messages/serialise.js';
import { compareKeys, isWithin, keyOf, valueOf, type Key, type Range } from './keys.js';
import { failure, ours, requireCount, requireOurs } from './requests.js';

export type KeyRanges = ReturnType<typeof createKeyRanges>;

/** `IDBKeyRange` (4.7), and what stands for a key or a range where one is asked for. */
export function createKeyRanges(realm: CloneRealm, opaque: OpaqueValues) {
  const ranges = new WeakMap<object, Range>();
  const invalid = 'The parameter is not a valid key.';

  /** @throws DataError if the value is no key. */
  function requireKey(value: unknown, method: string, message = invalid): Key {
    if (opaque.is(value)) opaque.unmodelled('`indexedDB` is asked for a key from outside');
    const key = keyIn(value);
    if (key === undefined) throw failure('DataError', `Failed to execute ${method}: ${message}`);
    return key;
  }

  function keyIn(value: unknown): Key | undefined {
    const isMaybe = typeof value === 'number' || typeof value === 'string' || (typeof value === 'object' && value !== null);
    if (!isMaybe) return undefined;
    try {
      return keyOf(serialise(value, [], realm));
    } catch (error) {
      if ((error as { readonly name?: unknown }).name === 'DataCloneError') return undefined;
      throw error;
    }
  }

  class IDBKeyRange {
    constructor(key: unknown, range?: Range) {
      requireOurs(key, 'IDBKeyRange');
      ranges.set(this, range!);
    }

    static only(...given: readonly unknown[]): IDBKeyRange {
      requireCount(given, 1, "'only' on 'IDBKeyRange'");
      const key = requireKey(given[0], "'only' on 'IDBKeyRange'");
      return new IDBKeyRange(ours, { lower: key, upper: key });
    }

    static lowerBound(...[bound, isOpen]: readonly unknown[]): IDBKeyRange {
      return new IDBKeyRange(ours, { lower: requireKey(bound, "'lowerBound' on 'IDBKeyRange'"), isLowerOpen: Boolean(isOpen), isUpperOpen: true });
    }

    static upperBound(...[bound, isOpen]: readonly unknown[]): IDBKeyRange {
      return new IDBKeyRange(ours, { upper: requireKey(bound, "'upperBound' on 'IDBKeyRange'"), isLowerOpen: true, isUpperOpen: Boolean(isOpen) });
    }

    static bound(...[from, to, isLowerOpen, isUpperOpen]: readonly unknown[]): IDBKeyRange {
      const [lower, upper] = [requireKey(from, "'bound' on 'IDBKeyRange'"), requireKey(to, "'bound' on 'IDBKeyRange'")];
      const order = compareKeys(lower, upper);
      if (order > 0 || (order === 0 && (Boolean(isLowerOpen) || Boolean(isUpperOpen)))) throw failure('DataError', "Failed to execute 'bound' on 'IDBKeyRange': The lower key is greater than the upper key.");
      return new IDBKeyRange(ours, { lower, upper, isLowerOpen: Boolean(isLowerOpen), isUpperOpen: Boolean(isUpperOpen) });
    }

    get lower(): unknown { return bound(ranges.get(this)!.lower); }
    get upper(): unknown { return bound(ranges.get(this)!.upper); }
    get lowerOpen(): boolean { return ranges.get(this)!.isLowerOpen ?? false; }
    get upperOpen(): boolean { return ranges.get(this)!.isUpperOpen ?? false; }

    includes(value: unknown): boolean {
      return isWithin(requireKey(value, "'includes' on 'IDBKeyRange'"), ranges.get(this)!);
    }
  }
  name(IDBKeyRange, 'IDBKeyRange');

  /** A range or a key; neither: all keys, if that may be. */
  function rangeOf(value: unknown, method: string, isOptional: boolean): Range {
    const known = typeof value === 'object' && value !== null && !opaque.is(value) ? ranges.get(value) : undefined;
    if (known) return known;
    if (value === undefined || value === null) {
      if (isOptional) return {};
      throw failure('DataError', `Failed to execute ${method}: No key or key range specified.`);
    }
    const key = requireKey(value, method);
    return { lower: key, upper: key };
  }

  return { IDBKeyRange, rangeOf, requireKey };
}

function bound(key: Key | undefined): unknown {
  return key === undefined ? undefined : valueOf(key);
}
