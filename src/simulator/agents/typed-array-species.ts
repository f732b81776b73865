import { isBigInt, nativeLength, nativeType, speciesConstructor, type NativeArray, type NativeConstructor } from './elements.js';
import type { ElementType } from './operations.js';
import { viewOf, type View } from './views.js';

/** A method of %TypedArray%.prototype, on a view. */
export type Method = (view: View, args: readonly unknown[]) => unknown;

/** The constructor of a type, as the program sees it. */
export type Constructors = (type: ElementType) => NativeConstructor;

export function typeOf(array: unknown): ElementType | undefined {
  return viewOf(array)?.type ?? nativeType(array);
}

export function lengthOf(array: NativeArray): number {
  return viewOf(array)?.length ?? nativeLength(array);
}

/** TypedArraySpeciesCreate (ECMA-262, 23.2.4.1) */
export function speciesCreate(view: View, constructors: Constructors, args: readonly unknown[]): NativeArray {
  const constructor = speciesConstructor(view.object, constructors(view.type));
  const made = create(constructor, args);
  if (isBigInt(typeOf(made)!) !== isBigInt(view.type)) throw new TypeError('Content type of the array made by the species constructor is another one');
  return made;
}

/** TypedArrayCreateFromCtor (23.2.4.2) */
export function create(constructor: unknown, args: readonly unknown[]): NativeArray {
  const made = Reflect.construct(constructor as NewableFunction, args) as NativeArray;
  if (typeOf(made) === undefined) throw new TypeError('this is not a typed array.');
  if (args.length === 1 && typeof args[0] === 'number' && lengthOf(made) < args[0]) throw new TypeError('Derived TypedArray constructor created an array which was too small');
  return made;
}
