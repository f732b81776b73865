import { agent, Mutex, scenario } from 'raceproof';

// A waiter is asked before the forks are touched, and serves one philosopher at a time: who has begun to take forks will get both.
export const dine = (seats: number) => {
  const waiter = new Mutex();
  const forks = Array.from({ length: seats }, () => new Mutex());

  const eat = (seat: number) => {
    const left = forks[seat];
    const right = forks[(seat + 1) % seats];
    waiter.lock();
    left.lock();
    right.lock();
    waiter.unlock();
    // ... spaghetti ...
    right.unlock();
    left.unlock();
  };

  return { tasks: Object.fromEntries(forks.map((_, seat) => [`philosopher${seat}`, agent(() => eat(seat))])) };
};

export default scenario(() => dine(5));
