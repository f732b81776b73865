import { agent, scenario } from 'raceproof';

/**
 * Peterson's algorithm: mutual exclusion for two threads, made of nothing but loads and stores.
 * A raised flag says "I want to enter"; the turn says who may go first if both want to.
 */
export default scenario(() => {
  const flag = new Int32Array(new SharedArrayBuffer(8));
  const turn = new Int32Array(new SharedArrayBuffer(4));

  const lock = (me: number) => {
    const other = 1 - me;
    flag[me] = 1;
    turn[0] = other; // after you!
    while (flag[other] === 1 && turn[0] === other); // the other is in, or goes first
  };

  const unlock = (me: number) => {
    flag[me] = 0;
  };

  // The critical section counts who is inside, and remembers if two have met there.
  const inside = new Int32Array(new SharedArrayBuffer(4));
  const met = new Int32Array(new SharedArrayBuffer(4));
  const criticalSection = () => {
    if (Atomics.add(inside, 0, 1) > 0) Atomics.store(met, 0, 1);
    Atomics.sub(inside, 0, 1);
  };

  const enter = (me: number) => {
    lock(me);
    criticalSection();
    unlock(me);
  };

  return {
    tasks: { first: agent(() => enter(0)), second: agent(() => enter(1)) },
    invariant: () => met[0] === 0,
  };
});
