import type { Outcome } from './finding.js';
import type { SourceRange } from './source.js';

/** One execution as a person steps through it (design, section 6). */
export interface Trace {
  readonly tasks: readonly TraceTask[];
  readonly steps: readonly TraceStep[];
  /** Indices of the two colliding steps: the act of the torn region and the other task's write inside it. */
  readonly conflict?: readonly [number, number];
  readonly outcome: Outcome;
}

export interface TraceTask {
  readonly id: string;
  readonly name: string;
  readonly agent: string;
}

/**
 * `start`/`return`/`throw`: a task's own beginning and end. `read`/`write`/`update`: an access to a shared location.
 * `call`: an external call. `suspend`/`resume`: the two ends of a suspension gap.
 * Of agents: `acquire`/`release` of a lock or semaphore; `wait`, until `wake`, for a lock, a condition or a value, which a `notify` may
 * bring; `send`/`receive` of a message; `spawn` of an agent; `flush`: a store leaves its buffer; `observe`: an effect that outcomes compare.
 */
export type TraceStepKind =
  | 'start' | 'read' | 'write' | 'update' | 'call' | 'suspend' | 'resume' | 'return' | 'throw'
  | 'acquire' | 'release' | 'wait' | 'wake' | 'notify' | 'send' | 'receive' | 'spawn' | 'flush' | 'observe';

export interface TraceStep extends SourceRange {
  readonly index: number;
  /** Rank of the turn it ran in; a turn is never interrupted. */
  readonly turn: number;
  /** Id of the task. */
  readonly task: string;
  readonly kind: TraceStepKind;
  /** One line for a person: `reads balance: 100`, `waits for audit(80)`. */
  readonly text: string;
  readonly location?: string;
  readonly before?: string;
  readonly after?: string;
  readonly locks: readonly string[];
  /** Index of the step that enabled this one: the resolve behind a resume. */
  readonly cause?: number;
}
