import { agent, scenario, Semaphore } from 'raceproof';

// The monitor as Hoare meant it (signal and wait), made of semaphores: who signals hands the monitor over and waits until it comes back, so
// nobody gets in between, and `if` is enough.
class Monitor {
  readonly #entry = new Semaphore(1);
  readonly #isFree = new Semaphore(0); // the condition
  readonly #urgent = new Semaphore(0); // those who have signalled
  readonly #counts = new Int32Array(new SharedArrayBuffer(12)); // busy, waiting for the condition, waiting urgently

  acquire(): void {
    this.#entry.acquire();
    if (this.#counts[0] === 1) this.#wait();
    this.#counts[0] = 1;
    this.#leave();
  }

  release(): void {
    this.#entry.acquire();
    this.#counts[0] = 0;
    this.#signal();
    this.#leave();
  }

  #wait(): void {
    this.#counts[1]++;
    this.#leave();
    this.#isFree.acquire();
    this.#counts[1]--;
  }

  #signal(): void {
    if (this.#counts[1] === 0) return;
    this.#counts[2]++;
    this.#isFree.release();
    this.#urgent.acquire();
    this.#counts[2]--;
  }

  /** The monitor goes back to who has signalled, if there is one, and only then to who waits outside. */
  #leave(): void {
    if (this.#counts[2] > 0) this.#urgent.release();
    else this.#entry.release();
  }
}

export default scenario(() => {
  const monitor = new Monitor();
  const count = new Int32Array(new SharedArrayBuffer(4));

  const use = () => {
    monitor.acquire();
    count[0]++; // alone with the resource
    monitor.release();
  };

  return {
    tasks: { first: agent(use), second: agent(use), third: agent(use) },
    invariant: () => count[0] === 3,
  };
});
