import type { PendingEvent } from './execution.js';
import type { Footprint } from './footprint.js';

interface Fired {
  readonly id: string;
  readonly footprint: Footprint;
  readonly high: number;
  readonly low: number;
}

/**
 * Names the equivalence class of a path: a hash of its happens-before relation, the same for all orders of independent events; and the
 * causal past of an event: all that happens before it. (64 bits: two get one name with a chance of one in billions.)
 */
export class TraceClass {
  readonly #fired: Fired[] = [];
  readonly #hashes = new Map<string, { readonly high: number; readonly low: number }>();
  readonly #high: number[] = [0];
  readonly #low: number[] = [0];

  /** The event at `depth` of the path has been fired; what was deeper before is forgotten. */
  add(depth: number, event: PendingEvent, footprint: Footprint): void {
    this.#fired.length = depth;
    const fired = this.#after(event, footprint);
    this.#fired.push(fired);
    this.#high[depth + 1] = (this.#high[depth]! + fired.high) | 0;
    this.#low[depth + 1] = (this.#low[depth]! + fired.low) | 0;
  }

  /** Names the event with its causal past, if it is fired after `depth` events of the path and touches `footprint`. */
  pastOf(depth: number, event: PendingEvent, footprint: Footprint): string {
    this.#fired.length = depth;
    const { high, low } = this.#after(event, footprint);
    return `${high} ${low}`;
  }

  #after(event: PendingEvent, footprint: Footprint): Fired {
    let { high, low } = this.#hashOf(event.id);
    for (const earlier of this.#fired) {
      if (earlier.id !== event.creator && !earlier.footprint.conflictsWith(footprint)) continue;
      high = (high + mix(earlier.high, 0x27d4eb2f)) | 0;
      low = (low + mix(earlier.low, 0x165667b1)) | 0;
    }
    return { id: event.id, footprint, high: mix(high, 0x2545f491), low: mix(low, 0x5bd1e995) };
  }

  #hashOf(id: string): { readonly high: number; readonly low: number } {
    let known = this.#hashes.get(id);
    if (known === undefined) this.#hashes.set(id, (known = { high: hash(id, 0x9e3779b1), low: hash(id, 0x85ebca77) }));
    return known;
  }

  /** The class of the path of `length` events. */
  name(length: number): string {
    return `${length} ${this.#high[length]} ${this.#low[length]}`;
  }
}

function mix(value: number, seed: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), seed);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hash(text: string, seed: number): number {
  let value = seed;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return mix(value, seed);
}
