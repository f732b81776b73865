import { betweenness, conditionOf, membership, nullity, together, type Condition } from './conditions.js';
import { joined, native, parameter, Raw, wrap, type Fragment } from './fragments.js';

/** What a query answers, as `pg` tells it. */
export interface Answer {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Where queries are run. */
export interface Runner {
  run(query: Fragment): Promise<Answer>;
  /** Says that this is not simulated, and throws. */
  refuse(what: string): never;
}

type Method = 'select' | 'first' | 'pluck' | 'insert' | 'update' | 'del';
type Given = readonly unknown[];
type Data = Readonly<Record<string, unknown>>;

/** What a chain of calls has said so far. */
interface Plan {
  method: Method;
  table: unknown;
  outputs: Fragment[];
  conditions: Condition[];
  orders: string[];
  limit?: number;
  offset?: number;
  lock: string;
  data: Data | readonly Data[];
  counters: Record<string, number>;
  returning?: unknown;
  conflict?: { readonly target: unknown; readonly merged?: unknown; readonly isIgnored: boolean };
  plucked?: string;
}

/** Knex's query builder, in the part of it that reads and writes one table; the SQL is that of Knex 3 for PostgreSQL. */
export class QueryBuilder {
  protected plan: Plan = { method: 'select', table: undefined, outputs: [], conditions: [], orders: [], lock: '', data: {}, counters: {} };
  protected runner: Runner;
  #joint: 'and' | 'or' = 'and';
  #isNot = false;

  constructor(runner: Runner) {
    this.runner = runner;
  }

  clone(): QueryBuilder {
    const copy = new QueryBuilder(this.runner);
    const { outputs, conditions, orders, counters } = this.plan;
    copy.plan = { ...this.plan, outputs: [...outputs], conditions: [...conditions], orders: [...orders], counters: { ...counters } };
    return copy;
  }

  from(table: unknown): this { this.plan.table = table; return this; }
  into(table: unknown): this { return this.from(table); }
  table(table: unknown): this { return this.from(table); }

  select(...columns: Given): this {
    this.plan.outputs.push(...columns.flat().flatMap((column) => (isData(column) ? Object.entries(column).map(([alias, name]) => ({ sql: `${wrap(name)} as ${wrap(alias)}`, bindings: [] })) : [named(column)])));
    return this;
  }

  column(...columns: Given): this { return this.select(...columns); }
  columns(...columns: Given): this { return this.select(...columns); }

  first(...columns: Given): this {
    this.plan.method = 'first';
    this.plan.limit = 1;
    return this.select(...columns);
  }

  pluck(column: string): this {
    this.plan.method = 'pluck';
    this.plan.plucked = column.split('.').at(-1)!;
    return this.select(column);
  }

  count(column: unknown = '*'): this { return this.#aggregate('count', column); }
  sum(column: unknown): this { return this.#aggregate('sum', column); }
  min(column: unknown): this { return this.#aggregate('min', column); }
  max(column: unknown): this { return this.#aggregate('max', column); }

  #aggregate(name: string, given: unknown): this {
    const pairs: (readonly [unknown, string?])[] = isData(given) ? Object.entries(given).map(([alias, column]) => [column, alias]) : [String(given).split(/ as /i) as [string, string?]];
    this.plan.outputs.push(...pairs.map(([column, alias]) => ({ sql: `${name}(${wrap(column)})${alias === undefined ? '' : ` as ${wrap(alias)}`}`, bindings: [] })));
    return this;
  }

  where(...given: Given): this { return this.#add(conditionOf(given, this.#isNot, (add) => this.#group(add))); }
  andWhere(...given: Given): this { return this.where(...given); }
  whereNot(...given: Given): this { this.#isNot = true; return this.where(...given); }
  andWhereNot(...given: Given): this { return this.whereNot(...given); }
  whereIn(column: unknown, list: unknown): this { return this.#add(membership(column, list, this.#isNot)); }
  whereNotIn(column: unknown, list: unknown): this { return this.#add(membership(column, list, true)); }
  whereNull(column: unknown): this { return this.#add(nullity(column, this.#isNot)); }
  whereNotNull(column: unknown): this { return this.#add(nullity(column, true)); }
  whereBetween(column: unknown, range: unknown): this { return this.#add(betweenness(column, range, false)); }
  whereNotBetween(column: unknown, range: unknown): this { return this.#add(betweenness(column, range, true)); }
  whereRaw(sql: string, bindings?: unknown): this { return this.#add(Raw.of(sql, bindings)); }
  /** An object makes a group of its own. */
  orWhere(...given: Given): this { return isData(given[0]) ? this.#or().where((inner: QueryBuilder) => inner.where(...given)) : this.#or().where(...given); }
  orWhereNot(...given: Given): this { return this.#or().whereNot(...given); }
  orWhereIn(column: unknown, list: unknown): this { return this.#or().whereIn(column, list); }
  orWhereNotIn(column: unknown, list: unknown): this { return this.#or().whereNotIn(column, list); }
  orWhereNull(column: unknown): this { return this.#or().whereNull(column); }
  orWhereNotNull(column: unknown): this { return this.#or().whereNotNull(column); }
  orWhereRaw(sql: string, bindings?: unknown): this { return this.#or().whereRaw(sql, bindings); }

  #or(): this { this.#joint = 'or'; return this; }

  #add({ sql, bindings }: Fragment): this {
    this.plan.conditions.push({ joint: this.#joint, sql, bindings });
    this.#joint = 'and';
    this.#isNot = false;
    return this;
  }

  #group(add: (...args: never) => unknown): Fragment {
    this.#isNot = false;
    const inner = new QueryBuilder(this.runner);
    Reflect.apply(add, inner, [inner]);
    return together(inner.plan.conditions);
  }

  orderBy(given: unknown, direction?: string): this {
    const terms = (Array.isArray(given) ? given : [{ column: given, order: direction }]) as readonly (string | { readonly column: unknown; readonly order?: string })[];
    this.plan.orders.push(...terms.map((term) => (typeof term === 'string' ? `${wrap(term)} asc` : `${wrap(term.column)} ${term.order?.toLowerCase() === 'desc' ? 'desc' : 'asc'}`)));
    return this;
  }

  limit(count: unknown): this { this.plan.limit = Number(count); return this; }
  offset(count: unknown): this { this.plan.offset = Number(count); return this; }
  forUpdate(): this { this.plan.lock = ' for update'; return this; }
  forShare(): this { this.plan.lock = ' for share'; return this; }
  forNoKeyUpdate(): this { this.plan.lock = ' for no key update'; return this; }
  skipLocked(): this { this.plan.lock += ' skip locked'; return this; }
  noWait(): this { this.plan.lock += ' nowait'; return this; }

  insert(data: Data | readonly Data[], returning?: unknown): this { return this.#writes('insert', data, returning); }

  update(given: unknown, ...more: Given): this {
    const isPair = typeof given === 'string';
    return this.#writes('update', isPair ? { [given]: more[0] } : (given as Data), isPair ? more[1] : more[0]);
  }

  del(returning?: unknown): this { return this.#writes('del', {}, returning); }
  delete(returning?: unknown): this { return this.del(returning); }

  #writes(method: Method, data: Plan['data'], returning: unknown): this {
    this.plan.method = method;
    this.plan.data = data;
    return returning === undefined ? this : this.returning(returning);
  }

  returning(columns: unknown): this { this.plan.returning = columns; return this; }

  increment(given: unknown, amount: unknown = 1): this { return this.#counts(given, amount, 1); }
  decrement(given: unknown, amount: unknown = 1): this { return this.#counts(given, amount, -1); }

  #counts(given: unknown, amount: unknown, sign: 1 | -1): this {
    if (this.plan.method !== 'update') this.#writes('update', {}, undefined);
    for (const [column, by] of isData(given) ? Object.entries(given) : [[String(given), amount] as const]) this.plan.counters[column] = (this.plan.counters[column] ?? 0) + sign * Number(by);
    return this;
  }

  onConflict(target: unknown = true): { ignore: () => QueryBuilder; merge: (updates?: unknown) => QueryBuilder } {
    return {
      ignore: () => { this.plan.conflict = { target, isIgnored: true }; return this; },
      merge: (merged) => { this.plan.conflict = { target, merged, isIgnored: false }; return this; },
    };
  }

  transacting(transaction: unknown): this {
    const runner = runners.get(transaction as object);
    if (runner) this.runner = runner;
    return this;
  }

  toSQL(): Fragment & { toNative: () => Fragment } {
    const query = this.compiled();
    return { ...query, toNative: () => native(query) };
  }

  toQuery(): never { return this.runner.refuse('`toQuery`'); }

  protected compiled(): Fragment {
    switch (this.plan.method) {
      case 'insert': return this.#insert();
      case 'update': return joined([{ sql: `update ${wrap(this.plan.table)} set `, bindings: [] }, this.#assignments({ ...(this.plan.data as Data), ...this.#counted() }), this.#where(), this.#returned()], '');
      case 'del': return joined([{ sql: `delete from ${wrap(this.plan.table)}`, bindings: [] }, this.#where(), this.#returned()], '');
      default: return this.#select();
    }
  }

  #select(): Fragment {
    const { table, outputs, orders, limit, offset, lock } = this.plan;
    const number = (word: string, count: number | undefined): Fragment => (count === undefined ? { sql: '', bindings: [] } : { sql: ` ${word} ?`, bindings: [count] });
    const listed = outputs.length === 0 ? { sql: '*', bindings: [] } : joined(outputs, ', ');
    const parts: Fragment[] = [{ sql: `select ${listed.sql}${table === undefined ? '' : ` from ${wrap(table)}`}`, bindings: listed.bindings }, this.#where(), { sql: orders.length === 0 ? '' : ` order by ${orders.join(', ')}`, bindings: [] }, number('limit', limit), number('offset', offset), { sql: lock, bindings: [] }];
    return joined(parts, '');
  }

  #where(): Fragment {
    const { sql, bindings } = together(this.plan.conditions);
    return { sql: sql === '' ? '' : ` where ${sql}`, bindings };
  }

  #returned(): Fragment {
    const { returning } = this.plan;
    return { sql: returning === undefined ? '' : ` returning ${[returning].flat().map(wrap).join(', ')}`, bindings: [] };
  }

  #counted(): Data {
    const data = this.plan.data as Data;
    return Object.fromEntries(Object.entries(this.plan.counters).filter(([column]) => !Object.hasOwn(data, column)).map(([column, by]) => [column, Raw.of(`?? ${by < 0 ? '-' : '+'} ?`, [column, Math.abs(by)])]));
  }

  #assignments(data: Data): Fragment {
    const kept = Object.entries(data).filter(([, value]) => value !== undefined);
    if (kept.length === 0) throw new Error('Empty .update() call detected! Update data does not contain any values to update. This will result in a faulty query.');
    return joined(kept.map(([column, value]) => joined([{ sql: `${wrap(column)} = `, bindings: [] }, parameter(value)], '')), ', ');
  }

  #insert(): Fragment {
    const { data, table, conflict } = this.plan;
    const rows = Array.isArray(data) ? (data as readonly Data[]) : [data as Data];
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort();
    const into = `insert into ${wrap(table)} `;
    if (columns.length === 0) return joined([{ sql: `${into}default values`, bindings: [] }, this.#returned()], '');
    const values = rows.map((row) => joined(columns.map((column) => parameter(row[column])), ', '));
    const body = joined(values, '), (');
    return joined([{ sql: `${into}(${columns.map(wrap).join(', ')}) values (${body.sql})`, bindings: body.bindings }, conflict ? this.#conflict(conflict, columns) : { sql: '', bindings: [] }, this.#returned()], '');
  }

  #conflict({ target, merged, isIgnored }: NonNullable<Plan['conflict']>, columns: readonly string[]): Fragment {
    const on = target instanceof Raw ? target.sql : `(${[target].flat().map(wrap).join(', ')})`;
    if (isIgnored) return { sql: target === true ? ' on conflict do nothing' : ` on conflict ${on} do nothing`, bindings: [] };
    const start = { sql: ` on conflict ${on} do update set `, bindings: [] };
    if (isData(merged)) {
      const kept = Object.entries(merged).filter(([, value]) => value !== undefined);
      return joined([start, joined(kept.map(([column, value]) => joined([{ sql: `${wrap(column)} = `, bindings: [] }, parameter(value)], '')), ','), this.#where()], '');
    }
    const names = (Array.isArray(merged) ? (merged as readonly string[]) : columns).map(wrap);
    return joined([start, { sql: names.map((one) => `${one} = excluded.${one}`).join(', '), bindings: [] }, this.#where()], '');
  }

  /** What whoever waits for the query is given. */
  #given(answer: Answer): unknown {
    const { method, plucked, returning } = this.plan;
    if (answer.command === 'SELECT') return method === 'first' ? answer.rows[0] : method === 'pluck' ? answer.rows.map((row) => row[plucked!]) : answer.rows;
    if (returning !== undefined) return answer.rows;
    return method === 'insert' ? answer : answer.rowCount;
  }

  then(onFulfilled?: (value: unknown) => unknown, onRejected?: (reason: unknown) => unknown): Promise<unknown> {
    return this.runner.run(this.compiled()).then((answer) => this.#given(answer)).then(onFulfilled, onRejected);
  }

  catch(onRejected: (reason: unknown) => unknown): Promise<unknown> { return this.then(undefined, onRejected); }
  finally(onSettled: () => void): Promise<unknown> { return this.then().finally(onSettled); }
}

/** By the transactions that a program holds. */
export const runners = new WeakMap<object, Runner>();

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Raw);
}

function named(column: unknown): Fragment {
  return column instanceof Raw ? column : { sql: wrap(column), bindings: [] };
}

// What has no model is looked up in vain along the whole chain of prototypes.
Object.setPrototypeOf(QueryBuilder.prototype, new Proxy({}, {
  get: (_target, key, receiver: { readonly runner?: Runner }) => (typeof key === 'symbol' || /^(?:toJSON|constructor|asymmetricMatch|nodeType|tagName|\$\$typeof|@@.*)$/.test(key) ? undefined : () => receiver.runner?.refuse(`\`${key}\``)),
}));
