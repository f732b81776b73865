import { name } from '../events/event.js';
import type { Asked, News, Schema } from './database.js';
import { databaseKind } from './indexeddb-kind.js';
import { isKeyPath, type KeyPath } from './key-paths.js';
import { stringList } from './names.js';
import { failure, requireOurs, type IndexedDbWorld, type Requests } from './requests.js';
import type { Transaction } from './transactions.js';

/** A connection to a database, as its agent sees it. */
export class Connection {
  readonly name: string;
  readonly id: string;
  readonly object: object;
  version = 0;
  /** Changes in an upgrade alone. */
  schema: Schema = {};
  upgrade: Transaction | undefined;
  readonly #world: IndexedDbWorld;
  #isClosing = false;

  constructor(world: IndexedDbWorld, requests: Requests, make: (connection: Connection) => object, plan: { readonly name: string; readonly id: string }) {
    this.#world = world;
    this.name = plan.name;
    this.id = plan.id;
    this.object = make(this);
    world.host.onInput(this.id, (news) => {
      const { oldVersion, newVersion } = news as Extract<News, { readonly kind: 'versionchange' }>;
      if (!this.isClosing) requests.fire([this.object], 'versionchange', { oldVersion, newVersion });
      world.loop.atTurnEnd(() => this.ask({ kind: 'heard', connection: this.id }));
    });
  }

  ask(asked: Asked): void {
    ask(this.#world, this.name, asked);
  }

  get isClosing(): boolean {
    this.#touch('read');
    return this.#isClosing;
  }

  #touch(kind: 'read' | 'write'): void {
    const { loop } = this.#world;
    loop.touch(loop.identity.of(this.object), 'closing', kind);
  }

  close(): void {
    if (this.isClosing) return;
    this.#touch('write');
    this.#isClosing = true;
    this.ask({ kind: 'close', connection: this.id });
  }

  /** It is closed without being told so: its upgrade was aborted. */
  drop(): void {
    this.#touch('write');
    this.#isClosing = true;
  }
}

export function ask({ host }: IndexedDbWorld, database: string, asked: Asked): void {
  const object = `${databaseKind} ${database}`;
  host.perform({ kind: 'shared', site: host.site, object, method: 'ask', payload: asked, name: object });
}

const modes = ['readonly', 'readwrite'] as const;

/** `IDBDatabase` (4.4). */
export function createDatabaseClass(world: IndexedDbWorld, make: { transaction(plan: ConstructorParameters<typeof Transaction>[3]): Transaction; store(transaction: Transaction, name: string): object }) {
  const { host, loop, events: { targets } } = world;
  const connections = new WeakMap<object, Connection>();
  const of = (object: object): Connection => {
    const connection = connections.get(object);
    if (!connection) throw new TypeError('Illegal invocation');
    return connection;
  };
  const requireUpgrade = ({ upgrade }: Connection, method: string): Transaction => {
    if (!upgrade) throw failure('InvalidStateError', `Failed to execute '${method}' on 'IDBDatabase': The database is not running a version change transaction.`);
    upgrade.requireActive(`'${method}' on 'IDBDatabase'`);
    return upgrade;
  };

  class IDBDatabase extends targets.EventTarget {
    constructor(key: unknown, connection?: Connection) {
      requireOurs(key, 'IDBDatabase');
      super();
      connections.set(this, connection!);
    }

    get name(): string { return of(this).name; }
    get version(): number { return of(this).version; }
    get objectStoreNames(): readonly string[] { return stringList(Object.keys(of(this).schema)); }

    createObjectStore(given: unknown, options?: { readonly keyPath?: unknown; readonly autoIncrement?: unknown } | null): object {
      const connection = of(this);
      const upgrade = requireUpgrade(connection, 'createObjectStore');
      const store = String(given);
      const keyPath = keyPathOf(options?.keyPath ?? null);
      const hasGenerator = Boolean(options?.autoIncrement);
      if (keyPath !== null && !isKeyPath(keyPath)) throw failure('SyntaxError', "Failed to execute 'createObjectStore' on 'IDBDatabase': The keyPath option is not a valid key path.");
      if (Object.hasOwn(connection.schema, store)) throw failure('ConstraintError', "Failed to execute 'createObjectStore' on 'IDBDatabase': An object store with the specified name already exists.");
      if (hasGenerator && (keyPath === '' || Array.isArray(keyPath))) throw failure('InvalidAccessError', "Failed to execute 'createObjectStore' on 'IDBDatabase': The autoIncrement option was set but the keyPath option was empty or an array.");
      const made = { keyPath, hasGenerator, indexes: {} };
      connection.schema = { ...connection.schema, [store]: made };
      upgrade.change({ kind: 'create store', store, made });
      return make.store(upgrade, store);
    }

    deleteObjectStore(given: unknown): void {
      const connection = of(this);
      const upgrade = requireUpgrade(connection, 'deleteObjectStore');
      const store = String(given);
      if (!Object.hasOwn(connection.schema, store)) throw failure('NotFoundError', "Failed to execute 'deleteObjectStore' on 'IDBDatabase': The specified object store was not found.");
      connection.schema = Object.fromEntries(Object.entries(connection.schema).filter(([key]) => key !== store));
      upgrade.change({ kind: 'delete store', store });
    }

    transaction(given: unknown, mode: unknown = 'readonly'): object {
      const connection = of(this);
      if (connection.upgrade) throw failure('InvalidStateError', "Failed to execute 'transaction' on 'IDBDatabase': A version change transaction is running.");
      if (connection.isClosing) throw failure('InvalidStateError', "Failed to execute 'transaction' on 'IDBDatabase': The database connection is closing.");
      const scope = [...new Set(isIterable(given) ? [...given].map(String) : [String(given)])];
      if (scope.some((store) => !Object.hasOwn(connection.schema, store))) throw failure('NotFoundError', "Failed to execute 'transaction' on 'IDBDatabase': One of the specified object stores was not found.");
      if (scope.length === 0) throw failure('InvalidAccessError', "Failed to execute 'transaction' on 'IDBDatabase': The storeNames parameter was empty.");
      const known = modes.find((one) => one === String(mode));
      if (!known) throw new TypeError(`Failed to execute 'transaction' on 'IDBDatabase': The provided value '${String(mode)}' is not a valid enum value of type IDBTransactionMode.`);
      const id = host.identify(databaseKind);
      const transaction = make.transaction({ id, connection, mode: known, scope });
      connection.ask({ kind: 'begin', owner: { id, agent: host.agent, task: loop.task, site: host.site }, connection: connection.id, mode: known, scope });
      transaction.enter();
      return transaction.object;
    }

    close(): void {
      of(this).close();
    }
  }
  name(IDBDatabase, 'IDBDatabase');
  for (const type of ['abort', 'close', 'error', 'versionchange']) targets.defineHandler(IDBDatabase, type);
  return IDBDatabase;
}

export function keyPathOf(given: unknown): KeyPath | null {
  if (given === null) return null;
  return Array.isArray(given) ? given.map(String) : String(given);
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
