import { ReplyError, type Keyspace, type Reply } from '../keyspace.js';
import { command, float, integer, scoreText, sliced, syntaxError, type Commands } from './command.js';

type Ranked = readonly [member: string, score: number];

const scoresOf = (keys: Keyspace, key: string): ReadonlyMap<string, number> => keys.value(key, 'zset')?.scores ?? new Map();
const put = (keys: Keyspace, key: string, scores: ReadonlyMap<string, number>): void => keys.put(key, { kind: 'zset', scores });

/** By score, then by name. */
function ranked(keys: Keyspace, key: string): Ranked[] {
  return [...scoresOf(keys, key)].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : a > b ? 1 : 0));
}

function add(keys: Keyspace, [key = '', ...given]: readonly string[]): Reply {
  const options = new Set<string>();
  let at = 0;
  while (/^(NX|XX|GT|LT|CH|INCR)$/i.test(given[at] ?? '')) options.add(given[at++]!.toUpperCase());
  const pairs = given.slice(at);
  if (pairs.length === 0 || pairs.length % 2 !== 0) throw syntaxError();
  if (options.has('NX') && options.has('XX')) throw new ReplyError('ERR XX and NX options at the same time are not compatible');
  if ([options.has('NX'), options.has('GT'), options.has('LT')].filter(Boolean).length > 1) throw new ReplyError('ERR GT, LT, and/or NX options at the same time are not compatible');
  if (options.has('INCR') && pairs.length > 2) throw new ReplyError('ERR INCR option supports a single increment-element pair');
  const amounts = pairs.filter((_, index) => index % 2 === 0).map(float);
  const scores = new Map(scoresOf(keys, key));
  let [added, changed] = [0, 0];
  let last: number | undefined;
  amounts.forEach((amount, index) => {
    const member = pairs[2 * index + 1]!;
    const old = scores.get(member);
    const score = options.has('INCR') ? (old ?? 0) + amount : amount;
    const isRefused = old === undefined ? options.has('XX') : options.has('NX') || (options.has('GT') && score <= old) || (options.has('LT') && score >= old);
    if (isRefused) return;
    if (old === undefined) added++;
    else if (old !== score) changed++;
    scores.set(member, score);
    last = score;
  });
  if (added + changed > 0) put(keys, key, scores);
  if (options.has('INCR')) return last === undefined ? null : scoreText(last);
  return options.has('CH') ? added + changed : added;
}

function remove(keys: Keyspace, key: string, names: readonly string[]): number {
  const scores = new Map(scoresOf(keys, key));
  const count = names.filter((name) => scores.delete(name)).length;
  if (count > 0) put(keys, key, scores);
  return count;
}

function bound(text: string | undefined): (score: number, isLower: boolean) => boolean {
  const isOpen = text?.startsWith('(') === true;
  let limit: number;
  try {
    limit = float(isOpen ? text!.slice(1) : text);
  } catch {
    throw new ReplyError('ERR min or max is not a float');
  }
  return (score, isLower) => (isLower ? (isOpen ? score > limit : score >= limit) : (isOpen ? score < limit : score <= limit));
}

function between(all: readonly Ranked[], min: string | undefined, max: string | undefined): Ranked[] {
  const [lower, upper] = [bound(min), bound(max)];
  return all.filter(([, score]) => lower(score, true) && upper(score, false));
}

/** Options behind the bounds of a range: `WITHSCORES`, `LIMIT 0 10`, and of `ZRANGE` alone `BYSCORE` and `REV`. */
function range(keys: Keyspace, [key = '', start, stop, ...options]: readonly string[], given: { readonly byScore?: boolean; readonly reversed?: boolean } = {}): Reply {
  let { byScore = false, reversed = false } = given;
  let hasScores = false;
  let limit: readonly [number, number] | undefined;
  for (let at = 0; at < options.length; at++) {
    const option = options[at]!.toUpperCase();
    if (option === 'WITHSCORES') hasScores = true;
    else if (option === 'BYSCORE') byScore = true;
    else if (option === 'REV') reversed = true;
    else if (option === 'LIMIT') limit = [integer(options[++at]), integer(options[++at])];
    else throw syntaxError();
  }
  if (limit !== undefined && !byScore) throw new ReplyError('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX');
  const all = ranked(keys, key);
  const found = byScore ? between(all, reversed ? stop : start, reversed ? start : stop) : undefined;
  let chosen = found === undefined ? sliced(reversed ? all.reverse() : all, start, stop) : reversed ? found.reverse() : found;
  if (limit !== undefined) chosen = chosen.slice(limit[0], limit[1] < 0 ? undefined : limit[0] + limit[1]);
  return flat(chosen, hasScores);
}

function flat(chosen: readonly Ranked[], hasScores: boolean): string[] {
  return chosen.flatMap(([member, score]) => (hasScores ? [member, scoreText(score)] : [member]));
}

function pop(keys: Keyspace, [key = '', count = '1']: readonly string[], isHighest: boolean): Reply {
  const all = ranked(keys, key);
  const chosen = (isHighest ? all.reverse() : all).slice(0, integer(count));
  remove(keys, key, chosen.map(([member]) => member));
  return flat(chosen, true);
}

function rank(keys: Keyspace, key: string, member: string, isReversed: boolean): Reply {
  const all = ranked(keys, key);
  const at = (isReversed ? all.reverse() : all).findIndex(([name]) => name === member);
  return at === -1 ? null : at;
}

const names = (chosen: readonly Ranked[]): string[] => chosen.map(([member]) => member);

export const sortedSets: Commands = {
  zadd: command(3, add),
  zincrby: command(3, (keys, [key = '', by = '', member = '']) => add(keys, [key, 'INCR', by, member])),
  zscore: command(2, (keys, [key = '', member = '']) => { const score = scoresOf(keys, key).get(member); return score === undefined ? null : scoreText(score); }),
  zcard: command(1, (keys, [key = '']) => scoresOf(keys, key).size),
  zcount: command(3, (keys, [key = '', min, max]) => between(ranked(keys, key), min, max).length),
  zrank: command(2, (keys, [key = '', member = '']) => rank(keys, key, member, false)),
  zrevrank: command(2, (keys, [key = '', member = '']) => rank(keys, key, member, true)),
  zrem: command(2, (keys, [key = '', ...members]) => remove(keys, key, members)),
  zrange: command(3, (keys, args) => range(keys, args)),
  zrevrange: command(3, (keys, args) => range(keys, args, { reversed: true })),
  zrangebyscore: command(3, (keys, args) => range(keys, args, { byScore: true })),
  zrevrangebyscore: command(3, (keys, args) => range(keys, args, { byScore: true, reversed: true })),
  zremrangebyscore: command(3, (keys, [key = '', min, max]) => remove(keys, key, names(between(ranked(keys, key), min, max)))),
  zremrangebyrank: command(3, (keys, [key = '', start, stop]) => remove(keys, key, names(sliced(ranked(keys, key), start, stop)))),
  zpopmin: command(1, (keys, args) => pop(keys, args, false)),
  zpopmax: command(1, (keys, args) => pop(keys, args, true)),
};
