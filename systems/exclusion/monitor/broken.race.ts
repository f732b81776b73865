import { agent, Condition, Mutex, scenario } from 'raceproof';

// The same monitor with `if` for `while`: who is signalled takes the resource without another look, though somebody has come in before it.
class Monitor {
  readonly #mutex = new Mutex();
  readonly #isFree = new Condition(this.#mutex);
  readonly #isBusy = new Int32Array(new SharedArrayBuffer(4));

  acquire(): void {
    this.#mutex.lock();
    if (this.#isBusy[0] === 1) this.#isFree.wait();
    this.#isBusy[0] = 1;
    this.#mutex.unlock();
  }

  release(): void {
    this.#mutex.lock();
    this.#isBusy[0] = 0;
    this.#isFree.signal();
    this.#mutex.unlock();
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
