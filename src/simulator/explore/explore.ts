import type { Execution, OnExecution, SearchOptions, SearchSummary } from './execution.js';
import { exploreNaively } from './depth-first.js';
import { exploreOptimally } from './optimal.js';
import { explorePct } from './pct.js';
import { exploreRandomly } from './random.js';

export type Strategy = 'optimal' | 'naive' | 'pct' | 'random';

export interface ExploreOptions extends SearchOptions {
  readonly strategy: Strategy;
  /** `pct`: how many ordered events a bug may need (default 3). */
  readonly depth?: number;
}

const searches: Readonly<Record<Strategy, typeof explorePct>> = { optimal: exploreOptimally, naive: exploreNaively, pct: explorePct, random: exploreRandomly };

/**
 * Runs the program again and again, each time in another order of events, and reports every complete execution. `start` begins a
 * fresh execution; nothing but the choices may differ between two, or a `NondeterminismError` is thrown.
 */
export function explore<R>(start: () => Execution<R>, options: ExploreOptions, onExecution: OnExecution<R>): SearchSummary {
  return searches[options.strategy](start, options, onExecution);
}
