/** Types of columns and expressions, as far as they decide what comes out. `unknown`: a literal or parameter, which takes the type of what it meets. */
export type SqlType = 'int' | 'bigint' | 'numeric' | 'float' | 'text' | 'bool' | 'json' | 'timestamp' | 'void' | 'unknown';

/** A value in the text form of PostgreSQL; null: NULL. Plain data. */
export interface Value {
  readonly type: SqlType;
  readonly text: string | null;
}

/** An error that the server answers with. */
export class PostgresError extends Error {
  constructor(readonly code: string, message: string, readonly more: Readonly<Record<string, string>> = {}) {
    super(message);
  }
}

/** What is not simulated: nothing can be said of a run that comes to it. */
export class NotSimulated extends Error {}

const names: Readonly<Record<string, SqlType>> = {
  int: 'int', int2: 'int', int4: 'int', integer: 'int', smallint: 'int', serial: 'int', int8: 'bigint', bigint: 'bigint', bigserial: 'bigint', numeric: 'numeric', decimal: 'numeric',
  real: 'float', float: 'float', float4: 'float', float8: 'float', 'double precision': 'float', text: 'text', varchar: 'text', 'character varying': 'text', uuid: 'text',
  bool: 'bool', boolean: 'bool', json: 'json', jsonb: 'json', timestamp: 'timestamp', timestamptz: 'timestamp', 'timestamp with time zone': 'timestamp', 'timestamp without time zone': 'timestamp',
};

export function typeNamed(name: string): SqlType {
  const type = names[name];
  if (type === undefined) throw new NotSimulated(`the type ${name}`);
  return type;
}

/** As `pg` knows them, by type. */
export const oidOf: Readonly<Record<SqlType, number>> = { int: 23, bigint: 20, numeric: 1700, float: 701, text: 25, bool: 16, json: 3802, timestamp: 1114, void: 2278, unknown: 25 };

const ranks: readonly SqlType[] = ['int', 'bigint', 'numeric', 'float'];

export function isNumber(type: SqlType): boolean {
  return ranks.includes(type);
}

/** The type of an operation on two numbers; what is unknown takes that of the other. */
export function commonType(one: SqlType, other: SqlType): SqlType {
  if (one === 'unknown') return other === 'unknown' ? 'text' : other;
  if (other === 'unknown' || one === other) return one;
  if (isNumber(one) && isNumber(other)) return ranks[Math.max(ranks.indexOf(one), ranks.indexOf(other))]!;
  throw new PostgresError('42883', `operator does not exist: ${sqlName(one)} = ${sqlName(other)}`);
}

export function sqlName(type: SqlType): string {
  return ({ int: 'integer', float: 'double precision', bool: 'boolean', timestamp: 'timestamp without time zone', json: 'jsonb' } as Partial<Record<SqlType, string>>)[type] ?? type;
}

/** The value as one of a type. @throws PostgresError where the text is none. */
export function cast({ text, type: from }: Value, type: SqlType): Value {
  if (text === null || from === type) return { type, text };
  switch (type) {
    case 'int': case 'bigint': return { type, text: integerText(text, from, type) };
    case 'numeric': return { type, text: decimalText(decimalOf(text)) };
    case 'float': return { type, text: String(Number(text)) };
    case 'bool': return { type, text: boolText(text) };
    default: return { type, text: from === 'bool' ? (text === 't' ? 'true' : 'false') : text };
  }
}

function integerText(text: string, from: SqlType, type: SqlType): string {
  const isWhole = /^\s*[-+]?\d+\s*$/.test(text);
  if (!isWhole && !(isNumber(from) && /^-?\d+(?:\.\d+)?$/.test(text))) throw new PostgresError('22P02', `invalid input syntax for type ${sqlName(type)}: "${text}"`);
  const value = isWhole ? BigInt(text.trim()) : rounded(text);
  const limit = type === 'int' ? 2n ** 31n : 2n ** 63n;
  if (value < -limit || value >= limit) throw new PostgresError('22003', from === 'unknown' ? `value "${text}" is out of range for type ${sqlName(type)}` : `${sqlName(type)} out of range`);
  return String(value);
}

/** Half away from zero, as numeric is rounded. */
function rounded(text: string): bigint {
  const { digits, scale } = decimalOf(text);
  const unit = 10n ** BigInt(scale);
  const half = digits < 0n ? -unit / 2n : unit / 2n;
  return (digits + half) / unit;
}

function boolText(text: string): string {
  const given = text.trim().toLowerCase();
  if (/^(?:t|true|y|yes|on|1)$/.test(given)) return 't';
  if (/^(?:f|false|n|no|off|0)$/.test(given)) return 'f';
  throw new PostgresError('22P02', `invalid input syntax for type boolean: "${text}"`);
}

/** An exact number: `digits` times ten to the power of `-scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export function decimalOf(text: string): Decimal {
  const match = /^\s*([-+]?)(\d*)(?:\.(\d*))?\s*$/.exec(text);
  if (!match || (match[2] === '' && (match[3] ?? '') === '')) throw new PostgresError('22P02', `invalid input syntax for type numeric: "${text}"`);
  const [, sign, whole = '', part = ''] = match;
  return { digits: BigInt(`${sign === '-' ? '-' : ''}${whole}${part}`), scale: part.length };
}

export function decimalText({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

export function scaled({ digits, scale }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - scale);
}

/** Below, equal or above; neither is NULL. */
export function compare(one: Value, other: Value): number {
  const type = commonType(one.type, other.type);
  const [a, b] = [cast(one, type).text!, cast(other, type).text!];
  if (type === 'int' || type === 'bigint' || type === 'numeric') {
    const [x, y] = [decimalOf(a), decimalOf(b)];
    const scale = Math.max(x.scale, y.scale);
    return sign(scaled(x, scale) - scaled(y, scale));
  }
  if (type === 'float') return Math.sign(Number(a) - Number(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

function sign(difference: bigint): number {
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
