/** What methods of the built-in collections do to their contents. */
export interface CollectionMethod {
  readonly effect: 'read' | 'grow' | 'shrink' | 'clear' | 'set' | 'rearrange';
  /** The first argument is the key. */
  readonly keyed?: boolean;
  /** True if the result says whether there is anything: `has`. */
  readonly tests?: boolean;
  /** The result is an element, the same object. */
  readonly yields?: boolean;
  /** The result is the collection itself. */
  readonly returnsItself?: boolean;
  /** The result is another collection of the same. */
  readonly copies?: boolean;
  /** The result is a position, good for as long as nothing moves. */
  readonly position?: boolean;
}

export type CollectionKind = 'map' | 'set' | 'array' | 'record' | 'other' | 'unknown';

const read: CollectionMethod = { effect: 'read' };
const copy: CollectionMethod = { effect: 'read', copies: true };

const map: Record<string, CollectionMethod> = {
  get: { effect: 'read', keyed: true, yields: true },
  has: { effect: 'read', keyed: true, tests: true },
  set: { effect: 'set', keyed: true },
  delete: { effect: 'shrink', keyed: true },
  clear: { effect: 'clear' },
  keys: read, values: read, entries: read, forEach: read,
};

const set: Record<string, CollectionMethod> = {
  has: { effect: 'read', keyed: true, tests: true },
  add: { effect: 'grow', keyed: true },
  delete: { effect: 'shrink', keyed: true },
  clear: { effect: 'clear' },
  keys: read, values: read, entries: read, forEach: read,
};

const array: Record<string, CollectionMethod> = {
  push: { effect: 'grow' }, unshift: { effect: 'grow' },
  pop: { effect: 'shrink', yields: true }, shift: { effect: 'shrink', yields: true },
  splice: { effect: 'rearrange' }, sort: { effect: 'rearrange', returnsItself: true }, reverse: { effect: 'rearrange', returnsItself: true }, fill: { effect: 'rearrange' }, copyWithin: { effect: 'rearrange' },
  includes: { effect: 'read', tests: true }, some: { effect: 'read', tests: true }, every: read,
  indexOf: { effect: 'read', position: true }, lastIndexOf: { effect: 'read', position: true }, findIndex: { effect: 'read', position: true }, findLastIndex: { effect: 'read', position: true },
  find: { effect: 'read', yields: true }, findLast: { effect: 'read', yields: true }, at: { effect: 'read', yields: true },
  map: read, filter: read, reduce: read, reduceRight: read, forEach: read, slice: copy, concat: copy, join: read, flat: copy, flatMap: read, entries: read, keys: read, values: read, toSorted: copy, toReversed: copy, toSpliced: copy, with: copy,
};

/** Methods that only an array has: they tell what a place of unknown type is. */
const arrayOnly = new Set(['push', 'unshift', 'splice', 'shift', 'pop']);

export function collectionMethod(kind: CollectionKind, name: string): CollectionMethod | undefined {
  const table = kind === 'map' ? map : kind === 'set' ? set : kind === 'array' || (kind === 'unknown' && arrayOnly.has(name)) ? array : undefined;
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Methods that call their argument at once, once per element. */
export const eachElement = new Set([
  'forEach', 'map', 'flatMap', 'filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'reduce', 'reduceRight', 'sort', 'toSorted', 'from', 'replace', 'replaceAll', 'mapValues', 'groupBy', 'sortBy', 'forOwn', 'each',
]);

const kinds: readonly (readonly [RegExp, CollectionKind])[] = [
  [/^(?:Readonly)?(?:Weak)?Map$|^LRUCache$|^LRU$/, 'map'],
  [/^(?:Readonly)?(?:Weak)?Set$/, 'set'],
  [/^(?:Readonly)?Array$/, 'array'],
  [/^(?:Partial|Record)$/, 'record'],
];

/** The collection that a constructor or a type of that name makes. */
export function collectionNamed(name: string): CollectionKind {
  return kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}
