import { agent, type ScenarioPlan } from 'raceproof';
import { agents, integers } from './agents.js';

/** Setters write a, then b; the checker reads them again for the second half of its condition (SCTBench, reorder_bad). */
export function reorder(setters: number): ScenarioPlan {
  const a = integers(1);
  const b = integers(1);
  return {
    tasks: {
      ...agents(setters, 'setter', () => {
        Atomics.store(a, 0, 1);
        Atomics.store(b, 0, -1);
      }),
      checker: agent(() => {
        const isWhole = (Atomics.load(a, 0) === 0 && Atomics.load(b, 0) === 0) || (Atomics.load(a, 0) === 1 && Atomics.load(b, 0) === -1);
        if (!isWhole) throw new Error('a is set and b is not');
      }),
    },
  };
}
