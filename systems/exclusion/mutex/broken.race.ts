import { agent, scenario } from 'raceproof';

// Without the third state: who is woken shuts the lock as if nobody else slept, so the next unlock wakes nobody.
class Lock {
  readonly #state = new Int32Array(new SharedArrayBuffer(4)); // 0: open, 1: shut, 2: shut, and somebody sleeps

  lock(): void {
    if (Atomics.compareExchange(this.#state, 0, 0, 1) === 0) return;
    for (;;) {
      Atomics.compareExchange(this.#state, 0, 1, 2);
      Atomics.wait(this.#state, 0, 2);
      if (Atomics.compareExchange(this.#state, 0, 0, 1) === 0) return;
    }
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
