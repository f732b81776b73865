import { agent, Mutex, scenario } from 'raceproof';

/** `count` philosophers around a table, a fork between every two. Who wants to eat takes the left fork, then the right one. */
export const dine = (count: number) => {
  const forks = Array.from({ length: count }, () => new Mutex());

  const eat = (seat: number) => {
    const left = forks[seat];
    const right = forks[(seat + 1) % count];
    left.lock();
    right.lock();
    // ... spaghetti ...
    right.unlock();
    left.unlock();
  };

  const philosopher = (seat: number) => [`p${seat}`, agent(() => eat(seat))] as const;
  return { tasks: Object.fromEntries(forks.map((_, seat) => philosopher(seat))) };
};

export default scenario(() => dine(3));
