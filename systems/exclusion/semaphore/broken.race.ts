import { agent, Semaphore, scenario } from 'raceproof';

// One of them gives the unit back before it has taken one: V and P are swapped, and two get in.
export default scenario(() => {
  const semaphore = new Semaphore(1);
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = () => {
    semaphore.acquire(); // P
    count[0]++; // the critical section
    semaphore.release(); // V
  };

  const enterWrongly = () => {
    semaphore.release(); // V
    count[0]++; // what should be the critical section
    semaphore.acquire(); // P
  };

  return {
    tasks: { first: agent(enter), second: agent(enterWrongly), third: agent(enter) },
    invariant: () => count[0] === 3,
  };
});
