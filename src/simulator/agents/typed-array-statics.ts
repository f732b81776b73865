import { nativeTypedArray } from './elements.js';
import { create } from './typed-array-species.js';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** %TypedArray%.of (23.2.2.2). `isBase`: whether a constructor surely makes an ordinary array, which the engine can fill itself. */
export function of(isBase: (constructor: unknown) => boolean): Method {
  return { of(this: unknown, ...items: unknown[]): unknown {
    if (isBase(this)) return Reflect.apply(nativeTypedArray.of, this, items);
    return fill(create(requireConstructor(this), [items.length]), items, undefined);
  } }.of;
}

/** %TypedArray%.from (23.2.2.1) */
export function from(isBase: (constructor: unknown) => boolean): Method {
  const method = { from(this: unknown, source: unknown, mapper?: unknown, thisArgument?: unknown): unknown {
    if (isBase(this)) return Reflect.apply(nativeTypedArray.from, this, [source, mapper, thisArgument]);
    const constructor = requireConstructor(this);
    if (mapper !== undefined && typeof mapper !== 'function') throw new TypeError(`${String(mapper)} is not a function`);
    const map = mapper && ((value: unknown, index: number): unknown => Reflect.apply(mapper, thisArgument, [value, index]));
    const open = (source as { [Symbol.iterator]?: unknown } | null)?.[Symbol.iterator];
    if (open !== undefined && open !== null) {
      const items = Array.from(source as Iterable<unknown>);
      return fill(create(constructor, [items.length]), items, map);
    }
    const items = Object(source) as ArrayLike<unknown>;
    const length = lengthOfArrayLike(items);
    return fill(create(constructor, [length]), { length, at: (index) => items[index] }, map);
  } }.from;
  return Object.defineProperty(method, 'length', { value: 1, configurable: true });
}

/** LengthOfArrayLike (7.3.18) */
export function lengthOfArrayLike(items: { readonly length?: unknown }): number {
  const length = Math.trunc(+(items.length as number));
  return length > 0 ? Math.min(length, Number.MAX_SAFE_INTEGER) : 0;
}

function fill(made: object, items: { readonly length: number; at(index: number): unknown }, map: ((value: unknown, index: number) => unknown) | undefined): object {
  for (let index = 0; index < items.length; index++) {
    const value = items.at(index);
    (made as Record<number, unknown>)[index] = map ? map(value, index) : value;
  }
  return made;
}

function requireConstructor(value: unknown): unknown {
  if (typeof value !== 'function') throw new TypeError(`${String(value)} is not a constructor`);
  return value;
}
