import type { Helpers } from '../node-modules.js';
import type { Platform, PlatformWorld } from '../platform.js';
import { commandNames, commands, meaningOf, ofConnection } from './commands/index.js';
import { wireText } from './commands/arguments.js';
import { isError, RedisConnection } from './connection.js';
import type { Reply } from './keyspace.js';

type Callback = (error: unknown, result?: unknown) => void;
type Queued = { readonly command: readonly string[]; readonly read: (reply: Reply) => unknown };

/** Names of ioredis that nothing stands for here: a call says so. */
const refusedNames = ['psubscribe', 'punsubscribe', 'xadd', 'xread', 'xreadgroup', 'xack', 'xrange', 'spop', 'srandmember', 'setrange', 'getrange', 'setbit', 'getbit', 'bitcount', 'pfadd', 'pfcount', 'geoadd', 'script', 'evalsha', 'select', 'hscan', 'sscan', 'zscan', 'scanStream', 'blmove', 'brpoplpush', 'bzpopmin', 'bzpopmax', 'zinterstore', 'zunionstore', 'sinterstore', 'sunionstore', 'sort', 'dump', 'restore', 'monitor', 'wait', 'info', 'config', 'object', 'hrandfield', 'hincrbyfloat', 'copy', 'lpos', 'linsert'];

/** `ioredis` 5, for one execution: commands with their answers as ioredis gives them, pipelines, transactions, subscriptions. */
export function createIoredis(platform: Platform, world: PlatformWorld, _helpers: Helpers): object {
  const { loop, Promise } = world;
  const { EventEmitter } = platform.events.emitters;
  const connectionWorld = { ...world, host: platform.host };

  class ReplyError extends Error {
    override readonly name = 'ReplyError';
  }
  const failure = (text: string): Error => new ReplyError(text);

  /** The same for connections and pipelines: a method a command. */
  function addCommands(target: object, run: (self: never, command: readonly string[], read: Queued['read'], callback: Callback | undefined) => unknown): void {
    for (const name of commandNames) {
      if (name === 'multi' || name === 'exec' || name === 'subscribe' || name === 'unsubscribe' || name === 'discard') continue;
      const method = function (this: never, ...given: unknown[]): unknown {
        const callback = typeof given.at(-1) === 'function' && !world.opaque.is(given.at(-1)) ? (given.pop() as Callback) : undefined;
        return run(this, toCommand(name, given), readerOf(name), callback);
      };
      Object.defineProperty(target, name, { value: method, writable: true, configurable: true });
    }
    for (const name of refusedNames) Object.defineProperty(target, name, { value: () => { throw new Error(`ioredis: ${name} is not simulated`); }, writable: true, configurable: true });
  }

  class Pipeline {
    readonly #redis: Redis;
    readonly #isAtomic: boolean;
    readonly #queued: Queued[] = [];

    constructor(redis: Redis, isAtomic: boolean) {
      this.#redis = redis;
      this.#isAtomic = isAtomic;
    }

    get length(): number {
      return this.#queued.length;
    }

    add(queued: Queued): this {
      this.#queued.push(queued);
      return this;
    }

    /** `[error, result]` of each command; null if a watched key was changed. */
    exec(callback?: Callback): Promise<unknown> {
      const send = (command: readonly string[]): Promise<Reply> => this.#redis.connection.send(command, failure);
      const sent = this.#isAtomic ? this.#transaction(send) : Promise.all(this.#queued.map(({ command, read }) => send(command).then((reply) => [null, read(reply)], (error: unknown) => [error])));
      return withCallback(sent, callback);
    }

    #transaction(send: (command: readonly string[]) => Promise<Reply>): Promise<unknown> {
      const before = [['multi'], ...this.#queued.map(({ command }) => command)].map((command) => send(command).catch(() => undefined));
      const result = send(['exec']);
      return Promise.all(before).then(() => result).then((replies) => (replies as readonly Reply[] | null)?.map((reply, at) => (isError(reply) ? [failure(reply.error)] : [null, this.#queued[at]!.read(reply)])) ?? null);
    }
  }

  class Redis extends EventEmitter {
    readonly connection: RedisConnection;
    readonly options: Readonly<Record<string, unknown>>;
    readonly #given: readonly unknown[];
    #subscriptions = 0;
    #status = 'ready';

    constructor(...given: unknown[]) {
      super();
      this.#given = given;
      this.options = optionsOf(given);
      this.connection = new RedisConnection(connectionWorld, addressOf(this.options));
      this.connection.onMessage = (channel, text) => void this.emit('message', channel, text);
    }

    get status(): string {
      return this.#status;
    }

    override on(event: string, listener: (...args: unknown[]) => void): this {
      super.on(event, listener);
      // The connection is there, sooner or later; other events of its life do not happen.
      if (event === 'connect' || event === 'ready') loop.addEvent({ label: `redis is ${event === 'connect' ? 'connected' : 'ready'}`, fire: () => void Reflect.apply(listener, this, []) });
      return this;
    }

    connect(): Promise<void> {
      return this.ping().then(() => undefined);
    }

    declare ping: () => Promise<unknown>;

    send(command: readonly string[], read: Queued['read'], callback: Callback | undefined): Promise<unknown> {
      if (this.#status === 'end') return withCallback(Promise.reject(new Error('Connection is closed.')), callback);
      if (this.#subscriptions > 0 && command[0] !== 'ping') return withCallback(Promise.reject(new Error('Connection in subscriber mode, only subscriber commands may be used')), callback);
      return withCallback(this.connection.send(command, failure, waitOf(command)).then(read), callback);
    }

    call(name: string, ...given: unknown[]): Promise<unknown> {
      const lower = name.toLowerCase();
      if (!(lower in commands) && !ofConnection.has(lower)) throw new Error(`ioredis: the command ${name} is not simulated`);
      return this.send(toCommand(lower, given), (reply) => reply, undefined);
    }

    /** A script under a name; what it means must be known. */
    defineCommand(name: string, { lua, numberOfKeys }: { readonly lua: string; readonly numberOfKeys?: number }): void {
      requireMeaning(lua);
      Object.defineProperty(this, name, { value: (...given: unknown[]) => this.send(['eval', lua, ...[...(numberOfKeys === undefined ? [] : [numberOfKeys]), ...given].map(wireText)], (reply) => reply, undefined), writable: true, configurable: true });
    }

    pipeline(listed: readonly (readonly unknown[])[] = []): Pipeline {
      return this.#batch(listed, false);
    }

    multi(given?: { readonly pipeline?: boolean } | readonly (readonly unknown[])[]): Pipeline | Promise<unknown> {
      if (given !== undefined && 'pipeline' in given && given.pipeline === false) return this.send(['multi'], (reply) => reply, undefined);
      return this.#batch(Array.isArray(given) ? (given as readonly (readonly unknown[])[]) : [], true);
    }

    #batch(listed: readonly (readonly unknown[])[], isAtomic: boolean): Pipeline {
      const batch = new Pipeline(this, isAtomic);
      for (const [name, ...given] of listed) (batch as unknown as Record<string, (...args: unknown[]) => void>)[String(name)]!(...given);
      return batch;
    }

    exec(callback?: Callback): Promise<unknown> {
      return this.send(['exec'], (replies) => (replies as readonly Reply[] | null)?.map((reply) => (isError(reply) ? failure(reply.error) : reply)) ?? null, callback);
    }

    discard(callback?: Callback): Promise<unknown> {
      return this.send(['discard'], (reply) => reply, callback);
    }

    subscribe(...given: unknown[]): Promise<unknown> {
      this.#subscriptions++;
      return this.connection.send(['subscribe', ...given.flat().map(wireText)], failure);
    }

    unsubscribe(...given: unknown[]): Promise<unknown> {
      return this.connection.send(['unsubscribe', ...given.flat().map(wireText)], failure).then((left) => { if (left === 0) this.#subscriptions = 0; return left; });
    }

    duplicate(more: object = {}): Redis {
      return new Redis({ ...optionsOf(this.#given), ...more });
    }

    quit(): Promise<string> {
      return this.ping().then(() => { this.disconnect(); return 'OK'; });
    }

    disconnect(): void {
      this.#status = 'end';
    }
  }

  function withCallback(result: Promise<unknown>, callback: Callback | undefined): Promise<unknown> {
    if (callback === undefined) return result;
    result.then((value) => callback(null, value), (error: unknown) => callback(error));
    return result.catch(() => undefined);
  }

  addCommands(Redis.prototype, (self: Redis, command, read, callback) => self.send(command, read, callback));
  addCommands(Pipeline.prototype, (self: Pipeline, command, read) => self.add({ command, read }));
  const refusedClass = (name: string) => class { constructor() { throw new Error(`ioredis: ${name} is not simulated`); } };
  const exported = { Redis, default: Redis, ReplyError, Cluster: refusedClass('Cluster'), Pipeline, __esModule: true };
  return Object.defineProperties(Redis, Object.fromEntries(Object.entries(exported).map(([name, value]) => [name, { value, configurable: true }])));
}

function optionsOf(given: readonly unknown[]): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = {};
  for (const one of given) {
    if (typeof one === 'number') options['port'] = one;
    else if (typeof one === 'object' && one !== null) Object.assign(options, one);
    else if (typeof one === 'string') Object.assign(options, one.includes('/') ? ofUrl(one) : { host: one });
  }
  return options;
}

/** `redis://user:password@host:port/db`. */
export function ofUrl(url: string): { readonly host?: string; readonly port?: number; readonly db?: number } {
  const [, host, port, db] = /^\w+:\/\/(?:[^@/]*@)?([^:/?]+)(?::(\d+))?(?:\/(\d+))?/.exec(url) ?? [];
  return { ...(host !== undefined && { host }), ...(port !== undefined && { port: Number(port) }), ...(db !== undefined && { db: Number(db) }) };
}

/** What is not plain text, as a value from outside, names the one server that there is by default. */
export function addressOf({ host, port, db, keyPrefix }: Readonly<Record<string, unknown>>): string {
  if (typeof keyPrefix === 'string' && keyPrefix !== '') throw new Error('ioredis: the option keyPrefix is not simulated');
  const name = typeof host === 'string' && host !== '127.0.0.1' && host !== '::1' ? host : 'localhost';
  return `${name}:${typeof port === 'number' || typeof port === 'string' ? port : 6379}/${typeof db === 'number' ? db : 0}`;
}

function toCommand(name: string, given: readonly unknown[]): readonly string[] {
  if (name === 'eval') requireMeaning(String(given[0]));
  const isPairs = name === 'hset' || name === 'hmset' || name === 'mset' || name === 'msetnx';
  const parts = given.flat().flatMap((value): unknown[] => {
    if (!isPairs || typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [value];
    return value instanceof Map ? [...value].flat() as unknown[] : Object.entries(value).flat();
  });
  return [name, ...parts.map(wireText)];
}

export function requireMeaning(script: string): void {
  if (meaningOf(script) === undefined) throw new Error('a Lua script is simulated only if it deletes a key, or sets its time to live, provided that the key holds a value; this one is not');
}

function readerOf(name: string): Queued['read'] {
  return name === 'hgetall' ? (reply) => recordOf(reply) : (reply) => reply;
}

export function recordOf(reply: Reply): unknown {
  if (!Array.isArray(reply)) return reply;
  const list = reply as readonly string[];
  return Object.fromEntries(list.flatMap((field, at) => (at % 2 === 0 ? [[field, list[at + 1]!] as const] : [])));
}

/** Milliseconds that a command waits at most; 0: for ever, or not at all. */
export function waitOf(command: readonly string[]): number {
  return command[0] === 'blpop' || command[0] === 'brpop' ? Math.ceil(Number(command.at(-1)) * 1000) || 0 : 0;
}
