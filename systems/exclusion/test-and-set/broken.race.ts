import { agent, scenario } from 'raceproof';

// Test, then set, in two steps: two can find the lock open before either shuts it.
export default scenario(() => {
  const lock = new Int32Array(new SharedArrayBuffer(4));
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = () => {
    while (Atomics.load(lock, 0) === 1);
    Atomics.store(lock, 0, 1);
    count[0]++; // the critical section
    Atomics.store(lock, 0, 0);
  };

  return {
    tasks: { first: agent(enter), second: agent(enter) },
    invariant: () => count[0] === 2,
  };
});
