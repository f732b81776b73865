import type { Fact } from './fact.js';

/** queueMicrotask, nextTick and turns. */
export const facts: readonly Fact[] = [
  ['queueMicrotask and promise jobs share one queue',
    `queueMicrotask(() => log('m1')); Promise.resolve().then(() => log('p')); queueMicrotask(() => log('m2')); log('sync');`,
    'sync | m1 | p | m2'],
  ['a microtask queued by a microtask runs in the same turn',
    `setTimeout(() => log('timer')); queueMicrotask(() => { log(1); queueMicrotask(() => { log(2); Promise.resolve().then(() => log(3)); }); });`,
    '1 | 2 | 3 | timer'],
  ['a callback that is not callable: a TypeError',
    'name(() => queueMicrotask()); name(() => queueMicrotask({}));',
    'TypeError | TypeError'],
  ['the callback gets no argument',
    'queueMicrotask((...args) => log(args.length));',
    '0'],
  ['nextTick before microtasks, and again between the queues',
    `Promise.resolve().then(() => { log('p1'); process.nextTick(() => log('t2')); }).then(() => log('p2')); process.nextTick(() => { log('t1'); queueMicrotask(() => log('m')); });`,
    't1 | p1 | m | p2 | t2'],
  ['microtasks run between two timers',
    `setTimeout(() => { log('t1'); Promise.resolve().then(() => log('m1')); }); setTimeout(() => log('t2'));`,
    't1 | m1 | t2'],
  ['await inside a timer goes on in its turn',
    `setTimeout(async () => { log('a'); await null; log('b'); }); setTimeout(() => log('c'));`,
    'a | b | c'],
  ['promise jobs made while draining run before the next turn',
    `let n = 0; const again = () => { if (++n < 5) Promise.resolve().then(again); else log('five'); }; setTimeout(() => log('turn')); again();`,
    'five | turn'],
];
