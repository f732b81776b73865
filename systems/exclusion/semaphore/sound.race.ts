import { agent, Semaphore, scenario } from 'raceproof';

// A binary semaphore: P takes the one unit there is, V gives it back. Between the two one is alone.
export default scenario(() => {
  const semaphore = new Semaphore(1);
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = () => {
    semaphore.acquire(); // P
    count[0]++; // the critical section
    semaphore.release(); // V
  };

  return {
    tasks: { first: agent(enter), second: agent(enter), third: agent(enter) },
    invariant: () => count[0] === 3,
  };
});
