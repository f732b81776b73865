import type { PendingEvent } from './execution.js';
import type { Footprint } from './footprint.js';
import { put } from './lists.js';

interface Hash {
  readonly high: number;
  readonly low: number;
}

/** Of the ids of events: those of one program are the same in all of its searches, and many of them those of another's. */
const hashes = new Map<string, Hash>();
const mostHashes = 50_000;

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
  /** What is deeper than the first `#valid` belongs to another path. */
  readonly #fired: Fired[] = [];
  #valid = 0;
  readonly #high: number[] = [0];
  readonly #low: number[] = [0];

  readonly #countsTurns: boolean;

  /** `countsTurns`: what an event does is part of its past too, see `Footprint.sharesTurn`. */
  constructor(countsTurns = false) {
    this.#countsTurns = countsTurns;
  }

  /** The event at `depth` of the path has been fired; of what was deeper before, only what follows the same event there may be told again. */
  add(depth: number, event: PendingEvent, footprint: Footprint): void {
    if (this.#known(depth, event, footprint) !== undefined) return;
    const fired = this.#after(depth, event, footprint);
    put(this.#fired, depth, fired);
    this.#valid = depth + 1;
    put(this.#high, depth + 1, (this.#high[depth]! + fired.high) | 0);
    put(this.#low, depth + 1, (this.#low[depth]! + fired.low) | 0);
  }

  /** Names the event with its causal past, if it is fired after `depth` events of the path and touches `footprint`. */
  pastOf(depth: number, event: PendingEvent, footprint: Footprint): string {
    const { high, low } = this.#known(depth, event, footprint) ?? this.#after(depth, event, footprint);
    return nameOf(0, high, low);
  }

  /** It was the event at `depth` the last time too, after the same path. */
  #known(depth: number, event: PendingEvent, footprint: Footprint): Fired | undefined {
    const fired = depth < this.#valid ? this.#fired[depth]! : undefined;
    return fired !== undefined && fired.footprint === footprint && fired.id === event.id ? fired : undefined;
  }

  #after(depth: number, event: PendingEvent, footprint: Footprint): Fired {
    let { high, low } = hashOf(event.id);
    for (let index = 0; index < depth; index++) {
      const earlier = this.#fired[index]!;
      if (earlier.id !== event.creator && !earlier.footprint.conflictsWith(footprint) && !(this.#countsTurns && earlier.footprint.sharesTurn(footprint))) continue;
      high = (high + mix(earlier.high, 0x27d4eb2f)) | 0;
      low = (low + mix(earlier.low, 0x165667b1)) | 0;
    }
    return { id: event.id, footprint, high: mix(high, 0x2545f491), low: mix(low, 0x5bd1e995) };
  }

  /** The class of the path of `length` events: a text that is only good for being compared. */
  name(length: number): string {
    return nameOf(length, this.#high[length]!, this.#low[length]!);
  }
}

/** Writing numbers out would take several times as long as looking the text up. */
function nameOf(first: number, high: number, low: number): string {
  return String.fromCharCode(first, high & 0xffff, high >>> 16, low & 0xffff, low >>> 16);
}

function hashOf(id: string): Hash {
  let known = hashes.get(id);
  if (known === undefined) {
    if (hashes.size >= mostHashes) hashes.clear();
    hashes.set(id, (known = { high: hash(id, 0x9e3779b1), low: hash(id, 0x85ebca77) }));
  }
  return known;
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
