import { describe, expect, it } from 'vitest';
import { closeRace, verdictOf } from '../../../src/proof/index.js';
import { RaceSession } from '../../../src/simulator/race.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';
import { explored } from './scenario-logs.js';

const tables = "create table account (id int primary key, owner text unique, balance int not null check (balance >= 0)); insert into account values (1, 'a', 100), (2, 'b', 100)";

const scenario = (tasks: string, setUp = '', observe = 'log', more = ''): Record<string, string> => ({ 'main.race.ts': `import { scenario, agent } from 'raceproof'; import pg, { Client, Pool } from 'pg';
  export default scenario(() => { const log: unknown[] = []; const pool = new Pool(); void pool.query(${JSON.stringify(tables)}); ${setUp} return { tasks: { ${tasks} }, observe: async () => ({ log: ${observe} }), ${more} }; });` });

/** What two transactions of the same kind leave of 100, and which of them were refused. */
function paid(begin: string, read: string, write: string, mostNaive = 0): readonly string[] {
  const pay = `const pay = async (amount: number) => {
    const client = await pool.connect();
    try {
      await client.query('${begin}');
      const { rows: [{ balance }] } = await client.query('${read}', [1]);
      await client.query('${write}', ['${write}'.includes('balance -') ? amount : balance - amount, 1]);
      await client.query('commit');
    } catch (error) { log.push(error.code); await client.query('rollback'); } finally { client.release(); }
  };`;
  return explored(scenario('a: () => pay(10), b: () => pay(20)', pay, "[(await pool.query('select balance from account where id = 1')).rows[0].balance, ...log]"), mostNaive).logs;
}

const write = 'update account set balance = $1 where id = $2';

describe('a PostgreSQL server', () => {
  it('loses an update that reads and then writes, and none that is one statement', () => {
    const read = (body: string): readonly string[] => explored(scenario(`a: () => pay(10), b: () => pay(20)`, `const pay = async (amount: number) => { ${body} };`, "(await pool.query('select balance from account where id = 1')).rows[0].balance")).logs;
    expect(read(`const { rows } = await pool.query('select balance from account where id = $1', [1]); await pool.query('${write}', [rows[0].balance - amount, 1]);`)).toEqual(['70', '80', '90']);
    expect(read(`await pool.query('update account set balance = balance - $1 where id = $2', [amount, 1]);`)).toEqual(['70']);
  });

  it('does so in a transaction that is read committed, and not where the row is locked', () => {
    expect(paid('begin', 'select balance from account where id = $1', write)).toEqual(['[70]', '[80]', '[90]']);
    expect(paid('begin', 'select balance from account where id = $1 for update', write)).toEqual(['[70]']);
  });

  it('refuses the second writer of a snapshot', () => {
    expect(paid('begin isolation level repeatable read', 'select balance from account where id = $1', write)).toEqual(['[70]', '[80, "40001"]', '[90, "40001"]']);
  });

  it('lets a share lock be taken by both, who then wait for each other', () => {
    expect(paid('begin', 'select balance from account where id = $1 for share', write)).toEqual(['[70]', '[80, "40P01"]', '[90, "40P01"]']);
  });

  it('keeps write skew out of serializable transactions, and of no others', () => {
    const skew = (level: string): readonly string[] => explored(scenario('a: () => leave(1), b: () => leave(2)', `const leave = async (id: number) => {
      const client = await pool.connect();
      try {
        await client.query('begin isolation level ${level}');
        const { rows: [{ sum }] } = await client.query('select sum(balance) from account');
        if (Number(sum) === 200) await client.query('update account set balance = 0 where id = $1', [id]);
        await client.query('commit');
      } catch (error) { log.push(error.code); await client.query('rollback'); } finally { client.release(); }
    };`, "[(await pool.query('select sum(balance) from account')).rows[0].sum, ...log]"), 0).logs;
    expect(skew('repeatable read')).toEqual(['["0"]', '["100"]']);
    expect(skew('serializable')).toEqual(['["100", "40001"]', '["100"]']);
  });

  it('finds who waits in a circle, and either may give in', () => {
    const { logs } = explored(scenario('a: () => move(1, 2), b: () => move(2, 1)', `const move = async (from: number, to: number) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query('update account set balance = balance - 10 where id = $1', [from]);
        await client.query('update account set balance = balance + 10 where id = $1', [to]);
        await client.query('commit');
      } catch (error) { log.push(from, error.code); await client.query('rollback'); } finally { client.release(); }
    };`), 0);
    expect(logs).toEqual(['[1, "40P01"]', '[2, "40P01"]', '[]']);
  });

  it('tells one row of a key from another, and who looks at all of them from both', () => {
    const two = (one: string, other: string): number => explored(scenario(`a: async () => { await pool.query("${one}"); }, b: async () => { await pool.query("${other}"); }`)).executions;
    expect(two('update account set balance = 1 where id = 1', 'update account set balance = 2 where id = 2')).toBe(1);
    expect(two('select * from account where id = 1', 'select * from account where id = 1')).toBe(1);
    expect(two('update account set balance = 1 where id = 1', 'select * from account where id = 1')).toBe(2);
    expect(two("insert into account values (3, 'c', 1)", 'select count(*) from account')).toBe(2);
  });

  it('gives what node-postgres gives', () => {
    const { logs } = explored(scenario(`a: async () => {
      const { rows, rowCount, command } = await pool.query('insert into account values ($1, $2, $3) returning *, balance > 10 as rich, balance::bigint as big', [3, 'c', 30]);
      log.push(rows, rowCount, command);
      log.push((await pool.query({ text: 'select id from account where id = any($1) order by id', values: [[1, 3]], rowMode: 'array' })).rows);
      await pool.query('insert into account values (1, null, 0)').catch(({ name, code, constraint, detail, message }) => log.push(name, code, constraint, detail));
      log.push((await pool.query("select 1; select 'x' as y")).map(({ rows }) => JSON.stringify(rows)));
    }`));
    expect(logs).toEqual(['[[{ id: 3, owner: "c", balance: 30, rich: true, big: "30" }], 1, "INSERT", [[1], [3]], "error", "23505", "account_pkey", "Key (id)=(1) already exists.", ["[{\\"?column?\\":1}]", "[{\\"y\\":\\"x\\"}]"]]']);
  });

  it('counts all rows, whatever the limit of its one answer', () => {
    expect(explored(scenario(`a: async () => { log.push((await pool.query('select count(*) as n from account limit 1')).rows, (await pool.query('select count(*) from account limit 0')).rowCount, (await pool.query('select sum(balance) as s from account offset 1')).rows); }`)).logs).toEqual(['[[{ n: "2" }], 0, []]']);
  });

  it('has only so many connections, for which tasks wait', () => {
    const held = explored(scenario(`a: async () => { await both(); }, b: async () => { await both(); }`, `const small = new Pool({ max: 2 }); const both = async () => { const one = await small.connect(); const other = await small.connect(); log.push('both'); one.release(); other.release(); };`));
    expect(held.logs).toContain('["both", "both"]');
    expect(held.logs).toContain('[]');
    expect(held.problems).toEqual(['deadlock']);
  });

  it('keeps advisory locks of sessions and of transactions', () => {
    expect(explored(scenario('a: () => once(), b: () => once()', `const once = async () => { const client = await pool.connect(); const { rows: [{ pg_try_advisory_lock: isFirst }] } = await client.query('select pg_try_advisory_lock(7)'); log.push(isFirst); if (isFirst) await client.query('select pg_advisory_unlock(7)'); client.release(); };`)).logs).toEqual(['[false, true]', '[true, false]', '[true, true]']);
  });

  it('is one server for all clients', () => {
    expect(explored(scenario(`a: async () => { await new Pool().query('update account set balance = balance - 10 where id = 1'); }, b: async () => { const client = new Client(); await client.connect(); await client.query('update account set balance = balance - 20 where id = 1 and balance >= 95'); await client.end(); }`, '', "(await pool.query('select balance from account where id = 1')).rows[0].balance")).logs).toEqual(['70', '90']);
  });

  it('may lose a connection, before a statement has taken effect and after', () => {
    const lost = scenario(`a: async () => { await pool.query('update account set balance = 1 where id = 1').catch(() => log.push('lost')); }`, '', "[(await pool.query('select balance from account where id = 1')).rows[0].balance, ...log]")['main.race.ts']!.replace(/\}\);$/, '}, { faults: true });');
    expect(explored({ 'main.race.ts': lost }).logs).toEqual(['[1, "lost"]', '[100, "lost"]', '[1]']);
  });

  it('is asked for nothing that it does not know', () => {
    const { race } = closeRace({ file: 'main.race.ts', text: scenario(`a: async () => { await pool.query('select owner, count(*) from account group by owner').catch(() => undefined); }`)['main.race.ts']! }, () => undefined);
    const exploration = new RaceSession(race, (0, eval)(race.program.code) as Subject).explore({ strategy: 'optimal', maxExecutions: 100, maxMilliseconds: 10_000, stopAtFirst: false });
    expect([verdictOf(exploration), exploration.unmodelled]).toEqual(['unproven', ['`pg` is asked for GROUP']]);
  });
});
