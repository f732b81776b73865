import type { Schedule } from '../../model/index.js';
import type { Footprint } from './footprint.js';

/** A choice: what the scheduler may fire next. */
export interface PendingEvent {
  /** The same for the same event in every execution with the same past. */
  readonly id: string;
  readonly task: string;
  readonly label: string;
  /** Id of the event whose turn created it; it can never come before that one. */
  readonly creator?: string | undefined;
  /** Events of one channel keep their order, so no search tries to turn it round. */
  readonly channel?: string | undefined;
  /** What it will touch, if that is known before it is fired; then no execution is begun in vain. */
  readonly footprint?: Footprint | undefined;
}

/** One run of a program from its start, driven from outside. Everything between two choices must be deterministic. */
export interface Execution<R> {
  /** Empty at the end. The array may change with the next `fire`. */
  enabled(): readonly PendingEvent[];
  /** Runs one turn, and says what it touched. */
  fire(event: PendingEvent): Footprint;
  /** Called once, at the end. */
  result(): R;
  isFinished?(task: string): boolean;
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
  /** Looked at between executions. */
  readonly signal?: { readonly aborted: boolean } | undefined;
}

export type SearchLimit = 'executions' | 'turns' | 'signal' | 'stopped';

export interface SearchSummary {
  /** Complete executions that were reported. */
  readonly executions: number;
  /** Executions that were begun and given up, since all that could follow had been explored. */
  readonly blocked: number;
  /** Turns fired, those of replayed prefixes included. */
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
