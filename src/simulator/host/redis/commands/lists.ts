import { ReplyError, type Keyspace, type Reply } from '../keyspace.js';
import { command, integer, sliced, syntaxError, type Commands } from './command.js';

type End = 'left' | 'right';

const itemsOf = (keys: Keyspace, key: string): readonly string[] => keys.value(key, 'list')?.items ?? [];
const put = (keys: Keyspace, key: string, items: readonly string[]): void => keys.put(key, { kind: 'list', items });

export function push(keys: Keyspace, end: End, [key = '', ...more]: readonly string[]): number {
  const items = itemsOf(keys, key);
  const after = end === 'left' ? [...[...more].reverse(), ...items] : [...items, ...more];
  put(keys, key, after);
  return after.length;
}

/** One element of a list that has some. */
export function take(keys: Keyspace, end: End, key: string): string | undefined {
  const items = itemsOf(keys, key);
  if (items.length === 0) return undefined;
  put(keys, key, end === 'left' ? items.slice(1) : items.slice(0, -1));
  return end === 'left' ? items[0] : items.at(-1);
}

function pop(keys: Keyspace, end: End, [key = '', given]: readonly string[]): Reply {
  if (given === undefined) return take(keys, end, key) ?? null;
  const count = integer(given);
  if (count < 0) throw new ReplyError('ERR value is out of range, must be positive');
  const items = itemsOf(keys, key);
  if (items.length === 0) return null;
  return Array.from({ length: Math.min(count, items.length) }, () => take(keys, end, key)!);
}

function move(keys: Keyspace, from: string, to: string, out: End, into: End): Reply {
  itemsOf(keys, to);
  const item = take(keys, out, from);
  if (item === undefined) return null;
  push(keys, into, [to, item]);
  return item;
}

function endOf(text: string | undefined): End {
  const end = text?.toLowerCase();
  if (end !== 'left' && end !== 'right') throw syntaxError();
  return end;
}

function remove(keys: Keyspace, [key = '', given, value = '']: readonly string[]): number {
  const count = integer(given);
  const items = count < 0 ? [...itemsOf(keys, key)].reverse() : [...itemsOf(keys, key)];
  let left = count === 0 ? Infinity : Math.abs(count);
  const kept = items.filter((item) => item !== value || left-- <= 0);
  if (kept.length < items.length) put(keys, key, count < 0 ? kept.reverse() : kept);
  return items.length - kept.length;
}

function setAt(keys: Keyspace, [key = '', given, value = '']: readonly string[]): Reply {
  const items = [...itemsOf(keys, key)];
  if (items.length === 0) throw new ReplyError('ERR no such key');
  const index = integer(given);
  const at = index < 0 ? items.length + index : index;
  if (at < 0 || at >= items.length) throw new ReplyError('ERR index out of range');
  items[at] = value;
  put(keys, key, items);
  return 'OK';
}

const pushIfThere = (end: End) => (keys: Keyspace, args: readonly string[]): Reply => (itemsOf(keys, args[0]!).length === 0 ? 0 : push(keys, end, args));

export const lists: Commands = {
  lpush: command(2, (keys, args) => push(keys, 'left', args)),
  rpush: command(2, (keys, args) => push(keys, 'right', args)),
  lpushx: command(2, pushIfThere('left')),
  rpushx: command(2, pushIfThere('right')),
  lpop: command(1, (keys, args) => pop(keys, 'left', args)),
  rpop: command(1, (keys, args) => pop(keys, 'right', args)),
  llen: command(1, (keys, [key = '']) => itemsOf(keys, key).length),
  lrange: command(3, (keys, [key = '', start, stop]) => sliced(itemsOf(keys, key), start, stop)),
  lindex: command(2, (keys, [key = '', index]) => itemsOf(keys, key).at(integer(index)) ?? null),
  lrem: command(3, remove),
  lset: command(3, setAt),
  ltrim: command(3, (keys, [key = '', start, stop]) => { const items = itemsOf(keys, key); if (items.length > 0) put(keys, key, sliced(items, start, stop)); return 'OK'; }),
  rpoplpush: command(2, (keys, [from = '', to = '']) => move(keys, from, to, 'right', 'left')),
  lmove: command(4, (keys, [from = '', to = '', out, into]) => move(keys, from, to, endOf(out), endOf(into))),
};
