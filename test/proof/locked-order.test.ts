import { expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

it('explores every order in which tasks come to a mutex', async () => {
  const proof = await engine.run(`
    import { Mutex } from 'async-mutex';
    const mutex = new Mutex();
    let turn = 0;
    export function take() { return mutex.runExclusive(() => { turn += 1; return turn; }); }`, 'take');
  expect(new Set(proof.outcomes.map(({ outcome }) => JSON.stringify(outcome.results)))).toEqual(new Set(['{"first":"returned 1","second":"returned 2"}', '{"first":"returned 2","second":"returned 1"}']));
});
