import { blockersOf, isChangedSince, latest, locked, visible, withRow, type Row, type Table, type Tables, type Touched, type TransactionView, type Values } from './database.js';
import { evaluate, truth, type Surroundings } from './sql/evaluate.js';
import { lookupOf } from './sql/lookup.js';
import type { Assignment, Delete, Expression, Insert, LockStrength, Output, Select, Update } from './sql/syntax.js';
import { cast, compare, NotSimulated, PostgresError, type Value } from './sql/values.js';
import { holdsAggregate, outputOf, type Answer } from './outputs.js';

/** A row that a statement has locked. */
export type Kept = readonly [table: string, row: string, strength: LockStrength];

/** A statement cannot go on before one of these transactions, or holders of advisory locks, is done. `kept` are rows that it has locked so far. */
export class Blocked extends Error {
  constructor(readonly on: readonly string[], readonly kept: readonly Kept[] = []) {
    super('blocked');
  }
}

/** What a statement may ask of the rest of the server. */
export interface StatementWorld {
  readonly parameters: readonly (string | null)[];
  readonly transaction: TransactionView;
  readonly touched: Touched;
  /** Advisory locks; undefined: no such function. @throws Blocked */
  call(name: string, args: readonly Value[]): Value | undefined;
  /** What was read, and what was written, for serializable transactions. */
  note(kind: 'read' | 'write', table: Table, row: Row | undefined): void;
  /** A new id for a row. */
  rowId(): string;
}

/** One statement on its way: `tables` are as it leaves them. If it throws, nothing has happened but for the locks that `Blocked` tells. */
export class StatementRun {
  tables: Tables;
  readonly #world: StatementWorld;
  readonly #kept: Kept[] = [];
  #hasInserted = false;

  constructor(tables: Tables, world: StatementWorld) {
    this.tables = tables;
    this.#world = world;
  }

  select(statement: Select): Answer {
    const { table: name, outputs, lock } = statement;
    const table = name === undefined ? undefined : this.#table(name);
    const alias = statement.alias ?? name;
    const found = table ? this.#chosen(table, alias, statement.where) : [];
    const ordered = this.#sorted(found, statement, table, alias);
    const [from, most] = [this.#count(statement.offset) ?? 0, this.#count(statement.limit) ?? Infinity];
    // Aggregates are of all rows, and leave one, of which the limit then is.
    const isAggregate = outputs.some(({ expression }) => expression !== undefined && holdsAggregate(expression));
    const chosen = isAggregate ? ordered : ordered.slice(from, from + most);
    const rows = lock && table ? this.#lockedRows(table, alias, ordered, statement, from + most).slice(from) : chosen.map(({ values }) => values);
    const answer = outputOf('SELECT', outputs, table, table ? rows : [{}], (values) => this.#around(table, alias, values), lock === undefined);
    const kept = isAggregate ? answer.rows.slice(from, from + most) : answer.rows;
    return { ...answer, rows: kept, rowCount: kept.length };
  }

  insert(statement: Insert): Answer {
    const name = statement.table;
    const done: Values[] = [];
    const columns = statement.columns ?? this.#table(name).columns.map((column) => column.name);
    for (const given of statement.rows) {
      if (given.length > columns.length) throw new PostgresError('42601', 'INSERT has more expressions than target columns');
      if (statement.columns && given.length > 0 && given.length < columns.length) throw new PostgresError('42601', 'INSERT has more target columns than expressions');
      const values = this.#newValues(name, columns, given);
      const put = this.#put(statement, values);
      if (put) done.push(put);
    }
    return this.#answer('INSERT', statement.table, statement.alias, statement.returning, done);
  }

  update(statement: Update): Answer {
    const { table: name, alias = name, where, set } = statement;
    this.#checkConstants(this.#table(name), set);
    const made = (before: Values): Values => {
      const after = this.#assigned(this.#table(name), before, set, this.#around(this.#table(name), alias, before));
      this.#check(this.#table(name), after);
      return after;
    };
    // Checks come before the wait for whoever holds the row, and again after it.
    const done = this.#each(name, alias, where, made, (row, before) => {
      const after = made(before);
      const clash = this.#clash(name, after, row.id, this.#table(name).keys);
      if (clash) throw duplicate(this.#table(name), clash.key.name, clash.key.columns, after);
      this.#write(name, row, after);
      return after;
    });
    return this.#answer('UPDATE', name, alias, statement.returning, done);
  }

  /** What is wrong with a constant is told before any row is looked at. */
  #checkConstants(table: Table, set: readonly Assignment[]): void {
    for (const { column, value } of set) {
      const definition = table.columns.find((one) => one.name === column);
      if (!definition) throw new PostgresError('42703', `column "${column}" of relation "${table.name}" does not exist`);
      if (value?.kind === 'literal' || value?.kind === 'parameter') cast(evaluate(value, this.#around(undefined, undefined, {})), definition.type);
    }
  }

  delete(statement: Delete): Answer {
    const { table: name, alias = name, where } = statement;
    const done = this.#each(name, alias, where, (before) => before, (row, before) => {
      this.#write(name, row, undefined);
      return before;
    });
    return this.#answer('DELETE', name, alias, statement.returning, done);
  }

  #answer(command: string, name: string, alias: string | undefined, returning: readonly Output[] | undefined, rows: readonly Values[]): Answer {
    const table = this.#table(name);
    if (!returning) return { command, rowCount: rows.length, fields: [], rows: [] };
    return outputOf(command, returning, table, rows, (values) => this.#around(table, alias ?? name, values), false);
  }

  #table(name: string): Table {
    const table = this.tables.get(name);
    if (!table) throw new PostgresError('42P01', `relation "${name}" does not exist`);
    return table;
  }

  #around(table: Table | undefined, alias: string | undefined, values: Values, excluded?: Values): Surroundings {
    const column = (name: string, from: string | undefined): Value => {
      const definition = table?.columns.find((one) => one.name === name);
      if (!definition || (from !== undefined && from !== alias && from !== table!.name && from !== 'excluded')) throw new PostgresError('42703', from === undefined ? `column "${name}" does not exist` : `column ${from}.${name} does not exist`);
      return { type: definition.type, text: (from === 'excluded' ? excluded : values)?.[name] ?? null };
    };
    const { parameters } = this.#world;
    const around: Surroundings = { parameters, column, call: (name, args) => (/^pg_/.test(name) ? this.#world.call(name, args.map((one) => evaluate(one, around))) : undefined) };
    return around;
  }

  #count(expression: Expression | undefined): number | undefined {
    const text = expression && cast(evaluate(expression, this.#around(undefined, undefined, {})), 'bigint').text;
    return text === undefined || text === null ? undefined : Number(text);
  }

  /** The rows that the statement sees and that match. */
  #chosen(table: Table, alias: string | undefined, where: Expression | undefined): { row: Row; values: Values }[] {
    const { transaction, touched, note, parameters } = this.#world;
    const lookup = lookupOf(table, where, parameters);
    if (lookup) touched.key(table, lookup.key, lookup.values);
    else touched.whole(table);
    if (!lookup) note('read', table, undefined);
    const found: { row: Row; values: Values }[] = [];
    for (const row of table.rows.values()) {
      const values = visible(row, transaction);
      if (!values || !this.#matches(where, table, alias, values)) continue;
      found.push({ row, values });
      note('read', table, row);
    }
    return found.sort((a, b) => orderOfKeys(table, a.values, b.values));
  }

  #matches(where: Expression | undefined, table: Table, alias: string | undefined, values: Values): boolean {
    return where === undefined || truth(evaluate(where, this.#around(table, alias, values))) === true;
  }

  #sorted(found: { row: Row; values: Values }[], { order, outputs }: Select, table: Table | undefined, alias: string | undefined): { row: Row; values: Values }[] {
    if (order.length === 0) return found;
    const keys = new Map(found.map((one) => [one, order.map(({ expression }) => evaluate(named(expression, outputs), this.#around(table, alias, one.values)))]));
    return [...found].sort((a, b) => {
      for (const [at, { isDescending }] of order.entries()) {
        const difference = orderOf(keys.get(a)![at]!, keys.get(b)![at]!);
        if (difference !== 0) return isDescending ? -difference : difference;
      }
      return 0;
    });
  }

  #lockedRows(table: Table, alias: string | undefined, found: readonly { row: Row; values: Values }[], { lock, where }: Select, most: number): Values[] {
    const rows: Values[] = [];
    for (const { row } of found) {
      if (rows.length >= most) break;
      if (lock!.wait !== 'wait' && this.#blockers(table, row, lock!.strength).length > 0) {
        if (lock!.wait === 'skip') continue;
        throw new PostgresError('55P03', `could not obtain lock on row in relation "${table.name}"`);
      }
      const values = this.#taken(table.name, alias, row, where, lock!.strength);
      if (values) rows.push(values);
    }
    return rows;
  }

  /** Does something to each row that matches, one after the other, as soon as nobody else holds it. */
  #each(name: string, alias: string | undefined, where: Expression | undefined, prepare: (values: Values) => Values, act: (row: Row, values: Values) => Values): Values[] {
    return this.#chosen(this.#table(name), alias, where).flatMap(({ row: { id }, values: seen }) => {
      prepare(seen);
      const values = this.#taken(name, alias, this.#table(name).rows.get(id)!, where, 'update');
      return values ? [act(this.#table(name).rows.get(id)!, values)] : [];
    });
  }

  #blockers(table: Table, row: Row, strength: LockStrength): string[] {
    this.#world.touched.row(table, row.versions.at(-1)?.values ?? row.pending?.values);
    return blockersOf(row, this.#world.transaction.xid, strength);
  }

  /** A row as it is once it is held: it may have been changed since it was found. Undefined if it does not match any more. */
  #taken(name: string, alias: string | undefined, row: Row, where: Expression | undefined, strength: LockStrength): Values | undefined {
    const table = this.#table(name);
    const { xid, isolation, snapshot } = this.#world.transaction;
    const blockers = this.#blockers(table, row, strength);
    const values = latest(row, xid);
    const isChanged = row.pending?.xid !== xid && isChangedSince(row, snapshot);
    if (blockers.length > 0 && !(isChanged && isolation !== 'read committed')) throw new Blocked(blockers, this.#kept);
    if (isChanged && isolation !== 'read committed') throw new PostgresError('40001', `could not serialize access due to concurrent ${values ? 'update' : 'delete'}`);
    if (isChanged && (!values || !this.#matches(where, table, alias, values))) return undefined;
    this.#hold(table, row, strength);
    return values;
  }

  #hold(table: Table, row: Row, strength: LockStrength): void {
    this.#kept.push([table.name, row.id, strength]);
    this.#replace(table, locked(row, this.#world.transaction.xid, strength));
  }

  #replace(table: Table, row: Row): void {
    this.tables = new Map(this.tables).set(table.name, withRow(table, row));
  }

  #write(name: string, row: Row, values: Values | undefined): void {
    const table = this.#table(name);
    const { transaction: { xid }, touched, note } = this.#world;
    touched.row(table, values);
    this.#replace(table, { ...locked(row, xid, 'update'), pending: { xid, values } });
    note('write', table, row);
  }

  #newValues(name: string, columns: readonly string[], given: readonly (Expression | undefined)[]): Values {
    const values: Record<string, string | null> = {};
    for (const column of columns) if (!this.#table(name).columns.some((one) => one.name === column)) throw new PostgresError('42703', `column "${column}" of relation "${name}" does not exist`);
    for (const { name: column, type } of this.#table(name).columns) {
      const expression = given[columns.indexOf(column)];
      values[column] = columns.includes(column) && expression ? cast(evaluate(expression, this.#around(undefined, undefined, {})), type).text : this.#default(name, column);
    }
    this.#check(this.#table(name), values);
    return values;
  }

  #default(name: string, column: string): string | null {
    const table = this.#table(name);
    const { isSerial, defaultValue, type } = table.columns.find((one) => one.name === column)!;
    if (!isSerial) return defaultValue ? cast(evaluate(defaultValue, this.#around(undefined, undefined, {})), type).text : null;
    const number = (table.serials[column] ?? 0) + 1;
    // Who draws first gets the lower number.
    this.#world.touched.writes.add(`sequence ${name}.${column}`);
    this.tables = new Map(this.tables).set(name, { ...table, serials: { ...table.serials, [column]: number } });
    return String(number);
  }

  #check(table: Table, values: Values): void {
    for (const { name, isNotNull } of table.columns) if (isNotNull && values[name] === null) throw new PostgresError('23502', `null value in column "${name}" of relation "${table.name}" violates not-null constraint`, { column: name, table: table.name });
    for (const { name, condition } of table.checks) {
      if (truth(evaluate(condition, this.#around(table, undefined, values))) === false) throw new PostgresError('23514', `new row for relation "${table.name}" violates check constraint "${name}"`, { constraint: name, table: table.name });
    }
  }

  /** Another row with the same key, as soon as nobody who may make or remove one is under way. */
  #clash(name: string, values: Values, own: string | undefined, keys: Table['keys']): { readonly key: Table['keys'][number]; readonly row: Row } | undefined {
    const table = this.#table(name);
    const { xid } = this.#world.transaction;
    this.#world.touched.row(table, values);
    for (const key of keys) {
      const isSame = (other: Values | undefined): boolean => other !== undefined && key.columns.every((column) => values[column] !== null && other[column] === values[column]);
      for (const row of table.rows.values()) {
        if (row.id === own) continue;
        const { pending } = row;
        if (pending && pending.xid !== xid && (isSame(pending.values) || isSame(row.versions.at(-1)?.values))) {
          if (this.#hasInserted) throw new NotSimulated('a statement for several rows that waits for a key in the middle');
          throw new Blocked([pending.xid], this.#kept);
        }
        if (isSame(latest(row, xid))) return { key, row };
      }
    }
    return undefined;
  }

  /** Undefined: the row was left out. */
  #put({ table: name, conflict, alias = name }: Insert, values: Values): Values | undefined {
    const { keys } = this.#table(name);
    const meant = conflict ? keys.filter((key) => isMeant(conflict, key)) : [];
    if (conflict && meant.length === 0) throw new PostgresError('42P10', 'there is no unique or exclusion constraint matching the ON CONFLICT specification');
    const clash = this.#clash(name, values, undefined, meant) ?? this.#clash(name, values, undefined, keys);
    const table = this.#table(name);
    if (!clash) {
      const row: Row = { id: this.#world.rowId(), versions: [], locks: [] };
      this.#write(name, row, values);
      this.#hasInserted = true;
      this.#kept.push([name, row.id, 'update']);
      return values;
    }
    if (!conflict || !meant.includes(clash.key)) throw duplicate(table, clash.key.name, clash.key.columns, values);
    const { isolation, snapshot, xid } = this.#world.transaction;
    const isUnseen = clash.row.pending?.xid !== xid && isChangedSince(clash.row, snapshot) && isolation !== 'read committed';
    if (isUnseen) throw new PostgresError('40001', 'could not serialize access due to concurrent update');
    if (!conflict.set) return undefined;
    if (clash.row.pending?.xid === xid && clash.row.versions.length === 0 && this.#kept.some(([, id]) => id === clash.row.id)) throw new PostgresError('21000', 'ON CONFLICT DO UPDATE command cannot affect row a second time');
    const blockers = this.#blockers(table, clash.row, 'update');
    if (blockers.length > 0) throw new Blocked(blockers, this.#kept);
    const before = latest(clash.row, xid)!;
    const around = this.#around(table, alias, before, values);
    if (conflict.where && truth(evaluate(conflict.where, around)) !== true) {
      // It is locked all the same.
      this.#hold(table, clash.row, 'update');
      return undefined;
    }
    const after = this.#assigned(table, before, conflict.set, around);
    this.#check(table, after);
    this.#write(name, clash.row, after);
    this.#kept.push([name, clash.row.id, 'update']);
    return after;
  }

  #assigned(table: Table, before: Values, set: readonly Assignment[], around: Surroundings): Values {
    const after: Record<string, string | null> = { ...before };
    for (const { column, value } of set) {
      const definition = table.columns.find((one) => one.name === column);
      if (!definition) throw new PostgresError('42703', `column "${column}" of relation "${table.name}" does not exist`);
      after[column] = value ? cast(evaluate(value, around), definition.type).text : this.#default(table.name, column);
    }
    return after;
  }
}

function isMeant({ columns, constraint }: NonNullable<Insert['conflict']>, key: Table['keys'][number]): boolean {
  if (constraint !== undefined) return key.name === constraint;
  return columns === undefined || (columns.length === key.columns.length && columns.every((column) => key.columns.includes(column)));
}

function duplicate({ name }: Table, constraint: string, columns: readonly string[], values: Values): PostgresError {
  return new PostgresError('23505', `duplicate key value violates unique constraint "${constraint}"`, { detail: `Key (${columns.join(', ')})=(${columns.map((column) => values[column]).join(', ')}) already exists.`, constraint, table: name });
}

/** NULL comes last. */
function orderOf(one: Value, other: Value): number {
  if (one.text === null || other.text === null) return Number(one.text === null) - Number(other.text === null);
  return compare(one, other);
}

/** In the order of the first key: what the server does without ORDER BY is open, and this is one of the ways. */
function orderOfKeys({ keys: [key], columns }: Table, one: Values, other: Values): number {
  for (const column of key?.columns ?? []) {
    const { type } = columns.find(({ name }) => name === column)!;
    const difference = orderOf({ type, text: one[column] ?? null }, { type, text: other[column] ?? null });
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A name, or the number, of an output stands for it. */
function named(expression: Expression, outputs: readonly Output[]): Expression {
  if (expression.kind === 'column' && expression.table === undefined) return outputs.find(({ name }) => name === expression.name)?.expression ?? expression;
  if (expression.kind === 'literal' && expression.value.type === 'int') return outputs[Number(expression.value.text) - 1]?.expression ?? expression;
  return expression;
}

