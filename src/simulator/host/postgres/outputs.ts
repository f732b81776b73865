import type { Table, Values } from './database.js';
import { evaluate, type Surroundings } from './sql/evaluate.js';
import type { Expression, Output } from './sql/syntax.js';
import { cast, compare, isNumber, oidOf, PostgresError, type SqlType, type Value } from './sql/values.js';

/** What a statement answers: text forms, as they go over the wire. Plain data. */
export interface Answer {
  readonly command: string;
  readonly rowCount: number | null;
  readonly fields: readonly Field[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface Field {
  readonly name: string;
  readonly type: SqlType;
  readonly oid: number;
}

const aggregates = /^(?:count|sum|min|max|bool_and|bool_or)$/;

/** The outputs of each row, or one row of aggregates. `around` gives what an expression of a row is evaluated in. */
export function outputOf(command: string, outputs: readonly Output[], table: Table | undefined, rows: readonly Values[], around: (values: Values) => Surroundings, mayAggregate: boolean): Answer {
  const listed = outputs.flatMap((output): { name: string; expression: Expression }[] => (output.expression ? [{ name: output.name ?? nameOf(output.expression), expression: output.expression }] : table!.columns.map(({ name }) => ({ name, expression: { kind: 'column', name } }))));
  if (listed.some(({ expression }) => holdsAggregate(expression))) {
    if (!mayAggregate) throw new PostgresError('0A000', 'FOR UPDATE is not allowed with aggregate functions');
    const aggregated: Surroundings = { ...around({}), call: (name, args, isStar) => (aggregates.test(name) ? aggregate(name, args[0], isStar, rows, around) : around({}).call?.(name, args, isStar)) };
    return answer(command, listed, [listed.map(({ expression }) => evaluate(expression, aggregated))]);
  }
  const values = rows.map((row) => listed.map(({ expression }) => evaluate(expression, around(row))));
  // Without rows there is still to be told what they would be.
  const types = values[0] ?? (table ? listed.map(({ expression }) => evaluate(expression, { ...around({}), call: (name, args, isStar) => (/^pg_/.test(name) ? { type: 'unknown', text: null } : around({}).call?.(name, args, isStar)) })) : []);
  return answer(command, listed, values, types);
}

function answer(command: string, listed: readonly { readonly name: string }[], rows: readonly (readonly Value[])[], [...types]: readonly Value[] = rows[0] ?? []): Answer {
  const fields = listed.map(({ name }, at) => { const type = types[at]?.type ?? 'text'; return { name, type: type === 'unknown' ? 'text' : type, oid: oidOf[type] }; });
  return { command, rowCount: rows.length, fields, rows: rows.map((row) => row.map(({ text }) => text)) };
}

function nameOf(expression: Expression): string {
  if (expression.kind === 'column') return expression.name;
  if (expression.kind === 'call') return expression.name;
  return expression.kind === 'cast' ? nameOf(expression.operand) : '?column?';
}

export function holdsAggregate(expression: Expression): boolean {
  if (expression.kind === 'call') return aggregates.test(expression.name) || expression.args.some(holdsAggregate);
  if (expression.kind === 'binary') return holdsAggregate(expression.left) || holdsAggregate(expression.right);
  return 'operand' in expression && holdsAggregate(expression.operand);
}

function aggregate(name: string, argument: Expression | undefined, isStar: boolean, rows: readonly Values[], around: (values: Values) => Surroundings): Value {
  if (isStar || !argument) return { type: 'bigint', text: String(rows.length) };
  const all = rows.map((row) => evaluate(argument, around(row)));
  const present = all.filter(({ text }) => text !== null);
  if (name === 'count') return { type: 'bigint', text: String(present.length) };
  const type = all[0]?.type ?? evaluate(argument, around({})).type;
  if (name === 'sum') return sum(present, type);
  if (name === 'min' || name === 'max') return present.reduce<Value>((best, one) => (best.text === null || (name === 'min' ? compare(one, best) < 0 : compare(one, best) > 0) ? one : best), { type, text: null });
  const isAll = name === 'bool_and';
  return { type: 'bool', text: present.length === 0 ? null : (isAll ? present.every(({ text }) => text === 't') : present.some(({ text }) => text === 't')) ? 't' : 'f' };
}

function sum(present: readonly Value[], type: SqlType): Value {
  const result: SqlType = type === 'int' ? 'bigint' : type === 'bigint' ? 'numeric' : type;
  if (!isNumber(result)) throw new PostgresError('42883', `function sum(${type}) does not exist`);
  if (present.length === 0) return { type: result, text: null };
  const literal = (value: Value): Expression => ({ kind: 'literal', value: cast(value, result) });
  const total = present.map(literal).reduce((left, right) => ({ kind: 'binary', operator: '+', left, right }));
  return evaluate(total, { parameters: [], column: () => ({ type: 'unknown', text: null }) });
}
