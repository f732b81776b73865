import { Semaphore } from 'raceproof';

/**
 * A room that readers share and a writer has to itself. Nobody first, or so it seems: everybody passes one turnstile. But a semaphore
 * does not say who of those that wait at it goes next.
 */
export class Room {
  readonly #room = new Semaphore(1);
  readonly #counter = new Semaphore(1);
  readonly #readers = new Int32Array(new SharedArrayBuffer(4));
  readonly #turnstile = new Semaphore(1);

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
    arrived();
    this.#turnstile.acquire();
  }

  /** The next one may come to the door as soon as this one has what it needs: it does not have to leave first. */
  #callNext(): void {
    this.#turnstile.release();
  }
}
