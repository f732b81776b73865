import { agent, Mutex, scenario } from 'raceproof';

// The waiter is asked for each fork anew. Between the two forks the others are served, and the circle closes as if there were no waiter.
export const dine = (seats: number) => {
  const waiter = new Mutex();
  const forks = Array.from({ length: seats }, () => new Mutex());

  const eat = (seat: number) => {
    const left = forks[seat];
    const right = forks[(seat + 1) % seats];
    waiter.lock();
    left.lock();
    waiter.unlock();
    waiter.lock();
    right.lock();
    waiter.unlock();
    // ... spaghetti ...
    right.unlock();
    left.unlock();
  };

  return { tasks: Object.fromEntries(forks.map((_, seat) => [`philosopher${seat}`, agent(() => eat(seat))])) };
};

export default scenario(() => dine(5));
