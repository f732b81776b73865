import type { Fact } from './fact.js';

/** Sync iterators where async ones are asked for. */
export const facts: readonly Fact[] = [
  ['the value is awaited, `done` and `value` are read once',
    `const it = { [Symbol.iterator]: () => ({ n: 0, next() { const n = this.n++; return { get done() { log('done'); return n > 0; }, get value() { log('value'); return Promise.resolve(n); } }; } }) }; (async () => { for await (const x of it) log('x', x); })();`,
    'done | value | x 0 | done | value'],
  ['a rejected value rejects the step',
    `(async () => { try { for await (const x of [Promise.reject(1)]) log(x); } catch (e) { log('e', e); } })();`,
    'e 1'],
  ['a sync next that throws rejects',
    `(async () => { try { for await (const x of { [Symbol.iterator]: () => ({ next() { throw 2; } }) }); } catch (e) { log('e', e); } })();`,
    'e 2'],
  ['break calls the sync return',
    `(async () => { for await (const x of (function* () { try { yield 1; } finally { log('closed'); } })()) break; log('after'); })();`,
    'closed | after'],
  ['return hands its value through',
    'const g = (async function* () { yield* { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: (v) => ({ value: v, done: true }) }) }; })(); g.next().then(() => g.return(Promise.resolve(3))).then((r) => log(r.value, r.done));',
    '3 true'],
  ['a sync throw is forwarded',
    `const g = (async function* () { yield* { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), throw: (e) => ({ value: 'got ' + e, done: false }) }) }; })(); g.next().then(() => g.throw(3)).then((r) => log(r.value, r.done));`,
    'got 3 false'],
  ['`constructor` of a promise is looked up once a step',
    `const p = Promise.resolve(0); let reads = 0; Object.defineProperty(p, 'constructor', { get() { reads++; return Promise; } }); (async () => { for await (const x of [p]) log('x'); log('reads', reads); })(); ticks(6);`,
    '1 | x | 2 | 3 | reads 1 | 4 | 5 | 6'],
  ['a sync result that is no object: a TypeError',
    '(async () => { try { for await (const x of { [Symbol.iterator]: () => ({ next: () => 1 }) }); } catch (e) { log(e.name); } })();',
    'TypeError'],
];
