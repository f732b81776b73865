import type { Footprint } from './footprint.js';
import { PastState } from './past-state.js';
import { UNSETTLED, type Origin, type Trace, type TracedEvent } from './trace.js';
import { Branch, PlannedEvents, type Sleeper } from './wakeup-tree.js';

/** An event that is put first; what it touches there is not always known. */
export interface Tail {
  readonly event: Origin;
  readonly footprint: Footprint | undefined;
}

/** What `startsWith` answers if the sequence cannot start with the event. */
const NO = -1;

/**
 * A sequence of events that should be explored from a choice on: the `body`, some events of the current execution in their order, and
 * a tail. One object serves all reversals of a search: nothing is allocated until a branch grows.
 */
export class Reversal {
  readonly #trace: Trace;
  readonly events = new PlannedEvents();
  /** One bit for each event of the execution. */
  body: Int32Array = new Int32Array(1);
  /** Number of the tail, `NO` if there is none, and what it touches if that is known. */
  #tail = NO;
  #tailFootprint: Footprint | undefined;
  readonly #state: PastState;
  /** By number: branches of one event, which never grow, since nothing is planned beside what is begun on the spot. */
  readonly #single: Branch[] = [];
  /** The last of the events that decided where the sequence belongs. */
  #settledBy = 0;
  /** No answer of `#startsWith` was a NO for want of a footprint. */
  #isSure = true;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#state = new PastState(trace);
  }

  /** All events after `first` that do not come after it, and then `event`, which was fired at `second`. */
  without(first: number, second: number, event: TracedEvent): this {
    const { stride, length } = this.#trace;
    const after = this.#trace.afterRowOf(first);
    if (this.body.length < stride) this.body = new Int32Array(stride);
    const { body } = this;
    for (let word = 0; word < stride; word++) {
      const from = first + 1 - (word << 5);
      const to = length - (word << 5);
      body[word] = between(from, to) & ~after[first * stride + word]!;
    }
    body[second >>> 5]! &= ~(1 << (second & 31));
    return this.#endWith(this.#trace.numbers[second]!, event.footprintAt === undefined ? event.footprint : this.#footprintAt(first, event.footprintAt));
  }

  #footprintAt(first: number, footprintAt: NonNullable<TracedEvent['footprintAt']>): Footprint {
    this.#state.first = first;
    this.#state.body = this.body;
    this.#state.asked = [];
    return footprintAt(this.#state.valueOf);
  }

  /** These events, then the tail. */
  of(body: Int32Array, tail: Tail): this {
    if (this.body.length < body.length) this.body = new Int32Array(body.length);
    this.body.set(body);
    return this.#endWith(this.#trace.numberOf(tail.event.id), tail.footprint);
  }

  /** The tail alone. */
  only(tail: Tail): this {
    if (this.body.length < this.#trace.stride) this.body = new Int32Array(this.#trace.stride);
    this.body.fill(0);
    return this.#endWith(this.#trace.numberOf(tail.event.id), tail.footprint);
  }

  #endWith(tail: number, footprint: Footprint | undefined): this {
    this.#tail = tail;
    this.#tailFootprint = footprint;
    this.#isSure = true;
    return this;
  }

  /**
   * Whether all that could follow this sequence has been explored already, since a sleeping event may come first in it: the index
   * of the event that shows it, `UNSETTLED` if events that are yet to come may change that, -1 if it has not been explored.
   */
  coveredBy(sleepers: readonly Sleeper[]): number {
    let best = NO;
    for (let i = 0; i < sleepers.length; i++) {
      const found = this.#startsWith(sleepers[i]!.number, sleepers[i]!.footprint, true);
      if (found !== NO && found !== UNSETTLED) return found;
      if (found !== NO) best = found;
    }
    return best;
  }

  /**
   * Adds the sequence to the tree, unless it is there; equivalent beginnings are shared. Gives the index up to which events decided that.
   *
   * Where a branch ends, all that follows will be explored, but for what a sleeper may come first in. There is none where footprints are
   * known. An unsure branch may have been planned though a left neighbour could come first in it; that one then sleeps beyond its end, and
   * would keep away what the sequence starts with, though the whole of it wakes it. So all of the sequence has to be planned there.
   */
  insertInto(tree: Branch[]): number {
    let branches: Branch[] | undefined = tree;
    this.#settledBy = 0;
    while (branches !== undefined) {
      const shared = this.#firstShared(branches);
      if (shared === undefined) return Math.max(this.#settledBy, this.#growOn(branches));
      const place = this.#follow(shared);
      if (place < shared.to) branches = shared.fork(place);
      else branches = shared.children ?? (shared.isSure || this.#isSpent() ? undefined : shared.extend());
    }
    return this.#settledBy;
  }

  #firstShared(branches: readonly Branch[]): Branch | undefined {
    for (let i = 0; i < branches.length; i++) if (this.#startsWith(branches[i]!.number, branches[i]!.footprint, false) !== NO) return branches[i];
    return undefined;
  }

  /** Takes from the sequence what it shares with a branch, up to its fork; gives the place where they part. */
  #follow(branch: Branch): number {
    const { numbers, footprints } = branch.events;
    for (let place = branch.from; place < branch.to; place++) {
      const code = branch.codeAt(place);
      const found = this.#startsWith(numbers[code]!, footprints[code], false);
      if (found === NO) return place;
      if (found > this.#settledBy) this.#settledBy = found;
      this.#drop(numbers[code]!);
    }
    return branch.to;
  }

  /** A branch of one event; what it touches will be known once it is fired. */
  branchOn(number: number): Branch {
    return (this.#single[number] ??= new Branch(this.events, this.events.chain([this.events.codeOf(number, undefined)]), true));
  }

  #growOn(branches: Branch[]): number {
    const codes = this.#codes();
    if (codes.length > 0) branches.push(new Branch(this.events, this.events.chain(codes), this.#isSure));
    return this.#lastOfBody;
  }

  /** The events of the sequence, by their codes in `events`. */
  #codes(): number[] {
    const { numbers, footprints } = this.#trace;
    const codes: number[] = [];
    for (let word = 0; word < this.body.length; word++) {
      for (let bits = this.body[word]!; bits !== 0; bits &= bits - 1) {
        const index = (word << 5) + 31 - Math.clz32(bits & -bits);
        codes.push(this.events.codeOf(numbers[index]!, footprints[index]));
      }
    }
    if (this.#tail !== NO) codes.push(this.events.codeOf(this.#tail, this.#tailFootprint));
    return codes;
  }

  /** Index of the last event of the execution that is in it; 0 if there is none. */
  get #lastOfBody(): number {
    for (let word = this.body.length - 1; word >= 0; word--) if (this.body[word] !== 0) return (word << 5) + 31 - Math.clz32(this.body[word]!);
    return 0;
  }

  /**
   * Whether the sequence is equivalent to one that starts with this event, or that this event could be put before (a "weak initial").
   * `isExact`: the footprint is what the event really touches when fired first.
   */
  #startsWith(number: number, footprint: Footprint | undefined, isExact: boolean): number {
    if (this.#tail === number) return this.#tailIsFirst(footprint, isExact);
    const place = this.#trace.placeOf(number);
    if (place >= 0 && this.#has(place)) return this.#isFirst(place) ? place : NO;
    if (footprint === undefined) return this.#unsure();
    const hasTail = this.#tail !== NO;
    if ((hasTail && this.#tailFootprint?.conflictsWith(footprint) === true) || !this.#isIndependentOfBody(footprint)) return NO;
    return !hasTail || this.#tailFootprint !== undefined ? UNSETTLED : this.#unsure();
  }

  #tailIsFirst(footprint: Footprint | undefined, isExact: boolean): number {
    if (this.#isEmpty()) return UNSETTLED;
    if (footprint === undefined || (!isExact && this.#tailFootprint === undefined)) return this.#unsure();
    return this.#isIndependentOfBody(footprint) ? UNSETTLED : NO;
  }

  #unsure(): number {
    this.#isSure = false;
    return NO;
  }

  #isSpent(): boolean {
    return this.#tail === NO && this.#isEmpty();
  }

  #has(place: number): boolean {
    return (this.body[place >>> 5]! & (1 << (place & 31))) !== 0;
  }

  #isEmpty(): boolean {
    for (let word = 0; word < this.body.length; word++) if (this.body[word] !== 0) return false;
    return true;
  }

  #isFirst(place: number): boolean {
    const { before, stride } = this.#trace;
    for (let word = 0; word <= place >>> 5; word++) if ((before[place * stride + word]! & this.body[word]!) !== 0) return false;
    return true;
  }

  #isIndependentOfBody(footprint: Footprint): boolean {
    const { footprints } = this.#trace;
    for (let word = 0; word < this.body.length; word++) {
      for (let bits = this.body[word]!; bits !== 0; bits &= bits - 1) {
        if (footprints[(word << 5) + 31 - Math.clz32(bits & -bits)]!.conflictsWith(footprint)) return false;
      }
    }
    return true;
  }

  #drop(number: number): void {
    if (this.#tail === number) this.#tail = NO;
    else {
      const place = this.#trace.placeOf(number);
      if (place >= 0) this.body[place >>> 5]! &= ~(1 << (place & 31));
    }
  }
}

/** A word with the bits from `from` to before `to`. */
export function between(from: number, to: number): number {
  if (to <= 0 || from >= 32) return 0;
  const low = from <= 0 ? -1 : -1 << from;
  return to >= 32 ? low : low & ~(-1 << to);
}
