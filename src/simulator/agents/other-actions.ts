import type { Guard } from '../explore/execution.js';
import type { Footprint } from '../explore/footprint.js';
import type { BlockedTask } from '../oracle/execution-end.js';
import { Action, type Effect } from './action.js';
import type { SharedOp } from './operations.js';
import type { Place, Places } from './places.js';
import type { SharedCall, SharedGuard, SharedObjects, Touches } from './shared-objects.js';
import type { UndoLog, Variable } from './undo-log.js';

type Op<K extends SharedOp['kind']> = Extract<SharedOp, { readonly kind: K }>;

/** Something that a person or an oracle sees; the effects of one log are in one order. */
export class Observe extends Action {
  readonly #log: UndoLog;
  readonly #lines: Variable<readonly string[]>;
  readonly #place: Place;
  readonly #text: string;
  override readonly resource: string;
  touched: Footprint;

  constructor(op: Op<'observe'>, log: UndoLog, lines: Variable<readonly string[]>, place: Place) {
    super(op);
    this.#log = log;
    this.#lines = lines;
    this.#place = place;
    this.#text = op.text;
    this.resource = op.log;
    this.touched = place.write(undefined);
  }

  describe(task: string): string {
    return `${task}: ${this.resource}: ${this.#text}`;
  }

  override get declared(): Footprint {
    return this.#place.write(undefined);
  }

  perform(): unknown {
    this.#log.set(this.#lines, [...this.#lines.value, this.#text]);
    this.touched = this.#place.write(undefined);
    return undefined;
  }

  effect(): Effect {
    return { kind: 'observe', resource: this.resource, isAtomic: true, after: this.#text };
  }
}

/** An operation on a channel, a worker, or whatever else is registered as a kind of shared object. */
export class SharedAction extends Action {
  readonly #objects: SharedObjects;
  readonly #places: Places;
  readonly #call: SharedCall;
  readonly #guard: SharedGuard | undefined;
  override readonly guard: Guard | undefined;
  override readonly waits: BlockedTask['waits'];
  override readonly resource: string;
  touched: Footprint;

  /** What guards are told of a location, in the present state. */
  readonly #valueAt: (location: string) => unknown;

  constructor(op: Op<'shared'>, agent: string, objects: SharedObjects, places: Places, valueAt: (location: string) => unknown) {
    super(op);
    this.#valueAt = valueAt;
    this.#objects = objects;
    this.#places = places;
    this.#call = { agent, object: op.object, method: op.method, payload: op.payload };
    const wait = objects.waitOf?.(this.#call);
    this.waits = wait?.waits ?? 'nothing';
    this.resource = wait?.resource ?? op.name;
    this.touched = places.nothing;
    const guard = (this.#guard = objects.guardOf?.(this.#call));
    this.guard = guard && ((valueOf) => guard.holds((location) => valueOf(places.of(location).key) ?? objects.valueAt?.(location, 'after set-up')));
  }

  describe(task: string): string {
    return `${task}: ${this.#call.method} on ${this.resource}`;
  }

  override isEnabled(): boolean {
    return this.#guard === undefined || this.#guard.holds(this.#valueAt);
  }

  override get declared(): Footprint | undefined {
    const { areTouchesFixed } = this.#objects;
    const isFixed = typeof areTouchesFixed === 'function' ? areTouchesFixed.call(this.#objects, this.#call) : areTouchesFixed;
    return isFixed === true ? footprintOf(this.#places, this.#objects.touches(this.#call)) : undefined;
  }

  perform(): unknown {
    const touches = this.#objects.touches(this.#call);
    const result = this.#objects.perform(this.#call);
    this.touched = footprintOf(this.#places, touches, this.#valueAt);
    return result;
  }

  effect(result: unknown): Effect | undefined {
    const logged = this.#objects.logged?.(this.#call, result);
    if (typeof logged === 'object') return { kind: 'use', resource: this.resource, isAtomic: true, after: logged.text };
    return logged && { kind: logged, resource: this.resource, isAtomic: true };
  }
}

/** What guards are told of the life of an agent that was terminated. */
export const ENDED = 'ended';

export function footprintOf(places: Places, { reads = [], writes = [] }: Touches, valueAt: (location: string) => unknown = () => undefined): Footprint {
  const keys = (names: readonly string[]): number[] => names.map((name) => places.of(name).key);
  return places.footprint(keys(reads), keys(writes), writes.map(valueAt));
}
