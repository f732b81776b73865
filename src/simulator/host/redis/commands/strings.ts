import { ReplyError, type Entry, type Keyspace, type Reply } from '../keyspace.js';
import { command, float, integer, sum, syntaxError, type Commands } from './command.js';

const text = (value: string): Entry['value'] => ({ kind: 'string', text: value });

interface Expiry {
  readonly deadline?: number;
  readonly keeps?: boolean;
}

/** `EX 5`, `PX 100`, `EXAT`, `PXAT`: when it is gone. @throws ReplyError */
export function deadlineOf(keys: Keyspace, unit: string, given: string | undefined, name: string): number {
  const amount = integer(given);
  if (amount <= 0 && name !== 'expire') throw new ReplyError(`ERR invalid expire time in '${name}' command`);
  switch (unit) {
    case 'EX': return keys.now + amount * 1000;
    case 'PX': return keys.now + amount;
    case 'EXAT': return amount * 1000;
    default: return amount;
  }
}

function set(keys: Keyspace, args: readonly string[]): Reply {
  const [key = '', value = '', ...options] = args;
  let condition: string | undefined;
  let answersOld = false;
  let expiry: Expiry = {};
  for (let at = 0; at < options.length; at++) {
    const option = options[at]!.toUpperCase();
    if (option === 'NX' || option === 'XX') {
      if (condition !== undefined && condition !== option) throw syntaxError();
      condition = option;
    } else if (option === 'GET') answersOld = true;
    else if (/^(KEEPTTL|EX|PX|EXAT|PXAT)$/.test(option)) {
      if (expiry.deadline !== undefined || expiry.keeps === true) throw syntaxError();
      expiry = option === 'KEEPTTL' ? { keeps: true } : { deadline: deadlineOf(keys, option, options[++at], 'set') };
    } else throw syntaxError();
  }
  const old = keys.entry(key);
  const given = answersOld ? keys.text(key) ?? null : 'OK';
  if ((condition === 'NX' && old !== undefined) || (condition === 'XX' && old === undefined)) return answersOld ? given : null;
  const deadline = expiry.keeps === true ? old?.deadline : expiry.deadline;
  keys.set(key, { value: text(value), ...(deadline !== undefined && { deadline }) });
  return given;
}

function add(keys: Keyspace, key: string, by: string, sign: 1 | -1): number {
  const total = sum(keys.text(key) ?? '0', by, sign);
  keys.put(key, text(total));
  return Number(total);
}

function setMany(keys: Keyspace, args: readonly string[], isNew: boolean): Reply {
  if (args.length % 2 !== 0) throw new ReplyError(`ERR wrong number of arguments for '${isNew ? 'msetnx' : 'mset'}' command`);
  const names = args.filter((_, at) => at % 2 === 0);
  if (isNew && names.map((name) => keys.has(name)).includes(true)) return 0;
  names.forEach((name, at) => { keys.entry(name); keys.set(name, { value: text(args[2 * at + 1]!) }); });
  return isNew ? 1 : 'OK';
}

function setFor(keys: Keyspace, unit: 'EX' | 'PX', [key = '', amount, value = '']: readonly string[], name: string): Reply {
  keys.entry(key);
  keys.set(key, { value: text(value), deadline: deadlineOf(keys, unit, amount, name) });
  return 'OK';
}

function getEx(keys: Keyspace, [key = '', option = '', amount, ...more]: readonly string[]): Reply {
  const value = keys.text(key);
  const unit = option.toUpperCase();
  if (more.length > 0 || !/^(|PERSIST|EX|PX|EXAT|PXAT)$/.test(unit)) throw syntaxError();
  if (value !== undefined && unit !== '') keys.set(key, { value: text(value), ...(unit !== 'PERSIST' && { deadline: deadlineOf(keys, unit, amount, 'getex') }) });
  return value ?? null;
}

export const strings: Commands = {
  get: command(1, (keys, [key = '']) => keys.text(key) ?? null),
  set: command(2, set),
  setnx: command(2, (keys, [key = '', value = '']) => (set(keys, [key, value, 'NX']) === null ? 0 : 1)),
  setex: command(3, (keys, args) => setFor(keys, 'EX', args, 'setex')),
  psetex: command(3, (keys, args) => setFor(keys, 'PX', args, 'psetex')),
  getset: command(2, (keys, [key = '', value = '']) => set(keys, [key, value, 'GET'])),
  getdel: command(1, (keys, [key = '']) => { const value = keys.text(key); if (value !== undefined) keys.set(key, undefined); return value ?? null; }),
  getex: command(1, getEx),
  mget: command(1, (keys, names) => names.map((name) => { const value = keys.entry(name)?.value; return value?.kind === 'string' ? value.text : null; })),
  mset: command(2, (keys, args) => setMany(keys, args, false)),
  msetnx: command(2, (keys, args) => setMany(keys, args, true)),
  append: command(2, (keys, [key = '', more = '']) => { const value = (keys.text(key) ?? '') + more; keys.put(key, text(value)); return value.length; }),
  strlen: command(1, (keys, [key = '']) => keys.text(key)?.length ?? 0),
  incr: command(1, (keys, [key = '']) => add(keys, key, '1', 1)),
  decr: command(1, (keys, [key = '']) => add(keys, key, '1', -1)),
  incrby: command(2, (keys, [key = '', by = '']) => add(keys, key, by, 1)),
  decrby: command(2, (keys, [key = '', by = '']) => add(keys, key, by, -1)),
  incrbyfloat: command(2, (keys, [key = '', by]) => {
    const total = String(Number((float(keys.text(key) ?? '0') + float(by)).toPrecision(15)));
    keys.put(key, text(total));
    return total;
  }),
};
