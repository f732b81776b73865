import { expect, test } from 'vitest';
import { findingsIn } from './expectations.js';

const update = `let n = 0; export const add = () => guard.enter(async () => { const before = n; await save(before); n = before + 1; });`;
const subtract = `export const drop = () => guard.leave(async () => { const before = n; await save(before); n = before - 1; });`;

/** Objects of a factory that hand the work on to a lock that it keeps. */
const cases: readonly (readonly [name: string, code: string, found: readonly string[]])[] = [
  ['to one lock', `import { Mutex } from 'async-mutex'; const make = () => { const m = new Mutex(); return { enter: (work: Work) => m.runExclusive(work) }; }; const guard = make(); ${update}`, []],
  ['by two methods, to one lock', `import { Mutex } from 'async-mutex'; const make = () => { const m = new Mutex(); return { enter: (work: Work) => m.runExclusive(work), leave: (work: Work) => m.runExclusive(() => work()) }; }; const guard = make(); ${update} ${subtract}`, []],
  ['by two methods, to two locks', `import { Mutex } from 'async-mutex'; const make = () => { const a = new Mutex(); const b = new Mutex(); return { enter: (work: Work) => a.runExclusive(work), leave: (work: Work) => b.runExclusive(work) }; }; const guard = make(); ${update} ${subtract}`, ['lost-update n', 'lost-update n']],
  ['to what lets nobody knows how many in', `import { Semaphore } from 'async-mutex'; const make = (size: number) => { const m = new Semaphore(size); return { enter: (work: Work) => m.runExclusive(work) }; }; const guard = make(5); ${update}`, ['lost-update n']],
];

test.each(cases)('%s', (_name, code, found) => {
  expect(findingsIn(code)).toEqual(found);
});
