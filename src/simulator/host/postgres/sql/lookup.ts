import type { Table } from '../database.js';
import { evaluate } from './evaluate.js';
import type { Expression, Key } from './syntax.js';
import { cast, type Value } from './values.js';

/** A key whose columns a condition sets equal to values: then it is about one row at most. */
export interface Lookup {
  readonly key: Key;
  readonly values: readonly (string | null)[];
}

export function lookupOf({ keys, columns }: Pick<Table, 'keys' | 'columns'>, where: Expression | undefined, parameters: readonly (string | null)[]): Lookup | undefined {
  const equal = new Map(where ? equalities(where, parameters) : []);
  const key = keys.find((one) => one.columns.every((column) => equal.has(column)));
  return key && { key, values: key.columns.map((column) => cast(equal.get(column)!, columns.find(({ name }) => name === column)!.type).text) };
}

function equalities(condition: Expression, parameters: readonly (string | null)[]): [string, Value][] {
  if (condition.kind !== 'binary') return [];
  const { operator, left, right } = condition;
  if (operator === 'and') return [...equalities(left, parameters), ...equalities(right, parameters)];
  if (operator !== '=') return [];
  const [column, other] = left.kind === 'column' ? [left, right] : [right, left];
  const value = column.kind === 'column' ? constant(other, parameters) : undefined;
  return column.kind === 'column' && value ? [[column.name, value]] : [];
}

function constant(expression: Expression, parameters: readonly (string | null)[]): Value | undefined {
  if (expression.kind !== 'literal' && expression.kind !== 'parameter' && expression.kind !== 'cast') return undefined;
  return expression.kind === 'cast' && constant(expression.operand, parameters) === undefined ? undefined : evaluate(expression, { parameters, column: () => ({ type: 'unknown', text: null }) });
}
