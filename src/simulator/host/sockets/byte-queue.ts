/** What one write put on its way, as far as it has not arrived. */
export interface Written {
  /** One character a byte (latin1). */
  readonly bytes: string;
  /** Offset in the stream of its first byte. */
  readonly from: number;
  /** Offset at which the write began. */
  readonly start: number;
  /** How often it was split. */
  readonly splits: number;
  /** It was written in one act with what is before it, so no timing of acts can part the two. */
  readonly isJoined: boolean;
}

/** How far a stream may be taken apart; see `cutsOf`. */
export interface Splitting {
  /** Cuts inside one write, at most. */
  readonly perWrite: number;
  /** Cuts inside writes of one stream (one direction of one connection), at most. */
  readonly perStream: number;
}

export const usualSplitting: Splitting = { perWrite: 1, perStream: 2 };

/** Bytes that one read gives at most: the buffer that libuv reads into. */
export const largestRead = 65_536;

export interface Cut {
  /** Offset in the stream; what is before it arrives alone. */
  readonly at: number;
  /** It lies inside a write. */
  readonly isInside: boolean;
}

/**
 * Where what is on its way may be taken apart. TCP keeps no boundaries: a read gives any prefix of the bytes that have been written and not
 * read. A program that reads can tell prefixes apart only by where they end in what the peer means, so a few ends stand for all:
 *
 *  - all bytes: writes that came before the read are merged;
 *  - behind a write: it arrives alone. Where the writes are acts of another agent, the explorer has them arrive one by one by timing; cuts
 *    are made only between writes that no timing can part;
 *  - behind the first byte of a write: a length or a head that comes in front is incomplete;
 *  - in the middle of a write: inside a character of several bytes, or between `\r` and `\n`, if it has such; else half way.
 *
 * Any set of cuts within the bounds of `Splitting` is explored, so a reader that keeps what is incomplete wrongly, or not at all, is found by one
 * of them; one that needs more cuts in a stream than the bound to go wrong is not.
 */
export function cutsOf(queue: readonly Written[], splits: number, { perWrite, perStream }: Splitting): Cut[] {
  const cuts: Cut[] = [];
  const first = queue[0]?.from ?? 0;
  queue.forEach((written, rank) => {
    if (rank > 0 && written.isJoined) cuts.push({ at: written.from, isInside: false });
    if (splits < perStream && written.splits < perWrite) for (const at of pointsIn(written)) if (at > written.from) cuts.push({ at, isInside: true });
  });
  return cuts.filter(({ at }) => at - first <= largestRead);
}

function pointsIn({ bytes, from, start }: Written): number[] {
  // Only a whole write is looked at for its middle; one that was split before keeps half way of what is left.
  if (bytes.length < 2) return [];
  const middle = from + middleOf(bytes);
  return from === start && middle !== from + 1 ? [from + 1, middle] : [middle];
}

function middleOf(bytes: string): number {
  const character = bytes.search(/[\xc0-\xff][\x80-\xbf]/);
  if (character >= 0) return character + 1;
  const half = bytes.length >> 1;
  const line = bytes.indexOf('\r\n');
  return line >= 0 && line + 1 < bytes.length ? line + 1 : half;
}

/** The queue without its first `count` bytes; what is cut inside a write counts as a split of it. */
export function without(queue: readonly Written[], count: number): Written[] {
  let left = count;
  const rest: Written[] = [];
  for (const written of queue) {
    if (left >= written.bytes.length) left -= written.bytes.length;
    else {
      rest.push(left === 0 ? written : { ...written, bytes: written.bytes.slice(left), from: written.from + left, splits: written.splits + 1 });
      left = 0;
    }
  }
  return rest;
}

export function textOf(queue: readonly Written[]): string {
  return queue.map(({ bytes }) => bytes).join('');
}
