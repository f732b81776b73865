import { agent, Condition, Mutex, scenario } from 'raceproof';

const parties = 2;
const rounds = 2;

// A barrier for one use, used twice: who waits, waits for the count to be full, and by the time it looks the count may have been set back.
class Barrier {
  readonly #mutex = new Mutex();
  readonly #opened = new Condition(this.#mutex);
  readonly #state = new Int32Array(new SharedArrayBuffer(4)); // how many have arrived

  arrive(): void {
    this.#mutex.lock();
    if (this.#state[0] === parties) this.#state[0] = 0; // a new round
    this.#state[0]++;
    if (this.#state[0] === parties) this.#opened.broadcast();
    while (this.#state[0] < parties) this.#opened.wait();
    this.#mutex.unlock();
  }
}

export default scenario(() => {
  const barrier = new Barrier();
  const done = new Int32Array(new SharedArrayBuffer(4 * parties)); // rounds, by party

  const work = (me: number) => {
    for (let round = 1; round <= rounds; round++) {
      Atomics.store(done, me, round);
      barrier.arrive();
      if (Atomics.load(done, 1 - me) < round) throw new Error(`party ${me} went on though party ${1 - me} has not ended round ${round}`);
    }
  };

  return { tasks: { first: agent(() => work(0)), second: agent(() => work(1)) } };
});
