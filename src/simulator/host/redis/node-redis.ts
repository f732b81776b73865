import type { Helpers } from '../node-modules.js';
import type { Platform, PlatformWorld } from '../platform.js';
import { commandNames, commands } from './commands/index.js';
import { wireText } from './commands/arguments.js';
import { isError, RedisConnection } from './connection.js';
import { addressOf, ofUrl, recordOf, requireMeaning, waitOf } from './ioredis.js';
import type { Reply } from './keyspace.js';

type Options = Readonly<Record<string, unknown>>;
type Read = (reply: Reply) => unknown;
type Built = { readonly command: readonly string[]; readonly read: Read };

const same: Read = (reply) => reply;
const number: Read = (reply) => (typeof reply === 'string' ? Number(reply.replace('inf', 'Infinity')) : reply);
const scored: Read = (reply) => (reply as readonly string[]).flatMap((value, at, all) => (at % 2 === 0 ? [{ value, score: number(all[at + 1]!) }] : []));
const firstScored: Read = (reply) => (scored(reply) as unknown[])[0] ?? null;
const element: Read = (reply) => (reply === null ? null : { key: (reply as readonly string[])[0], element: (reply as readonly string[])[1] });
const scanned: Read = (reply) => ({ cursor: (reply as readonly Reply[])[0], keys: (reply as readonly Reply[])[1] });
const array = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);
const pairs = (value: unknown): unknown[] => (Array.isArray(value) ? value.flat() : value instanceof Map ? [...value].flat() : Object.entries(value as object).flat()) as unknown[];
const plain = (value: unknown): value is Options => typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

/** Of `set`: `{ EX: 5, NX: true, GET: true }`, or `{ expiration: { type, value }, condition }`. */
function setOptions(options: Options = {}): unknown[] {
  const { expiration, condition, ...flags } = options;
  const parts: unknown[] = condition === undefined ? [] : [condition];
  if (expiration === 'KEEPTTL') parts.push('KEEPTTL');
  else if (plain(expiration)) parts.push(expiration['type'], expiration['value']);
  for (const [name, value] of Object.entries(flags)) {
    if (value === undefined || value === false || value === null) continue;
    if (!['EX', 'PX', 'EXAT', 'PXAT', 'NX', 'XX', 'GET', 'KEEPTTL'].includes(name)) throw new Error(`redis: the option ${name} of set is not simulated`);
    parts.push(name, ...(value === true ? [] : [value]));
  }
  return parts;
}

function members(given: unknown): unknown[] {
  return array(given).flatMap((one) => { const { score, value } = one as { readonly score: unknown; readonly value: unknown }; return [score, value]; });
}

function rangeOptions({ BY, REV, LIMIT }: { readonly BY?: string; readonly REV?: boolean; readonly LIMIT?: { readonly offset: number; readonly count: number } } = {}): unknown[] {
  return [...(BY === 'SCORE' ? ['BYSCORE'] : []), ...(REV === true ? ['REV'] : []), ...(LIMIT ? ['LIMIT', LIMIT.offset, LIMIT.count] : [])];
}

/** How the arguments of a method become those of its command, where they are not the same. */
const argumentsOf: Readonly<Record<string, (given: readonly never[]) => readonly unknown[]>> = {
  set: ([key, value, options]: readonly unknown[]) => [key, value, ...setOptions(options as Options | undefined)],
  hset: ([key, field, ...more]: readonly unknown[]) => [key, ...(plain(field) || field instanceof Map || Array.isArray(field) ? pairs(field) : [field, ...more])],
  mset: ([given]: readonly unknown[]) => pairs(given),
  msetnx: ([given]: readonly unknown[]) => pairs(given),
  zadd: ([key, given, options = {}]: readonly unknown[]) => [key, ...zaddOptions(options as Options), ...members(given)],
  zrange: ([key, start, stop, options]: readonly unknown[]) => [key, start, stop, ...rangeOptions(options as never)],
  getex: ([key, options]: readonly unknown[]) => [key, ...(plain(options) && 'type' in options ? [options['type'], options['value']] : setOptions(options as Options))],
  scan: ([cursor, options = {}]: readonly unknown[]) => [cursor, ...Object.entries(options as object).filter(([name]) => name !== 'TYPE').flat()],
  ping: (given) => given,
};

function zaddOptions({ condition, comparison, ...flags }: Options): unknown[] {
  return [...(condition === undefined ? [] : [condition]), ...(comparison === undefined ? [] : [comparison]), ...Object.entries(flags).flatMap(([name, value]) => (value === true ? [name] : []))];
}

const reads: Readonly<Record<string, Read>> = { hgetall: (reply) => recordOf(reply), incrbyfloat: same, zscore: number, zincrby: number, zpopmin: firstScored, zpopmax: firstScored, blpop: element, brpop: element, scan: scanned };

/** `hGetAll` and `HGETALL` are one command. */
const methodNames: Readonly<Record<string, string>> = Object.fromEntries([
  ...'hSet hGet hMGet hGetAll hDel hExists hIncrBy hLen hKeys hVals hSetNX hStrLen lPush rPush lPushX rPushX lPop rPop lLen lRange lIndex lRem lSet lTrim lMove rPopLPush blPop brPop sAdd sRem sIsMember smIsMember sMembers sCard sMove sUnion sInter sDiff zAdd zIncrBy zScore zCard zCount zRank zRevRank zRem zRange zRangeByScore zRemRangeByScore zRemRangeByRank zPopMin zPopMax getSet getDel getEx mGet mSet mSetNX setNX setEx pSetEx strLen incrBy decrBy incrByFloat expireAt pExpire pExpireAt pTTL renameNX dbSize flushDb flushAll'.split(' ').map((name) => [name, name.toLowerCase()]),
  ...commandNames.map((name) => [name, name]), ...commandNames.map((name) => [name.toUpperCase(), name]),
]);
const ofClient = new Set(['multi', 'exec', 'discard', 'subscribe', 'unsubscribe', 'eval', 'watch', 'unwatch']);

function built(method: string, given: readonly unknown[]): Built {
  const name = methodNames[method]!;
  const args = argumentsOf[name]?.(given as never) ?? given.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
  return { command: [name, ...args.map(wireText)], read: reads[name] ?? same };
}

/** The package `redis` (node-redis), for one execution, with the answers of version 5. */
export function createNodeRedis(platform: Platform, world: PlatformWorld, _helpers: Helpers): object {
  const { loop, Promise } = world;
  const { EventEmitter } = platform.events.emitters;
  const connectionWorld = { ...world, host: platform.host };
  const failure = (text: string): Error => new ErrorReply(text);

  class ErrorReply extends Error {}
  class WatchError extends Error {
    constructor(message = 'One (or more) of the watched keys has been changed') {
      super(message);
    }
  }
  class ClientClosedError extends Error {
    constructor() {
      super('The client is closed');
    }
  }

  class Multi {
    readonly #client: Client;
    readonly #built: Built[] = [];

    constructor(client: Client) {
      this.#client = client;
    }

    add(one: Built): this {
      this.#built.push(one);
      return this;
    }

    exec(): Promise<unknown> {
      const { connection } = this.#client;
      const send = (command: readonly string[]): Promise<Reply> => connection.send(command, failure);
      const before = [['multi'], ...this.#built.map(({ command }) => command)].map((command) => send(command).catch(() => undefined));
      const result = send(['exec']);
      return Promise.all(before).then(() => result).then((replies) => {
        if (replies === null) throw new WatchError();
        return (replies as readonly Reply[]).map((reply, at) => (isError(reply) ? failure(reply.error) : this.#built[at]!.read(reply)));
      });
    }

    execAsPipeline(): Promise<unknown> {
      return Promise.all(this.#built.map(({ command, read }) => this.#client.connection.send(command, failure).then(read)));
    }
  }

  class Client extends EventEmitter {
    readonly connection: RedisConnection;
    readonly #options: Options;
    readonly #listeners = new Map<string, Set<(message: string, channel: string) => void>>();
    isOpen = false;
    isReady = false;

    constructor(options: Options = {}) {
      super();
      this.#options = options;
      const { url, socket, database } = options;
      this.connection = new RedisConnection(connectionWorld, addressOf({ ...(plain(socket) && socket), ...(typeof url === 'string' && ofUrl(url)), ...(typeof database === 'number' && { db: database }) }));
      this.connection.onMessage = (channel, text) => { for (const listener of [...(this.#listeners.get(channel) ?? [])]) listener(text, channel); };
    }

    connect(): Promise<this> {
      if (this.isOpen) return Promise.reject(new Error('Socket already opened'));
      this.isOpen = true;
      return new Promise((resolve) => void loop.addEvent({ label: 'redis is connected', fire: () => {
        this.isReady = true;
        this.emit('connect');
        this.emit('ready');
        resolve(this);
      } }));
    }

    send({ command, read }: Built): Promise<unknown> {
      if (!this.isOpen) return Promise.reject(new ClientClosedError());
      return this.connection.send(command, failure, waitOf(command)).then(read);
    }

    sendCommand(args: readonly unknown[]): Promise<unknown> {
      const [name = '', ...more] = args.map(wireText);
      if (!(name.toLowerCase() in commands)) throw new Error(`redis: the command ${name} is not simulated`);
      return this.send({ command: [name.toLowerCase(), ...more], read: same });
    }

    multi(): Multi {
      return new Multi(this);
    }

    watch(keys: unknown): Promise<unknown> {
      return this.send({ command: ['watch', ...array(keys).map(wireText)], read: same });
    }

    unwatch(): Promise<unknown> {
      return this.send({ command: ['unwatch'], read: same });
    }

    eval(script: string, { keys = [], arguments: args = [] }: { readonly keys?: readonly string[]; readonly arguments?: readonly string[] } = {}): Promise<unknown> {
      requireMeaning(script);
      return this.send({ command: ['eval', script, String(keys.length), ...keys, ...args].map(wireText), read: same });
    }

    subscribe(channels: unknown, listener: (message: string, channel: string) => void): Promise<unknown> {
      const names = array(channels).map(wireText);
      for (const name of names) this.#listeners.set(name, (this.#listeners.get(name) ?? new Set()).add(listener));
      return this.send({ command: ['subscribe', ...names], read: () => undefined });
    }

    unsubscribe(channels?: unknown): Promise<unknown> {
      const names = channels === undefined ? [...this.#listeners.keys()] : array(channels).map(wireText);
      for (const name of names) this.#listeners.delete(name);
      return this.send({ command: ['unsubscribe', ...names], read: () => undefined });
    }

    duplicate(more: Options = {}): Client {
      return new Client({ ...this.#options, ...more });
    }

    close(): Promise<void> {
      this.isOpen = this.isReady = false;
      return Promise.resolve();
    }

    quit(): Promise<string> {
      return this.close().then(() => 'OK');
    }

    disconnect(): Promise<void> {
      return this.close();
    }

    destroy(): void {
      this.isOpen = this.isReady = false;
    }
  }

  for (const method of Object.keys(methodNames)) {
    if (ofClient.has(methodNames[method]!)) continue;
    Object.defineProperty(Client.prototype, method, { value(this: Client, ...given: unknown[]) { return this.send(built(method, given)); }, writable: true, configurable: true });
    Object.defineProperty(Multi.prototype, method, { value(this: Multi, ...given: unknown[]) { return this.add(built(method, given)); }, writable: true, configurable: true });
  }
  const refused = (name: string) => () => { throw new Error(`redis: ${name} is not simulated`); };
  for (const name of ['executeIsolated', 'scanIterator', 'hScan', 'pSubscribe', 'sPop', 'sRandMember', 'xAdd', 'xRead', 'evalSha', 'setRange', 'getRange', 'zRangeWithScores', 'geoAdd', 'lInsert', 'select']) Object.defineProperty(Client.prototype, name, { value: refused(name), writable: true, configurable: true });
  const module = { createClient: (options?: Options) => new Client(options), createCluster: refused('createCluster'), createClientPool: refused('createClientPool'), createSentinel: refused('createSentinel'), ErrorReply, WatchError, ClientClosedError, __esModule: true };
  return Object.defineProperty(module, 'default', { value: module });
}
