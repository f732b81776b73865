import { agent, Condition, Mutex, scenario } from 'raceproof';

const capacity = 1;
const passengers = 2;

// An elevator that holds so many goes up full, lets all out, and comes down again. Those who wait to get in, those who wait to get out and the elevator wait for
// one condition, so whoever changes something wakes all of them.
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
    this.#changed.broadcast();
    while (this.#isDown) this.#changed.wait();
    this.#state[1]--;
    this.#changed.broadcast();
    this.#mutex.unlock();
  }

  goUpAndDown(): void {
    this.#mutex.lock();
    while (this.#inside < capacity) this.#changed.wait();
    this.#state[0] = 1;
    this.#changed.broadcast();
    while (this.#inside > 0) this.#changed.wait();
    this.#state[0] = 0;
    this.#changed.broadcast();
    this.#mutex.unlock();
  }
}

export default scenario(() => {
  const elevator = new Elevator();
  const ride = () => elevator.ride();
  const run = () => { for (let trip = 0; trip < passengers / capacity; trip++) elevator.goUpAndDown(); };
  return { tasks: { elevator: agent(run), ...Object.fromEntries(Array.from({ length: passengers }, (_, rank) => [`passenger${rank + 1}`, agent(ride)])) } };
});
