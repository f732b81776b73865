import { agent, blockUntil, scenario } from 'raceproof';

// Dekker's algorithm, the first that solved it for two: both say that they want in, and of two who want in, the one whose turn it is not steps
// back until the other is done.
export default scenario(() => {
  const wants = new Int32Array(new SharedArrayBuffer(8));
  const turn = new Int32Array(new SharedArrayBuffer(4));
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = (me: number) => {
    const other = 1 - me;
    Atomics.store(wants, me, 1);
    while (Atomics.load(wants, other) === 1) {
      if (Atomics.load(turn, 0) === other) {
        Atomics.store(wants, me, 0);
        blockUntil(() => Atomics.load(turn, 0) === me);
        Atomics.store(wants, me, 1);
      } else {
        blockUntil(() => Atomics.load(wants, other) === 0);
      }
    }
    count[0]++; // the critical section
    Atomics.store(turn, 0, other);
    Atomics.store(wants, me, 0);
  };

  return {
    tasks: { first: agent(() => enter(0)), second: agent(() => enter(1)) },
    invariant: () => count[0] === 2,
  };
});
