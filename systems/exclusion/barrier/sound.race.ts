import { agent, Condition, Mutex, scenario } from 'raceproof';

const parties = 2;
const rounds = 2;

// A barrier that can be used again: nobody starts a round before all have ended the one before. Who waits, waits for the round to change, not for a count
// that the next round has already begun to count.
class Barrier {
  readonly #mutex = new Mutex();
  readonly #opened = new Condition(this.#mutex);
  readonly #state = new Int32Array(new SharedArrayBuffer(8)); // how many have arrived, the round

  arrive(): void {
    this.#mutex.lock();
    const round = this.#state[1];
    this.#state[0]++;
    if (this.#state[0] === parties) {
      this.#state[0] = 0;
      this.#state[1]++;
      this.#opened.broadcast();
    } else {
      while (this.#state[1] === round) this.#opened.wait();
    }
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
