import { clampIndex } from './elements.js';
import { copyingMethods } from './typed-array-copies.js';
import { setIntoView } from './typed-array-set.js';
import { sorted } from './typed-array-sort.js';
import type { Constructors, Method } from './typed-array-species.js';
import type { View } from './views.js';

type Callback = (...args: unknown[]) => unknown;

/**
 * Methods that ECMA-262 defines on typed arrays by the same steps as on arrays: length first, then one Get (or Set) an element, in the
 * same order. Array.prototype's functions are generic, so they serve. (Their HasProperty asks no shared memory.)
 */
const likeArrays = [
  'at', 'entries', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'forEach', 'includes', 'indexOf', 'join', 'keys', 'lastIndexOf', 'reduce', 'reduceRight',
  'reverse', 'some', 'toLocaleString', 'values',
] as const;

/** %TypedArray%.prototype's methods on views (ECMA-262, 23.2.3). */
export function typedArrayMethods(constructors: Constructors): Record<string, Method> {
  const borrowed = likeArrays.map((name) => {
    const method = (Array.prototype as unknown as Record<string, Callback>)[name]!;
    return [name, (view: View, args: readonly unknown[]) => Reflect.apply(method, view.object, args)] as const;
  });
  return { ...Object.fromEntries(borrowed), ...inPlace, ...copyingMethods(constructors) };
}

const inPlace: Record<string, Method> = {
  copyWithin(view, [target, start, end]) {
    const { length } = view;
    const to = clampIndex(target, length, 0);
    const from = clampIndex(start, length, 0);
    const count = Math.min(clampIndex(end, length, length) - from, length - to);
    const isBackward = from < to && to < from + count;
    for (let done = 0; done < count; done++) {
      const at = isBackward ? count - 1 - done : done;
      view.store(to + at, view.load(from + at));
    }
    return view.object;
  },

  fill(view, [value, start, end]) {
    const { length } = view;
    const element = view.convert(value);
    const first = clampIndex(start, length, 0);
    const last = clampIndex(end, length, length);
    for (let index = first; index < last; index++) view.store(index, element);
    return view.object;
  },

  set: (view, [source, offset]) => setIntoView(view, source, offset),

  sort(view, [compare]) {
    const order = sorted(view, compare);
    for (let index = 0; index < order.length; index++) view.store(index, order[index]!);
    return view.object;
  },
};
