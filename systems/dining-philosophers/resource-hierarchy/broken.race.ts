import { agent, Mutex, scenario } from 'raceproof';

/** `count` philosophers around a table, a fork between every two. The forks are numbered, but one philosopher does not look at the numbers. */
export const dine = (count: number) => {
  const forks = Array.from({ length: count }, () => new Mutex());

  const eat = (seat: number) => {
    const next = (seat + 1) % count;
    const first = forks[seat]; // the fork at hand: the last philosopher has the highest number there
    const second = forks[next];
    first.lock();
    second.lock();
    // ... spaghetti ...
    second.unlock();
    first.unlock();
  };

  const philosopher = (seat: number) => [`p${seat}`, agent(() => eat(seat))] as const;
  return { tasks: Object.fromEntries(forks.map((_, seat) => philosopher(seat))) };
};

export default scenario(() => dine(3));
