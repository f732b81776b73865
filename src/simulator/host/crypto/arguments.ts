import { sharedBufferOf } from '../../agents/shared-buffer.js';
import { encode, encodingNamed } from '../buffer/encodings.js';
import { touchBytes } from '../buffer/memory.js';
import { invalidArgument, nodeError } from '../events/errors.js';
import { inspectBriefly } from '../events/inspect.js';
import { runningLoop } from '../../runtime/loop.js';

/** How Node words the kinds of bytes that a call takes; they differ from call to call. */
export const kinds = {
  data: 'of type string or an instance of Buffer, TypedArray, or DataView',
  key: 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey',
  any: 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView',
  derived: 'of type string or an instance of ArrayBuffer, TypedArray, DataView, or Buffer',
  material: 'of type string or an instance of SecretKeyObject, ArrayBuffer, TypedArray, DataView, or Buffer',
  view: 'an instance of Buffer, TypedArray, or DataView',
  secret: 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView',
} as const;

export type BytesKind = keyof typeof kinds;

/** A copy of the bytes of an argument. @throws ERR_INVALID_ARG_TYPE as Node words it for this kind. */
export function bytesOf(name: string, value: unknown, kind: BytesKind, encoding?: unknown): Uint8Array {
  if (typeof value === 'string' && kind !== 'view') return encode(value, encodingNamed(encoding) ?? 'utf8');
  const bytes = rawBytes(value, kind !== 'data' && kind !== 'view');
  if (bytes === undefined) throw invalidArgument(name, kinds[kind], value);
  return bytes;
}

/** A copy of what an object holds that is bytes; undefined for every other value. */
export function rawBytes(value: unknown, takesMemory = true): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) {
    touchBytes(value, 'read');
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  }
  if (takesMemory && value instanceof ArrayBuffer) return new Uint8Array(value).slice();
  if (sharedBufferOf(value) ?? sharedBufferOf((value as { buffer?: unknown } | null | undefined)?.buffer)) throw new Error('crypto over a SharedArrayBuffer is not simulated; copy the bytes first, by Uint8Array.from');
  return undefined;
}

/** Data of `update`; half a byte of hex is refused. */
export function updateBytes(value: unknown, encoding: unknown): Uint8Array {
  if (typeof value === 'string' && encodingNamed(encoding) === 'hex' && value.length % 2 === 1) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'encoding' is invalid for data of length ${value.length}. Received ${inspectBriefly(encoding)}`);
  return bytesOf('data', value, 'data', encoding);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function requireText(name: string, value: unknown): string {
  if (typeof value !== 'string') throw invalidArgument(name, 'of type string', value);
  return value;
}

export function invalidValue(name: string, value: unknown): Error {
  return nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The property '${name}' is invalid. Received ${inspectBriefly(value)}`);
}

/** What a hash or a cipher has been given is one location. */
export function touchState(object: object): void {
  const loop = runningLoop();
  if (loop !== undefined) loop.touch(loop.identity.of(object), '*', 'write');
}

export function objectBorn(object: object): void {
  runningLoop()?.identity.born(object);
}

/** What is not simulated says so where it is called. */
export function notSimulated(what: string, instead = ''): never {
  throw new Error(`${what} is not simulated${instead && `; ${instead}`}`);
}
