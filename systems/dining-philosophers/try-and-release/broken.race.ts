import { agent, Mutex, scenario } from 'raceproof';

// Nobody waits for the second fork: if it is taken, the first is put down, and the philosopher starts again. There is no deadlock, and no meal either
// if all of them do so in step.
export const dine = (seats: number) => {
  const forks = Array.from({ length: seats }, () => new Mutex());

  const eat = (seat: number) => {
    const left = forks[seat];
    const right = forks[(seat + 1) % seats];
    for (;;) {
      left.lock();
      if (right.tryLock()) break;
      left.unlock();
    }
    // ... spaghetti ...
    right.unlock();
    left.unlock();
  };

  return { tasks: Object.fromEntries(forks.map((_, seat) => [`philosopher${seat}`, agent(() => eat(seat))])) };
};

export default scenario(() => dine(2));
