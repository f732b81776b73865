/** SQL with a `?` for each binding. */
export interface Fragment {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** What stands for itself where a value or a name is asked for: `knex.raw`, `knex.ref`. */
export class Raw implements Fragment {
  readonly sql: string;
  readonly bindings: readonly unknown[];

  constructor(sql: string, bindings: readonly unknown[]) {
    this.sql = sql;
    this.bindings = bindings;
  }

  static of(text: string, given: unknown): Raw {
    const values = given === undefined ? [] : Array.isArray(given) ? (given as unknown[]) : typeof given === 'object' && given !== null ? given as Readonly<Record<string, unknown>> : [given];
    const bindings: unknown[] = [];
    let next = 0;
    const put = (isName: boolean, value: unknown): string => {
      const part = isName ? { sql: wrap(value as string), bindings: [] } : parameter(value);
      bindings.push(...part.bindings);
      return part.sql;
    };
    const sql = Array.isArray(values)
      ? text.replace(/\\\?|\?\??/g, (mark) => (mark === '\\?' ? mark : next < values.length ? put(mark === '??', values[next++]) : mark))
      : text.replace(/::|:(\w+)(:?)/g, (mark, key: string | undefined, isName: string) => (key !== undefined && Object.hasOwn(values, key) ? put(isName === ':', values[key]) : mark));
    return new Raw(sql, bindings);
  }
}

/** A name in quotes: `a.b`, `a as b`, `*` and what is raw keep their form. */
export function wrap(name: unknown): string {
  if (name instanceof Raw) return name.sql;
  const text = String(name).trim();
  const [whole, alias] = text.split(/ as /i, 2) as [string, string?];
  const quoted = whole.split('.').map((part) => (part.trim() === '*' ? '*' : `"${part.trim().replaceAll('"', '""')}"`)).join('.');
  return alias === undefined ? quoted : `${quoted} as ${wrap(alias)}`;
}

/** A value where one may stand; undefined is the default. */
export function parameter(value: unknown): Fragment {
  if (value instanceof Raw) return value;
  if (value === undefined) return { sql: 'DEFAULT', bindings: [] };
  return { sql: '?', bindings: [value] };
}

export function joined(parts: readonly Fragment[], separator: string): Fragment {
  return { sql: parts.map(({ sql }) => sql).join(separator), bindings: parts.flatMap(({ bindings }) => bindings) };
}

/** As it goes over the wire: `$1`, `$2`. */
export function native({ sql, bindings }: Fragment): { readonly sql: string; readonly bindings: readonly unknown[] } {
  let count = 0;
  return { sql: sql.replace(/\\\?|\?/g, (mark) => (mark === '?' ? `$${++count}` : '?')), bindings };
}
