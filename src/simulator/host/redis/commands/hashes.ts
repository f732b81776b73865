import { ReplyError, type Keyspace, type Reply } from '../keyspace.js';
import { command, sum, type Commands } from './command.js';

const fieldsOf = (keys: Keyspace, key: string): ReadonlyMap<string, string> => keys.value(key, 'hash')?.fields ?? new Map();

/** Gives how many fields are new. */
function set(keys: Keyspace, [key = '', ...pairs]: readonly string[]): number {
  if (pairs.length % 2 !== 0) throw new ReplyError("ERR wrong number of arguments for 'hset' command");
  const fields = new Map(fieldsOf(keys, key));
  const before = fields.size;
  for (let at = 0; at < pairs.length; at += 2) fields.set(pairs[at]!, pairs[at + 1]!);
  keys.put(key, { kind: 'hash', fields });
  return fields.size - before;
}

function remove(keys: Keyspace, [key = '', ...names]: readonly string[]): number {
  const fields = new Map(fieldsOf(keys, key));
  const count = names.filter((name) => fields.delete(name)).length;
  if (count > 0) keys.put(key, { kind: 'hash', fields });
  return count;
}

function add(keys: Keyspace, [key = '', field = '', by = '']: readonly string[]): Reply {
  let total: string;
  const old = fieldsOf(keys, key).get(field) ?? '0';
  try {
    total = sum(old, by);
  } catch (error) {
    if (error instanceof ReplyError && /^-?\d+$/.test(by) && !/^-?\d+$/.test(old)) throw new ReplyError('ERR hash value is not an integer');
    throw error;
  }
  set(keys, [key, field, total]);
  return Number(total);
}

export const hashes: Commands = {
  hset: command(3, set),
  hmset: command(3, (keys, args) => { set(keys, args); return 'OK'; }),
  hsetnx: command(3, (keys, [key = '', field = '', value = '']) => (fieldsOf(keys, key).has(field) ? 0 : set(keys, [key, field, value]))),
  hget: command(2, (keys, [key = '', field = '']) => fieldsOf(keys, key).get(field) ?? null),
  hmget: command(2, (keys, [key = '', ...names]) => { const fields = fieldsOf(keys, key); return names.map((name) => fields.get(name) ?? null); }),
  hgetall: command(1, (keys, [key = '']) => [...fieldsOf(keys, key)].flat()),
  hdel: command(2, remove),
  hexists: command(2, (keys, [key = '', field = '']) => (fieldsOf(keys, key).has(field) ? 1 : 0)),
  hincrby: command(3, add),
  hlen: command(1, (keys, [key = '']) => fieldsOf(keys, key).size),
  hkeys: command(1, (keys, [key = '']) => [...fieldsOf(keys, key).keys()]),
  hvals: command(1, (keys, [key = '']) => [...fieldsOf(keys, key).values()]),
  hstrlen: command(2, (keys, [key = '', field = '']) => fieldsOf(keys, key).get(field)?.length ?? 0),
};
