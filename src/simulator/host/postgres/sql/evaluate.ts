import type { Expression } from './syntax.js';
import { cast, commonType, compare, decimalOf, decimalText, isNumber, NotSimulated, PostgresError, scaled, sqlName, type Decimal, type SqlType, type Value } from './values.js';

/** What an expression is evaluated in. */
export interface Surroundings {
  /** Text forms, as they were sent. */
  readonly parameters: readonly (string | null)[];
  /** @throws PostgresError if there is none. */
  column(name: string, table: string | undefined): Value;
  /** What a call of a function gives that is not one of values alone; undefined: it is. */
  call?(name: string, args: readonly Expression[], isStar: boolean): Value | undefined;
}

const nothing: Value = { type: 'unknown', text: null };

export function evaluate(expression: Expression, around: Surroundings): Value {
  switch (expression.kind) {
    case 'literal': return expression.value;
    case 'parameter': return parameter(expression.index, around);
    case 'column': return around.column(expression.name, expression.table);
    case 'not': return bool(negated(truth(evaluate(expression.operand, around))));
    case 'minus': return arithmetic('-', { type: 'int', text: '0' }, evaluate(expression.operand, around));
    case 'binary': return binary(expression.operator, expression.left, expression.right, around);
    case 'null': return bool((evaluate(expression.operand, around).text === null) !== expression.isNot);
    case 'in': return bool(isIn(evaluate(expression.operand, around), expression.list.map((one) => evaluate(one, around)), expression.isNot));
    case 'any': return bool(isIn(evaluate(expression.operand, around), elementsOf(evaluate(expression.array, around)), false));
    case 'cast': return cast(evaluate(expression.operand, around), expression.type);
    case 'call': return around.call?.(expression.name, expression.args, expression.isStar) ?? call(expression.name, expression.args.map((one) => evaluate(one, around)));
  }
}

/** True, false, or NULL: neither. */
export function truth(value: Value): boolean | null {
  const { text } = cast(value, 'bool');
  return text === null ? null : text === 't';
}

function bool(value: boolean | null): Value {
  return { type: 'bool', text: value === null ? null : value ? 't' : 'f' };
}

function negated(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function parameter(index: number, { parameters }: Surroundings): Value {
  const text = parameters[index];
  if (text === undefined) throw new PostgresError('42P02', `there is no parameter $${index + 1}`);
  return { type: 'unknown', text };
}

function binary(operator: string, left: Expression, right: Expression, around: Surroundings): Value {
  const one = evaluate(left, around);
  if (operator === 'and' || operator === 'or') return bool(logical(operator, truth(one), truth(evaluate(right, around))));
  const other = evaluate(right, around);
  if (operator === 'is') return bool(truth(one) === truth(other));
  if (operator === 'same') return bool(one.text === null || other.text === null ? one.text === other.text : compare(one, other) === 0);
  if (operator === '||') return one.text === null || other.text === null ? { type: 'text', text: null } : { type: 'text', text: cast(one, 'text').text! + cast(other, 'text').text! };
  if (/^[-+*/%]$/.test(operator)) return arithmetic(operator, one, other);
  if (one.text === null || other.text === null) return commonType(one.type, other.type), bool(null);
  const order = compare(one, other);
  return bool(operator === '=' ? order === 0 : operator === '<>' ? order !== 0 : operator === '<' ? order < 0 : operator === '>' ? order > 0 : operator === '<=' ? order <= 0 : order >= 0);
}

function logical(operator: 'and' | 'or', one: boolean | null, other: boolean | null): boolean | null {
  const decisive = operator === 'or';
  if (one === decisive || other === decisive) return decisive;
  return one === null || other === null ? null : !decisive;
}

function isIn(operand: Value, list: readonly Value[], isNot: boolean): boolean | null {
  if (operand.text === null) return null;
  if (list.some((one) => one.text !== null && compare(operand, one) === 0)) return !isNot;
  return list.some(({ text }) => text === null) ? null : isNot;
}

/** The elements of an array in text form, `{1,2}`. */
function elementsOf({ text }: Value): Value[] {
  if (text === null || text === '{}') return [];
  if (!/^\{.*\}$/s.test(text)) throw new PostgresError('22P02', `malformed array literal: "${text}"`);
  return [...text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/g)].map(([, quoted, plain]) => ({ type: 'unknown' as const, text: quoted !== undefined ? quoted.replace(/\\(.)/g, '$1') : plain === 'NULL' ? null : plain! }));
}

function arithmetic(operator: string, one: Value, other: Value): Value {
  const type = commonType(one.type === 'unknown' && other.type === 'unknown' ? 'int' : one.type, other.type);
  if (!isNumber(type)) throw new PostgresError('42883', `operator does not exist: ${sqlName(one.type)} ${operator} ${sqlName(other.type)}`);
  const [a, b] = [cast(one, type), cast(other, type)];
  if (a.text === null || b.text === null) return { type, text: null };
  if (type === 'float') return { type, text: String(ofNumbers(operator, Number(a.text), Number(b.text))) };
  const result = ofDecimals(operator, decimalOf(a.text), decimalOf(b.text), type);
  return cast({ type: 'numeric', text: decimalText(result) }, type);
}

function ofNumbers(operator: string, a: number, b: number): number {
  if (operator === '/' && b === 0) throw divided();
  return operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : operator === '/' ? a / b : a % b;
}

function ofDecimals(operator: string, a: Decimal, b: Decimal, type: SqlType): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [scaled(a, scale), scaled(b, scale)];
  switch (operator) {
    case '+': return { digits: x + y, scale };
    case '-': return { digits: x - y, scale };
    case '*': return { digits: a.digits * b.digits, scale: a.scale + b.scale };
    default:
      if (y === 0n) throw divided();
      if (operator === '%') return { digits: x % y, scale };
      if (type === 'numeric') throw new NotSimulated('division of numeric values');
      return { digits: x / y, scale: 0 };
  }
}

function divided(): PostgresError {
  return new PostgresError('22012', 'division by zero');
}

function call(name: string, args: readonly Value[]): Value {
  const [first = nothing] = args;
  const present = args.filter(({ text }) => text !== null);
  switch (name) {
    case 'coalesce': return cast(present[0] ?? nothing, args.map(({ type }) => type).reduce(commonType));
    case 'greatest': case 'least': {
      const type = args.map((one) => one.type).reduce(commonType);
      const best = present.reduce<Value | undefined>((known, one) => (known === undefined || (name === 'greatest' ? compare(one, known) > 0 : compare(one, known) < 0) ? one : known), undefined);
      return cast(best ?? nothing, type);
    }
    case 'nullif': return first.text !== null && args[1]!.text !== null && compare(first, args[1]!) === 0 ? { ...first, text: null } : first;
    case 'abs': return first.text?.startsWith('-') === true ? { ...first, text: first.text.slice(1) } : first;
    case 'lower': return { type: 'text', text: first.text?.toLowerCase() ?? null };
    case 'upper': return { type: 'text', text: first.text?.toUpperCase() ?? null };
    case 'length': return { type: 'int', text: first.text === null ? null : String([...first.text].length) };
    default: throw new NotSimulated(`the function ${name}`);
  }
}
