import { analyse } from '../analysis/index.js';
import { compileLinked, type ReadModule, type SourceText } from '../language/index.js';
import type { MemoryModel, Proof, RaceExploration, RaceFile, Verdict } from '../model/index.js';
import { hasModel } from '../simulator/index.js';
import { sentence } from './sentence.js';

export interface RaceSettings {
  /** Default: `sc`. */
  readonly memoryModel?: MemoryModel;
  readonly areTimersLate?: boolean;
  readonly faults?: boolean;
  /** Seeds `Math.random` and `crypto` of the program. */
  readonly seed?: number;
}

export interface ClosedRace {
  readonly race: RaceFile;
  /** Every source file that takes part, the scenario's own first. */
  readonly sources: readonly SourceText[];
}

/**
 * Makes a scenario file ready to run: its local imports linked in, and the regions of all of them watched.
 * @throws CompileError with the place of what is wrong.
 */
export function closeRace(entry: SourceText, read: ReadModule, { memoryModel = 'sc', areTimersLate = false, faults = false, seed = 1 }: RaceSettings = {}): ClosedRace {
  const { program, sources } = compileLinked(entry, read, hasModel);
  const regions = sources.flatMap((source) => analyse(source).findings.map(({ region }) => region));
  return { race: { version: 1, program, regions, memoryModel, areTimersLate, faults, assumptions: {}, seed }, sources };
}

/** `confirmed`: something is wrong. `refuted`: everything was explored, and nothing is. `unproven`: nothing could be run. */
export function verdictOf({ problems, exhaustive, failure, unmodelled, limit }: RaceExploration): Verdict {
  // What has no model may be what keeps a problem from happening.
  if ((failure && limit === undefined) || unmodelled.length > 0) return 'unproven';
  if (problems.length > 0) return 'confirmed';
  return exhaustive ? 'refuted' : 'bounded';
}

/** The exploration of a scenario file in the shape that every proof has. */
export function raceProof(exploration: RaceExploration): Proof {
  const { exhaustive, executions, wrong, transitions, outcomes, witness } = exploration;
  return { verdict: verdictOf(exploration), reason: sentence(exploration), exhaustive, executions, wrong, transitions, outcomes, ...(witness && { witness }) };
}
