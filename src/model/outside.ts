import type { Assumption } from './finding.js';

/** What one schedule does with values from outside, set-up included; and what the tasks do with them one after the other, in any order. */
export interface OutsideUses {
  readonly witness: readonly OutsideUse[];
  readonly serial: readonly OutsideUse[];
  /** What any of these executions took for granted of them. */
  readonly assumptions: readonly Assumption[];
}

/** Something that an execution did with a value from outside, in the order in which it happened. Such values are named by the expressions that made them. */
export type OutsideUse =
  /** `name` of a module that does not take part, under its own name: `default`, `read`. */
  | { readonly kind: 'import'; readonly value: string; readonly specifier: string; readonly name: string }
  /** A name that neither the program nor the simulator declares. */
  | { readonly kind: 'global'; readonly value: string }
  | { readonly kind: 'member'; readonly value: string; readonly of: string; readonly key: string }
  /** `number` tells calls apart that look alike; `arguments` as a person would write them. */
  | { readonly kind: 'call'; readonly value: string; readonly of: string; readonly number: number; readonly task: string; readonly arguments: readonly string[] }
  | { readonly kind: 'construct'; readonly value: string; readonly of: string }
  /** Somebody waits for it, and the event of this id settles it. `call`: the call that made it, or `of` is no call's. */
  | { readonly kind: 'wait'; readonly of: string; readonly call?: number; readonly event: string }
  /** It was iterated, or its elements were handed to a callback; `value` is the one element that it has. */
  | { readonly kind: 'element'; readonly value: string; readonly of: string }
  /** The call `of` has called back with `value`, at once or in an event of its own. */
  | { readonly kind: 'callback'; readonly value: string; readonly of: string; readonly isLater: boolean; readonly later?: LaterCallback }
  /** An operator that gave another value from outside. */
  | { readonly kind: 'operation'; readonly value: string; readonly operator: string; readonly operands: readonly [string, string] };

/** A callback that an event of its own runs. */
export interface LaterCallback {
  readonly event: string;
  /** The number of the call that it was handed to, and which of its arguments it was, from 0. */
  readonly call: number;
  readonly position: number;
  /** What it is given: values from outside, `null` for no error. */
  readonly given: readonly (string | null)[];
}
