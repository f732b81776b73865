import { agent, scenario, Semaphore } from 'raceproof';

const servings = 1;
const savages = 3;

// Savages eat from one pot. Who finds it empty wakes the cook and waits, with the pot in its hands, until it is full: so the cook is woken once.
export default scenario(() => {
  const pot = new Semaphore(1);
  const empty = new Semaphore(0);
  const full = new Semaphore(0);
  const left = new Int32Array(new SharedArrayBuffer(4));
  left[0] = servings;

  const eat = () => {
    pot.acquire();
    if (left[0] === 0) {
      empty.release();
      full.acquire();
    }
    left[0]--;
    pot.release();
  };

  const cook = () => {
    for (let meal = servings; meal < savages; meal += servings) {
      empty.acquire();
      if (left[0] !== 0) throw new Error(`the cook was woken though ${left[0]} servings are left`);
      left[0] = servings;
      full.release();
    }
  };

  return { tasks: { ...Object.fromEntries(Array.from({ length: savages }, (_, rank) => [`savage${rank + 1}`, agent(eat)])), cook: agent(cook) } };
});
