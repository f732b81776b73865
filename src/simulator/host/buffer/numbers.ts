import { invalidArgument } from '../events/errors.js';
import { touchBytes } from './memory.js';
import { outOfBounds, outOfRange } from './ranges.js';

type Method = (this: Uint8Array, ...args: never[]) => unknown;
type Endianness = 'LE' | 'BE';

/** A number type of fixed size: how a DataView reads and writes it, and which values it has. */
interface Fixed {
  readonly bytes: number;
  readonly view: 'Int8' | 'Uint8' | 'Int16' | 'Uint16' | 'Int32' | 'Uint32' | 'Float32' | 'Float64' | 'BigInt64' | 'BigUint64';
  readonly least?: number | bigint;
  readonly most?: number | bigint;
}

const fixed: Readonly<Record<string, Fixed>> = {
  UInt8: { bytes: 1, view: 'Uint8', least: 0, most: 0xff }, Int8: { bytes: 1, view: 'Int8', least: -0x80, most: 0x7f },
  UInt16: { bytes: 2, view: 'Uint16', least: 0, most: 0xffff }, Int16: { bytes: 2, view: 'Int16', least: -0x8000, most: 0x7fff },
  UInt32: { bytes: 4, view: 'Uint32', least: 0, most: 0xffff_ffff }, Int32: { bytes: 4, view: 'Int32', least: -0x8000_0000, most: 0x7fff_ffff },
  Float: { bytes: 4, view: 'Float32' }, Double: { bytes: 8, view: 'Float64' },
  BigInt64: { bytes: 8, view: 'BigInt64', least: -(2n ** 63n), most: 2n ** 63n - 1n }, BigUInt64: { bytes: 8, view: 'BigUint64', least: 0n, most: 2n ** 64n - 1n },
};

/** `readInt8` … `writeDoubleBE` of Node 20, with the spellings `Uint` too. */
export function numberMethods(): Record<string, Method> {
  const methods: Record<string, Method> = {};
  const add = (name: string, method: Method): void => {
    for (const spelling of new Set([name, name.replace('UInt', 'Uint')])) methods[spelling] = method;
  };
  for (const [type, facts] of Object.entries(fixed)) {
    for (const order of facts.bytes === 1 ? [''] : ['LE', 'BE']) {
      add(`read${type}${order}`, { [`read${type}${order}`](this: Uint8Array, offset: unknown = 0) { return readFixed(this, offset, facts, order === 'LE'); } }[`read${type}${order}`]!);
      add(`write${type}${order}`, { [`write${type}${order}`](this: Uint8Array, value: unknown, offset: unknown = 0) { return writeFixed(this, value, offset, facts, order === 'LE'); } }[`write${type}${order}`]!);
    }
  }
  for (const isSigned of [false, true]) {
    for (const order of ['LE', 'BE'] as const) {
      const type = `${isSigned ? 'Int' : 'UInt'}${order}`;
      add(`read${type}`, { [`read${type}`](this: Uint8Array, offset: unknown, bytes: unknown) { return readSized(this, offset, bytes, isSigned, order); } }[`read${type}`]!);
      add(`write${type}`, { [`write${type}`](this: Uint8Array, value: unknown, offset: unknown, bytes: unknown) { return writeSized(this, value, offset, bytes, isSigned, order); } }[`write${type}`]!);
    }
  }
  return methods;
}

function viewOf(buffer: Uint8Array): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** The offset of `bytes` bytes within the buffer. */
function requireOffset(buffer: Uint8Array, offset: unknown, bytes: number): number {
  if (typeof offset !== 'number') throw invalidArgument('offset', 'of type number', offset);
  const last = buffer.length - bytes;
  if (offset >= 0 && offset <= last && Number.isInteger(offset)) return offset;
  throw boundsError(offset, last, 'offset');
}

function boundsError(value: number, last: number, name: string): Error {
  if (Math.floor(value) !== value) return outOfRange(name, 'an integer', value);
  return last < 0 ? outOfBounds() : outOfRange(name, `>= ${name === 'offset' ? 0 : 1} and <= ${last}`, value);
}

function readFixed(buffer: Uint8Array, offset: unknown, { bytes, view }: Fixed, isLittle: boolean): number | bigint {
  const at = requireOffset(buffer, offset, bytes);
  touchBytes(buffer, 'read');
  return viewOf(buffer)[`get${view}`](at, isLittle);
}

function writeFixed(buffer: Uint8Array, given: unknown, offset: unknown, { bytes, view, least, most }: Fixed, isLittle: boolean): number {
  const value = typeof least === 'bigint' ? given : +(given as number);
  if (least !== undefined && ((value as number) < least || (value as number) > most!)) throw valueRange(value, least, most!, bytes);
  if (typeof least === 'bigint' && typeof value !== 'bigint') throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
  const at = requireOffset(buffer, offset, bytes);
  touchBytes(buffer, 'write');
  (viewOf(buffer)[`set${view}`] as (at: number, value: unknown, isLittle: boolean) => void)(at, value, isLittle);
  return at + bytes;
}

/** Wide ranges are worded as powers of two. */
function valueRange(value: unknown, least: number | bigint, most: number | bigint, bytes: number): Error {
  const n = typeof least === 'bigint' ? 'n' : '';
  if (bytes <= 4) return outOfRange('value', `>= ${least} and <= ${most}`, value);
  if (least === 0 || least === 0n) return outOfRange('value', `>= 0${n} and < 2${n} ** ${bytes * 8}${n}`, value);
  return outOfRange('value', `>= -(2${n} ** ${bytes * 8 - 1}${n}) and < 2${n} ** ${bytes * 8 - 1}${n}`, value);
}

function requireSize(bytes: unknown): number {
  if (typeof bytes !== 'number') throw invalidArgument('byteLength', 'of type number', bytes);
  if (!Number.isInteger(bytes) || bytes < 1 || bytes > 6) throw boundsError(bytes, 6, 'byteLength');
  return bytes;
}

function readSized(buffer: Uint8Array, offset: unknown, size: unknown, isSigned: boolean, order: Endianness): number {
  if (offset === undefined) throw invalidArgument('offset', 'of type number', offset);
  const bytes = requireSize(size);
  const at = requireOffset(buffer, offset, bytes);
  touchBytes(buffer, 'read');
  let value = 0;
  for (let index = 0; index < bytes; index++) value = value * 0x100 + buffer[at + (order === 'BE' ? index : bytes - 1 - index)]!;
  return isSigned && value >= 2 ** (bytes * 8 - 1) ? value - 2 ** (bytes * 8) : value;
}

function writeSized(buffer: Uint8Array, given: unknown, offset: unknown, size: unknown, isSigned: boolean, order: Endianness): number {
  const bytes = requireSize(size);
  const value = +(given as number);
  const [least, most] = isSigned ? [-(2 ** (bytes * 8 - 1)), 2 ** (bytes * 8 - 1) - 1] : [0, 2 ** (bytes * 8) - 1];
  if (value < least || value > most) throw valueRange(value, least, most, bytes);
  const at = requireOffset(buffer, offset === undefined ? 0 : offset, bytes);
  touchBytes(buffer, 'write');
  let rest = value < 0 ? value + 2 ** (bytes * 8) : value;
  for (let index = 0; index < bytes; index++) {
    buffer[at + (order === 'LE' ? index : bytes - 1 - index)] = rest % 0x100;
    rest = Math.floor(rest / 0x100);
  }
  return at + bytes;
}
