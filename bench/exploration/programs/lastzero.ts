import { agent, type ScenarioPlan } from 'raceproof';
import { agents, integers } from './agents.js';

/** Writer j: a[j] = a[j - 1] + 1; one reader scans down to the first 0: (count + 3) * 2^(count - 2) classes. */
export function lastzero(count: number): ScenarioPlan {
  const a = integers(count + 1);
  return {
    tasks: {
      reader: agent(() => {
        let at = count;
        while (Atomics.load(a, at) !== 0) at--;
        return at;
      }),
      ...agents(count, 'writer', (rank) => {
        const before = Atomics.load(a, rank);
        Atomics.store(a, rank + 1, before + 1);
      }),
    },
  };
}
