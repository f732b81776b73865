import { agent, blockUntil, scenario } from 'raceproof';

/** Peterson's mutual exclusion, one entry each, the spin as a wait. */
export default scenario(() => {
  const flag = new Int32Array(new SharedArrayBuffer(8));
  const turn = new Int32Array(new SharedArrayBuffer(4));
  const enter = (me: number): void => {
    const other = 1 - me;
    Atomics.store(flag, me, 1);
    Atomics.store(turn, 0, other);
    blockUntil(() => Atomics.load(flag, other) === 0 || Atomics.load(turn, 0) === me);
    Atomics.store(flag, me, 0);
  };
  return { tasks: { first: agent(() => enter(0)), second: agent(() => enter(1)) } };
});
