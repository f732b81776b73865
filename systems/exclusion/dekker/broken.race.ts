import { agent, blockUntil, scenario } from 'raceproof';

// Without the turn nobody steps back: of two who want in, each waits for the other.
export default scenario(() => {
  const wants = new Int32Array(new SharedArrayBuffer(8));
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = (me: number) => {
    const other = 1 - me;
    Atomics.store(wants, me, 1);
    blockUntil(() => Atomics.load(wants, other) === 0);
    count[0]++; // the critical section
    Atomics.store(wants, me, 0);
  };

  return {
    tasks: { first: agent(() => enter(0)), second: agent(() => enter(1)) },
    invariant: () => count[0] === 2,
  };
});
