import { agent, Mutex, scenario } from 'raceproof';

// Who fails once does not try again: it takes both forks in the order of their numbers, and waits for them. Who waits holds no fork, or one
// with a lower number.
export const dine = (seats: number) => {
  const forks = Array.from({ length: seats }, () => new Mutex());

  const takeBoth = (left: number, right: number) => {
    forks[left].lock();
    if (forks[right].tryLock()) return;
    forks[left].unlock();
    forks[Math.min(left, right)].lock();
    forks[Math.max(left, right)].lock();
  };

  const eat = (seat: number) => {
    const [left, right] = [seat, (seat + 1) % seats];
    takeBoth(left, right);
    // ... spaghetti ...
    forks[right].unlock();
    forks[left].unlock();
  };

  return { tasks: Object.fromEntries(forks.map((_, seat) => [`philosopher${seat}`, agent(() => eat(seat))])) };
};

export default scenario(() => dine(2));
