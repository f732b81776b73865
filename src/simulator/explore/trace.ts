import type { PendingEvent } from './execution.js';
import type { Footprint } from './footprint.js';
import { put } from './lists.js';

/** What is noted of a race, so that it need not be looked at again while it cannot have changed. */
export interface Race {
  /** Index of the event that came first. */
  first: number;
  /** Its reversal has been provided for, by events up to this index; `UNSETTLED` if it must be looked at after every execution. */
  settledBy: number;
}

/** Where an event comes from: the same whenever it is fired. */
export type Origin = Pick<PendingEvent, 'id' | 'creator' | 'awaited' | 'channel'>;

/** An event as a trace needs it. */
export type TracedEvent = Origin & Pick<PendingEvent, 'guard' | 'footprint' | 'footprintAt'>;

export const UNSETTLED = Number.MAX_SAFE_INTEGER;

const NONE: readonly number[] = [];
const NOTHING_AWAITED: readonly string[] = [];

/**
 * The current execution and its happens-before relation: an event comes after its creator, after its predecessors in its channel,
 * and after whatever earlier event its footprint conflicts with. A stack: only what is added or taken back costs anything.
 *
 * Sets of events are rows of bits, `stride` words each: bit i stands for the event at index i.
 */
export class Trace {
  length = 0;
  readonly events: TracedEvent[] = [];
  readonly footprints: Footprint[] = [];
  /** Numbers of the events: the same event has the same number in all executions. */
  readonly numbers: number[] = [];
  /**
   * For each event: how many races of it are known, and these. Without a guard, it races with the events it depends on that nothing
   * between orders before it, nor the platform; for one with a guard `Cuts` finds them.
   */
  readonly raceCount: number[] = [];
  readonly races: Race[][] = [];
  /** Indices of the events that told which values they wrote. */
  readonly valued: number[] = [];
  /** Words in a row. */
  stride = 1;
  /** Row i: what happens before the event at index i. */
  before: Int32Array = new Int32Array(32);
  /** Row i: what happens after it, as it was when the trace had changed `#marked[i]` times. Few rows are ever asked for. */
  #after: Int32Array = new Int32Array(32);
  readonly #marked: number[] = [];
  #changes = 0;
  readonly #numberOf = new Map<string, number>();
  readonly #ids: string[] = [];
  /** By number: the index where the event was fired last. */
  readonly #places: number[] = [];

  numberOf(id: string): number {
    let number = this.#numberOf.get(id);
    if (number === undefined) {
      number = this.#numberOf.size;
      this.#numberOf.set(id, number);
      this.#places.push(-1);
      this.#ids.push(id);
    }
    return number;
  }

  idOf(number: number): string {
    return this.#ids[number]!;
  }

  /** Index of the event with this number, or -1 if this execution has not fired it. */
  placeOf(number: number): number {
    const place = this.#places[number]!;
    return place < this.length && this.numbers[place] === number ? place : -1;
  }

  push(event: TracedEvent, footprint: Footprint): void {
    const at = this.length++;
    if (at >= this.stride << 5) this.#grow();
    const number = this.numberOf(event.id);
    put(this.events, at, event);
    put(this.footprints, at, footprint);
    put(this.numbers, at, number);
    this.#places[number] = at;
    if (footprint.values !== undefined) this.valued.push(at);
    this.#changes++;
    this.#order(at, event, footprint);
  }

  pop(): void {
    const at = --this.length;
    if (this.valued[this.valued.length - 1] === at) this.valued.pop();
    this.#changes++;
  }

  /** The rows of what happens after each event; that of the event at `index` is up to date, until the trace changes. */
  afterRowOf(index: number): Int32Array {
    if (this.#marked[index] !== this.#changes) this.#mark(index);
    return this.#after;
  }

  /** Indices of the events that are put before `event` whatever they touch: its creator, what it awaits, its predecessors in its channel, the latest last. */
  givenBefore(event: Origin, end = this.length): readonly number[] {
    const creator = event.creator === undefined ? -1 : this.placeOf(this.numberOf(event.creator));
    const given = creator >= 0 ? [creator] : NONE;
    if (event.channel === undefined && event.awaited === undefined) return given;
    const all: number[] = [...given];
    for (const id of event.awaited ?? NOTHING_AWAITED) {
      const place = this.placeOf(this.numberOf(id));
      if (place >= 0 && place < end) all.push(place);
    }
    if (event.channel === undefined) return all;
    for (let index = 0; index < end; index++) if (this.events[index]!.channel === event.channel) all.push(index);
    return all;
  }

  #order(at: number, event: TracedEvent, footprint: Footprint): void {
    const row = at * this.stride;
    put(this.raceCount, at, 0);
    for (let word = 0; word < this.stride; word++) this.before[row + word] = 0;
    if (event.channel !== undefined || event.awaited !== undefined) for (const index of this.givenBefore(event, at)) this.#include(row, index);
    else if (event.creator !== undefined) {
      const creator = this.placeOf(this.numberOf(event.creator));
      if (creator >= 0) this.#include(row, creator);
    }
    const isGuarded = event.guard !== undefined;
    for (let word = at >>> 5; word >= 0; word--) {
      const all = word === at >>> 5 ? (1 << (at & 31)) - 1 : -1;
      for (let open = all & ~this.before[row + word]!; open !== 0; ) {
        const bit = 31 - Math.clz32(open);
        open &= ~(1 << bit);
        const index = (word << 5) + bit;
        if (!this.footprints[index]!.conflictsWith(footprint)) continue;
        if (!isGuarded) this.addRace(index, at);
        this.#include(row, index);
        open &= ~this.before[row + word]!;
      }
    }
  }

  /** The objects of earlier executions are used again. */
  addRace(first: number, second: number): void {
    const races = (this.races[second] ??= []);
    const rank = this.raceCount[second]!++;
    const race = races[rank];
    if (race === undefined) races.push({ first, settledBy: UNSETTLED });
    else {
      race.first = first;
      race.settledBy = UNSETTLED;
    }
  }

  #include(row: number, index: number): void {
    const { before } = this;
    const other = index * this.stride;
    for (let word = 0; word <= index >>> 5; word++) before[row + word]! |= before[other + word]!;
    before[row + (index >>> 5)]! |= 1 << (index & 31);
  }

  #mark(index: number): void {
    const { stride, before, length } = this;
    const after = this.#after;
    const row = index * stride;
    const bit = 1 << (index & 31);
    const column = index >>> 5;
    for (let word = 0; word < column; word++) after[row + word] = 0;
    for (let word = column, later = index + 1; word < stride; word++) {
      const end = Math.min(length, (word + 1) << 5);
      let bits = 0;
      for (; later < end; later++) if ((before[later * stride + column]! & bit) !== 0) bits |= 1 << (later & 31);
      after[row + word] = bits;
    }
    this.#marked[index] = this.#changes;
  }

  #grow(): void {
    const stride = this.stride * 2;
    this.before = widened(this.before, this.stride, stride);
    this.#after = new Int32Array(this.before.length);
    this.#changes++;
    this.stride = stride;
  }
}

function widened(rows: Int32Array, from: number, to: number): Int32Array {
  const wide = new Int32Array(to * to * 32);
  for (let row = 0; row < from * 32; row++) wide.set(rows.subarray(row * from, (row + 1) * from), row * to);
  return wide;
}
