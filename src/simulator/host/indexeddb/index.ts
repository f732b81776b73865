import type { GlobalMaker } from '../global-names.js';
import { name } from '../events/event.js';
import type { Platform, PlatformWorld } from '../platform.js';
import { ask, Connection, createDatabaseClass } from './connections.js';
import { createCursors } from './cursors.js';
import type { News } from './database.js';
import { databaseKind } from './indexeddb-kind.js';
import { createKeyRanges } from './key-ranges.js';
import { compareKeys } from './keys.js';
import { createRequests, failure, ours, requireCount, requireOurs, type IndexedDbWorld, type OpenRequest } from './requests.js';
import { createStoreClasses } from './stores.js';
import { createTransactionClass, Transaction } from './transactions.js';

export { databaseKind, databases } from './indexeddb-kind.js';

const made = new WeakMap<Platform, ReturnType<typeof create>>();
const names = ['indexedDB', 'IDBFactory', 'IDBRequest', 'IDBOpenDBRequest', 'IDBVersionChangeEvent', 'IDBDatabase', 'IDBTransaction', 'IDBObjectStore', 'IDBIndex', 'IDBCursor', 'IDBCursorWithValue', 'IDBKeyRange'] as const;

/** IndexedDB (Indexed Database API 3.0), in the order of Chromium: `indexedDB` and its classes. */
export const indexedDbGlobals: Readonly<Record<string, GlobalMaker>> = Object.fromEntries(names.map((each) => [each, (platform: Platform, world: PlatformWorld) => of(platform, world)[each]]));

function of(platform: Platform, { loop, opaque, Promise }: PlatformWorld): ReturnType<typeof create> {
  let known = made.get(platform);
  if (known === undefined) made.set(platform, (known = create({ loop, opaque, host: platform.host, events: platform.events, realm: platform.messages.ports.realm }, Promise)));
  return known;
}

function create(world: IndexedDbWorld, Promise: PromiseConstructor) {
  const { host, loop } = world;
  const requests = createRequests(world);
  const ranges = createKeyRanges(world.realm, world.opaque);
  const cursors = createCursors(world, ranges);
  const stores = createStoreClasses(world, ranges, cursors);
  const IDBTransaction = createTransactionClass(world, stores.storeOf);
  const transactionOf = (plan: ConstructorParameters<typeof Transaction>[3]): Transaction => new Transaction(world, requests, (transaction) => new IDBTransaction(ours, transaction), plan);
  const IDBDatabase = createDatabaseClass(world, { transaction: transactionOf, store: stores.storeOf });

  /** A request to open or delete a database, until it is answered. */
  class Opening {
    readonly request: OpenRequest = new requests.IDBOpenDBRequest(ours);
    readonly #database: string;
    readonly #id = host.identify(databaseKind);
    readonly #connection = host.identify(databaseKind);
    #made: Connection | undefined;

    constructor(database: string, plan: { readonly version?: number; readonly isDeleting: boolean }) {
      this.#database = database;
      host.onInput(this.#id, (news) => this.#hear(news as News));
      ask(world, database, { kind: 'open', owner: { id: this.#id, agent: host.agent, task: loop.task, site: host.site }, connection: this.#connection, ...plan });
    }

    #hear(news: News): void {
      const { request } = this;
      switch (news.kind) {
        case 'blocked': return void requests.fire([request], 'blocked', news);
        case 'upgrade': return this.#upgrade(news);
        case 'opened':
          requests.settle(request, { result: this.#connected(news).object }, null);
          return void requests.fire([request], 'success');
        case 'deleted':
          requests.settle(request, { result: undefined });
          return void requests.fire([request], 'success', { oldVersion: news.oldVersion, newVersion: null });
        case 'failed':
          this.#made?.drop();
          requests.settle(request, { error: failure(news.name, news.message) }, null);
          return void requests.fire([request], 'error');
        default:
      }
    }

    #connected({ version, schema }: Extract<News, { readonly kind: 'opened' | 'upgrade' }>): Connection {
      const connection = (this.#made ??= new Connection(world, requests, (one) => new IDBDatabase(ours, one), { name: this.#database, id: this.#connection }));
      Object.assign(connection, { version, schema });
      return connection;
    }

    #upgrade(news: Extract<News, { readonly kind: 'upgrade' }>): void {
      const connection = this.#connected(news);
      const transaction = transactionOf({ id: news.transaction, connection, mode: 'versionchange', scope: [] });
      connection.upgrade = transaction;
      transaction.onEnd = (how) => {
        if (how === 'over') connection.upgrade = undefined;
        else Object.assign(connection, { version: news.oldVersion, schema: news.schema });
      };
      requests.settle(this.request, { result: connection.object }, transaction.object);
      transaction.enter();
      const { hasThrown } = requests.fire([this.request], 'upgradeneeded', { oldVersion: news.oldVersion, newVersion: news.version });
      if (hasThrown && !transaction.isFinished) transaction.abort(failure('AbortError', 'Uncaught exception in event handler.'));
    }
  }

  class IDBFactory {
    constructor(key: unknown) {
      requireOurs(key, 'IDBFactory');
    }

    open(...given: readonly unknown[]): OpenRequest {
      requireCount(given, 1, "'open' on 'IDBFactory'");
      const version = given[1] === undefined ? undefined : Math.trunc(Number(given[1]));
      if (version !== undefined && !(version >= 1)) throw new TypeError("Failed to execute 'open' on 'IDBFactory': The version provided must not be 0.");
      return new Opening(String(given[0]), { isDeleting: false, ...(version !== undefined && { version }) }).request;
    }

    deleteDatabase(...given: readonly unknown[]): OpenRequest {
      requireCount(given, 1, "'deleteDatabase' on 'IDBFactory'");
      return new Opening(String(given[0]), { isDeleting: true }).request;
    }

    databases(): Promise<unknown> {
      const object = `${databaseKind} `;
      const list = host.perform({ kind: 'shared', site: host.site, object, method: 'names', payload: null, name: databaseKind }) as readonly object[];
      return new Promise((resolve) => loop.addEvent({ label: 'the list of databases arrives', fire: () => resolve(list.map((one) => ({ ...one }))) }));
    }

    cmp(...given: readonly unknown[]): number {
      requireCount(given, 2, "'cmp' on 'IDBFactory'");
      const [one, other] = [ranges.requireKey(given[0], "'cmp' on 'IDBFactory'"), ranges.requireKey(given[1], "'cmp' on 'IDBFactory'")];
      return Math.sign(compareKeys(one, other));
    }
  }
  name(IDBFactory, 'IDBFactory');

  const { IDBRequest, IDBOpenDBRequest, IDBVersionChangeEvent } = requests;
  const { IDBObjectStore, IDBIndex } = stores;
  const { IDBCursor, IDBCursorWithValue } = cursors;
  return { indexedDB: new IDBFactory(ours), IDBFactory, IDBRequest, IDBOpenDBRequest, IDBVersionChangeEvent, IDBDatabase, IDBTransaction, IDBObjectStore, IDBIndex, IDBCursor, IDBCursorWithValue, IDBKeyRange: ranges.IDBKeyRange };
}
