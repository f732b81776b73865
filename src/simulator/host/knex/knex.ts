import type { Helpers } from '../node-modules.js';
import type { Platform, PlatformWorld } from '../platform.js';
import { QueryBuilder, runners, type Answer, type Runner } from './builder.js';
import { native, Raw, wrap, type Fragment } from './fragments.js';
import { createTable, dropTable } from './schema.js';

type Settle = (value?: unknown) => Promise<unknown>;

interface Client {
  query(text: string, values: readonly unknown[]): Promise<Answer | readonly Answer[]>;
  release(error?: unknown): void;
}

interface Pool {
  connect(): Promise<Client>;
  end(): Promise<unknown>;
}

/** A transaction as the program holds it: a `knex` of its own, with an end. */
interface Transactor {
  commit: Settle;
  rollback: Settle;
  isCompleted: () => boolean;
  executionPromise: Promise<unknown>;
}

interface TransactionOptions {
  readonly isolationLevel?: string;
  readonly readOnly?: boolean;
  readonly doNotRejectOnRollback?: boolean;
}

type Container = (transaction: object) => unknown;

const levels = ['read uncommitted', 'read committed', 'snapshot', 'repeatable read', 'serializable'];

/** `knex` 3 for PostgreSQL, for one execution: its SQL goes to the server that `pg` reaches, by a pool of `pg`'s. */
export function createKnex(platform: Platform, world: PlatformWorld, helpers: Helpers): object {
  const { Promise, opaque } = world;

  function refuse(what: string): never {
    opaque.unmodelled(`\`knex\` is asked for ${what}`);
    throw new Error(`knex: ${what} is not simulated`);
  }

  /** What it fails with tells the SQL, too. */
  function asked(client: Client, query: Fragment): Promise<Answer> {
    const { sql, bindings } = native(query);
    return client.query(sql, bindings).then((answer) => (Array.isArray(answer) ? answer.at(-1) : answer) as Answer, (error: unknown) => {
      (error as Error).message = `${sql} - ${(error as Error).message}`;
      throw error;
    });
  }

  function instance(runner: Runner, transaction: (container: Container | undefined, options: TransactionOptions) => Promise<unknown>, more: object): object {
    const build = (): QueryBuilder => new QueryBuilder(runner);
    const knex = (table?: unknown): QueryBuilder => build().from(table);
    const raw = (sql: string, bindings?: unknown): object => thenable(Raw.of(sql, bindings), runner);
    const schema = {
      createTable: (name: string, define: (table: object) => void) => thenable({ sql: createTable(name, define, refuse), bindings: [] }, runner),
      dropTable: (name: string) => thenable({ sql: dropTable(name, false), bindings: [] }, runner),
      dropTableIfExists: (name: string) => thenable({ sql: dropTable(name, true), bindings: [] }, runner),
      raw,
    };
    const begin = (first?: unknown, second?: unknown): Promise<unknown> => (typeof first === 'function' ? transaction(first as Container, (second ?? {}) as TransactionOptions) : transaction(undefined, (first ?? {}) as TransactionOptions));
    const members: Readonly<Record<string, unknown>> = {
      raw, schema, queryBuilder: build, ref: (name: string) => new Raw(wrap(name), []), transaction: begin,
      ...Object.fromEntries(['select', 'from', 'insert', 'into', 'column', 'columns', 'first', 'count', 'sum', 'min', 'max', 'table'].map((method) => [method, (...given: readonly unknown[]) => build()[method as 'select'](...given)])),
      ...more,
    };
    const made = Object.assign(knex, members);
    runners.set(made, runner);
    // What has no model is refused when it is asked for.
    return Object.setPrototypeOf(made, new Proxy(Function.prototype, { get: (target, key) => (key in target || typeof key === 'symbol' || /^(?:then|toJSON|default|__esModule)$/.test(key) ? (Reflect.get(target, key) as unknown) : refuse(`\`${key}\``)) })) as object;
  }

  /** SQL of the program's own, run when somebody waits for it. */
  function thenable(query: Fragment, runner: Runner): object {
    const run = (): Promise<unknown> => runner.run(query);
    return Object.assign(new Raw(query.sql, query.bindings), {
      then: (onFulfilled?: (value: unknown) => unknown, onRejected?: (reason: unknown) => unknown) => run().then(onFulfilled, onRejected),
      catch: (onRejected: (reason: unknown) => unknown) => run().catch(onRejected),
      finally: (onSettled: () => void) => run().finally(onSettled),
      transacting: (transaction: object) => thenable(query, runners.get(transaction) ?? runner),
      toSQL: () => ({ ...query, toNative: () => native(query) }),
    });
  }

  /** Runs a container between a beginning and an end, as knex does: what it gives commits, what it throws rolls back. */
  function within(client: Client, depth: number, container: Container | undefined, { isolationLevel, readOnly = false, doNotRejectOnRollback = true }: TransactionOptions, release: () => void): Promise<unknown> {
    if (isolationLevel !== undefined && !levels.includes(isolationLevel)) throw new Error(`Invalid isolationLevel, supported isolation levels are: ${JSON.stringify(levels)}`);
    const mode = `${isolationLevel === undefined ? '' : `ISOLATION LEVEL ${isolationLevel}`}${readOnly ? ' READ ONLY' : ''}`.trim();
    const [begin, commit, rollback] = depth > 0 ? [`SAVEPOINT trx${depth};`, `RELEASE SAVEPOINT trx${depth};`, `ROLLBACK TO SAVEPOINT trx${depth}`] : [mode === '' ? 'BEGIN;' : `BEGIN TRANSACTION ${mode};`, 'COMMIT;', 'ROLLBACK'];
    let isCompleted = false;
    let settle!: { readonly resolve: (value: unknown) => void; readonly reject: (reason: unknown) => void };
    const execution = new Promise<unknown>((resolve, reject) => { settle = { resolve, reject }; });
    const command = (sql: string): Promise<unknown> => client.query(sql, []);
    const end = (sql: string, then: () => void): Promise<unknown> => {
      if (isCompleted) return execution;
      isCompleted = true;
      return command(sql).then(then, (error: unknown) => settle.reject(error)).then(release);
    };
    const runner: Runner = { refuse, run: (query) => (isCompleted ? Promise.reject(new Error(`${native(query).sql} - Transaction query already complete, run with DEBUG=knex:tx for more info`)) : asked(client, query)) };
    const ends: Transactor = {
      commit: (value) => end(commit, () => settle.resolve(value)),
      rollback: (error) => end(rollback, () => (error === undefined && doNotRejectOnRollback ? settle.resolve(undefined) : settle.reject(error ?? new Error(`Transaction rejected with non-error: ${String(error)}`)))),
      isCompleted: () => isCompleted, executionPromise: execution,
    };
    const transactor = instance(runner, (inner, options) => within(client, depth + 1, inner, options, () => undefined), { ...ends, isTransaction: true });
    const begun = command(begin).then(() => transactor, (error: unknown) => { release(); throw error; });
    if (!container) {
      execution.catch(() => undefined);
      return begun;
    }
    return begun.then(() => {
      const given = attempt(() => container(transactor));
      if (typeof (given as { then?: unknown } | undefined)?.then === 'function') void (given as Promise<unknown>).then((value) => ends.commit(value)).catch((error: unknown) => ends.rollback(error));
      return execution;
    });
  }

  function attempt(run: () => unknown): unknown {
    try {
      return run();
    } catch (error) {
      return Promise.reject(error);
    }
  }

  function knex(config: unknown): object {
    const { client, connection, pool: { max } = {} } = (typeof config === 'object' && config !== null ? config : {}) as { readonly client?: unknown; readonly connection?: unknown; readonly pool?: { readonly max?: number } };
    if (!/^(?:pg|postgres|postgresql)$/.test(String(client))) refuse(`the client ${String(client)}`);
    const { Pool } = platform.module('pg', helpers) as { readonly Pool: new (options: object) => Pool };
    const pool = new Pool({ ...(typeof connection === 'string' ? { connectionString: connection } : (connection as object | undefined)), max: max ?? 10 });
    const acquired = <T>(use: (held: Client) => Promise<T>): Promise<T> => pool.connect().then(use);
    const run = (query: Fragment): Promise<Answer> => acquired((held) => asked(held, query).finally(() => held.release()));
    return instance({ run, refuse }, (container, options) => acquired((held) => within(held, 0, container, options, () => held.release())), { destroy: () => pool.end(), isTransaction: false });
  }

  return Object.assign(knex, { knex, default: knex, __esModule: true });
}
