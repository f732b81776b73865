import { agent, blockUntil, scenario } from 'raceproof';

// The ticket is drawn in two steps: two may get the same number, and are called together.
export default scenario(() => {
  const next = new Int32Array(new SharedArrayBuffer(4));
  const serving = new Int32Array(new SharedArrayBuffer(4));
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = () => {
    const ticket = Atomics.load(next, 0);
    Atomics.store(next, 0, ticket + 1);
    blockUntil(() => Atomics.load(serving, 0) === ticket);
    count[0]++; // the critical section
    Atomics.store(serving, 0, ticket + 1);
  };

  return {
    tasks: { first: agent(enter), second: agent(enter), third: agent(enter) },
    invariant: () => count[0] === 3,
  };
});
