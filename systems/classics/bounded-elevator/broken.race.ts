import { agent, Condition, Mutex, scenario } from 'raceproof';

const capacity = 1;
const passengers = 2;

// The same with `signal`: it wakes one of those who wait, and that may be somebody who can do nothing yet, while the one who could sleeps on.
class Elevator {
  readonly #mutex = new Mutex();
  readonly #changed = new Condition(this.#mutex);
  readonly #state = new Int32Array(new SharedArrayBuffer(8)); // floor: 0 or 1, people inside

  get #isDown(): boolean { return this.#state[0] === 0; }
  get #inside(): number { return this.#state[1]; }

  ride(): void {
    this.#mutex.lock();
    while (!this.#isDown || this.#inside === capacity) this.#changed.wait();
    this.#state[1]++;
    this.#changed.signal();
    while (this.#isDown) this.#changed.wait();
    this.#state[1]--;
    this.#changed.signal();
    this.#mutex.unlock();
  }

  goUpAndDown(): void {
    this.#mutex.lock();
    while (this.#inside < capacity) this.#changed.wait();
    this.#state[0] = 1;
    this.#changed.signal();
    while (this.#inside > 0) this.#changed.wait();
    this.#state[0] = 0;
    this.#changed.signal();
    this.#mutex.unlock();
  }
}

export default scenario(() => {
  const elevator = new Elevator();
  const ride = () => elevator.ride();
  const run = () => { for (let trip = 0; trip < passengers / capacity; trip++) elevator.goUpAndDown(); };
  return { tasks: { elevator: agent(run), ...Object.fromEntries(Array.from({ length: passengers }, (_, rank) => [`passenger${rank + 1}`, agent(ride)])) } };
});
