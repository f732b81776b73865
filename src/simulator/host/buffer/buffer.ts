import { sharedBufferOf } from '../../agents/shared-buffer.js';
import { seal } from '../../runtime/sealed.js';
import { computes } from '../../runtime/intrinsics.js';
import { runningLoop } from '../../runtime/loop.js';
import type { OpaqueValues } from '../../runtime/opaque.js';
import { invalidArgument, nodeError } from '../events/errors.js';
import * as contents from './contents.js';
import { byteLengthOf, encode, encodingNamed, requireEncoding, type Encoding } from './encodings.js';
import { bufferBorn, partBorn, touchBytes } from './memory.js';
import { numberMethods } from './numbers.js';
import { Pool } from './pool.js';
import { outOfBounds, outOfRange, requireInteger } from './ranges.js';

/** Bytes; Node 20's `buffer.constants.MAX_LENGTH`. */
export const maxLength = 2 ** 32;
/** Bytes beyond which an execution is given up. */
const mostBytes = 250_000_000;
export const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

type Fn = (this: never, ...args: never[]) => unknown;

export interface BufferConstructor {
  (...args: unknown[]): Uint8Array;
  new (...args: unknown[]): Uint8Array;
  readonly prototype: Uint8Array;
  poolSize: number;
  from(value: unknown, encodingOrOffset?: unknown, length?: unknown): Uint8Array;
  alloc(size: unknown, fill?: unknown, encoding?: unknown): Uint8Array;
  allocUnsafe(size: unknown): Uint8Array;
  allocUnsafeSlow(size: unknown): Uint8Array;
  concat(list: unknown, length?: unknown): Uint8Array;
  isBuffer(value: unknown): boolean;
  byteLength(value: unknown, encoding?: unknown): number;
  isEncoding(encoding: unknown): boolean;
  compare(a: unknown, b: unknown): number;
}

/** What all executions share of the methods, sealed: they know of no one's memory. */
const methods: Readonly<Record<PropertyKey, Fn>> = {
  ...numberMethods(), ...textMethods(),
  toString: contents.toText, toLocaleString: contents.toText, write: contents.write, fill: contents.fill, copy: contents.copy, equals: contents.equals, compare: contents.compare,
  indexOf: contents.indexOf, lastIndexOf: contents.lastIndexOf, includes: contents.includes, swap16: contents.swapper(2), swap32: contents.swapper(4), swap64: contents.swapper(8),
  toJSON: contents.toJSON, inspect: contents.inspect, [inspectCustom]: contents.inspect,
};
for (const key of Reflect.ownKeys(methods)) seal(methods[key]!);
computes(...Object.values(methods));

/** `asciiSlice`, `utf8Write` and the like. */
function textMethods(): Record<string, Fn> {
  const names: Readonly<Record<string, Encoding>> = { ascii: 'ascii', base64: 'base64', base64url: 'base64url', latin1: 'latin1', hex: 'hex', ucs2: 'utf16le', utf8: 'utf8' };
  return Object.fromEntries(Object.entries(names).flatMap(([name, encoding]): [string, Fn][] => [
    [`${name}Slice`, function (this: Uint8Array, start?: unknown, end?: unknown) { return Reflect.apply(contents.toText, this, [encoding, start, end]); }],
    [`${name}Write`, function (this: Uint8Array, text: string, offset = 0, length: number = this.length - offset) { return contents.writeText(this, text, offset, Math.min(length, this.length - offset), encoding); }],
  ]));
}

const methodDescriptors: PropertyDescriptorMap = Object.fromEntries(Reflect.ownKeys(methods).map((key) => [key, hidden(methods[key]!)]));

/** Buffers of one execution; `showsPool`: the program can see what lies in the pool, so its use is told to footprints. */
export function createBuffer({ showsPool, opaque }: { readonly showsPool: boolean; readonly opaque: OpaqueValues }): BufferConstructor {
  /** As in Node the class has a prototype in common with the function `Buffer`. */
  class FastBuffer extends Uint8Array {}
  const make = (buffer: ArrayBufferLike, offset = 0, length = buffer.byteLength - offset): FastBuffer => bufferBorn(new FastBuffer(buffer as ArrayBuffer, offset, length));
  const pool = new Pool(make, () => Buffer.poolSize, showsPool);

  const Buffer = function Buffer(this: unknown, value: unknown, encodingOrOffset?: unknown, length?: unknown): Uint8Array {
    if (typeof value !== 'number') return from(value, encodingOrOffset, length);
    if (typeof encodingOrOffset === 'string') throw invalidArgument('string', 'of type string', value);
    return alloc(value);
  } as BufferConstructor;

  function requireSize(size: unknown): number {
    if (typeof size !== 'number') throw invalidArgument('size', 'of type number', size);
    if (!(size >= 0 && size <= maxLength)) throw outOfRange('size', `>= 0 && <= ${maxLength}`, size);
    if (size > mostBytes) runningLoop()?.abort(`a Buffer of ${size} bytes was asked for`, 'heap');
    return Math.trunc(size);
  }

  function from(value: unknown, encodingOrOffset?: unknown, length?: unknown): Uint8Array {
    if (typeof value === 'string') return fromText(value, encodingOrOffset);
    if (typeof value === 'object' && value !== null) {
      if (sharedBufferOf(value)) throw new Error('Buffer.from(SharedArrayBuffer) is not simulated; make a Uint8Array over the shared memory instead');
      if (value instanceof ArrayBuffer) return fromMemory(value, encodingOrOffset, length);
      const inner: unknown = (value as { valueOf?: () => unknown }).valueOf?.();
      if (inner !== null && inner !== undefined && inner !== value && (typeof inner === 'string' || typeof inner === 'object')) return from(inner, encodingOrOffset, length);
      const made = fromObject(value as { length?: unknown; type?: unknown; data?: unknown });
      if (made) return made;
      const primitive = (value as { [Symbol.toPrimitive]?: (hint: string) => unknown })[Symbol.toPrimitive];
      const text = typeof primitive === 'function' ? Reflect.apply(primitive, value, ['string']) as unknown : undefined;
      if (typeof text === 'string') return fromText(text, encodingOrOffset);
    }
    throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received ${invalidArgument('', '', value).message.split('Received ')[1]}`);
  }

  function fromText(text: string, encoding: unknown): Uint8Array {
    return fromBytes(encode(text, typeof encoding === 'string' ? requireEncoding(encoding) : 'utf8'));
  }

  function fromBytes(bytes: ArrayLike<number>): Uint8Array {
    if (bytes.length === 0) return make(new ArrayBuffer(0));
    const made = pool.take(bytes.length);
    made.set(bytes);
    return made;
  }

  function fromMemory(buffer: ArrayBuffer, byteOffset: unknown, length: unknown): Uint8Array {
    const offset = byteOffset === undefined || Number.isNaN(Number(byteOffset)) ? 0 : Number(byteOffset);
    const room = buffer.byteLength - offset;
    if (room < 0) throw outOfBounds('offset');
    const count = length === undefined ? room : Math.max(0, Number(length) || 0);
    if (count > room) throw outOfBounds('length');
    return make(buffer, offset, count);
  }

  function fromObject(value: { length?: unknown; type?: unknown; data?: unknown }): Uint8Array | undefined {
    if (value.length !== undefined || value instanceof ArrayBuffer) {
      if (typeof value.length !== 'number' || value.length <= 0) return make(new ArrayBuffer(0));
      if (ArrayBuffer.isView(value)) touchBytes(value, 'read');
      return fromBytes(value as unknown as ArrayLike<number>);
    }
    return value.type === 'Buffer' && Array.isArray(value.data) ? fromBytes(value.data as number[]) : undefined;
  }

  function alloc(size: unknown, fill?: unknown, encoding?: unknown): Uint8Array {
    const made = make(new ArrayBuffer(requireSize(size)));
    return fill !== undefined && fill !== 0 && made.length > 0 ? contents.fillBytes(made, fill, 0, made.length, encoding) : made;
  }

  function concat(list: unknown, total?: unknown): Uint8Array {
    if (!Array.isArray(list)) throw invalidArgument('list', 'an instance of Array', list);
    if (list.length === 0) return make(new ArrayBuffer(0));
    const parts = list as Uint8Array[];
    if (parts.some((part) => opaque.is(part))) return opaque.make(`Buffer.concat(${opaque.labelOf(list)})`, true) as Uint8Array;
    const length = total === undefined ? parts.reduce((sum, part) => sum + (part.length || 0), 0) : requireInteger(total, 'length', 0, maxLength);
    const made = allocUnsafe(length);
    let at = 0;
    parts.forEach((part, index) => {
      contents.requireBytes(`list[${index}]`, part);
      touchBytes(part, 'read');
      const taken = contents.bytesOf(part, 0, Math.min(part.length, length - at));
      made.set(taken, at);
      at += taken.length;
    });
    contents.bytesOf(made).fill(0, at);
    return made;
  }

  function allocUnsafe(size: unknown): Uint8Array {
    const length = requireSize(size);
    return length === 0 ? make(new ArrayBuffer(0)) : pool.take(length);
  }

  function subarray(this: Uint8Array, start?: unknown, end?: unknown): Uint8Array {
    const { length } = this;
    const first = position(start, length);
    const last = end === undefined ? length : position(end, length);
    return partBorn(new FastBuffer(this.buffer as ArrayBuffer, this.byteOffset + first, Math.max(0, last - first)), this);
  }

  const statics: Record<string, unknown> = {
    from, alloc, allocUnsafe, concat,
    allocUnsafeSlow: (size: unknown) => pool.own(requireSize(size)),
    of: (...items: number[]) => fromBytes(items),
    isBuffer: (value: unknown) => value instanceof Buffer,
    compare: (a: unknown, b: unknown) => contents.order(contents.requireBytes('buf1', a), contents.requireBytes('buf2', b)),
    isEncoding: (encoding: unknown) => encodingNamed(encoding) !== undefined,
    byteLength: (value: unknown, encoding?: unknown): number => {
      if (typeof value === 'string') return byteLengthOf(value, encodingNamed(encoding) ?? 'utf8');
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || sharedBufferOf(value)) return (value as ArrayBuffer).byteLength;
      throw invalidArgument('string', 'of type string or an instance of Buffer or ArrayBuffer', value);
    },
    copyBytesFrom: (view: unknown, offset?: unknown, length?: unknown) => {
      if (!ArrayBuffer.isView(view) || view instanceof DataView) throw invalidArgument('view', 'an instance of TypedArray', view);
      const first = offset === undefined ? 0 : requireInteger(offset, 'offset', 0, Number.MAX_SAFE_INTEGER);
      const count = length === undefined ? undefined : first + requireInteger(length, 'length', 0, Number.MAX_SAFE_INTEGER);
      touchBytes(view, 'read');
      const part = Reflect.apply(Uint8Array.prototype.slice, view, [first, count]) as Uint8Array;
      return fromBytes(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    },
  };
  for (const [key, value] of Object.entries(statics)) Object.defineProperty(Buffer, key, { value, writable: true, enumerable: true, configurable: true });
  computes(Buffer, ...Object.values(statics) as object[]);
  Object.setPrototypeOf(Buffer, Uint8Array);
  Object.defineProperties(Buffer, { poolSize: { value: Pool.defaultSize, writable: true, enumerable: true, configurable: true }, prototype: { value: FastBuffer.prototype }, [Symbol.species]: { get: () => FastBuffer, configurable: true } });
  Object.defineProperties(FastBuffer.prototype, {
    ...methodDescriptors, constructor: hidden(Buffer),
    subarray: hidden(subarray), slice: hidden(function slice(this: Uint8Array, start?: unknown, end?: unknown) { return Reflect.apply(subarray, this, [start, end]); }),
    parent: { get(this: unknown) { return this instanceof Buffer ? this.buffer : undefined; }, configurable: true, enumerable: true },
    offset: { get(this: unknown) { return this instanceof Buffer ? this.byteOffset : undefined; }, configurable: true, enumerable: true },
  });
  return Buffer;
}

/** A position in a Buffer, from its end if negative. */
function position(value: unknown, length: number): number {
  const at = Math.trunc(Number(value));
  if (!at) return 0;
  return at < 0 ? Math.max(0, at + length) : Math.min(at, length);
}

function hidden(value: unknown): PropertyDescriptor {
  return { value, writable: true, configurable: true, enumerable: true };
}
