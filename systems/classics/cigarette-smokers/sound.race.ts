import { agent, Mutex, scenario, Semaphore } from 'raceproof';

const ingredients = ['tobacco', 'paper', 'matches'];

// An agent lays two ingredients on the table; the smoker who has the third may smoke. A pusher for each ingredient notes what lies there, and the
// second of two calls the smoker who can use them (Parnas 1975). Each pair comes once.
export default scenario(() => {
  const table = new Semaphore(1); // the agent's: free
  const laid = ingredients.map(() => new Semaphore(0));
  const called = ingredients.map(() => new Semaphore(0)); // the smoker who has it
  const mutex = new Mutex();
  const noted = new Int32Array(new SharedArrayBuffer(4 * ingredients.length));
  const others = (own: number) => ingredients.map((_, rank) => rank).filter((rank) => rank !== own);

  /** All but the one that the smoker has. */
  const lay = (own: number) => {
    table.acquire();
    for (const rank of others(own)) laid[rank].release();
  };

  const push = (mine: number) => {
    for (let time = 0; time < 2; time++) {
      laid[mine].acquire();
      mutex.lock();
      const other = others(mine).find((rank) => noted[rank] === 1);
      if (other === undefined) noted[mine] = 1;
      else {
        noted[other] = 0;
        called[3 - mine - other].release();
      }
      mutex.unlock();
    }
  };

  const smoke = (own: number) => {
    called[own].acquire();
    table.release();
  };

  const each = (who: string, act: (rank: number) => void) => Object.fromEntries(ingredients.map((name, rank) => [`${who}_${name}`, agent(() => act(rank))]));
  return { tasks: { ...each('agent_without', lay), ...each('pusher', push), ...each('smoker_with', smoke) } };
});
