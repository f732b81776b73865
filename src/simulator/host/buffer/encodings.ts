import { nodeError } from '../events/errors.js';

/** Encodings of Node, by the names that mean them; anything else is unknown. */
export type Encoding = 'utf8' | 'utf16le' | 'latin1' | 'ascii' | 'base64' | 'base64url' | 'hex';

const names: Readonly<Record<string, Encoding>> = {
  utf8: 'utf8', 'utf-8': 'utf8', utf16le: 'utf16le', 'utf-16le': 'utf16le', ucs2: 'utf16le', 'ucs-2': 'utf16le', latin1: 'latin1', binary: 'latin1',
  ascii: 'ascii', base64: 'base64', base64url: 'base64url', hex: 'hex',
};

/** The encoding that a name means; undefined if it means none. */
export function encodingNamed(name: unknown): Encoding | undefined {
  if (typeof name !== 'string') return undefined;
  const lower = name.toLowerCase();
  return Object.hasOwn(names, lower) ? names[lower] : undefined;
}

export function unknownEncoding(name: unknown): Error {
  return nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(name)}`);
}

/** As Node takes the argument `encoding` of most methods: UTF-8 if there is none. */
export function requireEncoding(name: unknown): Encoding {
  if (name === undefined || name === null || name === '') return 'utf8';
  const encoding = encodingNamed(name);
  if (encoding === undefined) throw unknownEncoding(name);
  return encoding;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { fatal: true });
const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64urlLetters = `${base64Letters.slice(0, 62)}-_`;
const valueOfLetter = new Map([...base64Letters, '-', '_'].map((letter, index) => [letter.charCodeAt(0), index < 64 ? index : index - 2]));

/** The bytes of a text. What an encoding cannot read ends the text (hex) or is passed over (base64), as in Node. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case 'utf8': return encoder.encode(text);
    case 'utf16le': return fromUnits(text, 2);
    case 'latin1':
    case 'ascii': return fromUnits(text, 1);
    case 'hex': return fromHex(text);
    default: return fromBase64(text);
  }
}

/** How many bytes a text makes room for; for base64, as Node reckons it: from the length alone. */
export function byteLengthOf(text: string, encoding: Encoding): number {
  switch (encoding) {
    case 'utf8': return encoder.encode(text).length;
    case 'utf16le': return text.length * 2;
    case 'latin1':
    case 'ascii': return text.length;
    case 'hex': return text.length >>> 1;
    default: return ((text.length - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0)) * 3) >>> 2;
  }
}

export function decode(bytes: Uint8Array, encoding: Encoding): string {
  switch (encoding) {
    case 'utf8': return decoder.decode(bytes);
    case 'utf16le': return units(bytes.length >>> 1, (index) => bytes[2 * index]! | (bytes[2 * index + 1]! << 8));
    case 'latin1': return units(bytes.length, (index) => bytes[index]!);
    case 'ascii': return units(bytes.length, (index) => bytes[index]! & 0x7f);
    case 'hex': return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    case 'base64': return toBase64(bytes, base64Letters, '=');
    case 'base64url': return toBase64(bytes, base64urlLetters, '');
  }
}

function units(count: number, unit: (index: number) => number): string {
  let text = '';
  for (let index = 0; index < count; index++) text += String.fromCharCode(unit(index));
  return text;
}

function fromUnits(text: string, size: 1 | 2): Uint8Array {
  const bytes = new Uint8Array(text.length * size);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes[index * size] = unit;
    if (size === 2) bytes[index * size + 1] = unit >>> 8;
  }
  return bytes;
}

function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >>> 1);
  for (let index = 0; index < bytes.length; index++) {
    const pair = text.slice(index * 2, index * 2 + 2);
    if (!/^[0-9a-f]{2}$/i.test(pair)) return bytes.slice(0, index);
    bytes[index] = Number.parseInt(pair, 16);
  }
  return bytes;
}

function fromBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (let index = 0; index < text.length && text[index] !== '='; index++) {
    const value = valueOfLetter.get(text.charCodeAt(index));
    if (value === undefined) continue;
    bits = ((bits << 6) | value) & 0xfff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >>> count) & 0xff);
  }
  return Uint8Array.from(bytes);
}

function toBase64(bytes: Uint8Array, letters: string, padding: string): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const known = Math.min(3, bytes.length - index);
    const bits = (bytes[index]! << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    for (let letter = 0; letter < 4; letter++) text += letter <= known ? letters[(bits >>> (18 - 6 * letter)) & 63] : padding;
  }
  return text;
}

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
