const nativeFreeze = Object.freeze;

/** What rows of numbers inherit from. Not what lists do: that `Array.prototype.constructor` is redefined, even as it was, slows down `slice` and `map`. */
const prototypes = new Set<object>([Object.prototype, ...typedArrayPrototypes()]);

function typedArrayPrototypes(): object[] {
  const made = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array].map((constructor) => constructor.prototype as object);
  return [Object.getPrototypeOf(Int8Array.prototype) as object, ...made];
}

/**
 * Freezes as `Object.freeze` does. V8 notes of an object that goes through that function that it may have elements which cannot be written, and from then
 * on stores all elements (`row[i] = x`) of what inherits from it the slow way, fifty times as slow. Of these prototypes, which have no
 * elements, each member is made read-only instead, and then nothing can be added.
 */
function freeze<T>(value: T): T {
  if (!prototypes.has(value as object)) return nativeFreeze(value);
  for (const key of Reflect.ownKeys(value as object)) {
    const member = Object.getOwnPropertyDescriptor(value, key)!;
    Object.defineProperty(value, key, { ...member, configurable: false, ...('value' in member && { writable: false }) });
  }
  Object.preventExtensions(value);
  return Object.isFrozen(value) ? value : nativeFreeze(value);
}

// `ses` freezes by what `Object.freeze` is when it is loaded.
Object.freeze = freeze;

export function restoreFreeze(): void {
  Object.freeze = nativeFreeze;
}
