import type { PendingEvent } from './execution.js';
import type { Footprint } from './footprint.js';

/** A fired event as the happens-before relation of its execution needs it. */
export interface FiredEvent {
  readonly id: string;
  readonly creator: string | undefined;
  readonly channel: string | undefined;
  readonly footprint: Footprint;
  /** Indices of the events of this execution that happen before it, one bit each. */
  readonly before: Uint32Array;
  /** Indices of the events that it races with: dependent on it, ordered by nothing between, and not by the platform. */
  readonly races: readonly number[];
}

/**
 * The happens-before relation of an execution: an event comes after its creator, after its predecessors in its channel, and after
 * whatever earlier event its footprint conflicts with.
 */
export function orderAfter(past: readonly FiredEvent[], event: PendingEvent, footprint: Footprint): FiredEvent {
  const before = new Uint32Array((past.length + 31) >>> 5);
  const races: number[] = [];
  for (let index = past.length - 1; index >= 0; index--) {
    if (has(before, index)) continue;
    const earlier = past[index]!;
    const isOrdered = earlier.id === event.creator || (event.channel !== undefined && event.channel === earlier.channel);
    if (!isOrdered && !earlier.footprint.conflictsWith(footprint)) continue;
    if (!isOrdered) races.push(index);
    include(before, earlier.before, index);
  }
  return { id: event.id, creator: event.creator, channel: event.channel, footprint, before, races };
}

export function happensBefore(earlier: number, later: FiredEvent): boolean {
  return has(later.before, earlier);
}

function has(bits: Uint32Array, index: number): boolean {
  const word = bits[index >>> 5];
  return word !== undefined && (word & (1 << (index & 31))) !== 0;
}

function include(bits: Uint32Array, others: Uint32Array, index: number): void {
  for (let word = 0; word < others.length; word++) bits[word]! |= others[word]!;
  bits[index >>> 5]! |= 1 << (index & 31);
}
