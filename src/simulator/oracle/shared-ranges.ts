import type { Clock } from './clocks.js';
import type { ByteRange } from './execution-end.js';

/** The last accesses of one kind by each agent: an older one of the same agent comes before them. */
export class LastAccesses {
  /** By agent, its own time then, and the step. */
  readonly #times: number[] = [];
  readonly #steps: number[] = [];

  note(agent: number, time: number, step: number): void {
    for (let other = this.#times.length; other <= agent; other++) {
      this.#times.push(0);
      this.#steps.push(-1);
    }
    this.#times[agent] = time;
    this.#steps[agent] = step;
  }

  /** The latest step of another agent that is not known to `clock`, or -1. */
  latestUnknown(agent: number, clock: readonly number[]): number {
    let latest = -1;
    for (let other = 0; other < this.#times.length; other++) {
      if (other !== agent && this.#times[other]! > (clock[other] ?? 0) && this.#steps[other]! > latest) latest = this.#steps[other]!;
    }
    return latest;
  }
}

/** Bytes that are accessed together. */
export class SharedRange {
  readonly bytes: ByteRange;
  readonly overlapping: SharedRange[] = [];
  readonly plainReads = new LastAccesses();
  readonly plainWrites = new LastAccesses();
  readonly atomicReads = new LastAccesses();
  readonly atomicWrites = new LastAccesses();
  /** What whoever reads the last atomic write learns. */
  written: Clock | undefined;

  constructor(bytes: ByteRange) {
    this.bytes = bytes;
  }

  overlaps({ bytes: { offset, size } }: SharedRange): boolean {
    return this.bytes.offset < offset + size && offset < this.bytes.offset + this.bytes.size;
  }
}

/** No element of a typed array has as many bytes. */
const widest = 16;

/** The ranges of shared memory that an execution touches. */
export class SharedRanges {
  readonly #buffers = new Map<string, Map<number, SharedRange>>();

  at(bytes: ByteRange): SharedRange {
    let ranges = this.#buffers.get(bytes.buffer);
    if (ranges === undefined) this.#buffers.set(bytes.buffer, (ranges = new Map<number, SharedRange>()));
    const key = bytes.offset * widest + bytes.size;
    let range = ranges.get(key);
    if (range === undefined) {
      range = new SharedRange(bytes);
      for (const other of ranges.values()) if (other.overlaps(range)) { other.overlapping.push(range); range.overlapping.push(other); }
      ranges.set(key, range);
    }
    return range;
  }
}
