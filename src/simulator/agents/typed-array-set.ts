import { nativeConstructors, nativeTypedArray, nativeType, toIntegerOrInfinity, type NativeArray } from './elements.js';
import type { ElementType, ElementValue } from './operations.js';
import { lengthOfArrayLike } from './typed-array-statics.js';
import { viewOf, type View } from './views.js';

/** %TypedArray%.prototype.set (ECMA-262, 23.2.3.26) into shared memory. */
export function setIntoView(view: View, source: unknown, offset: unknown): void {
  const start = toIntegerOrInfinity(offset);
  if (start < 0) throw new RangeError('offset is out of bounds');
  const from = viewOf(source);
  const type = from?.type ?? nativeType(source);
  if (source === null || source === undefined) throw new TypeError('Cannot convert undefined or null to object');
  if (type === undefined) setFromArrayLike(view, start, Object(source) as ArrayLike<unknown>);
  else setFromArray(view, start, type, from ?? (source as NativeArray));
}

/** SetTypedArrayFromTypedArray; the engine refuses what does not fit, on the shape. What overlaps is read before any of it is written. */
function setFromArray(view: View, start: number, type: ElementType, source: View | NativeArray): void {
  const { length } = source;
  void view.length;
  Reflect.apply(nativeSet, view.target, [new nativeConstructors[type](length), start]);
  const isSameMemory = 'buffer' in source && 'load' in source && source.buffer.identity === view.buffer.identity;
  const values = isSameMemory ? source.snapshot(length) : undefined;
  for (let index = 0; index < length; index++) {
    const value = values ? values[index] : 'load' in source ? source.load(index) : source[index];
    view.store(start + index, view.convert(value));
  }
}

/** SetTypedArrayFromArrayLike; conversions may run code, so each element is converted and written in its turn. */
function setFromArrayLike(view: View, start: number, source: ArrayLike<unknown>): void {
  const length = lengthOfArrayLike(source);
  if (start + length > view.length) throw new RangeError('offset is out of bounds');
  for (let index = 0; index < length; index++) view.store(start + index, view.convert(source[index]));
}

const nativeSet = nativeTypedArray.prototype.set as (this: unknown, source: unknown, offset?: unknown) => void;

/** The same into an ordinary array. From shared memory the engine only checks: it is given as many zeros, and the elements follow one by one. */
export function setIntoNative(this: unknown, source: unknown, offset?: unknown): void {
  const from = nativeType(this) && viewOf(source);
  if (!from) return Reflect.apply(nativeSet, this, [source, offset]);
  const start = toIntegerOrInfinity(offset);
  const { length } = from;
  Reflect.apply(nativeSet, this, [new nativeConstructors[from.type](length), start]);
  const into = this as unknown as Record<number, ElementValue>;
  for (let index = 0; index < length; index++) into[start + index] = from.load(index);
}
