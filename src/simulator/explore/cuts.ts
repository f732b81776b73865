import { has, PastState } from './past-state.js';
import type { Trace, TracedEvent } from './trace.js';
import { between, type Tail } from './wakeup.js';

const NO_BODY = new Int32Array(0);

/** An earlier place for a guarded event: before the event at `first`, after the events of `body` that came later than that one. */
export type OnCut = (first: number, body: Int32Array, tail: Tail) => void;

/**
 * Finds where else in an execution a guarded event could have fired.
 *
 *  1. It could fire after any set of events that holds its own past, is closed under happens-before (a "cut"), and gives its guard
 *     values that let it through. It would then be in a race with the first event that is missing from the cut and conflicts with it.
 *  2. For each such event the largest set without it is looked at first. Another answer of the guard needs another value at
 *     one of the locations it asked for, so the last writer of one of them has to go, with all that comes after it.
 *  3. A conflicting event before which it could not fire takes no part: for a lock, the release; so the search goes on to the
 *     acquisition behind it. Where the guard asks for one location, the nearest race is enough, as it is without guards; where it
 *     asks for more, the places before that need not be reachable from there, and all are looked at.
 */
export class Cuts {
  readonly #trace: Trace;
  readonly #state: PastState;
  #event!: TracedEvent;
  /** Where it was fired, or the length of the execution. */
  #at = 0;
  /** What took the event back, or -1. */
  #cancelledBy = -1;
  /** The most locations that the guard asked for in any answer. */
  #mostAsked = 0;
  #onCut!: OnCut;
  readonly #seen = new Set<string>();

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#state = new PastState(trace);
  }

  /** All places for the guarded event that was fired at `at`, or still waits at the end of the execution (`at` is its length). */
  find(event: TracedEvent, at: number, onCut: OnCut): void {
    this.#begin(event, at);
    this.#search(onCut, this.#own(at), at - 1);
  }

  /** All places for a guarded event that did not fire, since the event at `by` took it back: before that one too, whatever it touches. */
  findCancelled(event: TracedEvent, by: number, onCut: OnCut): void {
    this.#begin(event, this.#trace.length);
    this.#cancelledBy = by;
    this.#search(onCut, this.#own(by), by);
  }

  #search(onCut: OnCut, own: Int32Array, last: number): void {
    this.#onCut = onCut;
    this.#mostAsked = 0;
    const settled = own.slice();
    for (let first = last; first >= 0; first--) {
      if (has(settled, first) || !this.#mayConflict(first)) continue;
      this.#state.first = first;
      this.#seen.clear();
      if (this.#searchBefore(this.#largest(first), own) && this.#mostAsked <= 1) this.#include(settled, first);
    }
  }

  #include(set: Int32Array, index: number): void {
    const { stride, before } = this.#trace;
    for (let word = 0; word < stride; word++) set[word]! |= before[index * stride + word]!;
    set[index >>> 5]! |= 1 << (index & 31);
  }

  /**
   * The races of a fired event whose guard asks for one location: which of the events that touch it could have come after the event
   * depends on nothing that follows them. They are added to the trace's; false if the guard is not of this kind.
   */
  findSimple(event: TracedEvent, at: number): boolean {
    if (event.footprintAt !== undefined || event.footprint === undefined) return false;
    const state = this.#begin(event, at);
    state.first = at;
    state.body = NO_BODY;
    event.guard!(state.valueOf);
    const key = state.asked[0];
    if (state.asked.length !== 1 || !event.footprint.isOnly(key!)) return false;
    const settled = this.#own(at);
    for (let first = at - 1; first >= 0; first--) {
      if (has(settled, first) || !this.#conflicts(first, event.footprint)) continue;
      state.first = first;
      if (!event.guard!(state.valueOf)) continue;
      this.#trace.addRace(first, at);
      this.#include(settled, first);
    }
    return true;
  }

  #begin(event: TracedEvent, at: number): PastState {
    this.#event = event;
    this.#at = at;
    this.#cancelledBy = -1;
    this.#state.asked = [];
    return this.#state;
  }

  /** What the platform puts before the event, among what was fired before `end`. */
  #own(end: number): Int32Array {
    const own = new Int32Array(this.#trace.stride);
    for (const given of this.#trace.givenBefore(this.#event, end)) this.#include(own, given);
    return own;
  }

  #mayConflict(first: number): boolean {
    if (first === this.#cancelledBy) return true;
    const { footprint, footprintAt } = this.#event;
    // What is not declared may differ from state to state, so what it touched where it was fired tells nothing of elsewhere.
    const isFixed = footprintAt === undefined && footprint !== undefined;
    return (!isFixed && this.#trace.footprints[first]!.values !== undefined) || this.#conflicts(first, footprint);
  }

  #conflicts(first: number, touched = this.#at < this.#trace.length ? this.#trace.footprints[this.#at] : undefined): boolean {
    return touched !== undefined && this.#trace.footprints[first]!.conflictsWith(touched);
  }

  /** Everything later than `first` that comes neither after it nor after the event itself. */
  #largest(first: number): Int32Array {
    const { stride, length } = this.#trace;
    const isFired = this.#at < length;
    const body = new Int32Array(stride);
    if (isFired) this.#trace.afterRowOf(this.#at);
    const after = this.#trace.afterRowOf(first);
    for (let word = 0; word < stride; word++) {
      const own = isFired ? after[this.#at * stride + word]! : 0;
      body[word] = between(first + 1 - (word << 5), length - (word << 5)) & ~after[first * stride + word]! & ~own;
    }
    if (isFired) body[this.#at >>> 5]! &= ~(1 << (this.#at & 31));
    return body;
  }

  /** Invariant 2. Whether any of these places is in a race with the event at `first`. */
  #searchBefore(body: Int32Array, own: Int32Array): boolean {
    const asked = this.#ask(body);
    let isRace = asked.isRace;
    for (const key of asked.keys) {
      this.#state.body = body;
      const writer = this.#state.lastWriter(key);
      if (writer <= this.#state.first || has(own, writer)) continue;
      const less = this.#without(body, writer);
      const name = less.join();
      if (this.#seen.has(name)) continue;
      this.#seen.add(name);
      isRace = this.#searchBefore(less, own) || isRace;
    }
    return isRace;
  }

  #ask(body: Int32Array): { readonly keys: readonly number[]; readonly isRace: boolean } {
    const state = this.#state;
    state.body = body;
    state.asked = [];
    const holds = this.#event.guard!(state.valueOf);
    const keys = state.asked;
    this.#mostAsked = Math.max(this.#mostAsked, keys.length);
    if (!holds) return { keys, isRace: false };
    const footprint = this.#event.footprintAt?.(state.valueOf) ?? this.#event.footprint;
    const { writes } = this.#trace.footprints[state.first]!;
    const isRace = state.first === this.#cancelledBy || keys.some((key) => writes.includes(key)) || this.#conflicts(state.first, footprint);
    if (isRace) this.#onCut(state.first, body, { event: this.#event, footprint });
    return { keys, isRace };
  }

  #without(body: Int32Array, writer: number): Int32Array {
    const { stride } = this.#trace;
    const after = this.#trace.afterRowOf(writer);
    const rest = body.map((word, index) => word & ~after[writer * stride + index]!);
    rest[writer >>> 5]! &= ~(1 << (writer & 31));
    return rest;
  }
}
