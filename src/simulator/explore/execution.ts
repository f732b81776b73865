import type { Schedule } from '../../model/index.js';
import type { Footprint } from './footprint.js';
import type { SearchProgress } from './progress.js';
import type { Subtree } from './split.js';

/** A choice: what the scheduler may fire next. */
export interface PendingEvent {
  /** The same for the same event in every execution with the same past. */
  readonly id: string;
  readonly task: string;
  readonly label: string;
  /** Id of the event whose turn created it; it can never come before that one. */
  readonly creator?: string | undefined;
  /** Ids of events beside that one which it can never come before either, as a part of a split search has it. */
  readonly awaited?: readonly string[] | undefined;
  /** Events of one channel keep their order, so no search tries to turn it round. */
  readonly channel?: string | undefined;
  /** Another event may take it back before it fires. */
  readonly isCancellable?: boolean;
  /** What it will touch in the present state, if that is known before it is fired; then no execution is begun in vain. */
  readonly footprint?: Footprint | undefined;
  /**
   * What it would touch where locations have other values; needed if that differs from state to state (a compare-and-swap that fails
   * only reads; a wait that returns at once does not wait). Absent: `footprint`, whatever others do before it.
   */
  readonly footprintAt?: ((valueOf: ValueOf) => Footprint) | undefined;
  /**
   * It can fire only in some states: it waits for a lock, a condition, a message. `enabled()` lists it while it can, `blocked()`
   * while it cannot. An event without a guard can fire from its creation on (unless its channel holds it back, or it is cancelled).
   */
  readonly guard?: Guard | undefined;
  /**
   * It waits by spinning, so its task could run on though its guard does not hold: leaving the task there counts as a switch, as it
   * does not for one that is blocked on a lock.
   */
  readonly isSpinning?: boolean;
}

/**
 * What the last write of a location (a key of footprints) gave it, as `Footprint.values` said; undefined if no event of the
 * execution has written it, so that it is as set-up left it.
 */
export type ValueOf = (key: number) => unknown;

/**
 * Whether the event could fire where locations have the values that `valueOf` gives. It must ask for every location that its
 * answer depends on; all of them belong to the event's footprint. Which locations it asks for may depend on what it is told: then the
 * footprint has those that it asks for in the present state, and `footprintAt` tells of other states.
 */
export type Guard = (valueOf: ValueOf) => boolean;

/** One run of a program from its start, driven from outside. Everything between two choices must be deterministic. */
export interface Execution<R> {
  /** Empty at the end. The array may change with the next `fire`. */
  enabled(): readonly PendingEvent[];
  /** Runs one turn, and says what it touched; where guards may read what it wrote, with the values that it gave. */
  fire(event: PendingEvent): Footprint;
  /** As `fire`, where it is known what the event touches, since it was fired with the same past before. Absent: there is no shorter way. */
  refire?(event: PendingEvent): void;
  /** Called at the end (again after each `rewind`). */
  result(): R;
  isFinished?(task: string): boolean;
  /** Events that exist but cannot fire now, since their guards do not hold: threads that wait for a lock or a condition. Absent: none. */
  blocked?(): readonly PendingEvent[];
  /** Goes back to the state before the event at `depth` was fired (0: the first one). Absent: it can only be run again from its start. */
  rewind?(depth: number): void;
}

/** One fired event of a path. */
export interface PathStep {
  readonly id: string;
  readonly task: string;
  readonly label: string;
  /** It left a task that could have gone on. */
  readonly isSwitch: boolean;
}

/** The choices that led to a result. */
export interface Path {
  readonly steps: readonly PathStep[];
  readonly switches: number;
  /** The execution was cut at the limit of turns. */
  readonly isTruncated: boolean;
  schedule(): Schedule;
}

export type OnExecution<R> = (result: R, path: Path) => 'continue' | 'stop';

export interface SearchOptions {
  /** Complete executions at most. */
  readonly maxExecutions: number;
  /** Turns of one execution at most; a longer one is cut there and reported as truncated. */
  readonly maxTurns?: number;
  readonly seed?: number;
  /** Explores this part only (`optimal` and `naive` alone), one of those that `splitWork` gave. */
  readonly subtree?: Subtree | undefined;
  /** Called every `progressEvery` executions (default 1000). */
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
  readonly progressEvery?: number;
  /** Looked at between executions. */
  readonly signal?: { readonly aborted: boolean } | undefined;
}

export type SearchLimit = 'executions' | 'turns' | 'signal' | 'stopped';

export interface SearchSummary {
  /** Complete executions that were reported. */
  readonly executions: number;
  /** Executions that were begun in vain: all that could follow had been explored, or belongs to another subtree. */
  readonly blocked: number;
  /** Events fired: with `rewind` each branch of the tree once, without it those of replayed prefixes too. */
  readonly transitions: number;
  /** Everything was explored. */
  readonly exhaustive: boolean;
  /** What kept it from being exhaustive. */
  readonly limit?: SearchLimit | undefined;
}

export const DEFAULT_MAX_TURNS = 1000;

export function scheduleOf(steps: readonly PathStep[]): Schedule {
  return { version: 1, events: steps.map(({ id, task, label }) => ({ id, task, label })) };
}
