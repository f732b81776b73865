import { Mutex, type ScenarioPlan } from 'raceproof';
import { agents } from './agents.js';

const forksFor = (count: number): Mutex[] => Array.from({ length: count }, () => new Mutex());

/** Left fork, right fork, eat: 2^count - 1 classes, one of them deadlocked. */
export function diningNaive(count: number): ScenarioPlan {
  const forks = forksFor(count);
  return { tasks: agents(count, 'p', (rank) => eat(forks[rank]!, forks[(rank + 1) % count]!)) };
}

/** The lower fork first: 2^count - 2 classes, none deadlocked. */
export function diningByHierarchy(count: number): ScenarioPlan {
  const forks = forksFor(count);
  return {
    tasks: agents(count, 'p', (rank) => {
      const next = (rank + 1) % count;
      eat(forks[Math.min(rank, next)]!, forks[Math.max(rank, next)]!);
    }),
  };
}

function eat(first: Mutex, second: Mutex): void {
  first.lock();
  second.lock();
  first.unlock();
  second.unlock();
}
