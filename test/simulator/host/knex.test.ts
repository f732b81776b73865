import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { QueryBuilder, type Runner } from '../../../src/simulator/host/knex/builder.js';
import { native, Raw, wrap } from '../../../src/simulator/host/knex/fragments.js';
import { explored } from './scenario-logs.js';

/** What Knex itself makes of each query (`knex-facts.mjs`). */
const facts = JSON.parse(readFileSync(new URL('knex-facts.json', import.meta.url), 'utf8')) as readonly (readonly [query: string, sql: string, bindings: unknown])[];

const runner: Runner = { run: () => Promise.reject(new Error('nobody asks')), refuse: (what) => { throw new Error(what); } };
const build = (): QueryBuilder => new QueryBuilder(runner);
const raw = (sql: string, bindings?: unknown): object => { const made = Raw.of(sql, bindings); return Object.assign(made, { toSQL: () => ({ toNative: () => native(made) }) }); };
const knex = Object.assign((table: unknown) => build().from(table), { raw, ref: (name: string) => new Raw(wrap(name), []), queryBuilder: build, select: (...given: unknown[]) => build().select(...given), from: (table: unknown) => build().from(table), insert: (data: object) => build().insert(data as never) });

describe('a query of Knex becomes the SQL that Knex makes of it', () => {
  it.each(facts)('%s', (query, sql, bindings) => {
    const made = (): unknown => (new Function('knex', `return ${query}`) as (given: unknown) => QueryBuilder)(knex).toSQL().toNative();
    if (sql === 'throws') expect(made).toThrow(String(bindings));
    else expect(made()).toEqual({ sql, bindings });
  });

  it('and what has no model is refused by its name', () => {
    expect(() => (build() as unknown as { leftJoin: (table: string) => unknown }).leftJoin('other')).toThrow('`leftJoin`');
  });
});

const tables = `void knex.schema.createTable('account', (table) => { table.increments('id'); table.string('owner').unique(); table.integer('balance').notNullable().defaultTo(0); }).then(() => knex('account').insert([{ owner: 'a', balance: 100 }, { owner: 'b', balance: 100 }]));`;
const scenario = (tasks: string, setUp = ''): Record<string, string> => ({ 'main.race.ts': `import { scenario } from 'raceproof'; import makeKnex from 'knex';
  export default scenario(() => { const log: unknown[] = []; const knex = makeKnex({ client: 'pg', connection: 'postgres://localhost/app' }); ${tables} ${setUp} return { tasks: { ${tasks} }, observe: async () => ({ log: [...log, ...(await knex('account').where({ owner: 'a' }).pluck('balance'))] }) }; });` });
const balances = (body: string): readonly string[] => explored(scenario('a: () => pay(10), b: () => pay(20)', `const pay = async (amount: number) => { ${body} };`), 0).logs;

describe('Knex over the simulated server', () => {
  it('loses an update that reads and then writes, and none that is one statement', () => {
    expect(balances(`const row = await knex('account').where({ owner: 'a' }).first(); await knex('account').where({ owner: 'a' }).update({ balance: row.balance - amount });`)).toEqual(['[70]', '[80]', '[90]']);
    expect(balances(`await knex('account').where({ owner: 'a' }).decrement('balance', amount);`)).toEqual(['[70]']);
  });

  it('loses one in a transaction, unless the row is locked or the isolation refuses it', () => {
    const within = (lock: string, level = ''): string => `await knex.transaction(async (trx) => { const row = await trx('account').where({ owner: 'a' })${lock}.first(); await trx('account').where({ owner: 'a' }).update({ balance: row.balance - amount }); }${level}).catch((error) => log.push(error.code));`;
    expect(balances(within(''))).toEqual(['[70]', '[80]', '[90]']);
    expect(balances(within('.forUpdate()'))).toEqual(['[70]']);
    expect(balances(within('', `, { isolationLevel: 'repeatable read' }`))).toEqual(['["40001", 80]', '["40001", 90]', '[70]']);
  });

  it('rolls back what throws, and ends by hand', () => {
    const { logs } = explored(scenario(`a: async () => {
      await knex.transaction(async (trx) => { await trx('account').update({ balance: 1 }); throw new Error('no'); }).catch((error) => log.push(error.message));
      const trx = await knex.transaction(); log.push(await trx('account').where('id', 1).update({ balance: 7 })); await trx.rollback(); log.push(trx.isCompleted());
      await knex.transaction(async (outer) => { await outer('account').where('id', 2).update({ balance: 5 }); await outer.transaction(async (inner) => { await inner('account').where('id', 1).del(); throw new Error('in'); }).catch((error) => log.push(error.message)); });
      log.push(await knex('account').where('id', 2).first('balance'));
      await trx('account').catch((error) => log.push(/already complete/.test(error.message)));
    }`), 0);
    expect(logs).toEqual(['["no", 1, true, "in", { balance: 5 }, true, 100]']);
  });

  it('gives what Knex gives', () => {
    const { logs } = explored(scenario(`a: async () => {
      log.push(await knex('account').insert({ owner: 'c', balance: 3 }).returning(['id', 'balance']), await knex('account').where('owner', 'c').del(), (await knex.raw('select 1 as one')).rows, await knex('account').count('* as n').first());
      await knex('account').insert({ owner: 'a', balance: 3 }).catch(({ code }) => log.push(code));
    }`), 0);
    expect(logs).toEqual(['[[{ id: 3, balance: 3 }], 1, [{ one: 1 }], { n: "2" }, "23505", 100]']);
  });
});
