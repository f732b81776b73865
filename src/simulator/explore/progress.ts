import type { SearchOptions } from './execution.js';

/** How far a search has come. */
export interface SearchProgress {
  readonly executions: number;
  readonly transitions: number;
  /** The share of all executions that are done, as far as can be told: 0 to 1. New branches show up as the search goes on, so it may also fall. */
  readonly fraction: number;
}

/** A choice on the current path, as an estimate needs it. */
interface Choice {
  /** Executions that were complete when the choice came up. */
  readonly executionsBefore: number;
  readonly branchesDone: number;
  /** Planned beside the present one. */
  readonly branches: { readonly length: number };
}

const DEFAULT_EVERY = 1000;

/** Reports every so many executions. */
export class Progress {
  readonly #onProgress: SearchOptions['onProgress'];
  readonly #every: number;
  #next: number;

  constructor(options: SearchOptions) {
    this.#onProgress = options.onProgress;
    this.#every = this.#next = options.progressEvery ?? DEFAULT_EVERY;
  }

  /** `path`: the choices of the current path, of which the first `depth` count. */
  report(executions: number, transitions: number, path: readonly Choice[], depth: number): void {
    if (this.#onProgress === undefined || executions < this.#next) return;
    this.#next = executions + this.#every;
    this.#onProgress({ executions, transitions, fraction: Math.min(1, executions / total(executions, path, depth)) });
  }
}

/**
 * The number of executions in the whole tree, if each planned branch has as many as those beside it have on average (the present one
 * by its own estimate).
 */
function total(executions: number, path: readonly Choice[], depth: number): number {
  let below = 1;
  let doneBefore = executions;
  for (let at = depth - 1; at >= 0; at--) {
    const { executionsBefore, branchesDone, branches } = path[at]!;
    const known = doneBefore - executionsBefore + below;
    below = known + (branches.length * known) / (branchesDone + 1);
    doneBefore = executionsBefore;
  }
  return below;
}
