import { agent, Mutex, scenario } from 'raceproof';

const seats = 5;

// The waiter is asked for each fork anew. Between the two forks the others are served, and the circle closes as if there were no waiter.
export default scenario(() => {
  const waiter = new Mutex();
  const forks = Array.from({ length: seats }, () => new Mutex());

  const dine = (seat: number) => {
    const left = forks[seat]!;
    const right = forks[(seat + 1) % seats]!;
    waiter.lock();
    left.lock();
    waiter.unlock();
    waiter.lock();
    right.lock();
    waiter.unlock();
    // eats
    right.unlock();
    left.unlock();
  };

  return { tasks: Object.fromEntries(forks.map((_, seat) => [`philosopher${seat}`, agent(() => dine(seat))])) };
});
