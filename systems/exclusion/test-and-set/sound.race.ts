import { agent, scenario } from 'raceproof';

// Test and set in one step: the exchange says what was there, so only one can find the lock open.
export default scenario(() => {
  const lock = new Int32Array(new SharedArrayBuffer(4));
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = () => {
    while (Atomics.exchange(lock, 0, 1) === 1);
    count[0]++; // the critical section
    Atomics.store(lock, 0, 0);
  };

  return {
    tasks: { first: agent(enter), second: agent(enter), third: agent(enter) },
    invariant: () => count[0] === 3,
  };
});
