import { wrap } from './fragments.js';

type Refuse = (what: string) => never;

/** Types of columns, by the methods of a table builder. */
const types: Readonly<Record<string, string>> = { increments: 'serial primary key', bigIncrements: 'bigserial primary key', integer: 'integer', bigInteger: 'bigint', string: 'varchar(255)', text: 'text', boolean: 'boolean', decimal: 'numeric', json: 'json', jsonb: 'jsonb' };

/** The SQL of a table that a builder describes; what the simulated server does not know of tables, it refuses itself. */
export function createTable(name: string, define: (table: object) => void, refuse: Refuse): string {
  const parts: string[][] = [];
  const column = (type: string) => (given: string): object => {
    const part = [`${wrap(given)} ${type}`];
    parts.push(part);
    const chain: Record<string, (value?: unknown) => object> = {
      primary: () => add('primary key'), unique: () => add('unique'), notNullable: () => add('not null'), nullable: () => chain, unsigned: () => chain,
      defaultTo: (value) => add(`default ${literal(value, refuse)}`),
    };
    const add = (text: string): object => { part.push(text); return proxied; };
    const proxied = refusing(chain, refuse);
    return proxied;
  };
  const listed = (word: string) => (columns: string | readonly string[]): void => void parts.push([`${word} (${[columns].flat().map(wrap).join(', ')})`]);
  const table = { ...Object.fromEntries(Object.entries(types).map(([method, type]) => [method, column(type)])), primary: listed('primary key'), unique: listed('unique') };
  const proxied = refusing(table, refuse);
  Reflect.apply(define, proxied, [proxied]);
  return `create table ${wrap(name)} (${parts.map((part) => part.join(' ')).join(', ')})`;
}

export function dropTable(name: string, isLenient: boolean): string {
  return `drop table ${isLenient ? 'if exists ' : ''}${wrap(name)}`;
}

function literal(value: unknown, refuse: Refuse): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : value === null ? 'null' : refuse('a default that is no constant');
}

function refusing(object: object, refuse: Refuse): object {
  return new Proxy(object, { get: (target, key) => (key in target || typeof key === 'symbol' ? (Reflect.get(target, key) as unknown) : refuse(`a table's \`${key}\``)) });
}
