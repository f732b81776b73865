/** Some of the tasks, one after the other. */
export interface Batch {
  /** Place of the first among all. */
  readonly first: number;
  /** Place after the last. */
  readonly end: number;
}

/**
 * Shares tasks out among threads. Neighbours import the same modules, which a thread reads once: so each thread has a stretch of its own,
 * and one that is done with it takes the second half of what is left of the longest.
 */
export class Stretches {
  readonly #left: { next: number; end: number }[];
  readonly #batchSize: number;

  constructor(tasks: number, threads: number, batchSize: number) {
    this.#left = Array.from({ length: threads }, (_, thread) => ({ next: Math.round((tasks * thread) / threads), end: Math.round((tasks * (thread + 1)) / threads) }));
    this.#batchSize = batchSize;
  }

  /** What a thread does next; undefined when nothing is left for it. */
  take(thread: number): Batch | undefined {
    const own = this.#left[thread]!;
    if (own.next === own.end && !this.#takeOver(own)) return undefined;
    const first = own.next;
    own.next = Math.min(first + this.#batchSize, own.end);
    return { first, end: own.next };
  }

  #takeOver(own: { next: number; end: number }): boolean {
    const longest = this.#left.reduce((a, b) => (b.end - b.next > a.end - a.next ? b : a));
    const from = Math.max(longest.next, Math.min(Math.ceil((longest.next + longest.end) / 2), longest.end - this.#batchSize));
    if (from === longest.end) return false;
    Object.assign(own, { next: from, end: longest.end });
    longest.end = from;
    return true;
  }
}
