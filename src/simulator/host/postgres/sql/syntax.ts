import type { SqlType, Value } from './values.js';

/** What the simulated part of SQL is made of. Plain data. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'column'; readonly table?: string; readonly name: string }
  | { readonly kind: 'not' | 'minus'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'null'; readonly operand: Expression; readonly isNot: boolean }
  | { readonly kind: 'in'; readonly operand: Expression; readonly list: readonly Expression[]; readonly isNot: boolean }
  | { readonly kind: 'any'; readonly operand: Expression; readonly array: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly isStar: boolean }
  | { readonly kind: 'cast'; readonly operand: Expression; readonly type: SqlType };

export interface Output {
  /** Absent: all columns. */
  readonly expression?: Expression;
  readonly name?: string;
}

export interface Assignment {
  readonly column: string;
  /** Absent: the default. */
  readonly value?: Expression;
}

export type LockStrength = 'update' | 'share';

export type Isolation = 'read committed' | 'repeatable read' | 'serializable';

export interface ColumnDefinition {
  readonly name: string;
  readonly type: SqlType;
  readonly isSerial: boolean;
  readonly isNotNull: boolean;
  readonly defaultValue?: Expression;
}

/** Columns of which no two rows have the same values. */
export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
  readonly isPrimary: boolean;
}

export interface Check {
  readonly name: string;
  readonly condition: Expression;
}

export interface OrderTerm {
  readonly expression: Expression;
  readonly isDescending: boolean;
}

export interface Select {
  readonly kind: 'select';
  readonly outputs: readonly Output[];
  readonly table?: string;
  readonly alias?: string;
  readonly where?: Expression;
  readonly order: readonly OrderTerm[];
  readonly limit?: Expression;
  readonly offset?: Expression;
  readonly lock?: { readonly strength: LockStrength; readonly wait: 'wait' | 'nowait' | 'skip' };
}

export interface Insert {
  readonly kind: 'insert';
  readonly table: string;
  readonly alias?: string;
  readonly columns?: readonly string[];
  /** A row of values each; absent in a row: the default. */
  readonly rows: readonly (readonly (Expression | undefined)[])[];
  readonly conflict?: { readonly columns?: readonly string[]; readonly constraint?: string; readonly set?: readonly Assignment[]; readonly where?: Expression };
  readonly returning?: readonly Output[];
}

export interface Update {
  readonly kind: 'update';
  readonly table: string;
  readonly alias?: string;
  readonly set: readonly Assignment[];
  readonly where?: Expression;
  readonly returning?: readonly Output[];
}

export interface Delete {
  readonly kind: 'delete';
  readonly table: string;
  readonly alias?: string;
  readonly where?: Expression;
  readonly returning?: readonly Output[];
}

export type Statement =
  | Select | Insert | Update | Delete
  | { readonly kind: 'create'; readonly table: string; readonly isLenient: boolean; readonly columns: readonly ColumnDefinition[]; readonly keys: readonly Key[]; readonly checks: readonly Check[] }
  | { readonly kind: 'drop'; readonly tables: readonly string[]; readonly isLenient: boolean }
  | { readonly kind: 'begin' | 'start transaction'; readonly isolation?: Isolation }
  | { readonly kind: 'isolation'; readonly isolation: Isolation }
  | { readonly kind: 'commit' | 'rollback' }
  | { readonly kind: 'savepoint' | 'rollback to' | 'release'; readonly name: string };

/** What a person reads of a statement, and what the server answers that it did. */
export function commandOf({ kind }: Statement): string {
  return kind === 'create' ? 'CREATE TABLE' : kind === 'drop' ? 'DROP TABLE' : kind === 'isolation' ? 'SET' : kind === 'rollback to' ? 'ROLLBACK' : kind.toUpperCase();
}
