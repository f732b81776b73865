import { agent, Mutex, scenario } from 'raceproof';

const seats = 2;

// Nobody waits for the second fork: if it is taken, the first is put down, and the philosopher starts again. There is no deadlock, and no meal either
// if all of them do so in step.
export default scenario(() => {
  const forks = Array.from({ length: seats }, () => new Mutex());

  const dine = (seat: number) => {
    const left = forks[seat]!;
    const right = forks[(seat + 1) % seats]!;
    for (;;) {
      left.lock();
      if (right.tryLock()) break;
      left.unlock();
    }
    // eats
    right.unlock();
    left.unlock();
  };

  return { tasks: Object.fromEntries(forks.map((_, seat) => [`philosopher${seat}`, agent(() => dine(seat))])) };
});
