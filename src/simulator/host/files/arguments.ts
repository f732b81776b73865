import { bytesOf } from '../buffer/contents.js';
import { decode, encode, encodingNamed } from '../buffer/encodings.js';
import { touchBytes } from '../buffer/memory.js';
import { outOfRange } from '../buffer/ranges.js';
import { invalidArgument, nodeError } from '../events/errors.js';
import { inspectBriefly } from '../events/inspect.js';
import { URL } from '../web/url.js';
import { constants, flagsByName } from './constants.js';

/** How Node checks what it is given, and in which words it refuses it. Source: lib/internal/fs/utils.js and lib/internal/validators.js of Node 20. */

export type Options = Readonly<Record<string, unknown>>;

export function invalidValue(name: string, value: unknown, reason = 'is invalid'): Error {
  return nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${inspectBriefly(value).replace(/\p{Cc}/gu, (letter) => `\\x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}`);
}

export function requirePath(value: unknown, name = 'path'): string {
  const path = value instanceof URL ? pathOf(value) : ArrayBuffer.isView(value) ? decode(bytesFrom(value as Uint8Array), 'utf8') : value;
  if (typeof path !== 'string') throw invalidArgument(name, 'of type string or an instance of Buffer or URL', value);
  if (path.includes('\0')) throw invalidValue(name, value, 'must be a string, Uint8Array, or URL without null bytes');
  return path;
}

function pathOf(url: URL): string {
  const { protocol, hostname, pathname } = url as unknown as { protocol: string; hostname: string; pathname: string };
  if (protocol !== 'file:') throw nodeError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (hostname !== '') throw nodeError(TypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  return decodeURIComponent(pathname);
}

/** What is the number of an open file, or throws. */
export function requireDescriptor(value: unknown): number {
  return requireInt32(value, 'fd', 0, 2 ** 31 - 1);
}

function requireInt32(value: unknown, name: string, least: number, most: number): number {
  if (typeof value !== 'number') throw invalidArgument(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < least || value > most) throw outOfRange(name, `>= ${least} && <= ${most}`, value);
  return value;
}

export function requireLength(value: unknown, name: string): number {
  return Math.max(0, requireInt32(value, name, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER));
}

/** Options that may be the name of an encoding instead. */
export function optionsOf(options: unknown, defaults: Options = {}): Options {
  if (options === null || options === undefined || typeof options === 'function') return defaults;
  const given = typeof options === 'string' ? { encoding: options } : options;
  if (typeof given !== 'object') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', invalidArgument('options', 'one of type string or an instance of Object', options).message.replace('one of type string', 'of type string'));
  const whole: Options = { ...defaults, ...given };
  const { encoding } = whole;
  if (encoding !== 'buffer' && encoding !== undefined && encoding !== null && encoding !== '') requireEncodingName(encoding);
  return whole;
}

function requireEncodingName(encoding: unknown): void {
  if (encodingNamed(encoding) === undefined) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'encoding' is invalid encoding. Received ${inspectBriefly(encoding)}`);
}

export function flagsOf(flags: unknown, name = 'flags'): number {
  if (typeof flags === 'number') return requireInt32(flags, name, -(2 ** 31), 2 ** 31 - 1);
  if (flags === undefined || flags === null) return constants.O_RDONLY;
  const known = typeof flags === 'string' ? flagsByName.get(flags) : undefined;
  if (known === undefined) throw invalidValue('flags', flags);
  return known;
}

export function modeOf(mode: unknown, fallback: number, name = 'mode'): number {
  if (mode === undefined || mode === null) return fallback;
  if (typeof mode === 'string') {
    if (!/^[0-7]+$/.test(mode)) throw invalidValue(name, mode, 'must be a 32-bit unsigned integer or an octal string');
    return Number.parseInt(mode, 8);
  }
  return requireInt32(mode, name, 0, 2 ** 32 - 1);
}

/** Milliseconds since 1970 of a time that is given in seconds, as text or as a Date. */
export function timeOf(time: unknown, now: number): number {
  const seconds = typeof time === 'string' && time.trim() !== '' ? Number(time) : time;
  if (typeof seconds === 'number' && Number.isFinite(seconds)) return seconds < 0 ? now : seconds * 1000;
  if (time instanceof Date) return time.getTime();
  throw invalidArgument('time', 'an instance of Date or an Time in seconds', time);
}

/** The bytes of a view, as characters up to U+00FF. */
export function latin1Of(view: ArrayBufferView, from = 0, length = view.byteLength - from): string {
  return decode(bytesFrom(view).subarray(from, from + length), 'latin1');
}

function bytesFrom(view: ArrayBufferView): Uint8Array {
  touchBytes(view, 'read');
  return bytesOf(view as Uint8Array, 0, view.byteLength);
}

/** What is to be written, as characters up to U+00FF. */
export function contentOf(value: unknown, encoding: unknown): string {
  if (typeof value === 'string') return decode(encode(value, encodingNamed(encoding) ?? 'utf8'), 'latin1');
  if (ArrayBuffer.isView(value)) return latin1Of(value);
  throw invalidArgument('data', 'of type string or an instance of Buffer, TypedArray, or DataView', value);
}
