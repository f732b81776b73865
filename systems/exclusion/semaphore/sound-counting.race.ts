import { agent, Semaphore, scenario } from 'raceproof';

const units = 2;

// A counting semaphore: as many may be inside as there are units, and no more.
export default scenario(() => {
  const semaphore = new Semaphore(units);
  const inside = new Int32Array(new SharedArrayBuffer(4));

  const enter = () => {
    semaphore.acquire(); // P
    if (Atomics.add(inside, 0, 1) >= units) throw new Error(`more than ${units} are inside`);
    Atomics.sub(inside, 0, 1);
    semaphore.release(); // V
  };

  return { tasks: { first: agent(enter), second: agent(enter), third: agent(enter) } };
});
