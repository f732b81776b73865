import type { Node } from '../../language/index.js';
import type { Effect, EffectKind, EffectOf, Frame } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';

type Payload<K extends EffectKind> = Omit<EffectOf<K>, 'id' | 'at' | 'frame' | 'next' | 'handler' | 'kind'>;

/** More than this in one graph is not followed. */
const MOST_EFFECTS = 3_000;

/**
 * Builds a control-flow graph front to back. Control is at one place, `current`, or nowhere: then what is added cannot
 * be reached and is dropped. A place where several ways meet is a `pass` that was made in advance.
 */
export class GraphBuilder {
  readonly effects: Effect[] = [];
  isPartial = false;
  frame: Frame;
  /** Where an exception goes from here. */
  handler: number | undefined;
  /** How deep within ways that nobody waits for is what is added. */
  aside = 0;
  #current: number | undefined;
  #outcome: boolean | undefined;
  #frames = 1;

  constructor(entry: FunctionInfo) {
    this.frame = { id: 0, fn: entry, caller: undefined, at: entry.node };
    this.#current = this.join(entry.node);
  }

  get isReachable(): boolean {
    return this.#current !== undefined && !this.isPartial;
  }

  /** Adds an effect where control is, and moves on to it. Its id; -1 if it cannot be reached. */
  add<K extends EffectKind>(kind: K, at: Node, payload: Payload<K>): number {
    if (!this.isReachable) return -1;
    const id = this.#make(kind, at, payload);
    if (id < 0) return -1;
    this.goTo(id);
    this.#current = id;
    this.#outcome = undefined;
    return id;
  }

  /** Adds an effect before all others. */
  addAtStart<K extends EffectKind>(kind: K, at: Node, payload: Payload<K>): number {
    const start = this.effects[0]!;
    const { frame, handler } = this;
    Object.assign(this, { frame: start.frame, handler: start.handler });
    const id = this.#make(kind, at, payload);
    Object.assign(this, { frame, handler });
    if (id < 0) return id;
    this.effects[id]!.next.push(...start.next);
    start.next.splice(0, Infinity, { to: id });
    if (this.#current === 0) this.#current = id;
    return id;
  }

  /** Makes a meeting place that nothing leads to yet. */
  join(at: Node): number {
    return this.#make('pass', at, {});
  }

  /** Leads control from where it is to `target`, and leaves it nowhere. */
  goTo(target: number): void {
    if (this.#current !== undefined && target >= 0) this.effects[this.#current]!.next.push({ to: target, ...(this.#outcome !== undefined && { outcome: this.#outcome }) });
    this.#current = undefined;
    this.#outcome = undefined;
  }

  /** Continues from `place`; from a branch, the way that `outcome` says. */
  continueAt(place: number | undefined, outcome?: boolean): void {
    this.#current = place === undefined || place < 0 ? undefined : place;
    this.#outcome = outcome;
  }

  /** Where control is, to come back to. Only before anything that depends on a branch's outcome. */
  mark(at: Node): number | undefined {
    if (!this.isReachable) return undefined;
    return this.add('pass', at, {});
  }

  /** True if something leads to a place that was made in advance, be it an exception. */
  isReached(place: number): boolean {
    return place >= 0 && this.effects.some(({ next, handler, kind }) => next.some(({ to }) => to === place) || (handler === place && kind !== 'pass'));
  }

  enter(fn: FunctionInfo, at: Node): Frame {
    const caller = this.frame;
    this.frame = { id: this.#frames++, fn, caller, at };
    return caller;
  }

  #make<K extends EffectKind>(kind: K, at: Node, payload: Payload<K>): number {
    if (this.effects.length >= MOST_EFFECTS) {
      this.isPartial = true;
      return -1;
    }
    const id = this.effects.length;
    this.effects.push({ id, kind, at, frame: this.frame, next: [], handler: this.handler, ...(this.aside > 0 && { aside: this.aside }), ...payload } as unknown as Effect);
    return id;
  }
}
