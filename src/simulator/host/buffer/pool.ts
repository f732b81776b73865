import { runningLoop } from '../../runtime/loop.js';

const location = 'Buffer pool';

type Make = (buffer: ArrayBuffer, offset?: number, length?: number) => Uint8Array;

/**
 * Memory that is handed out as it is, as Node does: small Buffers are cut one after the other from a pool of `Buffer.poolSize` bytes.
 *
 * What the memory holds is not determined in Node. Here it is what a process that reuses freed memory would show: the first pool is empty, a
 * later one has the bytes of the one before, and memory of its own those of the pool before the present one, again and again. Both are copies,
 * so no Buffer shares bytes with another.
 */
export class Pool {
  static readonly defaultSize = 8192;
  readonly #make: Make;
  readonly #size: () => number;
  readonly #isSeen: boolean;
  #memory: ArrayBuffer | undefined;
  #freed: Uint8Array | undefined;
  #used = 0;

  constructor(make: Make, size: () => number, isSeen: boolean) {
    this.#make = make;
    this.#size = size;
    this.#isSeen = isSeen;
  }

  take(length: number): Uint8Array {
    const size = this.#size();
    if (length >= size >>> 1) return this.own(length);
    this.#touch();
    if (this.#memory === undefined || length > this.#memory.byteLength - this.#used) this.#renew(size);
    const made = this.#make(this.#memory!, this.#used, length);
    this.#used = (this.#used + length + 7) & ~7;
    return made;
  }

  /** Memory that is no part of the pool. */
  own(length: number): Uint8Array {
    this.#touch();
    return this.#make(this.#memoryOf(length));
  }

  #renew(size: number): void {
    if (this.#memory) this.#freed = new Uint8Array(this.#memory.slice(0));
    this.#memory = this.#memoryOf(size);
    this.#used = 0;
  }

  #memoryOf(length: number): ArrayBuffer {
    const made = new Uint8Array(length);
    const freed = this.#freed;
    if (freed !== undefined && freed.length > 0) for (let at = 0; at < length; at += freed.length) made.set(freed.subarray(0, Math.min(freed.length, length - at)), at);
    return made.buffer;
  }

  #touch(): void {
    if (this.#isSeen) runningLoop()?.touch(location, 'memory', 'write');
  }
}
