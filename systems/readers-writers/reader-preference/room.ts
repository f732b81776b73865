import { Semaphore } from 'raceproof';

/**
 * A room that readers share and a writer has to itself. Readers first: whoever reads lets further readers in, and a writer waits
 * until the last of them has left.
 */
export class Room {
  readonly #room = new Semaphore(1);
  readonly #counter = new Semaphore(1);
  readonly #readers = new Int32Array(new SharedArrayBuffer(4));

  enterAsReader(): void {
    this.#counter.acquire();
    this.#readers[0]++;
    if (this.#readers[0] === 1) this.#room.acquire(); // the first one locks the room for all readers
    this.#counter.release();
  }

  leaveAsReader(): void {
    this.#counter.acquire();
    this.#readers[0]--;
    if (this.#readers[0] === 0) this.#room.release(); // the last one turns out the light
    this.#counter.release();
  }

  /** `arrived` is called once the writer stands at the door. */
  enterAsWriter(arrived: () => void = () => {}): void {
    arrived();
    this.#room.acquire();
  }

  leaveAsWriter(): void {
    this.#room.release();
  }
}
