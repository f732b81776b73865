import { name } from '../events/event.js';
import { deserialise } from '../messages/deserialise.js';
import { serialise } from '../messages/serialise.js';
import { keyPathOf } from './connections.js';
import type { Cursors } from './cursors.js';
import type { Schema } from './database.js';
import { canHold, isKeyPath, keyAt, type KeyPath } from './key-paths.js';
import type { KeyRanges } from './key-ranges.js';
import { valueOf } from './keys.js';
import { stringList } from './names.js';
import type { Direction, Index, Query, Result } from './records.js';
import { failure, ours, requireCount, requireOurs, type IndexedDbWorld, type Request } from './requests.js';
import type { Transaction } from './transactions.js';

/** A store, or an index of it, within a transaction. Renaming changes its name. */
export interface Source {
  readonly transaction: Transaction;
  readonly store: string;
  readonly index?: string;
}

type Given = Exclude<Result, { readonly kind: 'error' }>;

/** What a result is in the heap at hand. */
export function told({ realm }: IndexedDbWorld, result: Given): unknown {
  switch (result.kind) {
    case 'key': return valueOf(result.key);
    case 'keys': return result.keys.map(valueOf);
    case 'value': return deserialise(result.value, realm).value;
    case 'values': return result.values.map((value) => deserialise(value, realm).value);
    case 'null': return null;
    default: return undefined;
  }
}

/** `IDBObjectStore` and `IDBIndex` (4.5, 4.6). */
export function createStoreClasses(world: IndexedDbWorld, { rangeOf, requireKey }: KeyRanges, cursors: Cursors) {
  const { opaque } = world;
  const sources = new WeakMap<object, Source>();
  const handles = new WeakMap<Transaction, Map<string, object>>();

  function handle(source: Source, make: () => object): object {
    let known = handles.get(source.transaction);
    if (!known) handles.set(source.transaction, (known = new Map()));
    const key = JSON.stringify([source.store, source.index]);
    const object = known.get(key) ?? make();
    known.set(key, object);
    sources.set(object, source);
    return object;
  }

  function schemaOf({ transaction: { connection }, store }: Source): Schema[string] | undefined {
    return Object.hasOwn(connection.schema, store) ? connection.schema[store] : undefined;
  }

  /** The source, if it is still there and its transaction active. */
  function active(object: object, method: string): Source & { readonly schema: Schema[string]; readonly definition: Index | undefined } {
    const source = sources.get(object);
    if (!source) throw new TypeError('Illegal invocation');
    const schema = schemaOf(source);
    const definition = source.index === undefined ? undefined : schema?.indexes[source.index];
    if (!schema || (source.index !== undefined && !definition)) throw failure('InvalidStateError', `Failed to execute ${method}: The object store or index has been deleted.`);
    source.transaction.requireActive(method);
    return { ...source, schema, definition };
  }

  function requireWritable({ transaction }: Source, method: string): void {
    if (transaction.mode === 'readonly') throw failure('ReadOnlyError', `Failed to execute ${method}: The transaction is read-only.`);
  }

  type Read = Extract<Query, { readonly kind: 'get' | 'get key' | 'all' | 'all keys' | 'count' }>;

  function read(object: object, method: string, kind: Read['kind'], given: readonly unknown[]): Request {
    const isOne = kind === 'get' || kind === 'get key';
    requireCount(given, isOne ? 1 : 0, method);
    const [query, limit] = given;
    const { transaction, store, index } = active(object, method);
    const range = rangeOf(query, method, !isOne);
    const most = isOne || kind === 'count' || limit === undefined ? undefined : Number(limit) >>> 0;
    const asked: Read = { kind, range, ...(index !== undefined && { index }), ...(most !== undefined && most > 0 && { limit: most }) } as Read;
    return transaction.request(object, store, asked, (result) => told(world, result));
  }

  function open(object: object, method: string, [query, direction = 'next']: readonly unknown[], isKeyOnly: boolean): Request {
    const { transaction, store, index } = active(object, method);
    const way = (['next', 'nextunique', 'prev', 'prevunique'] as const).find((one) => one === String(direction as string));
    if (!way) throw new TypeError(`Failed to execute ${method}: The provided value '${String(direction as string)}' is not a valid enum value of type IDBCursorDirection.`);
    return cursors.open({ object, transaction, store, index }, rangeOf(query, method, true), way satisfies Direction, isKeyOnly);
  }

  /** What a store and an index have in common. */
  class Reading {
    get(...given: readonly unknown[]): Request { return read(this, `'get' on '${titleOf(this)}'`, 'get', given); }
    getKey(...given: readonly unknown[]): Request { return read(this, `'getKey' on '${titleOf(this)}'`, 'get key', given); }
    getAll(...given: readonly unknown[]): Request { return read(this, `'getAll' on '${titleOf(this)}'`, 'all', given); }
    getAllKeys(...given: readonly unknown[]): Request { return read(this, `'getAllKeys' on '${titleOf(this)}'`, 'all keys', given); }
    count(...given: readonly unknown[]): Request { return read(this, `'count' on '${titleOf(this)}'`, 'count', given); }
    openCursor(...given: readonly unknown[]): Request { return open(this, `'openCursor' on '${titleOf(this)}'`, given, false); }
    openKeyCursor(...given: readonly unknown[]): Request { return open(this, `'openKeyCursor' on '${titleOf(this)}'`, given, true); }
  }
  const titleOf = (object: object): string => (object instanceof IDBIndex ? 'IDBIndex' : 'IDBObjectStore');

  class IDBObjectStore {
    constructor(key: unknown) {
      requireOurs(key, 'IDBObjectStore');
    }

    get name(): string { return sources.get(this)!.store; }
    get keyPath(): KeyPath | null { return schemaOf(sources.get(this)!)?.keyPath ?? null; }
    get autoIncrement(): boolean { return schemaOf(sources.get(this)!)?.hasGenerator ?? false; }
    get indexNames(): readonly string[] { return stringList(Object.keys(schemaOf(sources.get(this)!)?.indexes ?? {})); }
    get transaction(): object { return sources.get(this)!.transaction.object; }

    put(...given: readonly unknown[]): Request { return write(this, "'put' on 'IDBObjectStore'", given, false); }
    add(...given: readonly unknown[]): Request { return write(this, "'add' on 'IDBObjectStore'", given, true); }

    delete(...given: readonly unknown[]): Request {
      const method = "'delete' on 'IDBObjectStore'";
      requireCount(given, 1, method);
      const source = active(this, method);
      requireWritable(source, method);
      return source.transaction.request(this, source.store, { kind: 'delete', range: rangeOf(given[0], method, false) }, () => undefined);
    }

    clear(): Request {
      const method = "'clear' on 'IDBObjectStore'";
      const source = active(this, method);
      requireWritable(source, method);
      return source.transaction.request(this, source.store, { kind: 'clear' }, () => undefined);
    }

    index(given: unknown): object {
      const source = sources.get(this)!;
      if (source.transaction.isFinished) throw failure('InvalidStateError', "Failed to execute 'index' on 'IDBObjectStore': The transaction has finished.");
      const index = String(given);
      if (!Object.hasOwn(schemaOf(source)?.indexes ?? {}, index)) throw failure('NotFoundError', "Failed to execute 'index' on 'IDBObjectStore': The specified index was not found.");
      return indexOf({ ...source, index });
    }

    createIndex(given: unknown, path: unknown, options?: { readonly unique?: unknown; readonly multiEntry?: unknown } | null): object {
      const source = upgrading(this, 'createIndex');
      const index = String(given);
      const keyPath = keyPathOf(path)!;
      if (Object.hasOwn(source.schema.indexes, index)) throw failure('ConstraintError', "Failed to execute 'createIndex' on 'IDBObjectStore': An index with the specified name already exists.");
      if (!isKeyPath(keyPath)) throw failure('SyntaxError', "Failed to execute 'createIndex' on 'IDBObjectStore': The keyPath argument contains an invalid key path.");
      const made: Index = { keyPath, isUnique: Boolean(options?.unique), isMultiEntry: Boolean(options?.multiEntry) };
      if (Array.isArray(keyPath) && made.isMultiEntry) throw failure('InvalidAccessError', "Failed to execute 'createIndex' on 'IDBObjectStore': The keyPath argument was an array and the multiEntry option is true.");
      putIndexes(source, { ...source.schema.indexes, [index]: made });
      source.transaction.change({ kind: 'create index', store: source.store, index, made });
      return indexOf({ transaction: source.transaction, store: source.store, index });
    }

    deleteIndex(given: unknown): void {
      const source = upgrading(this, 'deleteIndex');
      const index = String(given);
      if (!Object.hasOwn(source.schema.indexes, index)) throw failure('NotFoundError', "Failed to execute 'deleteIndex' on 'IDBObjectStore': The specified index was not found.");
      putIndexes(source, Object.fromEntries(Object.entries(source.schema.indexes).filter(([key]) => key !== index)));
      source.transaction.change({ kind: 'delete index', store: source.store, index });
    }
  }

  function upgrading(object: object, method: string): ReturnType<typeof active> {
    if (sources.get(object)!.transaction.mode !== 'versionchange') throw failure('InvalidStateError', `Failed to execute '${method}' on 'IDBObjectStore': The database is not running a version change transaction.`);
    return active(object, `'${method}' on 'IDBObjectStore'`);
  }

  function putIndexes({ transaction: { connection }, store, schema }: ReturnType<typeof active>, indexes: Schema[string]['indexes']): void {
    connection.schema = { ...connection.schema, [store]: { ...schema, indexes } };
  }

  function write(object: object, method: string, given: readonly unknown[], isAdded: boolean): Request {
    requireCount(given, 1, method);
    const source = active(object, method);
    requireWritable(source, method);
    const asked = recordOf(source.schema, method, given);
    return source.transaction.request(object, source.store, { kind: 'put', ...asked, isAdded }, (result) => told(world, result));
  }

  /** What is put: the value, and the key if it does not lie in it (4.5, "add or put"). */
  function recordOf({ keyPath, hasGenerator }: Schema[string], method: string, [plain, given]: readonly unknown[]): Pick<Extract<Query, { readonly kind: 'put' }>, 'key' | 'value'> {
    const refused = (message: string): Error => failure('DataError', `Failed to execute ${method}: ${message}`);
    if (keyPath !== null && given !== undefined) throw refused('The object store uses in-line keys and the key parameter was provided.');
    if (keyPath === null && !hasGenerator && given === undefined) throw refused('The object store uses out-of-line keys and has no key generator and the key parameter was not provided.');
    if (opaque.is(plain)) opaque.unmodelled('`indexedDB` is to keep a value from outside: it');
    const key = given === undefined ? undefined : requireKey(given, method);
    const value = serialise(plain, [], world.realm);
    if (keyPath === null) return { value, ...(key !== undefined && { key }) };
    const found = keyAt(value, keyPath);
    if (found === 'invalid') throw refused("Evaluating the object store's key path yielded a value that is not a valid key.");
    if (found !== 'nothing') return { value };
    if (!hasGenerator) throw refused("Evaluating the object store's key path did not yield a value.");
    if (!canHold(value, keyPath as string)) throw refused('A generated key could not be inserted into the value.');
    return { value };
  }

  class IDBIndex {
    constructor(key: unknown) {
      requireOurs(key, 'IDBIndex');
    }

    get name(): string { return sources.get(this)!.index!; }
    get objectStore(): object { const { transaction, store } = sources.get(this)!; return storeOf(transaction, store); }
    get keyPath(): KeyPath | undefined { return definitionOf(this)?.keyPath; }
    get unique(): boolean { return definitionOf(this)?.isUnique ?? false; }
    get multiEntry(): boolean { return definitionOf(this)?.isMultiEntry ?? false; }
  }
  const definitionOf = (object: object): Index | undefined => {
    const source = sources.get(object)!;
    return schemaOf(source)?.indexes[source.index!];
  };
  for (const Class of [IDBObjectStore, IDBIndex]) {
    for (const [key, member] of Object.entries(Object.getOwnPropertyDescriptors(Reading.prototype))) if (key !== 'constructor') Object.defineProperty(Class.prototype, key, member);
    name(Class, Class === IDBIndex ? 'IDBIndex' : 'IDBObjectStore');
  }

  const storeOf = (transaction: Transaction, store: string): object => handle({ transaction, store }, () => new IDBObjectStore(ours));
  const indexOf = (source: Source): object => handle(source, () => new IDBIndex(ours));

  return { IDBObjectStore, IDBIndex, storeOf };
}
