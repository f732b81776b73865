import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../src/simulator/explore/index.js';
import { runNatively } from './native-run.js';
import { randomAsyncProgram } from './random-async.js';
import { runSimulated } from './simulated-run.js';

/** Invariants 2, 3, 4, 6 and 9 of the loop, as Node shows them. */
describe('random programs log the same, line by line, as in Node', () => {
  for (let first = 1; first <= 1000; first += 125) {
    it(`seeds ${first} to ${first + 124}`, () => {
      const programs = Array.from({ length: 125 }, (_, index) => randomAsyncProgram(randomNumbers(first + index)));
      const native = runNatively(programs);
      const simulated = runSimulated(programs);
      const differing = programs.findIndex((_, index) => simulated[index]!.join('\n') !== native[index]!.join('\n'));
      expect(differing < 0 ? 'no difference' : programs[differing]).toBe('no difference');
      expect(native.flat().length).toBeGreaterThan(1000);
    });
  }
});

describe('facts that random programs seldom meet', () => {
  const cases: Record<string, string> = {
    'two ways to wait for a promise that is resolved with a promise': `
      const p = new Promise((resolve) => resolve(Promise.resolve(1)));
      p.then(() => log('adopted')); (async () => { await Promise.resolve(1); log('awaited'); })();
      Promise.resolve().then(() => log('1')).then(() => log('2')).then(() => log('3')).then(() => log('4'));`,
    'return of a promise from an async function takes three ticks': `
      (async () => Promise.resolve())().then(() => log('returned'));
      Promise.resolve().then(() => log('1')).then(() => log('2')).then(() => log('3')).then(() => log('4'));`,
    'return await takes one': `
      (async () => await Promise.resolve())().then(() => log('returned'));
      Promise.resolve().then(() => log('1')).then(() => log('2')).then(() => log('3'));`,
    'finally takes its extra ticks': `
      Promise.resolve(1).finally(() => {}).then(() => log('finally'));
      Promise.resolve().then(() => log('1')).then(() => log('2')).then(() => log('3')).then(() => log('4')).then(() => log('5'));`,
    'nextTick before microtasks, and again between drained queues': `
      Promise.resolve().then(() => { log('m1'); process.nextTick(() => log('t2')); }).then(() => log('m2'));
      process.nextTick(() => { log('t1'); Promise.resolve().then(() => log('m3')); });`,
    'species decides what then derives': `
      class A extends Promise { static get [Symbol.species]() { return B; } } class B extends Promise {}
      const d = A.resolve(1).then(() => {}); log(String(d instanceof B) + String(d instanceof A)); A.resolve(1).finally(() => {}).then(() => log('done'));`,
    'a promise with another constructor is wrapped by await': `
      const p = Promise.resolve(1); p.constructor = Object; (async () => { await p; log('odd'); })();
      Promise.resolve().then(() => log('1')).then(() => log('2')).then(() => log('3'));`,
    'a constructor getter that throws, throws at the await': `
      const p = Promise.resolve(1); Object.defineProperty(p, 'constructor', { get() { throw 7; } });
      (async () => { try { await p; } catch (e) { log('caught ' + e); } })();`,
    'combinators close the iterator when resolve fails': `
      class A extends Promise { static resolve() { throw 3; } }
      const iterable = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: () => { log('closed'); return {}; } }) };
      A.all(iterable).catch((e) => log('rejected ' + e));`,
    'combinators call the own then of an element': `
      Promise.all([{ then(f) { log('then'); f(1); f(2); } }]).then((v) => log(show(v)));
      Promise.race([]).then(() => log('never')); Promise.any([]).catch((e) => log(show(e)));`,
    'a rejection that is handled in the same turn is none': `
      const p = Promise.reject(1); process.nextTick(() => Promise.resolve().then(() => p.catch(() => log('handled'))));`,
    'one that is handled a turn later was reported': `
      const p = Promise.reject(1); setTimeout(() => p.catch(() => log('handled')));`,
    'self resolution': `let r; const p = new Promise((resolve) => { r = resolve; }); r(p); p.catch((e) => log(show(e)));`,
    'receivers and arguments': `
      for (const f of [() => Promise(), () => new Promise(), () => Promise.prototype.then.call({}), () => Promise.resolve.call(1, 1), () => Promise.all.call(undefined, [])]) { try { f(); log('ok'); } catch (e) { log(e.name); } }
      Promise.all(3).catch((e) => log(e.name)); log([Promise.name, Promise.length, Promise.all.length, Promise.prototype.then.length, Promise.prototype.finally.name, Object.prototype.toString.call(Promise.resolve())].join());`,
    'overlapping return requests of an async generator': `
      const g = (async function* () { try { yield 1; } finally { await 0; log('finally'); } })();
      g.next().then((r) => log(show(r))); g.return(Promise.resolve(8)).then((r) => log(show(r))); g.next().then((r) => log(show(r))); g.return(make.late('x', 9)).then((r) => log(show(r)));
      const h = (async function* () {})(); h.return(Promise.reject(4)).catch((e) => log('h ' + e)); h.throw(5).catch((e) => log('h ' + e));`,
    'yield* hands throw and return on': `
      const inner = () => ({ [Symbol.asyncIterator]() { return this; }, next: async (v) => ({ value: v, done: false }), return: async (v) => { log('return ' + v); return { value: v + 1, done: true }; }, throw: async (e) => { log('throw ' + e); return { value: 'end', done: true }; } });
      const g = (async function* () { try { log('end ' + (yield* inner())); yield* inner(); } finally { log('out'); } })();
      (async () => { await g.next(1); log(show(await g.throw(2))); log(show(await g.return(3))); log(show(await g.next())); })();`,
    'yield* of an iterator without return or throw': `
      const bare = () => ({ [Symbol.asyncIterator]() { return this; }, next: async () => ({ value: 1, done: false }) });
      (async () => { const g = (async function* () { try { yield* bare(); } finally { log('out'); } })(); await g.next(); log(show(await g.return(Promise.resolve(5)))); })();
      (async () => { const g = (async function* () { yield* bare(); })(); await g.next(); try { await g.throw(5); } catch (e) { log(e.name); } })();`,
    'default parameters that throw reject': `async function f(a = (() => { throw 6; })()) {} f().catch((e) => log('rejected ' + e)); log('after');`,
  };
  const prelude = randomAsyncProgram(randomNumbers(1)).split('\nconst later')[0]!;
  const names = Object.keys(cases);
  const programs = names.map((name) => `${prelude}\n${cases[name]}`);
  const native = runNatively(programs);
  const simulated = runSimulated(programs);
  names.forEach((name, index) =>
    it(name, () => {
      expect(native[index]!.length).toBeGreaterThan(0);
      expect(simulated[index]).toEqual(native[index]);
    }),
  );
});
