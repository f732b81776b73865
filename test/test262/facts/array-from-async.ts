import type { Fact } from './fact.js';

/** Array.fromAsync. */
export const facts: readonly Fact[] = [
  ['of async and sync iterables and of array-likes',
    `(async () => { log((await Array.fromAsync((async function* () { yield 1; yield 2; })())).join(), (await Array.fromAsync([Promise.resolve(3), 4])).join(), (await Array.fromAsync({ length: 2, 0: Promise.resolve('a'), 1: 'b' })).join()); })();`,
    '1,2 3,4 a,b', 'Array.fromAsync'],
  ['the mapper gets value and index, and is awaited',
    'Array.fromAsync([1, 2], async function (x, i) { return x * 10 + i + this.n; }, { n: 5 }).then((v) => log(v.join()));',
    '15,26', 'Array.fromAsync'],
  ['awaits the elements of a sync iterable, not those of an async one',
    'const it = { [Symbol.asyncIterator]: () => { let n = 0; return { next: async () => ({ value: Promise.resolve(1), done: n++ > 0 }) }; } }; Array.fromAsync(it).then((v) => log(v[0] instanceof Promise));',
    'true', 'Array.fromAsync'],
  ['errors reject: a bad mapper, a bad input, a mapper that throws closes the iterator',
    `const it = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1, done: false }), return: async () => { log('closed'); return {}; } }) }; Array.fromAsync([1], 5).catch((e) => log(e.name)); Array.fromAsync(null).catch((e) => log(e.name)); Array.fromAsync(it, () => { throw 'mapper'; }).catch((e) => log(e));`,
    'TypeError | TypeError | closed | mapper', 'Array.fromAsync'],
  ['makes an instance of its receiver',
    `class A extends Array {} A.fromAsync([1]).then((a) => log(a instanceof A, a.length)); function C(...args) { log('arguments', args.length); } Array.fromAsync.call(C, [1]).then((c) => log(c instanceof C, c.length)); Array.fromAsync.call({}, { length: 0 }).then((a) => log(Array.isArray(a)));`,
    'arguments 0 | true | true 1 | true 1', 'Array.fromAsync'],
  ['a plain promise, and its length and name',
    'log(Array.fromAsync([]) instanceof Promise, Array.fromAsync.length, Array.fromAsync.name);',
    'true 1 fromAsync', 'Array.fromAsync'],
  ['ticks of one element of an array',
    `Array.fromAsync([1]).then(() => log('done')); ticks(9);`,
    '1 | 2 | 3 | 4 | done | 5 | 6 | 7 | 8 | 9', 'Array.fromAsync'],
];
