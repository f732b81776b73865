import { agent, scenario } from 'raceproof';

/** A counter of visitors that two threads share. */
export default scenario(() => {
  const visitors = new Int32Array(new SharedArrayBuffer(4));

  const arrive = () => {
    const before = Atomics.load(visitors, 0);
    Atomics.store(visitors, 0, before + 1);
  };

  return {
    tasks: { north: agent(arrive), south: agent(arrive) },
    invariant: () => visitors[0] === 2,
  };
});
