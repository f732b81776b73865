import type { Helpers } from '../node-modules.js';
import type { Platform, PlatformWorld } from '../platform.js';
import { PostgresConnection } from './connection.js';
import { parameterOf, resultOf } from './results.js';
import type { Reply } from './server.js';

/** Connections of which tasks do not run short: as many as a pool has unless it is told otherwise. */
const roomy = 10;

type Callback = (error: unknown, result?: unknown, release?: (error?: unknown) => void) => void;

interface Query {
  readonly sql: string;
  readonly parameters: readonly (string | null)[] | undefined;
  readonly isArray: boolean;
  readonly callback: Callback;
}

/** `pg` 8 (node-postgres), for one execution: clients and pools. */
export function createPg(platform: Platform, world: PlatformWorld, _helpers: Helpers): object {
  const { loop, Promise, opaque } = world;
  const { EventEmitter } = platform.events.emitters;
  const connectionWorld = { ...world, host: platform.host };

  class DatabaseError extends Error {
    readonly severity = 'ERROR';
    constructor({ message, code, more }: Extract<Reply, { readonly error: unknown }>['error']) {
      super(message);
      Object.assign(this, { name: 'error', code, schema: 'table' in more ? 'public' : undefined, ...more });
    }
  }

  /** Nothing that follows says anything of the program. */
  function refused(what: string): Error {
    opaque.unmodelled(`\`pg\` is asked for ${what}`);
    return new Error(`pg: ${what} is not simulated`);
  }

  /** Gives a promise, and calls back instead where there is a callback. */
  function promised<T>(callback: Callback | undefined, run: (done: Callback) => void): Promise<T> | undefined {
    if (callback) return run(callback), undefined;
    return new Promise<T>((resolve, reject) => run((error, result) => (error ? reject(error) : resolve(result as T))));
  }

  class Client extends EventEmitter {
    readonly #connection: PostgresConnection;
    readonly #queue: Query[] = [];
    #state: 'new' | 'opening' | 'idle' | 'busy' | 'ended' = 'new';
    release: ((error?: unknown) => void) | undefined;

    constructor(config?: unknown) {
      super();
      this.#connection = new PostgresConnection(connectionWorld, addressOf(config));
    }

    connect(callback?: Callback): Promise<unknown> | undefined {
      return promised(callback, (done) => {
        if (this.#state !== 'new') return done(new Error('Client has already been connected. You cannot reuse a client.'));
        this.#state = 'opening';
        this.#connection.open(() => {
          this.#state = 'idle';
          done(undefined, this);
          this.emit('connect');
          this.#pulse();
        });
      });
    }

    query(...given: unknown[]): Promise<unknown> | undefined {
      const { query, callback } = queryOf(given);
      return promised(callback, (done) => {
        if (this.#state === 'ended') return loop.nextTick(() => done(new Error('Client was closed and is not queryable')));
        try {
          this.#queue.push({ ...query(), callback: done });
        } catch (error) {
          return done(refused((error as Error).message.replace(/^pg: | (?:is|are) not simulated$/g, '')));
        }
        this.#pulse();
      });
    }

    #pulse(): void {
      if (this.#state !== 'idle') return;
      const query = this.#queue.shift();
      if (!query) return;
      this.#state = 'busy';
      this.#connection.send(query.sql, query.parameters, (reply) => this.#answered(query, reply), (error) => {
        this.#state = 'ended';
        query.callback(error);
        for (const other of this.#queue.splice(0)) other.callback(error);
        if (this.listenerCount('error') > 0) this.emit('error', error);
      });
    }

    #answered({ callback, isArray }: Query, reply: Reply): void {
      this.#state = 'idle';
      if ('answers' in reply) {
        const results = reply.answers.map((answer) => resultOf(answer, isArray));
        callback(undefined, results.length > 1 ? results : (results[0] ?? resultOf({ command: '', rowCount: null, fields: [], rows: [] }, isArray)));
      } else callback('error' in reply ? new DatabaseError(reply.error) : refused(reply.notSimulated));
      this.#pulse();
    }

    get isQueryable(): boolean {
      return this.#state !== 'ended';
    }

    end(callback?: Callback): Promise<unknown> | undefined {
      return promised(callback, (done) => {
        if (this.#state === 'ended') return done(undefined);
        this.#state = 'ended';
        this.#connection.close(() => { done(undefined); this.emit('end'); });
      });
    }

    escapeIdentifier(text: string): string {
      return `"${text.replaceAll('"', '""')}"`;
    }

    escapeLiteral(text: string): string {
      return `'${text.replaceAll("'", "''")}'`;
    }
  }

  /**
   * Clients for whoever asks, in the order of asking. Which of the idle ones it is shows nowhere, as long as there are enough, so each task gets its own back: tasks do not mind
   * each other. A pool with fewer than `roomy` is one place that all mind.
   */
  class Pool extends EventEmitter {
    readonly options: Readonly<Record<string, unknown>>;
    readonly #max: number;
    #clients: Client[] = [];
    readonly #idle: { readonly client: Client; readonly task: string }[] = [];
    readonly #pending: Callback[] = [];
    #ended: Callback | undefined;
    ending = false;
    ended = false;

    constructor(config?: unknown) {
      super();
      this.options = typeof config === 'object' && config !== null ? (config as Readonly<Record<string, unknown>>) : {};
      loop.identity.born(this);
      this.#max = typeof this.options['max'] === 'number' && this.options['max'] > 0 ? this.options['max'] : 10;
    }

    get totalCount(): number {
      this.#touch();
      return this.#clients.length;
    }

    get idleCount(): number {
      this.#touch();
      return this.#idle.length;
    }

    get waitingCount(): number {
      this.#touch();
      return this.#pending.length;
    }

    connect(callback?: Callback): Promise<unknown> | undefined {
      return promised(callback, (done) => {
        this.#touch();
        if (this.ending) return done(new Error('Cannot use a pool after calling end on the pool'));
        const isIdle = this.#ownIdle() >= 0;
        if (!isIdle && this.#clients.length < this.#max) return this.#open(done);
        // Who gets the next one depends on what all others do.
        if (!isIdle && this.#max >= roomy) opaque.unmodelled(`\`pg\` is asked for more connections at once than a pool of ${this.#max} has, and a smaller \`max\` would be simulated: it`);
        if (isIdle) loop.nextTick(() => this.#pulse());
        this.#pending.push(done);
      });
    }

    #touch(): void {
      if (this.#max < roomy) loop.touch(loop.identity.of(this), 'clients', 'write');
    }

    /** The index of an idle client that the task at hand may have; -1: none. */
    #ownIdle(): number {
      return this.#max < roomy ? this.#idle.length - 1 : this.#idle.findLastIndex(({ task }) => task === loop.task);
    }

    #open(done: Callback): void {
      const client = new Client(this.options);
      this.#clients.push(client);
      void client.connect(() => {
        this.emit('connect', client);
        this.#acquire(client, done);
      });
    }

    #acquire(client: Client, done: Callback): void {
      this.emit('acquire', client);
      let isReleased = false;
      client.release = (error) => {
        if (isReleased) throw new Error('Release called on client which has already been released to the pool.');
        isReleased = true;
        this.#release(client, error);
      };
      done(undefined, client, client.release);
    }

    #release(client: Client, error: unknown): void {
      this.#touch();
      this.emit('release', error, client);
      if (error || this.ending || !client.isQueryable) return this.#remove(client);
      this.#idle.push({ client, task: loop.task });
      this.#pulse();
    }

    #remove(client: Client): void {
      this.#clients = this.#clients.filter((one) => one !== client);
      void client.end(() => {
        this.#touch();
        this.emit('remove', client);
        this.#pulse();
      });
    }

    #pulse(): void {
      if (this.ending) return this.#finish();
      const at = this.#ownIdle();
      if (this.#pending.length === 0 || (at < 0 && this.#clients.length >= this.#max)) return;
      const done = this.#pending.shift()!;
      const [idle] = at < 0 ? [] : this.#idle.splice(at, 1);
      if (idle) this.#acquire(idle.client, done);
      else this.#open(done);
    }

    #finish(): void {
      for (const { client } of this.#idle.splice(0)) this.#remove(client);
      if (this.#clients.length > 0 || this.ended) return;
      this.ended = true;
      this.#ended?.(undefined);
    }

    query(...given: unknown[]): Promise<unknown> | undefined {
      const callback = typeof given.at(-1) === 'function' && !opaque.is(given.at(-1)) ? (given.pop() as Callback) : undefined;
      return promised(callback, (done) => {
        void this.connect((error, client, release) => {
          if (error) return done(error);
          void (client as Client).query(...given, (failure: unknown, result: unknown) => {
            release!(failure);
            if (failure) done(failure);
            else done(undefined, result);
          });
        });
      });
    }

    end(callback?: Callback): Promise<unknown> | undefined {
      return promised(callback, (done) => {
        if (this.ending) return done(new Error('Called end on pool more than once'));
        this.ending = true;
        this.#ended = done;
        this.#pulse();
      });
    }
  }

  /** `query(text, values)`, `query({ text, values, rowMode })`, each with a callback or without. */
  function queryOf(given: readonly unknown[]): { readonly query: () => Omit<Query, 'callback'>; readonly callback: Callback | undefined } {
    const callback = typeof given.at(-1) === 'function' && !opaque.is(given.at(-1)) ? (given.at(-1) as Callback) : undefined;
    const [first, second] = given;
    const config = typeof first === 'object' && first !== null ? (first as Readonly<Record<string, unknown>>) : { text: first };
    const values = Array.isArray(second) ? second : config['values'];
    return {
      callback: callback ?? (typeof config['callback'] === 'function' ? (config['callback'] as Callback) : undefined),
      query: () => {
        if (typeof config['text'] !== 'string') throw new Error('pg: a query that is not text is not simulated');
        const parameters = Array.isArray(values) ? values.map((value: unknown) => (opaque.is(value) ? refuseOpaque() : parameterOf(value))) : undefined;
        return { sql: config['text'], parameters: parameters?.length === 0 ? undefined : parameters, isArray: config['rowMode'] === 'array' };
      },
    };
  }

  const refusedClass = (name: string) => class { constructor() { throw refused(name); } };
  const types = new Proxy({}, { get: (_target, key) => () => { throw refused(`types.${String(key)}`); } });
  const exported = { Client, Pool, DatabaseError, types, Query: refusedClass('Query'), Connection: refusedClass('Connection'), native: null, defaults: {}, escapeIdentifier: Client.prototype.escapeIdentifier, escapeLiteral: Client.prototype.escapeLiteral };
  return { ...exported, default: exported, __esModule: true };
}

function refuseOpaque(): never {
  throw new Error('pg: a parameter that comes from outside is not simulated');
}

/** What is not plain text, as a value from outside, names the one server that there is by default. */
function addressOf(config: unknown): string {
  const given = typeof config === 'string' ? { connectionString: config } : typeof config === 'object' && config !== null ? (config as Readonly<Record<string, unknown>>) : {};
  const url = /^\w+:\/\/(?:[^@/]*@)?([^:/?]*)(?::(\d+))?(?:\/([^?]*))?/.exec(typeof given['connectionString'] === 'string' ? given['connectionString'] : '');
  const [host, port, database] = url ? [url[1], url[2], url[3]] : [given['host'], given['port'], given['database']];
  const name = typeof host === 'string' && host !== '' && host !== '127.0.0.1' && host !== '::1' ? host : 'localhost';
  return `${name}:${typeof port === 'number' || (typeof port === 'string' && port !== '') ? port : 5432}${typeof database === 'string' && database !== '' ? `/${database}` : ''}`;
}
