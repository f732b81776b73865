import { agent, blockUntil, scenario } from 'raceproof';

// First attempt: wait until nobody is inside, then say that somebody is. Both may find it empty.
export default scenario(() => {
  const isInside = new Int32Array(new SharedArrayBuffer(4));
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = () => {
    blockUntil(() => Atomics.load(isInside, 0) === 0);
    Atomics.store(isInside, 0, 1);
    count[0]++; // the critical section
    Atomics.store(isInside, 0, 0);
  };

  return {
    tasks: { first: agent(() => enter()), second: agent(() => enter()) },
    invariant: () => count[0] === 2,
  };
});
