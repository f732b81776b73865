import { invalidArgument, nodeError } from '../events/errors.js';
import { inspectBriefly } from '../events/inspect.js';
import { decode, encode, encodingNamed, requireEncoding, unknownEncoding, type Encoding } from './encodings.js';
import { touchBytes } from './memory.js';
import { outOfRange, requireInteger } from './ranges.js';

/** Methods of Buffers that read, write and compare bytes, and make no Buffer. Source: Node 20, lib/buffer.js. */

export function isUint8Array(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}

export function requireBytes(name: string, value: unknown): Uint8Array {
  if (!isUint8Array(value)) throw invalidArgument(name, 'an instance of Buffer or Uint8Array', value);
  return value;
}

/** A part as plain bytes, whatever prototype the whole has. */
export function bytesOf(buffer: Uint8Array, start = 0, end = buffer.length): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset + start, Math.max(0, end - start));
}

export function toText(this: Uint8Array, encoding?: unknown, start: unknown = 0, end?: unknown): string {
  const { length } = this;
  const from = Number(start) <= 0 ? 0 : Math.trunc(Number(start)) || 0;
  const to = end === undefined || Number(end) > length ? length : Math.trunc(Number(end)) || 0;
  if (from >= length || to <= from) return '';
  const known = encoding === undefined ? 'utf8' : encodingNamed(`${encoding as string}`);
  if (known === undefined) throw unknownEncoding(encoding);
  touchBytes(this, 'read');
  return decode(bytesOf(this, from, to), known);
}

export function write(this: Uint8Array, text: unknown, offset?: unknown, length?: unknown, encoding?: unknown): number {
  const [name, start, room] = writePlace(this, offset, length, encoding);
  const known = !name ? 'utf8' : encodingNamed(`${name as string}`);
  if (known === undefined) throw unknownEncoding(name);
  if (typeof text !== 'string') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string');
  return writeText(this, text, start, room, known);
}

function writePlace(buffer: Uint8Array, offset: unknown, length: unknown, encoding: unknown): readonly [encoding: unknown, start: number, room: number] {
  if (offset === undefined) return [undefined, 0, buffer.length];
  if (length === undefined && typeof offset === 'string') return [offset, 0, buffer.length];
  const start = requireInteger(offset, 'offset', 0, buffer.length);
  const rest = buffer.length - start;
  if (length === undefined) return [encoding, start, rest];
  if (typeof length === 'string') return [length, start, rest];
  return [encoding, start, Math.min(requireInteger(length, 'length', 0, buffer.length), rest)];
}

/** Characters that do not fit as a whole are left out. */
export function writeText(buffer: Uint8Array, text: string, start: number, room: number, encoding: Encoding): number {
  const bytes = encode(text, encoding);
  let count = Math.min(bytes.length, room);
  if (encoding === 'utf16le') count -= count % 2;
  else if (encoding === 'utf8') while (count > 0 && count < bytes.length && (bytes[count]! & 0xc0) === 0x80) count--;
  touchBytes(buffer, 'write');
  bytesOf(buffer).set(bytes.subarray(0, count), start);
  return count;
}

export function fill(this: Uint8Array, value: unknown, offset?: unknown, end?: unknown, encoding?: unknown): Uint8Array {
  return fillBytes(this, value, offset, end, encoding);
}

export function fillBytes(buffer: Uint8Array, given: unknown, offset: unknown, end: unknown, encoding: unknown): Uint8Array {
  let value = given;
  if (typeof value === 'string') {
    const [name, from, to] = typeof offset === 'string' ? [offset, undefined, undefined] : typeof end === 'string' ? [end, offset, undefined] : [encoding, offset, end];
    if (name !== undefined && name !== null && typeof name !== 'string') throw invalidArgument('encoding', 'of type string', name);
    value = encode(value as string, requireEncoding(name));
    if ((given as string) !== '' && (value as Uint8Array).length === 0) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'value' is invalid. Received ${inspectBriefly(given)}`);
    return fillRange(buffer, value as Uint8Array, from, to);
  }
  if (typeof value === 'boolean') value = Number(value);
  return fillRange(buffer, isUint8Array(value) ? filling(value, given) : Uint8Array.of(Number(value) & 255), offset, end);
}

function filling(value: Uint8Array, given: unknown): Uint8Array {
  touchBytes(value, 'read');
  if (value.length === 0) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'value' is invalid. Received ${String(Reflect.apply(inspect, given as Uint8Array, []))}`);
  return bytesOf(value).slice();
}

function fillRange(buffer: Uint8Array, pattern: Uint8Array, offset: unknown, end: unknown): Uint8Array {
  const start = offset === undefined ? 0 : requireInteger(offset, 'offset', 0, 2 ** 32);
  const stop = end === undefined ? buffer.length : requireInteger(end, 'end', 0, buffer.length);
  touchBytes(buffer, 'write');
  for (let index = start; index < stop; index++) buffer[index] = pattern.length === 0 ? 0 : pattern[(index - start) % pattern.length]!;
  return buffer;
}

export function copy(this: Uint8Array, target: unknown, targetStart?: unknown, sourceStart?: unknown, sourceEnd?: unknown): number {
  const to = requireBytes('target', target);
  const start = targetStart === undefined ? 0 : coerced(targetStart);
  if (start < 0) throw outOfRange('targetStart', '>= 0', start);
  const from = sourceStart === undefined ? 0 : coerced(sourceStart);
  if (from < 0 || from > this.length) throw outOfRange('sourceStart', `>= 0 && <= ${this.length}`, from);
  const end = sourceEnd === undefined ? this.length : coerced(sourceEnd);
  if (end < 0) throw outOfRange('sourceEnd', '>= 0', end);
  if (start >= to.length || from >= end) return 0;
  const count = Math.min(end - from, to.length - start, this.length - from);
  touchBytes(this, 'read');
  touchBytes(to, 'write');
  bytesOf(to).set(bytesOf(this, from, from + count), start);
  return count;
}

/** An argument as Node coerces positions: what is no number is 0. */
function coerced(value: unknown): number {
  const number = Math.trunc(Number(value));
  return Number.isNaN(number) ? 0 : number;
}

export function equals(this: Uint8Array, other: unknown): boolean {
  return order(this, requireBytes('otherBuffer', other)) === 0;
}

/** -1, 0 or 1: byte by byte, then by length. */
export function order(a: Uint8Array, b: Uint8Array): number {
  touchBytes(a, 'read');
  touchBytes(b, 'read');
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) if (a[index] !== b[index]) return a[index]! < b[index]! ? -1 : 1;
  return Math.sign(a.length - b.length);
}

export function compare(this: Uint8Array, target: unknown, targetStart?: unknown, targetEnd?: unknown, sourceStart?: unknown, sourceEnd?: unknown): number {
  const other = requireBytes('target', target);
  const most = 2 ** 32;
  const [tStart, tEnd] = [targetStart === undefined ? 0 : requireInteger(targetStart, 'targetStart', 0, most), targetEnd === undefined ? other.length : requireInteger(targetEnd, 'targetEnd', 0, other.length)];
  const [sStart, sEnd] = [sourceStart === undefined ? 0 : requireInteger(sourceStart, 'sourceStart', 0, most), sourceEnd === undefined ? this.length : requireInteger(sourceEnd, 'sourceEnd', 0, this.length)];
  if (sStart >= sEnd) return tStart >= tEnd ? 0 : -1;
  if (tStart >= tEnd) return 1;
  touchBytes(this, 'read');
  touchBytes(other, 'read');
  return order(bytesOf(this, Math.min(sStart, this.length), sEnd), bytesOf(other, Math.min(tStart, other.length), tEnd));
}

export function indexOf(this: Uint8Array, value: unknown, byteOffset?: unknown, encoding?: unknown): number {
  return search(this, value, byteOffset, encoding, true);
}

export function lastIndexOf(this: Uint8Array, value: unknown, byteOffset?: unknown, encoding?: unknown): number {
  return search(this, value, byteOffset, encoding, false);
}

export function includes(this: Uint8Array, value: unknown, byteOffset?: unknown, encoding?: unknown): boolean {
  return search(this, value, byteOffset, encoding, true) !== -1;
}

function search(buffer: Uint8Array, value: unknown, byteOffset: unknown, encoding: unknown, isForward: boolean): number {
  const name = typeof byteOffset === 'string' ? byteOffset : encoding;
  const given = typeof byteOffset === 'string' ? undefined : Number(byteOffset === null || byteOffset === undefined || Array.isArray(byteOffset) ? (byteOffset === null ? 0 : NaN) : byteOffset);
  const from = given === undefined || Number.isNaN(given) ? (isForward ? 0 : buffer.length) : Math.trunc(Math.max(-0x8000_0000, Math.min(0x7fff_ffff, given)));
  const known = typeof value === 'string' ? requireEncoding(name) : 'utf8';
  const wanted = sought(value, known);
  touchBytes(buffer, 'read');
  const start = from < 0 ? from + buffer.length : from;
  const step = known === 'utf16le' ? 2 : 1;
  if (isForward) return forward(buffer, wanted, Math.max(0, start), step);
  if (wanted.length === 0) return Math.max(0, Math.min(start, buffer.length));
  return start < 0 ? -1 : backward(buffer, wanted, Math.min(start, buffer.length - wanted.length), step);
}

function sought(value: unknown, encoding: Encoding): Uint8Array {
  if (typeof value === 'number') return Uint8Array.of(value & 255);
  if (typeof value === 'string') return encode(value, encoding);
  if (!isUint8Array(value)) throw invalidArgument('value', 'one of type number or string or an instance of Buffer or Uint8Array', value);
  touchBytes(value, 'read');
  return value;
}

function forward(buffer: Uint8Array, wanted: Uint8Array, start: number, step: number): number {
  if (wanted.length === 0) return Math.min(start, buffer.length);
  for (let at = start; at + wanted.length <= buffer.length; at += step) if (wanted.every((byte, index) => buffer[at + index] === byte)) return at;
  return -1;
}

function backward(buffer: Uint8Array, wanted: Uint8Array, start: number, step: number): number {
  for (let at = start; at >= 0; at -= step) if (wanted.every((byte, index) => buffer[at + index] === byte)) return at;
  return -1;
}

/** Reverses the order of bytes within each group of `size`. */
export function swapper(size: 2 | 4 | 8): (this: Uint8Array) => Uint8Array {
  return { [`swap${size * 8}`](this: Uint8Array): Uint8Array {
    if (this.length % size !== 0) throw nodeError(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`);
    touchBytes(this, 'write');
    for (let at = 0; at < this.length; at += size) bytesOf(this, at, at + size).reverse();
    return this;
  } }[`swap${size * 8}`]!;
}

export function toJSON(this: Uint8Array): { type: 'Buffer'; data: number[] } {
  touchBytes(this, 'read');
  return { type: 'Buffer', data: Array.from(bytesOf(this)) };
}

export function inspect(this: Uint8Array): string {
  touchBytes(this, 'read');
  const most = 50;
  const shown = Array.from(bytesOf(this, 0, Math.min(most, this.length)), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const rest = this.length - most;
  return `<${this.constructor.name} ${shown}${rest > 0 ? ` ... ${rest} more byte${rest > 1 ? 's' : ''}` : ''}>`;
}
