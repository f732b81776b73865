import { agent, Condition, Mutex, scenario } from 'raceproof';

const slots = 1;

// A waiter that is woken does not look again: between the signal and its return another consumer may have come and taken the item.
class Buffer {
  readonly #mutex = new Mutex();
  readonly #notFull = new Condition(this.#mutex);
  readonly #notEmpty = new Condition(this.#mutex);
  readonly #items = new Int32Array(new SharedArrayBuffer(4 * slots));
  readonly #ends = new Int32Array(new SharedArrayBuffer(8)); // how many were put, how many were taken

  get #size(): number { return this.#ends[0] - this.#ends[1]; }

  put(item: number): void {
    this.#mutex.lock();
    if (this.#size === slots) this.#notFull.wait();
    this.#items[this.#ends[0] % slots] = item;
    this.#ends[0]++;
    this.#notEmpty.signal();
    this.#mutex.unlock();
  }

  take(): number {
    this.#mutex.lock();
    if (this.#size === 0) this.#notEmpty.wait();
    const item = this.#items[this.#ends[1] % slots];
    this.#ends[1]++;
    this.#notFull.signal();
    this.#mutex.unlock();
    return item;
  }
}

export default scenario(() => {
  const buffer = new Buffer();
  const taken = new Int32Array(new SharedArrayBuffer(4)); // the sum

  return {
    tasks: {
      producer: agent(() => { buffer.put(1); buffer.put(2); }),
      consumer1: agent(() => { Atomics.add(taken, 0, buffer.take()); }),
      consumer2: agent(() => { Atomics.add(taken, 0, buffer.take()); }),
    },
    invariant: () => taken[0] === 3,
  };
});
