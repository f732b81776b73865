import { agent, blockUntil, scenario } from 'raceproof';

// Second attempt: first say that one wants in, then wait until the other does not. Nobody meets anybody, but both may wait for ever.
export default scenario(() => {
  const wants = new Int32Array(new SharedArrayBuffer(8));
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = (me: number) => {
    Atomics.store(wants, me, 1);
    blockUntil(() => Atomics.load(wants, 1 - me) === 0);
    count[0]++; // the critical section
    Atomics.store(wants, me, 0);
  };

  return {
    tasks: { first: agent(() => enter(0)), second: agent(() => enter(1)) },
    invariant: () => count[0] === 2,
  };
});
