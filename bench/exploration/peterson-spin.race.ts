import { agent, scenario } from 'raceproof';

/** Peterson's mutual exclusion as it is written in programs: with a loop that spins. */
export default scenario(() => {
  const flag = new Int32Array(new SharedArrayBuffer(8));
  const turn = new Int32Array(new SharedArrayBuffer(4));
  const inside = new Int32Array(new SharedArrayBuffer(4));
  const enter = (me: number): void => {
    const other = 1 - me;
    Atomics.store(flag, me, 1);
    Atomics.store(turn, 0, other);
    while (Atomics.load(flag, other) === 1 && Atomics.load(turn, 0) === other);
    if (Atomics.add(inside, 0, 1) > 0) throw new Error('both are inside');
    Atomics.sub(inside, 0, 1);
    Atomics.store(flag, me, 0);
  };
  return { tasks: { first: agent(() => enter(0)), second: agent(() => enter(1)) } };
});
