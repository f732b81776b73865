import type { RaceOptions, RaceProgress } from '../../model/index.js';
import type { ExploredParts, PartEnd } from '../explored-parts.js';
import type { RaceSubtree } from '../race-part.js';

/** How a part is explored slice by slice, with an eye for what comes in between. */
export interface Pace {
  /** Runs something once the messages that have come in are seen to. */
  readonly later: (run: () => void) => void;
  /** Milliseconds that a slice takes. */
  readonly slice: number;
}

interface Listener {
  readonly pace: Pace;
  explored(end: PartEnd): void;
  fail(error: unknown): void;
}

/** Explores a part slice by slice, so that it can be asked to stop. */
export class PartUnderWay {
  readonly #parts: ExploredParts;
  readonly #listener: Listener;
  #isStopped = false;

  constructor(parts: ExploredParts, listener: Listener) {
    this.#parts = parts;
    this.#listener = listener;
  }

  begin(subtree: RaceSubtree, options: RaceOptions, onProgress: (progress: RaceProgress) => void): void {
    this.#parts.begin(subtree, options, onProgress);
    this.#goOn();
  }

  stop(): void {
    this.#isStopped = true;
  }

  #goOn(): void {
    const { pace: { later, slice } } = this.#listener;
    const end = performance.now() + slice;
    const hasMore = this.#parts.goOn(() => performance.now() >= end);
    if (!hasMore || this.#isStopped) return this.#listener.explored(this.#parts.end());
    later(() => this.#orFail(() => this.#goOn()));
  }

  #orFail(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#listener.fail(error);
    }
  }
}
