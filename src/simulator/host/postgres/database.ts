import type { Check, ColumnDefinition, Isolation, Key, LockStrength } from './sql/syntax.js';

/** The values of a row in text form, by column. */
export type Values = Readonly<Record<string, string | null>>;

/** What a row was from a commit on; without values: it was deleted. */
export interface Version {
  readonly commit: number;
  readonly values: Values | undefined;
}

/** A row with its history: committed versions, the last one last, and what one open transaction has made of it. Plain data, never changed. */
export interface Row {
  readonly id: string;
  readonly versions: readonly Version[];
  readonly pending?: { readonly xid: string; readonly values: Values | undefined };
  readonly locks: readonly { readonly xid: string; readonly strength: LockStrength }[];
}

export interface Table {
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
  readonly keys: readonly Key[];
  readonly checks: readonly Check[];
  /** By id, in the order in which they were inserted. */
  readonly rows: ReadonlyMap<string, Row>;
  /** The last number that each serial column has given. */
  readonly serials: Readonly<Record<string, number>>;
}

export type Tables = ReadonlyMap<string, Table>;

/** As much of a transaction as its statements need. */
export interface TransactionView {
  readonly xid: string;
  readonly isolation: Isolation;
  /** The last commit that its statement sees: that of the statement's start, or of its first one above read committed. */
  readonly snapshot: number;
}

/** What two steps may mind of each other: they do if one writes what the other touches. */
export class Touched {
  readonly reads = new Set<string>();
  readonly writes = new Set<string>();

  /** A row, by the values of its keys, is changed or locked. Who looks at the whole table minds; who changes another row does not. */
  row(table: Table, values: Values | undefined): void {
    for (const key of table.keys) if (values) this.writes.add(placeOfKey(table, key, key.columns.map((column) => values[column] ?? null)));
    if (table.keys.length === 0) this.writes.add(placeOf(table));
    else this.reads.add(placeOf(table));
  }

  whole(table: Table): void {
    this.writes.add(placeOf(table));
  }

  key(table: Table, key: Key, values: readonly (string | null)[]): void {
    this.reads.add(placeOfKey(table, key, values));
  }
}

function placeOf({ name }: Table): string {
  return `table ${name}`;
}

function placeOfKey({ name }: Table, key: Key, values: readonly (string | null)[]): string {
  return `${name} ${key.name} ${JSON.stringify(values)}`;
}

/** What a transaction sees of a row. */
export function visible({ pending, versions }: Row, { xid, snapshot }: TransactionView): Values | undefined {
  return pending?.xid === xid ? pending.values : versions.findLast(({ commit }) => commit <= snapshot)?.values;
}

/** What it is now: for its own transaction, and as it was committed last. */
export function latest({ pending, versions }: Row, xid: string): Values | undefined {
  return pending?.xid === xid ? pending.values : versions.at(-1)?.values;
}

/** It was changed by a commit that the snapshot does not see. */
export function isChangedSince({ versions }: Row, snapshot: number): boolean {
  return (versions.at(-1)?.commit ?? 0) > snapshot;
}

/** Transactions that keep another from locking the row so strongly. */
export function blockersOf({ pending, locks }: Row, xid: string, strength: LockStrength): string[] {
  const others = locks.filter((lock) => lock.xid !== xid && (strength === 'update' || lock.strength === 'update')).map((lock) => lock.xid);
  return [...new Set([...(pending && pending.xid !== xid ? [pending.xid] : []), ...others])];
}

export function withRow(table: Table, row: Row): Table {
  return { ...table, rows: new Map(table.rows).set(row.id, row) };
}

/** The row locked, once. */
export function locked(row: Row, xid: string, strength: LockStrength): Row {
  const own = row.locks.find((lock) => lock.xid === xid);
  if (own && (own.strength === 'update' || strength === 'share')) return row;
  return { ...row, locks: [...row.locks.filter((lock) => lock !== own), { xid, strength }] };
}

/** A transaction ends: what it has made of its rows is kept, as of a commit, or lost. `changed` are the rows that it had locked or changed. */
export function released(tables: Tables, xid: string, commit: number | undefined): { readonly tables: Tables; readonly changed: readonly (readonly [Table, Row])[] } {
  const changed: (readonly [Table, Row])[] = [];
  const after = new Map(tables);
  for (const table of tables.values()) {
    const own = [...table.rows.values()].filter(({ pending, locks }) => pending?.xid === xid || locks.some((lock) => lock.xid === xid));
    if (own.length === 0) continue;
    const rows = new Map(table.rows);
    for (const row of own) {
      changed.push([table, row]);
      const { pending, ...rest } = row;
      const isOwn = pending?.xid === xid;
      const versions = isOwn && commit !== undefined ? [...row.versions, { commit, values: pending.values }] : row.versions;
      if (versions.length === 0) rows.delete(row.id);
      else rows.set(row.id, { ...rest, ...(pending && !isOwn && { pending }), versions, locks: row.locks.filter((lock) => lock.xid !== xid) });
    }
    after.set(table.name, { ...table, rows });
  }
  return { tables: after, changed };
}
