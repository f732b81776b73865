/**
 * The SQL that Knex itself makes of `knexQueries`: `node test/simulator/host/knex-facts.mjs > test/simulator/host/knex-facts.json`.
 * It needs Knex 3 (`npm install --no-save knex`, or its file in KNEX_MODULE), and no server. `knex.test.ts` holds the model to it.
 */
import { knexQueries } from './knex-queries.mjs';

const { default: makeKnex } = await import(process.env.KNEX_MODULE ?? 'knex');
const knex = makeKnex({ client: 'pg' });
const facts = knexQueries.map((query) => {
  try {
    const { sql, bindings } = new Function('knex', `return ${query}`)(knex).toSQL().toNative();
    return [query, sql, bindings];
  } catch (error) {
    return [query, 'throws', error.message.slice(0, 30)];
  }
});
process.stdout.write(`[\n${facts.map((fact) => JSON.stringify(fact)).join(',\n')}\n]\n`);
