import { agent, type ScenarioPlan } from 'raceproof';
import { agents, integers } from './agents.js';

/** One agent writes x, `count` agents read it: 2^count classes. */
export function readers(count: number): ScenarioPlan {
  const x = integers(1);
  return { tasks: { writer: agent(() => { Atomics.store(x, 0, 1); }), ...agents(count, 'reader', () => Atomics.load(x, 0)) } };
}
