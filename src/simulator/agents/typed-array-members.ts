import { nativeTypedArray } from './elements.js';
import { typedArrayMethods } from './typed-array-methods.js';
import { setIntoNative } from './typed-array-set.js';
import type { Constructors } from './typed-array-species.js';
import { viewOf, type View } from './views.js';

type Member = (this: unknown, ...args: unknown[]) => unknown;
type Getter = (view: View) => unknown;

const getters: readonly (readonly [string | symbol, Getter])[] = [
  ['buffer', (view) => view.buffer.object],
  ['byteLength', (view) => view.length * view.size],
  ['byteOffset', (view) => view.byteOffset],
  ['length', (view) => view.length],
  [Symbol.toStringTag, (view) => `${view.type}Array`],
];

/**
 * The properties of %TypedArray%.prototype: on a view our own algorithms, on every other receiver the engine's (which refuse what is
 * no typed array).
 */
export function typedArrayMembers(base: unknown, constructors: Constructors): PropertyDescriptorMap {
  const native = nativeTypedArray.prototype as unknown as Record<string | symbol, unknown>;
  const members: Record<string | symbol, PropertyDescriptor> = { constructor: hidden(base) };
  for (const [name, get] of getters) members[name] = getterOf(name, get);
  const methods = typedArrayMethods(constructors);
  for (const [name, ofView] of Object.entries(methods)) {
    const ofNative = native[name];
    if (typeof ofNative === 'function') members[name] = hidden(methodOf(ofNative as Member, name, ofView, name === 'set' ? (setIntoNative as Member) : (ofNative as Member)));
  }
  return { ...members, [Symbol.iterator]: members['values']!, toString: hidden(Array.prototype.toString) };
}

function getterOf(name: string | symbol, ofView: Getter): PropertyDescriptor {
  const native = Object.getOwnPropertyDescriptor(nativeTypedArray.prototype, name)!.get!;
  const { get } = Object.getOwnPropertyDescriptor({ get [name](): unknown {
    const view = viewOf(this);
    return view ? ofView(view) : (Reflect.apply(native, this, []) as unknown);
  } }, name)!;
  return { get: get!, configurable: true, enumerable: false };
}

/** As the engine's: without `prototype`, so no constructor. */
function methodOf(like: Member, name: string, ofView: (view: View, args: readonly unknown[]) => unknown, ofNative: Member): Member {
  const method = { [name](this: unknown, ...args: unknown[]): unknown {
    const view = viewOf(this);
    return view ? ofView(view, args) : Reflect.apply(ofNative, this, args);
  } }[name]!;
  return Object.defineProperty(method, 'length', { value: like.length, configurable: true });
}

function hidden(value: unknown): PropertyDescriptor {
  return { value, writable: true, configurable: true, enumerable: false };
}
