import { agent, scenario } from 'raceproof';

/**
 * Peterson's algorithm on plain memory. Under `--memory-model sc` nobody meets anybody inside (its plain accesses race all the same);
 * under `--memory-model tso` both may enter, for the store of a flag may wait in a buffer while the other's is read.
 */
export default scenario(() => {
  const flag = new Int32Array(new SharedArrayBuffer(8));
  const turn = new Int32Array(new SharedArrayBuffer(4));
  const inside = new Int32Array(new SharedArrayBuffer(4));
  const met = new Int32Array(new SharedArrayBuffer(4));
  const enter = (me: number): void => {
    const other = 1 - me;
    flag[me] = 1;
    turn[0] = other;
    while (flag[other] === 1 && turn[0] === other);
    if (Atomics.add(inside, 0, 1) > 0) Atomics.store(met, 0, 1);
    Atomics.sub(inside, 0, 1);
    flag[me] = 0;
  };
  return { tasks: { first: agent(() => enter(0)), second: agent(() => enter(1)) }, invariant: () => met[0] === 0 };
});
