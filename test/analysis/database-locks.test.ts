import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

const told = (code: string): string[] => findings(code).map(({ rule }) => rule);

/** Code with `@@` where the bug, or its cure, is put in. */
function versions(code: string, racy: string, cured: string): { racy: string[]; cured: string[] } {
  return { racy: told(code.replaceAll('@@', racy)), cured: told(code.replaceAll('@@', cured)) };
}

describe('a transaction that is begun', () => {
  const charge = `import { Pool } from 'pg'; const pool = new Pool();
    export async function charge(id: string, amount: number) {
      const client = await pool.connect();
      try { await client.query('BEGIN'); const { rows } = await client.query('SELECT balance FROM accounts WHERE id = $1 FOR UPDATE', [id]);
        @@
        await client.query('UPDATE accounts SET balance = balance - $2 WHERE id = $1', [id, amount]); await client.query('COMMIT'); return true;
      } catch (error) { await client.query('ROLLBACK'); throw error; } finally { client.release(); } }`;

  test('is to be ended on every way out', () => {
    expect(versions(charge, 'if (rows[0].balance < amount) return false;', "if (rows[0].balance < amount) { await client.query('ROLLBACK'); return false; }")).toEqual({ racy: ['lock-not-released'], cured: [] });
    expect(told(charge.replace('@@', 'if (rows[0].balance < amount) throw new Error(`too little`);'))).toEqual([]);
  });

  test('where what is awaited fails, too', () => {
    const rename = `export async function rename(client: PoolClient, id: string, name: string) { try { await client.query('BEGIN'); await client.query('UPDATE users SET name = $2 WHERE id = $1', [id, name]); await client.query('COMMIT'); } @@ finally { client.release(); } }`;
    expect(versions(rename, 'catch (error) { report(error); }', "catch (error) { await client.query('ROLLBACK'); throw error; }")).toEqual({ racy: ['lock-not-released'], cured: [] });
    expect(told(rename.replace('@@', '').replace('client.release()', 'client.release(true)'))).toEqual([]);
    // Whoever deals with no failure at all is not told of each.
    expect(told(rename.replace('@@', ''))).toEqual([]);
  });

  test('may be ended by a function that is called, by whoever has begun it, or by others', () => {
    expect(told(charge.replace('@@', 'if (rows[0].balance < amount) return await giveUp(client);').replace('export', "async function giveUp(client) { await client.query('ROLLBACK'); return false; } export"))).toEqual([]);
    expect(told("export async function begin(db: Database) { await db.exec('BEGIN'); }")).toEqual([]);
    expect(told("export async function run(db: Database, isNested: boolean) { if (!isNested) await db.exec('BEGIN'); await work(); if (isNested) return; await db.exec('COMMIT'); }")).toEqual([]);
  });
});

describe('two rows that are locked one after the other', () => {
  test('by a function that locks one', () => {
    const code = `async function lockAccount(tx: Client, id: number) { const { rows } = await tx.query('SELECT balance FROM accounts WHERE id = $1 FOR UPDATE', [id]); return rows[0].balance; }
      export async function transfer(tx: Client, from: number, to: number, n: number) { @@ await move(tx, from, to, n); }`;
    expect(versions(code, 'await lockAccount(tx, from); await lockAccount(tx, to);', 'for (const id of [from, to].sort((a, b) => a - b)) await lockAccount(tx, id);')).toEqual({ racy: ['lock-order-cycle'], cured: [] });
    expect(told(code.replace('@@', 'if (from < to) { await lockAccount(tx, from); await lockAccount(tx, to); } else { await lockAccount(tx, to); await lockAccount(tx, from); }'))).toEqual([]);
    expect(told(code.replace('@@', 'const fees = 1; await lockAccount(tx, fees); await lockAccount(tx, to);'))).toEqual([]);
  });

  test('as an ORM is asked for it', () => {
    const code = `export const transfer = (from: string, to: string) => dataSource.transaction(async (tx) => { @@ });`;
    const find = (id: string): string => `await tx.findOneOrFail(Account, { where: { id: ${id} }, lock: { mode: 'pessimistic_write' } });`;
    expect(told(code.replace('@@', `const a = ${find('from')} const b = ${find('to')} await tx.save([a, b]);`))).toEqual(['lock-order-cycle']);
    expect(told(code.replace('@@', `const [low, high] = [from, to].sort(); const a = ${find('low')} const b = ${find('high')} await tx.save([a, b]);`))).toEqual([]);
    expect(told(code.replace('@@', `const a = ${find('from')} const b = ${find('from')} await tx.save([a, b]);`))).toEqual([]);
  });
});
