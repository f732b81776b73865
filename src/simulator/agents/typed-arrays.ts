import { sealClasses } from '../runtime/sealed.js';
import { elementSize, elementTypes, nativeConstructors, nativeType, nativeTypedArray, type NativeArray, type NativeConstructor } from './elements.js';
import type { ElementType } from './operations.js';
import { sharedBufferOf } from './shared-buffer.js';
import { from, of } from './typed-array-statics.js';
import { typedArrayMembers } from './typed-array-members.js';
import { View, viewOf } from './views.js';

/**
 * The typed array constructors that a program sees. Over shared memory they give views, else the engine's own arrays, which have
 * the prototypes from here too. One set serves all agents and all executions, so it is frozen.
 */
function TypedArray(): never {
  throw new TypeError('Abstract class TypedArray not directly constructable');
}

Object.defineProperties(TypedArray, {
  name: { value: 'TypedArray', configurable: true }, length: { value: 0, configurable: true },
  prototype: { value: Object.defineProperties({}, typedArrayMembers(TypedArray, (type) => typedArrays[type])), writable: false },
  from: hidden(from(isBase)), of: hidden(of(isBase)),
  [Symbol.species]: { get: Object.getOwnPropertyDescriptor({ get [Symbol.species]() { return this; } }, Symbol.species)!.get!, configurable: true },
  [Symbol.hasInstance]: hidden(instanceCheck(TypedArray, nativeTypedArray, (value) => nativeType(value) !== undefined)),
});

export const typedArrays = Object.fromEntries(elementTypes.map((type) => [type, constructorOf(type)])) as Readonly<Record<ElementType, NativeConstructor>>;
const bases = new Set<unknown>(Object.values(typedArrays));

sealClasses(TypedArray as unknown as { readonly prototype: object }, ...Object.values(typedArrays));

/** One of these constructors themselves, no subclass. */
function isBase(constructor: unknown): boolean {
  return bases.has(constructor);
}

function constructorOf(type: ElementType): NativeConstructor {
  const name = `${type}Array`;
  const constructor = { [name]: function (this: unknown, ...args: unknown[]): NativeArray {
    if (!new.target) throw new TypeError(`Constructor ${name} requires 'new'`);
    return construct(type, args, new.target);
  } }[name]!;
  const bytes = { value: elementSize(type) };
  Object.setPrototypeOf(constructor, TypedArray);
  return Object.defineProperties(constructor, {
    length: { value: 3, configurable: true }, name: { value: name, configurable: true }, BYTES_PER_ELEMENT: bytes,
    prototype: { value: Object.create(TypedArray.prototype as object, { constructor: hidden(constructor), BYTES_PER_ELEMENT: bytes }) as object, writable: false },
    [Symbol.hasInstance]: hidden(instanceCheck(constructor, nativeConstructors[type], (value) => nativeType(value) === type)),
  }) as unknown as NativeConstructor;
}

function construct(type: ElementType, args: readonly unknown[], newTarget: unknown): NativeArray {
  const [first] = args;
  const native = nativeConstructors[type];
  const buffer = sharedBufferOf(first);
  if (buffer) {
    buffer.byteLength();
    const target = Reflect.construct(native, [buffer.shape, ...args.slice(1)], newTarget as NewableFunction) as NativeArray;
    return new View(type, buffer, target, buffer.isGrowable && args[2] === undefined).object;
  }
  const source = viewOf(first);
  if (!source) return Reflect.construct(native, args, newTarget as NewableFunction) as NativeArray;
  // The engine refuses what cannot be copied before the first element is read.
  const { length } = source;
  const made = Reflect.construct(native, [new nativeConstructors[source.type](length)], newTarget as NewableFunction) as NativeArray;
  for (let index = 0; index < length; index++) made[index] = source.load(index) as never;
  return made;
}

/** An array that the host has made has the engine's prototype, and is an instance all the same. */
function instanceCheck(constructor: unknown, native: unknown, isOne: (value: unknown) => boolean): (this: unknown, value: unknown) => boolean {
  const hasInstance = Function.prototype[Symbol.hasInstance] as (value: unknown) => boolean;
  return { [Symbol.hasInstance](this: unknown, value: unknown): boolean {
    return Reflect.apply(hasInstance, this, [value]) || (this === constructor && isOne(value) && Reflect.apply(hasInstance, native, [value]));
  } }[Symbol.hasInstance];
}

function hidden(value: unknown): PropertyDescriptor {
  return { value, writable: true, configurable: true, enumerable: false };
}
