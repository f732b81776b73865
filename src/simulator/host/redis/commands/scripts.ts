import type { Keyspace, Reply } from '../keyspace.js';
import { command, integer, type Commands } from './command.js';
import { generic } from './keys.js';

/** `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call(…) else return 0 end`, however it is written. */
const conditional = /^if redis\.p?call\("get",keys\[1\]\)==argv\[1\] then return redis\.p?call\("(del|unlink|expire|pexpire)",keys\[1\](,argv\[2\])?\) (?:else )?(?:return (?:0|nil|false) )?end(?: return (?:0|nil|false))?$/;

function plain(script: string): string {
  return script.replace(/--[^\n]*/g, '').replace(/'/g, '"').replace(/;/g, ' ').toLowerCase().replace(/\s+/g, ' ').replace(/ ?([(),[\]]|==) ?/g, '$1').replace(/\)then/g, ') then').replace(/\](then|return|else|end)/g, '] $1').replace(/\)(return|else|end)/g, ') $1').trim();
}

/** What a script means: nothing else than to delete or to prolong what still holds a value. Undefined: another one. */
export function meaningOf(script: string): ((keys: Keyspace, args: readonly string[]) => Reply) | undefined {
  const [, name, amount] = conditional.exec(plain(script)) ?? [];
  if (name === undefined || name.endsWith('expire') !== (amount !== undefined)) return undefined;
  const answersNil = /(?:nil|false)/.test(script);
  return (keys, [key = '', value, given = '']) => (keys.text(key) === value ? generic[name]!.run(keys, amount === undefined ? [key] : [key, given]) : answersNil ? null : 0);
}

export const scripts: Commands = {
  eval: command(2, (keys, [script = '', count, ...args]) => (integer(count) === 1 ? meaningOf(script)!(keys, args) : null)),
};
