import type { CloneRecord, Encoded } from '../messages/record.js';

/** A key (Indexed Database API, 2.4) as plain data, and JSON. */
export type Key = number | string | { readonly infinity: 1 | -1 } | { readonly date: number } | { readonly bytes: readonly number[] } | readonly Key[];

/** A part of all keys; a bound that is absent is none. */
export interface Range {
  readonly lower?: Key;
  readonly upper?: Key;
  readonly isLowerOpen?: boolean;
  readonly isUpperOpen?: boolean;
}

/** The key that a value is; undefined if it is none. A clone keeps what counts: getters have run, and nothing is shared. */
export function keyOf(record: CloneRecord, value: Encoded = record.value, within: readonly number[] = []): Key | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if ('special' in value) return value.special === '-0' ? 0 : value.special === 'Infinity' ? { infinity: 1 } : value.special === '-Infinity' ? { infinity: -1 } : undefined;
  if (!('object' in value) || within.includes(value.object)) return undefined;
  const object = record.objects[value.object]!;
  switch (object.kind) {
    case 'date': return typeof object.time === 'number' ? { date: object.time } : undefined;
    case 'buffer': return { bytes: object.bytes };
    case 'view': return { bytes: bytesOf(record, object) };
    case 'array': {
      const entries = new Map(object.entries);
      const items = Array.from({ length: object.length }, (_, at) => (entries.has(String(at)) ? keyOf(record, entries.get(String(at)), [...within, value.object]) : undefined));
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    default: return undefined;
  }
}

/** Bytes of an element, by the type of its view. */
const sizes: Readonly<Record<string, number>> = { Int16Array: 2, Uint16Array: 2, Int32Array: 4, Uint32Array: 4, Float32Array: 4, Float64Array: 8, BigInt64Array: 8, BigUint64Array: 8 };

function bytesOf(record: CloneRecord, view: Extract<CloneRecord['objects'][number], { readonly kind: 'view' }>): readonly number[] {
  const buffer = record.objects[(view.buffer as { readonly object: number }).object];
  const bytes = buffer?.kind === 'buffer' ? buffer.bytes : [];
  return bytes.slice(view.byteOffset, view.length === undefined ? undefined : view.byteOffset + view.length * (sizes[view.type] ?? 1));
}

/** The value that a key stands for, in the heap at hand. */
export function valueOf(key: Key): unknown {
  if (typeof key !== 'object') return key;
  if (isArray(key)) return key.map(valueOf);
  if ('infinity' in key) return key.infinity * Infinity;
  return 'date' in key ? new Date(key.date) : Uint8Array.from(key.bytes).buffer;
}

function isArray(key: Key): key is readonly Key[] {
  return Array.isArray(key);
}

/** Arrays come last, before them bytes, text, dates, numbers. */
function rank(key: Key): number {
  if (typeof key === 'string') return 2;
  if (typeof key === 'number' || 'infinity' in key) return 0;
  return isArray(key) ? 4 : 'date' in key ? 1 : 3;
}

/** Below 0, 0 or above it (2.4, "compare two keys"). */
export function compareKeys(one: Key, other: Key): number {
  if (rank(one) !== rank(other)) return rank(one) - rank(other);
  if (typeof one === 'string') return one < (other as string) ? -1 : Number(one !== other);
  if (!isArray(one) && !(typeof one === 'object' && 'bytes' in one)) return numberOf(one) === numberOf(other) ? 0 : numberOf(one) < numberOf(other) ? -1 : 1;
  const [left, right] = [itemsOf(one), itemsOf(other)];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = compareKeys(left[at]!, right[at]!);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function numberOf(key: Key): number {
  return typeof key === 'number' ? key : ((valueOf(key) as { valueOf(): number }).valueOf());
}

function itemsOf(key: Key): readonly Key[] {
  return isArray(key) ? key : (key as { readonly bytes: readonly number[] }).bytes;
}

export function isWithin(key: Key, { lower, upper, isLowerOpen = false, isUpperOpen = false }: Range): boolean {
  if (lower !== undefined && compareKeys(key, lower) < (isLowerOpen ? 1 : 0)) return false;
  return upper === undefined || compareKeys(key, upper) <= (isUpperOpen ? -1 : 0);
}
