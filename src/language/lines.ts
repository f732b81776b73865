import type { Position } from '../model/index.js';

/** How often a line feed ends a line. */
export function countLineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** Where the lines of a text begin; a carriage return and a line feed end one line together. */
export function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + end.length);
  return starts;
}

/**
 * The stretch that a node covers, in lines from 1 and columns from 0. Only few nodes are ever asked: the positions are found then,
 * and a tree needs a third less memory than with positions in every node.
 */
export class LazyLocation {
  // One is made for every node: fields that are private to the language take several times as long to make.
  private readonly range: readonly [number, number];
  private readonly lineStarts: readonly number[];

  constructor(range: readonly [number, number], lineStarts: readonly number[]) {
    this.range = range;
    this.lineStarts = lineStarts;
  }

  get start(): Position {
    return positionAt(this.range[0], this.lineStarts);
  }

  get end(): Position {
    return positionAt(this.range[1], this.lineStarts);
  }
}

function positionAt(offset: number, lineStarts: readonly number[]): Position {
  let [low, high] = [0, lineStarts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - lineStarts[low]! };
}
