import { NotSimulated, PostgresError } from './values.js';

export interface Token {
  readonly kind: 'word' | 'name' | 'number' | 'string' | 'parameter' | 'sign' | 'end';
  /** Words in lower case; of names and strings what they mean. */
  readonly text: string;
}

const pattern = /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|(?<word>[A-Za-z_][\w$]*)|"(?<name>(?:[^"]|"")+)"|(?<number>\d+(?:\.\d*)?|\.\d+)|'(?<string>(?:[^']|'')*)'|\$(?<parameter>\d+)|(?<sign>::|<>|!=|<=|>=|\|\||[-+*/%=<>(),.;[\]])/gy;

/** @throws PostgresError for what is no SQL, NotSimulated for forms of it that are not known. */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (pattern.lastIndex = 0; at < sql.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const match = pattern.exec(sql);
    if (!match) {
      if (/^(?:\$[\w]*\$|->|@>|\?|~|#>)/.test(sql.slice(at))) throw new NotSimulated(`the operator or quote ${sql.slice(at, at + 3).trim()}`);
      throw new PostgresError('42601', `syntax error at or near "${sql.slice(at, at + 1)}"`);
    }
    const { word, name, number, string, parameter, sign } = match.groups!;
    if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase() });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name.replaceAll('""', '"') });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (string !== undefined) tokens.push({ kind: 'string', text: string.replaceAll("''", "'") });
    else if (parameter !== undefined) tokens.push({ kind: 'parameter', text: parameter });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return [...tokens, { kind: 'end', text: '' }];
}
