/** Time that several pieces of work share, in milliseconds. What runs at the same time is counted for each. */
export class TimeAllowance {
  readonly #now: () => number;
  #left: number;

  constructor(milliseconds: number, now = (): number => performance.now()) {
    this.#left = milliseconds;
    this.#now = now;
  }

  /** 0 once it is used up. */
  get left(): number {
    return Math.max(0, Math.ceil(this.#left));
  }

  async spend<T>(run: () => Promise<T>): Promise<T> {
    const start = this.#now();
    try {
      return await run();
    } finally {
      this.#left -= this.#now() - start;
    }
  }
}
