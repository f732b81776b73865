import type { ScenarioPlan } from 'raceproof';
import { agents, integers } from './agents.js';

const size = 128;
const keysEach = 4;

/** Agents put keys into a hash table by compare-and-swap. Flanagan, Godefroid: Dynamic partial-order reduction for model checking software, POPL 2005. */
export function indexer(count: number): ScenarioPlan {
  const table = integers(size);
  return {
    tasks: agents(count, 't', (rank) => {
      for (let i = 1; i <= keysEach; i++) {
        const key = i * 11 + rank;
        let hash = (key * 7) % size;
        while (Atomics.compareExchange(table, hash, 0, key) !== 0) hash = (hash + 1) % size;
      }
    }),
  };
}
