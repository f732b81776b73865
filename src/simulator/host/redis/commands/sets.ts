import type { Keyspace } from '../keyspace.js';
import { command, type Commands } from './command.js';

const membersOf = (keys: Keyspace, key: string): ReadonlySet<string> => keys.value(key, 'set')?.members ?? new Set();

function add(keys: Keyspace, [key = '', ...more]: readonly string[]): number {
  const old = membersOf(keys, key);
  const members = new Set([...old, ...more]);
  if (members.size > old.size) keys.put(key, { kind: 'set', members });
  return members.size - old.size;
}

function remove(keys: Keyspace, [key = '', ...names]: readonly string[]): number {
  const members = new Set(membersOf(keys, key));
  const count = names.filter((name) => members.delete(name)).length;
  if (count > 0) keys.put(key, { kind: 'set', members });
  return count;
}

/** Redis gives members in no order. */
const ordered = (members: Iterable<string>): string[] => [...members].sort();

export const sets: Commands = {
  sadd: command(2, add),
  srem: command(2, remove),
  sismember: command(2, (keys, [key = '', member = '']) => (membersOf(keys, key).has(member) ? 1 : 0)),
  smismember: command(2, (keys, [key = '', ...names]) => { const members = membersOf(keys, key); return names.map((name) => (members.has(name) ? 1 : 0)); }),
  smembers: command(1, (keys, [key = '']) => ordered(membersOf(keys, key))),
  scard: command(1, (keys, [key = '']) => membersOf(keys, key).size),
  smove: command(3, (keys, [from = '', to = '', member = '']) => { membersOf(keys, to); if (remove(keys, [from, member]) === 0) return 0; add(keys, [to, member]); return 1; }),
  sunion: command(1, (keys, names) => ordered(new Set(names.flatMap((name) => [...membersOf(keys, name)])))),
  sinter: command(1, (keys, [first = '', ...others]) => { const rest = others.map((name) => membersOf(keys, name)); return ordered([...membersOf(keys, first)].filter((member) => rest.every((members) => members.has(member)))); }),
  sdiff: command(1, (keys, [first = '', ...others]) => { const rest = others.map((name) => membersOf(keys, name)); return ordered([...membersOf(keys, first)].filter((member) => !rest.some((members) => members.has(member)))); }),
};
