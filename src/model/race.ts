import type { Assumption, Outcome, Region, Witness } from './finding.js';
import type { ExplorationOptions, Program } from './program.js';
import type { SourceRange } from './source.js';
import type { Trace } from './trace.js';

/** Plain accesses to shared memory take effect at once (`sc`), or leave a store buffer some time later (`tso`). */
export type MemoryModel = 'sc' | 'tso';

/** A `*.race.ts` file, closed: its default export says what runs (design, section 6). Plain data. */
export interface RaceFile {
  readonly version: 1;
  readonly program: Program;
  /** Regions that the analyser sees in the linked modules: their atomicity is judged. */
  readonly regions: readonly Region[];
  readonly memoryModel: MemoryModel;
  /** Timers may fire later than another that is due later. */
  readonly areTimersLate: boolean;
  /** Calls of the outside may fail, each once in an execution; the scenario itself may ask for it, too. */
  readonly faults?: boolean;
  readonly assumptions: Readonly<Record<string, boolean>>;
  readonly seed: number;
}

export interface RaceOptions extends ExplorationOptions {
  /** Only schedules with at most this many switches away from an enabled task. */
  readonly preemptionBound?: number;
  /** Seeds the strategies that sample. */
  readonly strategySeed?: number;
}

/** How far an exploration is. */
export interface RaceProgress {
  readonly executions: number;
  readonly transitions: number;
  /** Estimated share of all that is to be explored, 0 to 1. */
  readonly fraction: number;
}

/** What an oracle found wrong. */
export type ProblemKind =
  | 'atomicity' | 'serializability' | 'linearizability' | 'deadlock' | 'lost-wakeup' | 'starvation' | 'livelock' | 'lock-held' | 'double-release'
  | 'unhandled' | 'data-race' | 'invariant' | 'noninterference' | 'observational-determinism';

export interface Problem {
  readonly kind: ProblemKind;
  /** One or a few lines for a person: the cycle, the two accesses, the values. */
  readonly message: string;
  /** Steps of the execution that it is about, by index. */
  readonly steps: readonly number[];
}

/** A problem, with how many explored executions have one of its kind. */
export interface ProblemTally {
  readonly kind: ProblemKind;
  readonly message: string;
  readonly executions: number;
}

export type Limit = 'executions' | 'turns' | 'time' | 'heap' | 'steps' | 'stopped' | 'preemptions' | 'sampling' | 'histories';

export interface RaceExploration {
  readonly exhaustive: boolean;
  /** What kept it from being exhaustive. */
  readonly limit?: Limit;
  readonly executions: number;
  /** Executions with a problem. */
  readonly wrong: number;
  readonly transitions: number;
  readonly outcomes: readonly { readonly outcome: Outcome; readonly count: number; readonly expected: boolean }[];
  /** Executions whose outcomes are not listed, since there are too many different ones. */
  readonly otherOutcomes?: number;
  readonly problems: readonly ProblemTally[];
  /**
   * Of a scenario with secrets: bits that the observer learns of them from one execution at most, and that by the mean number of its
   * transitions, if one explored execution is as likely as any other.
   */
  readonly capacity?: { readonly bits: number; readonly bitsPerStep: number };
  readonly asked: readonly Assumption[];
  readonly failure?: { readonly reason: string; readonly range?: SourceRange };
  readonly unmodelled: readonly string[];
  readonly witness?: RaceWitness;
}

export interface RaceWitness extends Witness {
  readonly problem: Problem;
  /** No schedule with fewer switches has such a problem. */
  readonly isMinimal: boolean;
}

/** A schedule of a scenario file, run once more. */
export interface RaceReplay {
  readonly trace: Trace;
  /** What is wrong with this execution, the most important first. */
  readonly problems: readonly Problem[];
}
