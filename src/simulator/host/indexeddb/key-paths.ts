import type { CloneRecord, Encoded } from '../messages/record.js';
import { compareKeys, keyOf, type Key } from './keys.js';

/** Where a key lies in a value: `a.b`, or several such paths that make an array. */
export type KeyPath = string | readonly string[];

/** What lies at a path: a key, nothing at all, or something that is no key. */
export type KeyFound = { readonly key: Key } | 'nothing' | 'invalid';

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

export function isKeyPath(path: KeyPath): boolean {
  if (typeof path !== 'string') return path.length > 0 && path.every((one) => isKeyPath(one));
  return path === '' || path.split('.').every((name) => identifier.test(name));
}

/** Evaluates the path on a clone (7.1). */
export function keyAt(record: CloneRecord, path: KeyPath): KeyFound {
  if (typeof path === 'string') {
    const value = path === '' ? record.value : path.split('.').reduce<Encoded | undefined>((holder, name) => (holder === undefined ? undefined : propertyOf(record, holder, name)), record.value);
    if (value === undefined) return 'nothing';
    const key = keyOf(record, value);
    return key === undefined ? 'invalid' : { key };
  }
  const found = path.map((one) => keyAt(record, one));
  if (found.includes('nothing')) return 'nothing';
  return found.includes('invalid') ? 'invalid' : { key: found.map((one) => (one as { readonly key: Key }).key) };
}

function propertyOf(record: CloneRecord, holder: Encoded, name: string): Encoded | undefined {
  if (typeof holder === 'string') return name === 'length' ? holder.length : undefined;
  if (typeof holder !== 'object' || holder === null || !('object' in holder)) return undefined;
  const object = record.objects[holder.object]!;
  if (object.kind === 'array' && name === 'length') return object.length;
  return object.kind === 'plain' || object.kind === 'array' ? object.entries.find(([key]) => key === name)?.[1] : undefined;
}

/** The keys under which an index finds the value: several for an array in a `multiEntry` index, none for what is no key. */
export function indexKeysOf(record: CloneRecord, path: KeyPath, isMultiEntry: boolean): readonly Key[] {
  if (!isMultiEntry || typeof path !== 'string') {
    const found = keyAt(record, path);
    return typeof found === 'string' ? [] : [found.key];
  }
  const value = path === '' ? record.value : path.split('.').reduce<Encoded | undefined>((holder, name) => (holder === undefined ? undefined : propertyOf(record, holder, name)), record.value);
  const object = typeof value === 'object' && value !== null && 'object' in value ? record.objects[value.object] : undefined;
  const items = object?.kind === 'array' ? object.entries.map(([, item]) => item) : value === undefined ? [] : [value];
  const keys: Key[] = [];
  for (const item of items) {
    const key = keyOf(record, item);
    if (key !== undefined && !keys.some((other) => compareKeys(key, other) === 0)) keys.push(key);
  }
  return keys;
}

/** Whether a generated key could be put there: all that leads to it is an object, or nothing. */
export function canHold(record: CloneRecord, path: string): boolean {
  let holder: Encoded | undefined = record.value;
  for (const name of path.split('.')) {
    if (holder === undefined) return true;
    if (typeof holder !== 'object' || holder === null || !('object' in holder)) return false;
    holder = propertyOf(record, holder, name);
  }
  return true;
}

/** The value with a generated key at the path (7.2). */
export function withKey(record: CloneRecord, path: string, key: number): CloneRecord {
  const objects = [...record.objects];
  let holder = (record.value as { readonly object: number }).object;
  const names = path.split('.');
  for (const [at, name] of names.entries()) {
    const object = objects[holder] as { readonly entries: readonly (readonly [string, Encoded])[] };
    const known = object.entries.find(([one]) => one === name)?.[1];
    const isLast = at === names.length - 1;
    const value: Encoded = isLast ? key : (known ?? { object: objects.push({ kind: 'plain', entries: [] }) - 1 });
    objects[holder] = { ...object, entries: [...object.entries.filter(([one]) => one !== name), [name, value]] } as CloneRecord['objects'][number];
    if (!isLast) holder = (value as { readonly object: number }).object;
  }
  return { ...record, objects };
}
