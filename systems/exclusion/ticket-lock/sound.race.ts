import { agent, blockUntil, scenario } from 'raceproof';

// Draw a ticket, wait until it is called. Whoever has drawn first goes first.
export default scenario(() => {
  const next = new Int32Array(new SharedArrayBuffer(4));
  const serving = new Int32Array(new SharedArrayBuffer(4));
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = () => {
    const ticket = Atomics.add(next, 0, 1);
    blockUntil(() => Atomics.load(serving, 0) === ticket);
    count[0]++; // the critical section
    Atomics.store(serving, 0, ticket + 1);
  };

  return {
    tasks: { first: agent(enter), second: agent(enter), third: agent(enter) },
    invariant: () => count[0] === 3,
  };
});
