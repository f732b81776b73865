/**
 * What an object really is: its internal slots, whatever its prototype or its tag say. Only the getters and methods of the language can tell.
 */
export type Brand = 'array' | 'date' | 'regexp' | 'map' | 'set' | 'buffer' | 'view' | 'boxed' | 'error' | 'refused' | 'plain';

type Test = (value: unknown) => unknown;

const getter = (prototype: object, key: PropertyKey): Test => {
  const get = Object.getOwnPropertyDescriptor(prototype, key)!.get!;
  return (value) => Reflect.apply(get, value, []);
};
const method = (prototype: object, key: PropertyKey, ...args: unknown[]): Test => {
  const call = (prototype as Record<PropertyKey, (...args: unknown[]) => unknown>)[key]!;
  return (value) => Reflect.apply(call, value, args);
};
const TypedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;

const tests: readonly (readonly [Brand, Test])[] = [
  ['date', method(Date.prototype, 'getTime')],
  ['map', getter(Map.prototype, 'size')],
  ['set', getter(Set.prototype, 'size')],
  ['buffer', getter(ArrayBuffer.prototype, 'byteLength')],
  ['view', getter(DataView.prototype, 'buffer')],
  ['boxed', method(Number.prototype, 'valueOf')],
  ['boxed', method(String.prototype, 'valueOf')],
  ['boxed', method(Boolean.prototype, 'valueOf')],
  ['boxed', method(BigInt.prototype, 'valueOf')],
  ['refused', method(Symbol.prototype, 'valueOf')],
  ['refused', method(WeakMap.prototype, 'has', {})],
  ['refused', method(WeakSet.prototype, 'has', {})],
  ['refused', method(WeakRef.prototype, 'deref')],
];

/** The name of a typed array's class, undefined for all else. */
export const typedArrayName = getter(TypedArray, Symbol.toStringTag) as (value: unknown) => string | undefined;
export const bufferOf = getter(TypedArray, 'buffer') as (value: unknown) => ArrayBuffer;

/** Tags of what the language makes and has no test for. The subject may write such a tag itself; then it must have wanted this. */
const refusedTags = new Set(['Generator', 'AsyncGenerator', 'Promise', 'FinalizationRegistry', 'Array Iterator', 'Map Iterator', 'Set Iterator', 'String Iterator', 'RegExp String Iterator', 'Arguments'].map((tag) => `[object ${tag}]`));

const isGlobal = getter(RegExp.prototype, 'global');
const tag = method(Object.prototype, 'toString');

export function brandOf(value: object): Brand {
  if (Array.isArray(value)) return 'array';
  if (typedArrayName(value) !== undefined) return 'view';
  if (value !== RegExp.prototype && passes(isGlobal, value)) return 'regexp';
  for (const [brand, test] of tests) if (passes(test, value)) return brand;
  const text = String(tag(value));
  if (refusedTags.has(text)) return 'refused';
  return isError(value, text) ? 'error' : 'plain';
}

/** An error with a tag of its own is known by the stack that its constructor gave it. */
function isError(value: object, text: string): boolean {
  return text === '[object Error]' || (value instanceof Error && Object.hasOwn(value, 'stack') && !text.startsWith('[object DOMException'));
}

function passes(test: Test, value: unknown): boolean {
  try {
    test(value);
    return true;
  } catch {
    return false;
  }
}
