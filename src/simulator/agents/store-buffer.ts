import type { Footprint } from '../explore/footprint.js';
import type { Guard } from '../explore/execution.js';
import type { Slot } from './memory.js';
import type { ElementValue } from './operations.js';
import type { Place, Places } from './places.js';
import { Variable, type UndoLog } from './undo-log.js';

export interface BufferedStore {
  readonly slot: Slot;
  readonly value: ElementValue;
  /** Rank among all stores of the agent, from 1. */
  readonly rank: number;
  /** Id of the event that put it there, and its place in the program. */
  readonly event: string;
  readonly site: number;
}

/** That all stores before an operation have reached memory. */
export interface Fence {
  readonly touched: Footprint;
  readonly guard: Guard;
}

const EMPTY: readonly BufferedStore[] = [];

/**
 * The store buffer of one agent under `tso` (Owens, Sarkar, Sewell: A better x86 memory model, 2009): plain stores leave it first in,
 * first out, each by an event of its own; the agent's own loads see the newest buffered value.
 *
 *  1. A flush writes the location, the agent's *newest value* of it (a load that is served from the buffer reads that, so that the
 *     two are dependent), and the number of flushes so far, which orders fences behind it.
 *  2. How many stores came before an operation is a matter of the agent's history alone, so a fence can say how many flushes it needs.
 */
export class StoreBuffer {
  readonly #log: UndoLog;
  readonly #places: Places;
  readonly #agent: string;
  readonly #entries = new Variable(EMPTY);
  readonly #stored = new Variable(0);
  readonly #flushed: Place;

  constructor(agent: string, places: Places, log: UndoLog) {
    this.#agent = agent;
    this.#places = places;
    this.#log = log;
    this.#flushed = places.of(`${agent}'s flushes`);
  }

  get isEmpty(): boolean {
    return this.#entries.value.length === 0;
  }

  get oldest(): BufferedStore | undefined {
    return this.#entries.value[0];
  }

  push(slot: Slot, value: ElementValue, event: string, site: number): void {
    const rank = this.#stored.value + 1;
    this.#log.set(this.#stored, rank);
    this.#log.set(this.#entries, [...this.#entries.value, { slot, value, rank, event, site }]);
  }

  /** The newest buffered value of the element. */
  newest(slot: Slot): BufferedStore | undefined {
    const entries = this.#entries.value;
    for (let index = entries.length - 1; index >= 0; index--) if (entries[index]!.slot.overlaps(slot)) return entries[index];
    return undefined;
  }

  /** What a load that is served from the buffer reads. */
  ownPlace(slot: Slot): Place {
    return this.#places.of(`${this.#agent}'s newest ${slot.cell.buffer}@${slot.cell.offset}`);
  }

  /** The oldest store reaches memory. */
  flush(): Footprint {
    const [entry, ...rest] = this.#entries.value;
    if (entry === undefined) throw new Error(`the store buffer of ${this.#agent} is empty`);
    this.#log.set(this.#entries, rest.length === 0 ? EMPTY : rest);
    const { slot, value, rank } = entry;
    this.#log.changed(slot, slot.get());
    slot.set(value);
    const own = this.#places.join(this.ownPlace(slot).write(rank), this.#flushed.write(rank));
    return this.#places.join(slot.written(this.#places), own);
  }

  /** How many stores the agent has made. */
  get stored(): number {
    return this.#stored.value;
  }

  /** An operation that needs an empty buffer, with `stored` stores before it. */
  fence(stored: number): Fence {
    const { key, read } = this.#flushed;
    return { touched: read, guard: (valueOf) => (valueOf(key) ?? 0) === stored };
  }
}
