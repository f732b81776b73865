import type { ElementType, ElementValue } from './operations.js';

/** A native typed array, whichever its element type. */
export type NativeArray = Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array | BigInt64Array | BigUint64Array;
export type NativeConstructor = (new (...args: unknown[]) => NativeArray) & { readonly BYTES_PER_ELEMENT: number; readonly prototype: NativeArray };

/** The engine's own constructors: the names mean other ones inside a program. */
export const nativeConstructors: Readonly<Record<ElementType, NativeConstructor>> = {
  Int8: Int8Array, Uint8: Uint8Array, Uint8Clamped: Uint8ClampedArray, Int16: Int16Array, Uint16: Uint16Array, Int32: Int32Array, Uint32: Uint32Array,
  Float32: Float32Array, Float64: Float64Array, BigInt64: BigInt64Array, BigUint64: BigUint64Array,
} as unknown as Record<ElementType, NativeConstructor>;

export const elementTypes = Object.keys(nativeConstructors) as readonly ElementType[];

/** %TypedArray% of the engine. */
export const nativeTypedArray = Object.getPrototypeOf(Int32Array) as { readonly prototype: NativeArray; from(...args: unknown[]): unknown; of(...args: unknown[]): unknown };

const tagOf = getter('@@toStringTag');
const lengthOf = getter('length');

/** The engine's own getter of %TypedArray%.prototype: works whatever the prototype of the array. */
function getter(name: '@@toStringTag' | 'length'): (array: unknown) => unknown {
  const get = Object.getOwnPropertyDescriptor(nativeTypedArray.prototype, name === 'length' ? name : Symbol.toStringTag)!.get!;
  return (array) => Reflect.apply(get, array, []) as unknown;
}

/** The element type of a native typed array; undefined for every other value. */
export function nativeType(value: unknown): ElementType | undefined {
  return (tagOf(value) as string | undefined)?.slice(0, -'Array'.length) as ElementType | undefined;
}

export function nativeLength(array: NativeArray): number {
  return lengthOf(array) as number;
}

export function isBigInt(type: ElementType): type is 'BigInt64' | 'BigUint64' {
  return type === 'BigInt64' || type === 'BigUint64';
}

export function elementSize(type: ElementType): number {
  return nativeConstructors[type].BYTES_PER_ELEMENT;
}

const scratch = Object.fromEntries(elementTypes.map((type) => [type, new nativeConstructors[type](1)])) as Readonly<Record<ElementType, NativeArray>>;

/** What an element of this type holds once `value` is stored in it. Converts as ECMA-262 does, so code of the subject may run and throw. */
export function toElement(type: ElementType, value: unknown): ElementValue {
  const cell = scratch[type];
  // The engine converts first and stores then: a conversion that comes back here does no harm.
  cell[0] = value as never;
  return cell[0]!;
}

/** ToIntegerOrInfinity (ECMA-262, 7.1.5). */
export function toIntegerOrInfinity(value: unknown): number {
  const integer = Math.trunc(+(value as number));
  return Number.isNaN(integer) ? 0 : integer + 0;
}

/** ToBigInt (7.1.13): numbers are refused, unlike by `BigInt(value)`. */
export function toBigInt(value: unknown): bigint {
  return BigInt.asIntN(Number.MAX_SAFE_INTEGER, value as bigint);
}

/** A relative index as most methods take it: from the end if negative, and never outside 0 .. length. */
export function clampIndex(value: unknown, length: number, otherwise: number): number {
  if (value === undefined) return otherwise;
  const relative = toIntegerOrInfinity(value);
  return relative < 0 ? Math.max(length + relative, 0) : Math.min(relative, length);
}

/** ToIndex (7.1.22). */
export function toIndex(value: unknown): number {
  const index = toIntegerOrInfinity(value);
  if (index < 0 || index > Number.MAX_SAFE_INTEGER) throw new RangeError('Invalid index');
  return index;
}

/** SpeciesConstructor (7.3.22). */
export function speciesConstructor(object: object, otherwise: unknown): unknown {
  const { constructor } = object as { readonly constructor?: unknown };
  if (constructor === undefined) return otherwise;
  if ((typeof constructor !== 'object' && typeof constructor !== 'function') || constructor === null) throw new TypeError('object.constructor is not an object');
  const species = (constructor as { readonly [Symbol.species]?: unknown })[Symbol.species];
  return species ?? otherwise;
}
