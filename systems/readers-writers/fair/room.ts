import { blockUntil, Semaphore } from 'raceproof';

/**
 * A room that readers share and a writer has to itself. Nobody first: everybody draws a number, and goes in when it is called. Readers
 * whose numbers follow each other are in the room together.
 */
export class Room {
  readonly #room = new Semaphore(1);
  readonly #counter = new Semaphore(1);
  readonly #readers = new Int32Array(new SharedArrayBuffer(4));
  readonly #numbers = new Int32Array(new SharedArrayBuffer(4));
  readonly #called = new Int32Array(new SharedArrayBuffer(4));

  /** `arrived` is called once it is settled whose turn is before whose. */
  enterAsReader(arrived: () => void = () => {}): void {
    this.#draw(arrived);
    this.#counter.acquire();
    this.#readers[0]++;
    if (this.#readers[0] === 1) this.#room.acquire();
    this.#counter.release();
    this.#callNext();
  }

  leaveAsReader(): void {
    this.#counter.acquire();
    this.#readers[0]--;
    if (this.#readers[0] === 0) this.#room.release();
    this.#counter.release();
  }

  enterAsWriter(arrived: () => void = () => {}): void {
    this.#draw(arrived);
    this.#room.acquire();
    this.#callNext();
  }

  leaveAsWriter(): void {
    this.#room.release();
  }

  #draw(arrived: () => void): void {
    const number = Atomics.add(this.#numbers, 0, 1);
    arrived();
    blockUntil(() => Atomics.load(this.#called, 0) === number);
  }

  /** The next one may come to the door as soon as this one has what it needs: it does not have to leave first. */
  #callNext(): void {
    Atomics.add(this.#called, 0, 1);
  }
}
