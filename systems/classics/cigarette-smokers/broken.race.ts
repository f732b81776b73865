import { agent, scenario, Semaphore } from 'raceproof';

const ingredients = ['tobacco', 'paper', 'matches'];

// An agent lays two ingredients on the table; the smoker who has the third may smoke. But each smoker takes what it needs one after the other: two of them may
// take one ingredient each, and none has two.
export default scenario(() => {
  const table = new Semaphore(1); // the agent's: free
  const laid = ingredients.map(() => new Semaphore(0));
  const others = (own: number) => ingredients.map((_, rank) => rank).filter((rank) => rank !== own);

  /** All but the one that the smoker has. */
  const lay = (own: number) => {
    table.acquire();
    for (const rank of others(own)) laid[rank].release();
  };

  const smoke = (own: number) => {
    for (const rank of others(own)) laid[rank].acquire();
    table.release();
  };

  const each = (who: string, act: (rank: number) => void) => Object.fromEntries(ingredients.map((name, rank) => [`${who}_${name}`, agent(() => act(rank))]));
  return { tasks: { ...each('agent_without', lay), ...each('smoker_with', smoke) } };
});
