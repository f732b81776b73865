import { nativeType } from '../../agents/elements.js';
import type { PlatformWorld } from '../platform.js';

type Test = (value: unknown) => boolean;

const tag = (name: string): Test => (value) => Object.prototype.toString.call(value) === `[object ${name}]`;
/** Whether a getter or method of the language takes the value for one of its kind. */
const slot = (read: (value: never) => unknown): Test => (value) => {
  if (typeof value !== 'object' || value === null) return false;
  try {
    read(value as never);
    return true;
  } catch {
    return false;
  }
};
const getter = (prototype: object, key: PropertyKey): ((value: unknown) => unknown) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, key)!;
  return (value) => Reflect.apply(get!, value, []) as unknown;
};
const method = (prototype: object, key: string, ...args: unknown[]): ((value: unknown) => unknown) => (value) => Reflect.apply((prototype as Record<string, () => unknown>)[key]!, value, args as []);

const none: Test = () => false;
const functionTag = (name: string): Test => (value) => typeof value === 'function' && Object.prototype.toString.call(value) === `[object ${name}]`;

const fixed: Readonly<Record<string, Test>> = {
  isMap: slot(getter(Map.prototype, 'size')), isSet: slot(getter(Set.prototype, 'size')), isWeakMap: slot(method(WeakMap.prototype, 'has', {})), isWeakSet: slot(method(WeakSet.prototype, 'has', {})),
  isDate: slot(method(Date.prototype, 'getTime')), isRegExp: tag('RegExp'),
  isNumberObject: slot(method(Number.prototype, 'valueOf')), isStringObject: slot(method(String.prototype, 'valueOf')), isBooleanObject: slot(method(Boolean.prototype, 'valueOf')), isBigIntObject: slot(method(BigInt.prototype, 'valueOf')), isSymbolObject: slot(method(Symbol.prototype, 'valueOf')),
  isArrayBuffer: slot(getter(ArrayBuffer.prototype, 'byteLength')), isDataView: slot(getter(DataView.prototype, 'byteLength')), isArrayBufferView: (value) => ArrayBuffer.isView(value), isTypedArray: (value) => nativeType(value) !== undefined,
  isNativeError: (value) => value instanceof Error, isArgumentsObject: tag('Arguments'), isMapIterator: tag('Map Iterator'), isSetIterator: tag('Set Iterator'), isModuleNamespaceObject: tag('Module'),
  isGeneratorObject: tag('Generator'), isGeneratorFunction: functionTag('GeneratorFunction'), isAsyncFunction: functionTag('AsyncFunction'),
  isExternal: none, isProxy: none, isKeyObject: none, isCryptoKey: none, isEventTarget: none, isWeakReference: none,
};

/** `util.types`. What a proxy hides nobody can tell, so `isProxy` is always false; an async function is a plain one here. */
export function createTypes({ Promise, realm }: PlatformWorld): Readonly<Record<string, Test>> {
  const isShared: Test = (value) => realm?.kinds?.some(({ name, is }) => name === 'SharedArrayBuffer' && is(value)) ?? false;
  const views = Object.fromEntries(['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64', 'BigInt64', 'BigUint64'].map((type) => [`is${type}Array`, ((value) => nativeType(value) === type) as Test]));
  return {
    ...fixed, ...views, isSharedArrayBuffer: isShared, isAnyArrayBuffer: (value) => fixed['isArrayBuffer']!(value) || isShared(value),
    isBoxedPrimitive: (value) => ['Number', 'String', 'Boolean', 'BigInt', 'Symbol'].some((kind) => fixed[`is${kind}Object`]!(value)),
    isPromise: (value) => value instanceof Promise,
  };
}
