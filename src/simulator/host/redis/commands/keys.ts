import type { Keyspace, Reply } from '../keyspace.js';
import { command, integer, syntaxError, type Commands } from './command.js';
import { ReplyError } from '../keyspace.js';
import { deadlineOf } from './strings.js';

function remove(keys: Keyspace, names: readonly string[]): number {
  let count = 0;
  for (const name of names) {
    if (!keys.has(name)) continue;
    keys.set(name, undefined);
    count++;
  }
  return count;
}

function expire(keys: Keyspace, unit: string, [key = '', amount, option = '', ...more]: readonly string[]): Reply {
  const deadline = deadlineOf(keys, unit, amount, 'expire');
  const condition = option.toUpperCase();
  if (more.length > 0 || !/^(|NX|XX|GT|LT)$/.test(condition)) throw new ReplyError(`ERR Unsupported option ${option}`);
  const entry = keys.entry(key);
  if (entry === undefined) return 0;
  const old = entry.deadline;
  const isRefused = (condition === 'NX' && old !== undefined) || (condition === 'XX' && old === undefined) || (condition === 'GT' && (old === undefined || deadline <= old)) || (condition === 'LT' && old !== undefined && deadline >= old);
  if (isRefused) return 0;
  keys.set(key, deadline <= keys.now ? undefined : { value: entry.value, deadline });
  return 1;
}

function left(keys: Keyspace, key: string, unit: 1 | 1000): number {
  const entry = keys.entry(key);
  if (entry === undefined) return -2;
  return entry.deadline === undefined ? -1 : unit === 1 ? entry.deadline - keys.now : Math.floor((entry.deadline - keys.now + 500) / 1000);
}

function persist(keys: Keyspace, key: string): Reply {
  const entry = keys.entry(key);
  if (entry?.deadline === undefined) return 0;
  keys.set(key, { value: entry.value });
  return 1;
}

function rename(keys: Keyspace, [from = '', to = '']: readonly string[], isNew: boolean): Reply {
  const entry = keys.entry(from);
  if (entry === undefined) throw new ReplyError('ERR no such key');
  if (isNew && keys.has(to)) return 0;
  if (from !== to) {
    keys.set(from, undefined);
    keys.set(to, entry);
  }
  return isNew ? 1 : 'OK';
}

/** Patterns with `*`, `?` and `[abc]`. */
function matches(pattern: string): (name: string) => boolean {
  const source = pattern.replace(/[.+^${}()|\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (name) => expression.test(name);
}

/** All at once: a cursor never has to be given back. */
function scan(keys: Keyspace, [cursor, ...options]: readonly string[]): Reply {
  if (integer(cursor) !== 0) return ['0', []];
  let pattern = '*';
  for (let at = 0; at < options.length; at += 2) {
    const option = options[at]!.toUpperCase();
    if (option === 'MATCH') pattern = options[at + 1] ?? '*';
    else if (option !== 'COUNT') throw syntaxError();
  }
  return ['0', keys.names().filter(matches(pattern))];
}

function flush(keys: Keyspace): Reply {
  remove(keys, keys.names());
  return 'OK';
}

export const generic: Commands = {
  del: command(1, remove),
  unlink: command(1, remove),
  exists: command(1, (keys, names) => names.filter((name) => keys.has(name)).length),
  touch: command(1, (keys, names) => names.filter((name) => keys.has(name)).length),
  type: command(1, (keys, [key = '']) => keys.entry(key)?.value.kind ?? 'none'),
  expire: command(2, (keys, args) => expire(keys, 'EX', args)),
  pexpire: command(2, (keys, args) => expire(keys, 'PX', args)),
  expireat: command(2, (keys, args) => expire(keys, 'EXAT', args)),
  pexpireat: command(2, (keys, args) => expire(keys, 'PXAT', args)),
  ttl: command(1, (keys, [key = '']) => left(keys, key, 1000)),
  pttl: command(1, (keys, [key = '']) => left(keys, key, 1)),
  persist: command(1, (keys, [key = '']) => persist(keys, key)),
  rename: command(2, (keys, args) => rename(keys, args, false)),
  renamenx: command(2, (keys, args) => rename(keys, args, true)),
  keys: command(1, (keys, [pattern = '']) => keys.names().filter(matches(pattern))),
  scan: command(1, scan),
  dbsize: command(0, (keys) => keys.names().length),
  flushdb: command(0, flush),
  flushall: command(0, flush),
  ping: command(0, (_keys, [text = 'PONG']) => text),
  echo: command(1, (_keys, [text = '']) => text),
};
