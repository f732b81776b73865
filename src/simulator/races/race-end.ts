import type { Assumption, Trace } from '../../model/index.js';
import type { Execution } from '../explore/index.js';
import type { Asks, ExecutionEnd, TornRegion } from '../oracle/index.js';

/** How one execution of a scenario file has ended. */
export interface RaceEnd extends ExecutionEnd {
  readonly torn: readonly TornRegion[];
  /** What this execution took for granted. */
  readonly asked: readonly Assumption[];
  /** The environment was cut short, such as an interval that would go on. */
  readonly isBounded: boolean;
  readonly trace?: Trace;
}

/** Runs one scenario file, again and again. */
export interface RaceRunner {
  /** What the file wants judged. */
  readonly asks: Asks;
  /** What a person calls the secrets; one entry if there is none. */
  readonly secrets: readonly string[];
  readonly asked: ReadonlyMap<string, Assumption>;
  readonly unmodelled: ReadonlySet<string>;
  /** @throws SubjectFailure if the code overruns a limit before it comes to its first choice. */
  start(secret?: number, isTraced?: boolean): Execution<RaceEnd>;
}
