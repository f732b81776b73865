import { admits, answerOf, type Index, type Query, type Result, type Store } from './records.js';

export type Mode = 'readonly' | 'readwrite' | 'versionchange';
export type Stores = Readonly<Record<string, Store>>;

/** Who is told what comes of it. */
interface Owner {
  readonly id: string;
  readonly agent: string;
  readonly task: string;
  readonly site: number;
}

/** A connection that is open, or still waits for transactions to end. */
interface Connection extends Owner {
  readonly isClosing: boolean;
}

interface Request {
  readonly id: string;
  readonly store: string;
  readonly query: Query;
}

interface Transaction extends Owner {
  readonly connection: string;
  readonly mode: Mode;
  readonly scope: readonly string[];
  readonly isStarted: boolean;
  /** Asked before it could start. */
  readonly waiting: readonly Request[];
  /** Everything as it was when it started. */
  readonly before?: { readonly stores: Stores; readonly version: number };
  /** No request will follow. */
  readonly isCommitting: boolean;
  /** A request has failed, and the transaction may be aborted for it. */
  readonly isFailed: boolean;
  /** An index cannot be made: it will be aborted. */
  readonly isDoomed?: boolean;
  /** Of an upgrade: the request that opens the database. */
  readonly opening?: string;
}

/** Asks for a version, or for the end of the database. */
interface Opening extends Owner {
  readonly version?: number;
  readonly isDeleting: boolean;
  /** Connections that have not heard yet that they are in the way; undefined: none has been told. */
  readonly unaware?: readonly string[];
  readonly isBlocked?: boolean;
  /** The connection that it becomes. */
  readonly connection: string;
}

/** A database at one time. Plain data, never changed. Its stores hold what the one transaction that may write them has made of them. */
export interface Database {
  /** 0: there is none. */
  readonly version: number;
  readonly stores: Stores;
  readonly connections: readonly Connection[];
  /** In the order of asking. The first one is being served. */
  readonly openings: readonly Opening[];
  /** In the order in which they were made, those that are over left out. */
  readonly transactions: readonly Transaction[];
  /** Transactions that are over. */
  readonly ended: readonly Pick<Transaction, 'id' | 'agent' | 'mode' | 'scope'>[];
}

export const noDatabase: Database = { version: 0, stores: {}, connections: [], openings: [], transactions: [], ended: [] };

/** What a connection has to know of its stores. */
export type Schema = Readonly<Record<string, Omit<Store, 'records' | 'next'>>>;

/** What comes to a request, a transaction or a connection. Plain data. */
export type News =
  | { readonly kind: 'result'; readonly request: string; readonly result: Result }
  | { readonly kind: 'aborted request'; readonly request: string }
  | { readonly kind: 'complete' | 'aborted'; readonly error?: { readonly name: string; readonly message: string } }
  | { readonly kind: 'upgrade'; readonly transaction: string; readonly connection: string; readonly oldVersion: number; readonly version: number; readonly schema: Schema }
  | { readonly kind: 'opened'; readonly connection: string; readonly version: number; readonly schema: Schema }
  | { readonly kind: 'deleted'; readonly oldVersion: number }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string }
  | { readonly kind: 'versionchange' | 'blocked'; readonly oldVersion: number; readonly newVersion: number | null };

/** What an agent is told, some time later. */
export interface Told {
  readonly owner: Owner;
  /** News of one address and of one channel keep their order. */
  readonly address: string;
  readonly channel: string;
  readonly news: News;
  /** Ids of transactions of the same agent whose end is told before. */
  readonly after: readonly string[];
}

export interface Step {
  readonly database: Database;
  readonly told: readonly Told[];
  /** Channels whose news will not come any more. */
  readonly withdrawn: readonly string[];
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

export type SchemaChange =
  | { readonly kind: 'create store'; readonly store: string; readonly made: Omit<Store, 'records' | 'next'> }
  | { readonly kind: 'delete store'; readonly store: string }
  | { readonly kind: 'create index'; readonly store: string; readonly index: string; readonly made: Index }
  | { readonly kind: 'delete index'; readonly store: string; readonly index: string }
  | { readonly kind: 'rename store'; readonly store: string; readonly name: string }
  | { readonly kind: 'rename index'; readonly store: string; readonly index: string; readonly name: string };

/** What an agent asks of a database. */
export type Asked =
  | { readonly kind: 'open'; readonly owner: Owner; readonly version?: number; readonly isDeleting: boolean; readonly connection: string }
  | { readonly kind: 'close' | 'heard'; readonly connection: string }
  | { readonly kind: 'begin'; readonly owner: Owner; readonly connection: string; readonly mode: Mode; readonly scope: readonly string[] }
  | { readonly kind: 'request'; readonly transaction: string; readonly request: string; readonly store: string; readonly query: Query }
  | { readonly kind: 'change'; readonly transaction: string; readonly change: SchemaChange }
  | { readonly kind: 'commit'; readonly transaction: string; readonly isForced: boolean }
  | { readonly kind: 'abort'; readonly transaction: string; readonly requests: readonly string[]; readonly error?: { readonly name: string; readonly message: string } };

/** One call takes effect. */
export function step(database: Database, asked: Asked): Step {
  return new Course(database).run(asked);
}

const connectionsPlace = 'connections';

class Course {
  #database: Database;
  readonly #told: Told[] = [];
  readonly #withdrawn: string[] = [];
  readonly #reads = new Set<string>();
  readonly #writes = new Set<string>();

  constructor(database: Database) {
    this.#database = database;
  }

  run(asked: Asked): Step {
    this.#take(asked);
    return { database: this.#database, told: this.#told, withdrawn: this.#withdrawn, reads: this.#reads, writes: this.#writes };
  }

  #take(asked: Asked): void {
    switch (asked.kind) {
      case 'open': return this.#open(asked);
      case 'close': return this.#close(asked.connection);
      case 'heard': return this.#heard(asked.connection);
      case 'begin': return this.#begin(asked);
      case 'request': return this.#request(asked.transaction, { id: asked.request, store: asked.store, query: asked.query });
      case 'change': return this.#changeSchema(asked.transaction, asked.change);
      case 'commit': return this.#commit(asked.transaction, asked.isForced);
      case 'abort': return this.#abort(asked);
    }
  }

  #set(change: Partial<Database>): void {
    this.#database = { ...this.#database, ...change };
  }

  #tell(owner: Owner, address: string, channel: string, news: News, after: readonly string[] = []): void {
    this.#told.push({ owner, address, channel, news, after });
  }

  #transaction(id: string): Transaction | undefined {
    return this.#database.transactions.find((one) => one.id === id);
  }

  #put(id: string, change: Partial<Transaction>): void {
    this.#set({ transactions: this.#database.transactions.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  }

  // Connections

  #open({ owner, version, isDeleting, connection }: Extract<Asked, { readonly kind: 'open' }>): void {
    this.#writes.add(connectionsPlace);
    this.#set({ openings: [...this.#database.openings, { ...owner, isDeleting, connection, ...(version !== undefined && { version }) }] });
    this.#serve();
  }

  #serve(): void {
    for (let opening = this.#database.openings[0]; opening && this.#isServed(opening); opening = this.#database.openings[0]) this.#set({ openings: this.#database.openings.slice(1) });
  }

  #putOpening(change: Partial<Opening>): void {
    const [first, ...others] = this.#database.openings;
    this.#set({ openings: [{ ...first!, ...change }, ...others] });
  }

  /** Whether it is done with. */
  #isServed(opening: Opening): boolean {
    const { version: current, connections } = this.#database;
    const { isDeleting, version = Math.max(current, 1) } = opening;
    const answer = (news: News): true => (this.#tell(opening, opening.id, openingsOf(opening), news), true);
    if (this.#database.transactions.some((one) => one.opening === opening.id)) return false;
    if (!isDeleting && version < current) return answer({ kind: 'failed', name: 'VersionError', message: `The requested version (${version}) is less than the existing version (${current}).` });
    if (isDeleting && current === 0) return answer({ kind: 'deleted', oldVersion: 0 });
    if (!isDeleting && version === current) {
      this.#connect(opening);
      return answer({ kind: 'opened', connection: opening.connection, version, schema: schemaOf(this.#database) });
    }
    if (connections.length > 0) return this.#wait(opening, isDeleting ? null : version), false;
    if (isDeleting) {
      this.#set({ version: 0, stores: {} });
      return answer({ kind: 'deleted', oldVersion: current });
    }
    this.#upgrade(opening, version);
    return false;
  }

  /** Who is in the way is told, and if that does not help, so is who waits. */
  #wait(opening: Opening, newVersion: number | null): void {
    const { connections, version: oldVersion } = this.#database;
    if (!opening.unaware) {
      const open = connections.filter(({ isClosing }) => !isClosing);
      for (const connection of open) this.#tell(connection, connection.id, openingsOf(connection), { kind: 'versionchange', oldVersion, newVersion });
      this.#putOpening({ unaware: open.map(({ id }) => id) });
      return;
    }
    if (opening.isBlocked || opening.unaware.length > 0 || connections.every(({ isClosing }) => isClosing)) return;
    this.#putOpening({ isBlocked: true });
    this.#tell(opening, opening.id, openingsOf(opening), { kind: 'blocked', oldVersion, newVersion });
  }

  #heard(connection: string): void {
    this.#writes.add(connectionsPlace);
    const [opening] = this.#database.openings;
    if (opening?.unaware) this.#putOpening({ unaware: opening.unaware.filter((id) => id !== connection) });
    this.#serve();
  }

  #connect({ connection, agent, task, site }: Opening): void {
    this.#set({ connections: [...this.#database.connections, { id: connection, agent, task, site, isClosing: false }] });
  }

  #upgrade(opening: Opening, version: number): void {
    const oldVersion = this.#database.version;
    const { agent, task, site, id, connection } = opening;
    const transaction = `${id} upgrade`;
    this.#connect(opening);
    const before = { stores: this.#database.stores, version: oldVersion };
    this.#set({ version, transactions: [...this.#database.transactions, { id: transaction, agent, task, site, connection, mode: 'versionchange', scope: [], isStarted: true, waiting: [], before, isCommitting: false, isFailed: false, opening: id }] });
    this.#tell(opening, id, openingsOf(opening), { kind: 'upgrade', transaction, connection, oldVersion, version, schema: schemaOf(this.#database) });
  }

  #close(id: string): void {
    this.#writes.add(connectionsPlace);
    this.#set({ connections: this.#database.connections.map((one) => (one.id === id ? { ...one, isClosing: true } : one)) });
    this.#leave();
  }

  /** Connections that are closing are closed once their transactions are over. */
  #leave(): void {
    const { connections, transactions } = this.#database;
    const kept = connections.filter(({ id, isClosing }) => !isClosing || transactions.some(({ connection }) => connection === id));
    if (connections.some(({ isClosing }) => isClosing)) this.#writes.add(connectionsPlace);
    if (kept.length === connections.length) return;
    this.#set({ connections: kept });
    this.#serve();
  }

  // Transactions

  #touchScope({ mode, scope }: Pick<Transaction, 'mode' | 'scope'>): void {
    for (const store of scope) (mode === 'readonly' ? this.#reads : this.#writes).add(`store ${store}`);
    if (mode === 'versionchange') this.#writes.add(connectionsPlace);
  }

  #begin({ owner, connection, mode, scope }: Extract<Asked, { readonly kind: 'begin' }>): void {
    const transaction: Transaction = { ...owner, connection, mode, scope, isStarted: false, waiting: [], isCommitting: false, isFailed: false };
    this.#touchScope(transaction);
    this.#reads.add(connectionsPlace);
    this.#writes.add(owner.id);
    this.#set({ transactions: [...this.#database.transactions, transaction] });
    this.#start();
  }

  /** Each may start that no earlier one is in the way of (2.7.2); what it was asked meanwhile is answered. */
  #start(): void {
    for (const { id } of this.#database.transactions) {
      const one = this.#transaction(id);
      if (!one || one.isStarted || this.#earlier(one).some((other) => isInWay(other, one))) continue;
      this.#writes.add(id);
      this.#put(id, { isStarted: true, waiting: [], before: { stores: this.#database.stores, version: this.#database.version } });
      for (const request of one.waiting) this.#request(id, request);
      if (one.isCommitting) this.#commit(id, false);
    }
  }

  #earlier({ id }: Transaction): readonly Transaction[] {
    return this.#database.transactions.slice(0, this.#database.transactions.findIndex((one) => one.id === id));
  }

  #request(id: string, request: Request): void {
    this.#writes.add(id);
    const transaction = this.#transaction(id);
    if (!transaction) return;
    if (!transaction.isStarted) return this.#put(id, { waiting: [...transaction.waiting, request] });
    const { store, result } = answerOf(this.#database.stores[request.store]!, request.query);
    this.#set({ stores: { ...this.#database.stores, [request.store]: store } });
    if (result.kind === 'error') this.#put(id, { isFailed: true });
    this.#tellOf(transaction, { kind: 'result', request: request.id, result });
  }

  #tellOf(transaction: Transaction, news: News): void {
    const before = this.#database.ended.filter((other) => other.agent === transaction.agent && isInWay(other, transaction));
    this.#tell(transaction, transaction.id, transaction.id, news, before.map(({ id }) => id));
  }

  /** Not forced: unless a request has failed that may yet abort it. */
  #commit(id: string, isForced: boolean): void {
    this.#writes.add(id);
    const transaction = this.#transaction(id);
    if (!transaction) return;
    this.#touchScope(transaction);
    if (!transaction.isStarted) return this.#put(id, { isCommitting: true });
    if (transaction.isDoomed || (transaction.isFailed && !isForced)) return;
    this.#end(transaction, { kind: 'complete' });
  }

  #abort({ transaction: id, requests, error }: Extract<Asked, { readonly kind: 'abort' }>): void {
    this.#writes.add(id);
    const transaction = this.#transaction(id);
    if (!transaction) return;
    this.#touchScope(transaction);
    const { before, mode, scope } = transaction;
    if (before && mode === 'versionchange') this.#set(before);
    else if (before) this.#set({ stores: { ...this.#database.stores, ...Object.fromEntries(scope.map((store) => [store, before.stores[store]!])) } });
    this.#withdrawn.push(id);
    for (const request of requests) this.#tellOf(transaction, { kind: 'aborted request', request });
    this.#end(transaction, { kind: 'aborted', ...(error && { error }) });
  }

  #end(transaction: Transaction, news: News): void {
    const { id, agent, mode, scope, opening, connection } = transaction;
    this.#tellOf(transaction, news);
    this.#set({ transactions: this.#database.transactions.filter((one) => one.id !== id), ended: [...this.#database.ended, { id, agent, mode, scope }] });
    if (opening !== undefined) this.#opened(opening, connection, news.kind === 'complete' ? undefined : { kind: 'failed', name: 'AbortError', message: 'Version change transaction was aborted in upgradeneeded event handler.' }, id);
    this.#start();
    this.#leave();
  }

  /** An upgrade is over. */
  #opened(id: string, connection: string, failure: News | undefined, transaction: string): void {
    const { openings: [opening, ...others], connections, version } = this.#database;
    const isClosed = connections.find((one) => one.id === connection)?.isClosing !== false;
    const news = failure ?? (isClosed ? ({ kind: 'failed', name: 'AbortError', message: 'The connection was closed.' } as const) : ({ kind: 'opened', connection, version, schema: schemaOf(this.#database) } as const));
    if (news.kind === 'failed') this.#set({ connections: connections.filter((one) => one.id !== connection) });
    this.#tell(opening!, id, openingsOf(opening!), news, [transaction]);
    this.#set({ openings: others });
    this.#serve();
  }

  #changeSchema(id: string, change: SchemaChange): void {
    this.#writes.add(id);
    const { stores } = this.#database;
    const store = stores[change.store];
    const replace = (next: Store): void => this.#set({ stores: { ...stores, [change.store]: next } });
    switch (change.kind) {
      case 'create store': return replace({ ...change.made, next: 1, records: [] });
      case 'delete store': return this.#set({ stores: without(stores, change.store) });
      case 'rename store': return this.#set({ stores: { ...without(stores, change.store), [change.name]: store! } });
      case 'delete index': return replace({ ...store!, indexes: without(store!.indexes, change.index) });
      case 'rename index': return replace({ ...store!, indexes: { ...without(store!.indexes, change.index), [change.name]: store!.indexes[change.index]! } });
      case 'create index':
        if (!admits(store!, change.made)) {
          this.#put(id, { isDoomed: true });
          this.#tellOf(this.#transaction(id)!, { kind: 'failed', name: 'ConstraintError', message: `Unable to add key to index '${change.index}': at least one key does not satisfy the uniqueness requirements.` });
        }
        return replace({ ...store!, indexes: { ...store!.indexes, [change.index]: change.made } });
    }
  }
}

/** Who opens a database, and who is in the way of it, hears of that in order. */
function openingsOf({ agent }: Owner): string {
  return `openings of ${agent}`;
}

function isInWay(earlier: Pick<Transaction, 'mode' | 'scope'>, { mode, scope }: Pick<Transaction, 'mode' | 'scope'>): boolean {
  return earlier.mode === 'versionchange' || mode === 'versionchange' || ((earlier.mode === 'readwrite' || mode === 'readwrite') && earlier.scope.some((store) => scope.includes(store)));
}

function schemaOf({ stores }: Database): Schema {
  return Object.fromEntries(Object.entries(stores).map(([name, { keyPath, hasGenerator, indexes }]) => [name, { keyPath, hasGenerator, indexes }]));
}

function without<T>(record: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}
