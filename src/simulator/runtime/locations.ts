import { isBufferObject } from '../host/buffer/memory.js';

export type AccessKind = 'read' | 'write' | 'update';

/** The key that stands for all of a container's contents; it conflicts with every other key of it. */
export const wholeContents = '*';

interface ContentAccess {
  readonly kind: AccessKind;
  /** True if the first argument is the key; else the contents as a whole are meant. */
  readonly isKeyed: boolean;
}

const table = (kind: AccessKind, isKeyed: boolean, names: string): [string, ContentAccess][] => names.split(' ').map((name) => [name, { kind, isKeyed }]);

const mapMethods = new Map([
  ...table('read', true, 'get has'), ...table('write', true, 'set add delete'),
  ...table('read', false, 'forEach keys values entries'), ...table('write', false, 'clear'),
]);

const arrayMethods = new Map([
  ...table('read', false, 'at concat entries every filter find findIndex findLast findLastIndex flat flatMap forEach includes indexOf join keys lastIndexOf map reduce reduceRight slice some toReversed toSorted toSpliced values with'),
  ...table('write', false, 'push unshift fill copyWithin sort reverse'), ...table('update', false, 'pop shift splice'),
]);

const viewMethods = new Map([
  ...table('read', false, 'at entries every filter find findIndex findLast findLastIndex forEach includes indexOf join keys lastIndexOf map reduce reduceRight slice some toReversed toSorted values with'),
  ...table('write', false, 'set fill copyWithin sort reverse'),
]);

const objectMethods = new Map([...table('read', false, 'keys values entries stringify getOwnPropertyNames'), ...table('write', false, 'assign')]);

/** How a built-in method touches the contents of its receiver, or undefined if it does not. */
export function contentAccess(receiver: unknown, method: PropertyKey): ContentAccess | undefined {
  if (typeof method !== 'string') return undefined;
  if (Array.isArray(receiver)) return arrayMethods.get(method);
  if (ArrayBuffer.isView(receiver)) return viewMethods.get(method);
  if (receiver instanceof Map || receiver instanceof Set || receiver instanceof WeakMap || receiver instanceof WeakSet) return mapMethods.get(method);
  return undefined;
}

/** `Object.keys(record)`, `JSON.stringify(record)`: how they touch the contents of their argument. */
export function argumentAccess(receiver: unknown, method: PropertyKey): ContentAccess | undefined {
  return (receiver === Object || receiver === JSON) && typeof method === 'string' ? objectMethods.get(method) : undefined;
}

/** Which location a property access means: an array's length and a Map's size stand for their contents, and a Buffer's memory is one location. */
export function locationKey(object: object, key: PropertyKey): PropertyKey {
  if (key === 'length' && Array.isArray(object)) return wholeContents;
  if (key === 'size' && (object instanceof Map || object instanceof Set)) return wholeContents;
  if (ArrayBuffer.isView(object) && isBufferObject(object)) return wholeContents;
  return key;
}
