import type { Position } from '../model/index.js';

/** Between offsets and the positions that ranges are given in. */
export class Lines {
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#starts = [0, ...[...text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map(({ index, 0: end }) => index + end.length)];
  }

  offsetOf({ line, column }: Position): number {
    return this.#starts[line - 1]! + column - 1;
  }

  positionOf(offset: number): Position {
    const line = this.#starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - this.#starts[line]! + 1 };
  }
}
