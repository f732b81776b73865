import { agent, Semaphore, scenario } from 'raceproof';

// On one way out V is forgotten: whoever comes later waits for a unit that nobody gives back.
export default scenario(() => {
  const semaphore = new Semaphore(1);
  const stock = new Int32Array(new SharedArrayBuffer(4));
  stock[0] = 1;

  const buy = () => {
    semaphore.acquire(); // P
    if (stock[0] === 0) return false; // sold out, and the unit is kept
    stock[0]--;
    semaphore.release(); // V
    return true;
  };

  return {
    tasks: { first: agent(buy), second: agent(buy), third: agent(buy) },
    invariant: () => stock[0] === 0,
  };
});
