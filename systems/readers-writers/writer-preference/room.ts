import { Semaphore } from 'raceproof';

/**
 * A room that readers share and a writer has to itself. Writers first: as long as a writer wants in, no further reader gets past the
 * door (Courtois, Heymans and Parnas 1971, second problem).
 */
export class Room {
  readonly #room = new Semaphore(1);
  readonly #door = new Semaphore(1);
  readonly #readerCounter = new Semaphore(1);
  readonly #writerCounter = new Semaphore(1);
  readonly #readers = new Int32Array(new SharedArrayBuffer(4));
  readonly #writers = new Int32Array(new SharedArrayBuffer(4));

  /** `arrived` is called once the reader stands at the door. */
  enterAsReader(arrived: () => void = () => {}): void {
    arrived();
    this.#door.acquire();
    this.#readerCounter.acquire();
    this.#readers[0]++;
    if (this.#readers[0] === 1) this.#room.acquire();
    this.#readerCounter.release();
    this.#door.release();
  }

  leaveAsReader(): void {
    this.#readerCounter.acquire();
    this.#readers[0]--;
    if (this.#readers[0] === 0) this.#room.release();
    this.#readerCounter.release();
  }

  enterAsWriter(): void {
    this.#writerCounter.acquire();
    this.#writers[0]++;
    if (this.#writers[0] === 1) this.#door.acquire(); // the first one shuts the door on readers
    this.#writerCounter.release();
    this.#room.acquire();
  }

  leaveAsWriter(): void {
    this.#room.release();
    this.#writerCounter.acquire();
    this.#writers[0]--;
    if (this.#writers[0] === 0) this.#door.release();
    this.#writerCounter.release();
  }
}
