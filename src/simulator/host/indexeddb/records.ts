import type { CloneRecord } from '../messages/record.js';
import { indexKeysOf, keyAt, withKey, type KeyPath } from './key-paths.js';
import { compareKeys, isWithin, type Key, type Range } from './keys.js';

export interface Index {
  readonly keyPath: KeyPath;
  readonly isUnique: boolean;
  readonly isMultiEntry: boolean;
}

/** An object store. Plain data, never changed. */
export interface Store {
  readonly keyPath: KeyPath | null;
  readonly hasGenerator: boolean;
  /** What the key generator gives next. */
  readonly next: number;
  /** In the order of their keys. */
  readonly records: readonly { readonly key: Key; readonly value: CloneRecord }[];
  readonly indexes: Readonly<Record<string, Index>>;
}

export type Direction = 'next' | 'nextunique' | 'prev' | 'prevunique';

/** What is asked of one store, or of one of its indexes. Plain data. */
export type Query =
  | { readonly kind: 'put'; readonly key?: Key; readonly value: CloneRecord; readonly isAdded: boolean }
  | { readonly kind: 'delete'; readonly range: Range }
  | { readonly kind: 'clear' }
  | { readonly kind: 'get' | 'get key'; readonly index?: string; readonly range: Range }
  | { readonly kind: 'all' | 'all keys'; readonly index?: string; readonly range: Range; readonly limit?: number }
  | { readonly kind: 'count'; readonly index?: string; readonly range: Range }
  | { readonly kind: 'iterate'; readonly index?: string; readonly range: Range; readonly direction: Direction; readonly count: number; readonly isKeyOnly: boolean; readonly from?: { readonly key: Key; readonly primaryKey: Key }; readonly to?: { readonly key: Key; readonly primaryKey?: Key } };

/** What a request gives. Plain data. */
export type Result =
  | { readonly kind: 'nothing' | 'null' }
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'keys'; readonly keys: readonly Key[] }
  | { readonly kind: 'value'; readonly value: CloneRecord }
  | { readonly kind: 'values'; readonly values: readonly CloneRecord[] }
  | { readonly kind: 'cursor'; readonly key: Key; readonly primaryKey: Key; readonly value?: CloneRecord }
  | { readonly kind: 'error'; readonly name: string; readonly message: string };

interface Entry {
  readonly key: Key;
  readonly primaryKey: Key;
  readonly value: CloneRecord;
}

const lastGenerated = 2 ** 53;
const nothing: Result = { kind: 'nothing' };

/** Takes effect on the store as it is. */
export function answerOf(store: Store, query: Query): { readonly store: Store; readonly result: Result } {
  switch (query.kind) {
    case 'put': return put(store, query);
    case 'delete': return { store: { ...store, records: store.records.filter(({ key }) => !isWithin(key, query.range)) }, result: nothing };
    case 'clear': return { store: { ...store, records: [] }, result: nothing };
    default: return { store, result: read(query, entriesOf(store, query.index).filter(({ key }) => isWithin(key, query.range))) };
  }
}

function read(query: Exclude<Query, { readonly kind: 'put' | 'delete' | 'clear' }>, entries: readonly Entry[]): Result {
  const first = entries[0];
  switch (query.kind) {
    case 'get': return first ? { kind: 'value', value: first.value } : nothing;
    case 'get key': return first ? { kind: 'key', key: first.primaryKey } : nothing;
    case 'all': return { kind: 'values', values: entries.slice(0, query.limit).map(({ value }) => value) };
    case 'all keys': return { kind: 'keys', keys: entries.slice(0, query.limit).map(({ primaryKey }) => primaryKey) };
    case 'count': return { kind: 'key', key: entries.length };
    case 'iterate': {
      const found = iterated(query, entries);
      return found ? { kind: 'cursor', key: found.key, primaryKey: found.primaryKey, ...(!query.isKeyOnly && { value: found.value }) } : { kind: 'null' };
    }
  }
}

/** In the order of their keys, those of one key by the key of the record. */
function entriesOf(store: Store, index: string | undefined): readonly Entry[] {
  if (index === undefined) return store.records.map(({ key, value }) => ({ key, primaryKey: key, value }));
  const { keyPath, isMultiEntry } = store.indexes[index]!;
  return store.records.flatMap(({ key: primaryKey, value }) => indexKeysOf(value, keyPath, isMultiEntry).map((key) => ({ key, primaryKey, value }))).sort(compareEntries);
}

function compareEntries(one: Pick<Entry, 'key' | 'primaryKey'>, other: Pick<Entry, 'key' | 'primaryKey'>): number {
  return compareKeys(one.key, other.key) || compareKeys(one.primaryKey, other.primaryKey);
}

/** The record that a cursor stands at next (6.7, "iterate a cursor"). */
function iterated({ direction, count, from, to }: Extract<Query, { readonly kind: 'iterate' }>, entries: readonly Entry[]): Entry | undefined {
  const sign = direction.startsWith('next') ? 1 : -1;
  const isUnique = direction.endsWith('unique');
  const ordered = sign > 0 ? entries : [...entries].reverse();
  let position: Pick<Entry, 'key' | 'primaryKey'> | undefined = from;
  let found: Entry | undefined;
  for (let left = count; left > 0; left--) {
    found = ordered.find((entry) => {
      if (to && sign * compareKeys(entry.key, to.key) < 0) return false;
      if (to?.primaryKey !== undefined && compareKeys(entry.key, to.key) === 0 && sign * compareKeys(entry.primaryKey, to.primaryKey) < 0) return false;
      return position === undefined || sign * (isUnique ? compareKeys(entry.key, position.key) : compareEntries(entry, position)) > 0;
    });
    if (!found) return undefined;
    position = found;
  }
  // Of several records with one key it is the first, also on the way back.
  return direction === 'prevunique' ? entries.find(({ key }) => compareKeys(key, found!.key) === 0) : found;
}

function put(store: Store, { key: given, value: plain, isAdded }: Extract<Query, { readonly kind: 'put' }>): { readonly store: Store; readonly result: Result } {
  const inline = given === undefined && store.keyPath !== null ? keyAt(plain, store.keyPath) : 'nothing';
  const key = given ?? (typeof inline === 'string' ? store.next : inline.key);
  const isGenerated = given === undefined && typeof inline === 'string';
  if (isGenerated && store.next > lastGenerated) return { store, result: constraint('Maximum key generator value reached.') };
  const value = isGenerated && typeof store.keyPath === 'string' ? withKey(plain, store.keyPath, store.next) : plain;
  const next = store.hasGenerator && typeof key === 'number' && key >= store.next ? Math.min(Math.floor(key), lastGenerated) + 1 : store.hasGenerator && isPositiveInfinity(key) ? lastGenerated + 1 : store.next;
  const others = store.records.filter((record) => compareKeys(record.key, key) !== 0);
  const numbered = { ...store, next };
  if (isAdded && others.length < store.records.length) return { store: numbered, result: constraint('Key already exists in the object store.') };
  const clash = Object.entries(store.indexes).find(([, index]) => index.isUnique && others.some((other) => shareKey(index, other.value, value)));
  if (clash) return { store: numbered, result: constraint(`Unable to add key to index '${clash[0]}': at least one key does not satisfy the uniqueness requirements.`) };
  const at = others.findIndex((other) => compareKeys(other.key, key) > 0);
  const records = at < 0 ? [...others, { key, value }] : [...others.slice(0, at), { key, value }, ...others.slice(at)];
  return { store: { ...numbered, records }, result: { kind: 'key', key } };
}

function isPositiveInfinity(key: Key): boolean {
  return typeof key === 'object' && 'infinity' in key && key.infinity === 1;
}

function shareKey({ keyPath, isMultiEntry }: Index, one: CloneRecord, other: CloneRecord): boolean {
  const keys = indexKeysOf(other, keyPath, isMultiEntry);
  return indexKeysOf(one, keyPath, isMultiEntry).some((key) => keys.some((same) => compareKeys(key, same) === 0));
}

/** Whether the records that are there may have the index. */
export function admits({ records }: Store, index: Index): boolean {
  return !index.isUnique || records.every((record, at) => records.slice(at + 1).every((other) => !shareKey(index, record.value, other.value)));
}

function constraint(message: string): Result {
  return { kind: 'error', name: 'ConstraintError', message };
}
