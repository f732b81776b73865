import { agent, Mutex, scenario } from 'raceproof';

const seats = 2;

// Who fails once does not try again: it takes both forks in the order of their numbers, and waits for them. Who waits holds no fork, or one
// with a lower number.
export default scenario(() => {
  const forks = Array.from({ length: seats }, () => new Mutex());

  const takeBoth = (left: number, right: number) => {
    forks[left]!.lock();
    if (forks[right]!.tryLock()) return;
    forks[left]!.unlock();
    forks[Math.min(left, right)]!.lock();
    forks[Math.max(left, right)]!.lock();
  };

  const dine = (seat: number) => {
    const [left, right] = [seat, (seat + 1) % seats];
    takeBoth(left, right);
    // eats
    forks[right]!.unlock();
    forks[left]!.unlock();
  };

  return { tasks: Object.fromEntries(forks.map((_, seat) => [`philosopher${seat}`, agent(() => dine(seat))])) };
});
