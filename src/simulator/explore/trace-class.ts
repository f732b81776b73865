import type { PendingEvent } from './execution.js';
import type { Footprint } from './footprint.js';

interface Fired {
  readonly id: string;
  readonly footprint: Footprint;
  readonly high: number;
  readonly low: number;
}

/**
 * Names the equivalence class of a path: a hash of its happens-before relation, the same for all orders of independent events.
 * (64 bits: two classes get one name with a chance of one in billions.)
 */
export class TraceClass {
  readonly #fired: Fired[] = [];
  readonly #high: number[] = [0];
  readonly #low: number[] = [0];

  /** The event at `depth` of the path has been fired; what was deeper before is forgotten. */
  add(depth: number, event: PendingEvent, footprint: Footprint): void {
    this.#fired.length = depth;
    let high = hash(event.id, 0x9e3779b1);
    let low = hash(event.id, 0x85ebca77);
    for (const earlier of this.#fired) {
      if (!earlier.footprint.conflictsWith(footprint)) continue;
      high = (high + mix(earlier.high, 0x27d4eb2f)) | 0;
      low = (low + mix(earlier.low, 0x165667b1)) | 0;
    }
    const fired = { id: event.id, footprint, high: mix(high, 0x2545f491), low: mix(low, 0x5bd1e995) };
    this.#fired.push(fired);
    this.#high[depth + 1] = (this.#high[depth]! + fired.high) | 0;
    this.#low[depth + 1] = (this.#low[depth]! + fired.low) | 0;
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
