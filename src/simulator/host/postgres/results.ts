import type { Answer } from './outputs.js';
import type { SqlType } from './sql/values.js';

/** What `pg` gives for a statement. */
export interface Result {
  readonly command: string;
  readonly rowCount: number | null;
  readonly oid: null;
  readonly rows: unknown[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
  readonly rowAsArray: boolean;
}

export function resultOf({ command, rowCount, fields, rows }: Answer, isArray: boolean): Result {
  const read = (row: readonly (string | null)[]): unknown => {
    const values = row.map((text, at) => valueOf(text, fields[at]!.type));
    return isArray ? values : Object.fromEntries(fields.map(({ name }, at) => [name, values[at]]));
  };
  return { command: command.split(' ')[0]!, rowCount, oid: null, rows: rows.map(read), fields: fields.map(({ name, oid }) => ({ name, dataTypeID: oid })), rowAsArray: isArray };
}

/** As node-postgres reads text: what may not fit a number stays a string. */
function valueOf(text: string | null, type: SqlType): unknown {
  if (text === null) return null;
  switch (type) {
    case 'int': case 'float': return Number(text);
    case 'bool': return text === 't';
    case 'json': return JSON.parse(text);
    case 'timestamp': return new Date(text);
    default: return text;
  }
}

/** As node-postgres writes a parameter. @throws for what goes over the wire as bytes. */
export function parameterOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (ArrayBuffer.isView(value)) throw new Error('pg: bytes as parameters are not simulated');
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return arrayText(value);
  if (typeof value !== 'object') return String(value as string | number | boolean | bigint);
  const { toPostgres } = value as { readonly toPostgres?: (prepare: typeof parameterOf) => unknown };
  return typeof toPostgres === 'function' ? parameterOf(toPostgres.call(value, parameterOf)) : JSON.stringify(value);
}

function arrayText(list: readonly unknown[]): string {
  return `{${list.map((one) => (one === null || one === undefined ? 'NULL' : Array.isArray(one) ? arrayText(one) : `"${parameterOf(one)!.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`)).join(',')}}`;
}
