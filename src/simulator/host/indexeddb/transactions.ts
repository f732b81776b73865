import { name } from '../events/event.js';
import type { Connection } from './connections.js';
import type { Asked, Mode, News, SchemaChange } from './database.js';
import { databaseKind } from './indexeddb-kind.js';
import { stringList } from './names.js';
import type { Query, Result } from './records.js';
import { failure, ours, requireOurs, type IndexedDbWorld, type Request, type Requests } from './requests.js';

interface Pending {
  readonly request: Request;
  /** What the program gets for a result. */
  readonly told: (result: Exclude<Result, { readonly kind: 'error' }>) => unknown;
}

/**
 * A transaction as its agent sees it. It is active in the turn that makes it and in those of its requests, and commits at the end of a turn that leaves none open (2.7.1).
 *
 *     live ──commit(), or nothing left──▶ committing ──told──▶ finished
 *       └──── abort(), an error that nobody prevents ─────────────▲
 */
export class Transaction {
  readonly object: object;
  readonly mode: Mode;
  readonly scope: readonly string[];
  readonly connection: Connection;
  readonly #world: IndexedDbWorld;
  readonly #requests: Requests;
  readonly #id: string;
  readonly #pending = new Map<string, Pending>();
  #state: 'live' | 'committing' | 'finished' = 'live';
  #isInTurn = false;
  #error: Error | null = null;
  /** Told when it is aborted, and when that or its commit has arrived, before anybody else is. */
  onEnd: (how: 'aborts' | 'over') => void = () => undefined;

  constructor(world: IndexedDbWorld, requests: Requests, make: (transaction: Transaction) => object, plan: { readonly id: string; readonly connection: Connection; readonly mode: Mode; readonly scope: readonly string[] }) {
    this.#world = world;
    this.#requests = requests;
    this.#id = plan.id;
    this.mode = plan.mode;
    this.scope = plan.scope;
    this.connection = plan.connection;
    this.object = make(this);
    world.host.onInput(this.#id, (news) => this.#hear(news as News));
  }

  get isActive(): boolean {
    this.#touch('read');
    return this.#state === 'live' && this.#isInTurn;
  }

  /** Nothing can be asked of it any more. */
  get isOver(): boolean {
    this.#touch('read');
    return this.#state !== 'live';
  }

  get isFinished(): boolean {
    this.#touch('read');
    return this.#state === 'finished';
  }

  get error(): Error | null {
    this.#touch('read');
    return this.#error;
  }

  #touch(kind: 'read' | 'write'): void {
    const { loop } = this.#world;
    loop.touch(loop.identity.of(this.object), 'state', kind);
  }

  /** It is active until the end of this turn. */
  enter(): void {
    if (this.#isInTurn) return;
    this.#isInTurn = true;
    this.#world.loop.atTurnEnd(() => {
      this.#isInTurn = false;
      if (this.#state === 'finished' || this.#pending.size > 0) return;
      this.#state = 'committing';
      this.#ask({ kind: 'commit', transaction: this.#id, isForced: true });
    });
  }

  #ask(asked: Asked): void {
    this.connection.ask(asked);
  }

  requireActive(what: string): void {
    if (!this.isActive) throw failure('TransactionInactiveError', `Failed to execute ${what}: The transaction is not active.`);
  }

  /** Asks a store; `again` is the request of a cursor that goes on. */
  request(source: object, store: string, query: Query, told: Pending['told'], again?: Request): Request {
    const request = again ?? new this.#requests.IDBRequest(ours, source, this.object);
    if (again) this.#requests.settle(again, undefined);
    const id = this.#world.host.identify(databaseKind);
    this.#pending.set(id, { request, told });
    this.#ask({ kind: 'request', transaction: this.#id, request: id, store, query });
    return request;
  }

  change(change: SchemaChange): void {
    this.#ask({ kind: 'change', transaction: this.#id, change });
  }

  commit(): void {
    if (!this.isActive) throw failure('InvalidStateError', "Failed to execute 'commit' on 'IDBTransaction': The transaction is not active.");
    this.#touch('write');
    this.#state = 'committing';
    this.#ask({ kind: 'commit', transaction: this.#id, isForced: false });
  }

  abort(error: Error | null): void {
    this.#touch('write');
    this.#state = 'finished';
    this.#error = error;
    this.onEnd('aborts');
    this.#ask({ kind: 'abort', transaction: this.#id, requests: [...this.#pending.keys()], ...(error && { error: { name: error.name, message: error.message } }) });
  }

  #hear(news: News): void {
    switch (news.kind) {
      case 'result': return this.#told(news.request, news.result);
      case 'aborted request': return void this.#fail(news.request, failure('AbortError', 'The transaction was aborted, so the request cannot be fulfilled.'));
      case 'failed': return this.#state === 'finished' ? undefined : this.abort(failure(news.name, news.message));
      case 'complete':
        this.#touch('write');
        this.#state = 'finished';
        this.onEnd('over');
        this.#requests.fire([this.object], 'complete');
        return;
      case 'aborted':
        this.onEnd('over');
        return void this.#requests.fire([this.object, this.connection.object], 'abort');
      default:
    }
  }

  #told(id: string, result: Result): void {
    if (this.#state === 'finished') return;
    this.enter();
    const error = result.kind === 'error' ? failure(result.name, result.message) : undefined;
    const { hasThrown, isPrevented } = error ? this.#fail(id, error) : this.#succeed(id, result as Parameters<Pending['told']>[0]);
    // A listener may have aborted it.
    if (this.isFinished) return;
    if (hasThrown) this.abort(failure('AbortError', 'Uncaught exception in event handler.'));
    else if (error && !isPrevented) this.abort(error);
  }

  #succeed(id: string, result: Parameters<Pending['told']>[0]): ReturnType<Requests['fire']> {
    const { request, told } = this.#taken(id);
    this.#requests.settle(request, { result: told(result) });
    return this.#requests.fire([request], 'success');
  }

  #fail(id: string, error: Error): ReturnType<Requests['fire']> {
    const { request } = this.#taken(id);
    this.#requests.settle(request, { error });
    return this.#requests.fire([request, this.object, this.connection.object], 'error');
  }

  #taken(id: string): Pending {
    const pending = this.#pending.get(id)!;
    this.#pending.delete(id);
    return pending;
  }
}

/** `IDBTransaction` (4.9). */
export function createTransactionClass({ events: { targets } }: IndexedDbWorld, storeOf: (transaction: Transaction, name: string) => object) {
  const transactions = new WeakMap<object, Transaction>();
  const of = (object: object): Transaction => {
    const transaction = transactions.get(object);
    if (!transaction) throw new TypeError('Illegal invocation');
    return transaction;
  };

  class IDBTransaction extends targets.EventTarget {
    constructor(key: unknown, transaction?: Transaction) {
      requireOurs(key, 'IDBTransaction');
      super();
      transactions.set(this, transaction!);
    }

    get db(): object { return of(this).connection.object; }
    get mode(): Mode { return of(this).mode; }
    get error(): Error | null { return of(this).error; }
    get durability(): string { return 'relaxed'; }

    get objectStoreNames(): readonly string[] {
      const { mode, scope, connection } = of(this);
      return stringList(mode === 'versionchange' ? Object.keys(connection.schema) : scope);
    }

    objectStore(given: unknown): object {
      const transaction = of(this);
      if (transaction.isFinished) throw failure('InvalidStateError', "Failed to execute 'objectStore' on 'IDBTransaction': The transaction has finished.");
      const store = String(given);
      const isKnown = transaction.mode === 'versionchange' ? Object.hasOwn(transaction.connection.schema, store) : transaction.scope.includes(store);
      if (!isKnown) throw failure('NotFoundError', "Failed to execute 'objectStore' on 'IDBTransaction': The specified object store was not found.");
      return storeOf(transaction, store);
    }

    commit(): void {
      of(this).commit();
    }

    abort(): void {
      const transaction = of(this);
      if (transaction.isOver) throw failure('InvalidStateError', "Failed to execute 'abort' on 'IDBTransaction': The transaction is already committing or done.");
      transaction.abort(null);
    }
  }
  name(IDBTransaction, 'IDBTransaction');
  for (const type of ['abort', 'complete', 'error']) targets.defineHandler(IDBTransaction, type);
  return IDBTransaction;
}
