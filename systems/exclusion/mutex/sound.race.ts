import { agent, scenario } from 'raceproof';

// A lock that sleeps instead of spinning (Drepper, Futexes are tricky, 2011, third version): who finds it shut says that it sleeps, in the same
// step in which it tries again; who unlocks wakes one if somebody sleeps.
class Lock {
  readonly #state = new Int32Array(new SharedArrayBuffer(4)); // 0: open, 1: shut, 2: shut, and somebody sleeps

  lock(): void {
    if (Atomics.compareExchange(this.#state, 0, 0, 1) === 0) return;
    while (Atomics.exchange(this.#state, 0, 2) !== 0) Atomics.wait(this.#state, 0, 2);
  }

  unlock(): void {
    if (Atomics.exchange(this.#state, 0, 0) === 2) Atomics.notify(this.#state, 0, 1);
  }
}

export default scenario(() => {
  const lock = new Lock();
  const count = new Int32Array(new SharedArrayBuffer(4));

  const enter = () => {
    lock.lock();
    count[0]++; // the critical section
    lock.unlock();
  };

  return {
    tasks: { first: agent(enter), second: agent(enter), third: agent(enter) },
    invariant: () => count[0] === 3,
  };
});
