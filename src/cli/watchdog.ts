/** Milliseconds, as told by the wall and as spent by the processor for this process. */
export interface Clocks {
  readonly wall: () => number;
  readonly processor: () => number;
}

const clocks: Clocks = {
  wall: () => performance.now(),
  processor: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/** On a machine so busy that the processor comes by this rarely, something else is wrong. */
const mostWall = 10;

/**
 * Calls `hung` once when work has had `milliseconds` of this process's processor time and of the wall clock; a busy machine, which gives it less
 * than that, is waited for, up to ten times as long.
 */
export class Watchdog {
  readonly #milliseconds: number;
  readonly #hung: () => void;
  readonly #clocks: Clocks;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(milliseconds: number, hung: () => void, given = clocks) {
    this.#milliseconds = milliseconds;
    this.#hung = hung;
    this.#clocks = given;
  }

  /** Begins anew. */
  start(): void {
    this.stop();
    const [wall, processor] = [this.#clocks.wall(), this.#clocks.processor()];
    const look = (): void => {
      const left = this.#milliseconds - (this.#clocks.processor() - processor);
      if (left <= 0 || this.#clocks.wall() - wall >= mostWall * this.#milliseconds) this.#hung();
      else this.#timer = setTimeout(look, left);
    };
    this.#timer = setTimeout(look, this.#milliseconds);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
