import type { Trace } from './trace.js';

/** The values of locations after some of the events of an execution: those before `first`, and those in `body`. */
export class PastState {
  readonly #trace: Trace;
  first = 0;
  body: Int32Array = new Int32Array(1);
  /** The locations that were asked for since this was last emptied. */
  asked: number[] = [];
  readonly valueOf = (key: number): unknown => {
    if (!this.asked.includes(key)) this.asked.push(key);
    const writer = this.lastWriter(key);
    if (writer < 0) return undefined;
    const { writes, values } = this.#trace.footprints[writer]!;
    return values![writes.indexOf(key)];
  };

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  /** Index of the last event that gave the location a value, or -1. */
  lastWriter(key: number): number {
    const { valued, footprints } = this.#trace;
    for (let i = valued.length - 1; i >= 0; i--) {
      const index = valued[i]!;
      if ((index < this.first || has(this.body, index)) && footprints[index]!.writes.includes(key)) return index;
    }
    return -1;
  }
}

export function has(set: Int32Array, index: number): boolean {
  return (set[index >>> 5]! & (1 << (index & 31))) !== 0;
}
