import { expect, it } from 'vitest';
import { runNatively } from './native-run.js';

it('gives what each program logs', () => {
  expect(runNatively([`log('a'); setTimeout(() => log('b'), 5);`, `log('c');`])).toEqual([['a', 'b'], ['c']]);
});

it('tells which program does not come to rest', () => {
  expect(() => runNatively([`log('a');`, `log('b'); setInterval(() => undefined, 1);`], 0, { limit: 300 })).toThrow(/^Program 2 of 2 has not come to rest after 300 ms\. It logged \["b"\] and is:\nlog\('b'\); setInterval/);
});

it('stops programs that do not return to their event loop', () => {
  expect(() => runNatively([`for (;;);`], 0, { whole: 2_000 })).toThrow(/^Node was stopped after 2000 ms: one of 1 programs does not return to its event loop\./);
});
