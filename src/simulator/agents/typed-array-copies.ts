import { clampIndex, nativeTypedArray, toIntegerOrInfinity } from './elements.js';
import type { ElementValue } from './operations.js';
import { sorted } from './typed-array-sort.js';
import { speciesCreate, type Constructors, type Method } from './typed-array-species.js';
import type { View } from './views.js';

const nativeWith = (nativeTypedArray.prototype as unknown as { readonly with: (index: unknown, value: unknown) => unknown }).with;

/** Methods that make another array: an ordinary one, unless the receiver's constructor says otherwise (`subarray` shares the memory). */
export function copyingMethods(constructors: Constructors): Record<string, Method> {
  const sameType = (view: View, length: number): Record<number, unknown> => new (constructors(view.type))(length) as unknown as Record<number, unknown>;

  return {
    filter(view, [predicate, thisArgument]) {
      const callback = requireCallback(predicate);
      const { length } = view;
      const kept: unknown[] = [];
      for (let index = 0; index < length; index++) {
        const value = view.load(index);
        if (Reflect.apply(callback, thisArgument, [value, index, view.object])) kept.push(value);
      }
      const made = speciesCreate(view, constructors, [kept.length]) as unknown as Record<number, unknown>;
      kept.forEach((value, index) => { made[index] = value; });
      return made;
    },

    map(view, [mapper, thisArgument]) {
      const callback = requireCallback(mapper);
      const { length } = view;
      const made = speciesCreate(view, constructors, [length]) as unknown as Record<number, unknown>;
      for (let index = 0; index < length; index++) made[index] = Reflect.apply(callback, thisArgument, [view.load(index), index, view.object]);
      return made;
    },

    slice(view, [start, end]) {
      const { length } = view;
      const first = clampIndex(start, length, 0);
      const count = Math.max(clampIndex(end, length, length) - first, 0);
      const made = speciesCreate(view, constructors, [count]) as unknown as Record<number, unknown>;
      for (let index = 0; index < count; index++) made[index] = view.load(first + index);
      return made;
    },

    subarray(view, [start, end]) {
      const { length } = view;
      const first = clampIndex(start, length, 0);
      const count = Math.max(clampIndex(end, length, length) - first, 0);
      const isOpen = view.isTracking && end === undefined;
      return speciesCreate(view, constructors, [view.buffer.object, view.byteOffset + first * view.size, ...(isOpen ? [] : [count])]);
    },

    toReversed(view) {
      const { length } = view;
      const made = sameType(view, length);
      for (let index = 0; index < length; index++) made[index] = view.load(length - index - 1);
      return made;
    },

    toSorted(view, [compare]) {
      const order = sorted(view, compare);
      const made = sameType(view, order.length);
      for (let index = 0; index < order.length; index++) made[index] = order[index];
      return made;
    },

    with(view, [index, value]) {
      const { length } = view;
      let relative = 0;
      let element: ElementValue = 0;
      // Engines convert in one order or the other, and refuse: this one shows how on the shape.
      Reflect.apply(nativeWith, view.target, [{ valueOf: () => (relative = toIntegerOrInfinity(index)) }, { valueOf: () => (element = view.convert(value)) }]);
      const actual = relative < 0 ? length + relative : relative;
      const made = sameType(view, length);
      for (let at = 0; at < length; at++) made[at] = at === actual ? element : view.load(at);
      return made;
    },
  };
}

function requireCallback(value: unknown): (...args: unknown[]) => unknown {
  if (typeof value !== 'function') throw new TypeError(`${String(value)} is not a function`);
  return value as (...args: unknown[]) => unknown;
}
