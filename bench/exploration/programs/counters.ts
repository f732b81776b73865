import { Mutex, type ScenarioPlan } from 'raceproof';
import { agents, integers } from './agents.js';

/** Each agent adds one to x, atomically: count! classes. */
export function ainc(count: number): ScenarioPlan {
  const x = integers(1);
  return { tasks: agents(count, 't', () => { Atomics.add(x, 0, 1); }), invariant: () => Atomics.load(x, 0) === count };
}

/** Each agent reads x and writes one more: (count!)^2 classes, and updates are lost. */
export function inc(count: number): ScenarioPlan {
  const x = integers(1);
  return { tasks: agents(count, 't', () => { Atomics.store(x, 0, Atomics.load(x, 0) + 1); }) };
}

/** The same under a lock: count! classes. */
export function lockinc(count: number): ScenarioPlan {
  const x = integers(1);
  const lock = new Mutex();
  return { tasks: agents(count, 't', () => { lock.run(() => { x[0]!++; }); }), invariant: () => x[0] === count };
}

/** Agent i exchanges i for i + 1. */
export function casrot(count: number): ScenarioPlan {
  const x = integers(1);
  return { tasks: agents(count, 't', (rank) => { Atomics.compareExchange(x, 0, rank, rank + 1); }) };
}
