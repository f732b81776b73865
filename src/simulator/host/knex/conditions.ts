import { joined, parameter, Raw, wrap, type Fragment } from './fragments.js';

export interface Condition extends Fragment {
  readonly joint: 'and' | 'or';
}

const operators = new Set(['=', '<', '>', '<=', '>=', '<>', '!=', 'in', 'not in', 'is', 'is not', 'between', 'not between']);

/** The arguments of `where` and its kin: a column with a value, or with an operator and one, an object, a function that adds to a group, something raw. */
export function conditionOf(given: readonly unknown[], isNot: boolean, group: (add: (...args: never) => unknown) => Fragment): Fragment {
  const [column, second, third] = given;
  const not = isNot ? 'not ' : '';
  if (column instanceof Raw) return { sql: not + column.sql, bindings: column.bindings };
  if (typeof column === 'function') {
    const { sql, bindings } = group(column as (...args: never) => unknown);
    return { sql: sql === '' ? '' : `${not}(${sql})`, bindings };
  }
  if (typeof column === 'boolean') return { sql: '1 = ?', bindings: [column ? 1 : 0] };
  if (typeof column === 'object' && column !== null) return joined(Object.entries(column).map(([name, value]) => conditionOf([name, value], isNot, group)), ' and ');
  if (given.length < 3) return second === null ? nullity(column, isNot) : compared(column, '=', second, not);
  const operator = String(second).toLowerCase().trim();
  if (!operators.has(operator)) throw new Error(`The operator "${String(second)}" is not permitted`);
  if (operator === 'in' || operator === 'not in') return membership(column, third, (operator === 'not in') !== isNot);
  if (operator === 'between' || operator === 'not between') return betweenness(column, third, (operator === 'not between') !== isNot);
  if (third === null && (operator === 'is' || operator === '=')) return nullity(column, isNot);
  if (third === null && (operator === 'is not' || operator === '!=')) return nullity(column, !isNot);
  return compared(column, operator, third, not);
}

function compared(column: unknown, operator: string, given: unknown, not: string): Fragment {
  if (given === undefined) throw new Error(`Undefined binding(s) detected when compiling a query. Undefined column(s): [${String(column)}]`);
  const value = parameter(given);
  return { sql: `${not}${wrap(column)} ${operator} ${value.sql}`, bindings: value.bindings };
}

export function nullity(column: unknown, isNot: boolean): Fragment {
  return { sql: `${wrap(column)} is ${isNot ? 'not ' : ''}null`, bindings: [] };
}

export function membership(column: unknown, given: unknown, isNot: boolean): Fragment {
  if (!Array.isArray(given)) throw new Error('knex: `whereIn` with anything but a list is not simulated');
  if (given.length === 0) return { sql: '1 = ?', bindings: [isNot ? 1 : 0] };
  const list = joined(given.map(parameter), ', ');
  return { sql: `${wrap(column)} ${isNot ? 'not ' : ''}in (${list.sql})`, bindings: list.bindings };
}

export function betweenness(column: unknown, given: unknown, isNot: boolean): Fragment {
  const [lower, upper] = (given as readonly unknown[]).map(parameter);
  return { sql: `${wrap(column)} ${isNot ? 'not ' : ''}between ${lower!.sql} and ${upper!.sql}`, bindings: [...lower!.bindings, ...upper!.bindings] };
}

/** All of them, the first without its `and`. */
export function together(conditions: readonly Condition[]): Fragment {
  const kept = conditions.filter(({ sql }) => sql !== '');
  return { sql: kept.map(({ sql, joint }, at) => (at === 0 ? sql : `${joint} ${sql}`)).join(' '), bindings: kept.flatMap(({ bindings }) => bindings) };
}
