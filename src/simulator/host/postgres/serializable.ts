import type { Row, Table } from './database.js';

/** What is known of a serializable transaction, for as long as one beside it may be under way. Plain data. */
export interface Dependencies {
  readonly xid: string;
  readonly snapshot: number;
  /** The commit that ended it; absent: it is under way. */
  readonly commit?: number;
  /** Rows (`table row`) that it has read, and tables that it has looked through. */
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

export function placesOf(kind: 'read' | 'write', table: Table, row: Row | undefined): string[] {
  // Who looks through a table minds every write to it, as a lock on the relation does.
  return row === undefined ? [`all of ${table.name}`] : kind === 'write' ? [`${table.name} ${row.id}`, `all of ${table.name}`] : [`${table.name} ${row.id}`];
}

/**
 * True if a transaction must not go on: Serializable Snapshot Isolation (Cahill, Röhm, Fekete 2008; Ports, Grittner 2012), as PostgreSQL does it. Of three transactions, the first read
 * what the second wrote, and the second what the third wrote, each without seeing the write, and the third was committed first. The one that is under way gives in.
 */
export function isDangerous(all: readonly Dependencies[], xid: string): boolean {
  const self = all.find((one) => one.xid === xid);
  if (!self) return false;
  return all.some((pivot) => all.some((last) => last.commit !== undefined && last !== pivot && precedes(pivot, last) && last.commit < endOf(pivot) && all.some((first) => first !== pivot && (first === self || pivot === self) && isOpenOrLater(first, last) && precedes(first, pivot))));
}

function isOpenOrLater(first: Dependencies, last: Dependencies): boolean {
  return first === last || last.commit! < endOf(first);
}

/** One has read what another wrote, and they ran at the same time: it comes before it in every serial order. */
function precedes(one: Dependencies, other: Dependencies): boolean {
  return isConcurrent(one, other) && [...other.writes].some((place) => one.reads.has(place));
}

function isConcurrent(one: Dependencies, other: Dependencies): boolean {
  return endOf(one) > other.snapshot && endOf(other) > one.snapshot;
}

function endOf({ commit }: Dependencies): number {
  return commit ?? Infinity;
}
