import type { Guard, ValueOf } from '../explore/execution.js';
import type { Footprint } from '../explore/footprint.js';
import type { BlockedTask, ByteRange, LoggedKind } from '../oracle/execution-end.js';
import type { Slot } from './memory.js';
import { opKey, type SharedOp } from './operations.js';

/** The agent waits: its operation has begun, and another agent's will give it a result. */
export const SUSPENDED = Symbol('suspended');
/** Nobody can say what the result would be. */
export const UNKNOWN = Symbol('unknown');

/** What an action has to do with a resource, as oracles and traces are told. */
export interface Effect {
  readonly kind: LoggedKind;
  readonly resource: string;
  readonly isAtomic: boolean;
  readonly bytes?: ByteRange;
  readonly reads?: readonly ByteRange[];
  readonly before?: string;
  readonly after?: string;
}

/**
 * A shared operation that an agent stands before, bound to the world and the agent. It lives as long as the agent's table, so
 * whatever does not depend on the state is worked out once.
 *
 *  1. `perform` may be called only while `isEnabled()`. It changes state through the undo log alone.
 *  2. `touched` is what the last `perform` touched. It names every location that the result, the effect or `isEnabled` depends on.
 *  3. `declared` is what it touches in every state in which it can be performed, unless `footprintAt` tells of each.
 */
export abstract class Action {
  readonly op: SharedOp;
  readonly key: string;
  abstract touched: Footprint;
  /** What the last `perform` has overwritten, if a person wants to know. */
  before: unknown = undefined;
  readonly guard?: Guard | undefined;
  /** An access that takes part in data races. */
  readonly isPlain: boolean = false;
  /** The element of memory that it may write. */
  get writes(): Slot | undefined {
    return undefined;
  }

  /** A wait that stands for a loop: while it cannot fire, the agent would go round and round. */
  readonly isSpinning: boolean = false;
  /** It has to wait until the agent's store buffer is empty. */
  readonly isFence: boolean = true;
  /** What the agent waits for if it never gets further. */
  readonly waits: BlockedTask['waits'] = 'nothing';
  readonly resource: string = '';

  constructor(op: SharedOp) {
    this.op = op;
    this.key = opKey(op);
  }

  /** What a person reads of it: `alice: x[0] = 1`, `bob locks mutex forks[1]`. */
  abstract describe(task: string): string;

  get declared(): Footprint | undefined {
    return undefined;
  }

  /** What it would touch in other states, if that depends on them; `declared` is then of the present one. */
  footprintAt?(valueOf: ValueOf): Footprint;

  isEnabled(): boolean {
    return true;
  }

  abstract perform(): unknown;

  /** A result to go on with beyond the table. What it changes is taken back later. */
  guess(): unknown {
    if (!this.isEnabled()) return UNKNOWN;
    const result = this.perform();
    return result === SUSPENDED ? UNKNOWN : result;
  }

  /** How a performance is written down; `result` is what it gave, `before` what it has overwritten. */
  abstract effect(result: unknown, before: unknown): Effect | undefined;

  /** What else it did, before that. */
  sideEffect(_result: unknown): Effect | undefined {
    return undefined;
  }
}

/** `kind` and `name`, without saying the kind twice. */
export function resourceName(kind: string, name: string): string {
  return name.toLowerCase().startsWith(kind) ? name : `${kind} ${name}`;
}
