import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resultOf } from '../../../src/simulator/host/postgres/results.js';
import { checkDeadlock, emptyServer, execute, type Reply, type Sent, type Server } from '../../../src/simulator/host/postgres/server.js';

type Told = 'waits' | { readonly code: string; readonly message: string; readonly constraint?: string } | readonly (readonly [command: string, rowCount: number | null, rows: readonly unknown[], fields: readonly (readonly [string, number])[]])[];

/** By program, each step: who said what, what a real server answered, and who of those that waited was answered by it (`postgres-facts.mjs`). */
const facts = JSON.parse(readFileSync(new URL('postgres-facts.json', import.meta.url), 'utf8')) as readonly (readonly (readonly [session: number, sql: string, told: Told, later: readonly (readonly [number, Told])[]])[])[];

const tables = "create table account (id int primary key, owner text unique, balance int not null check (balance >= 0)); create table entry (id serial primary key, account int, amount numeric default 0); insert into account values (1, 'a', 50), (2, 'b', 100), (3, null, 20)";

/** Of a row that is changed and then deleted the server tells the one, and the model the other. */
function sameRow(message: string): string {
  return message.replace(/due to concurrent (?:update|delete)$/, 'due to a concurrent change');
}

function toldBy(reply: Reply): Told {
  if ('notSimulated' in reply) throw new Error(`not simulated: ${reply.notSimulated}`);
  if ('error' in reply) {
    const { code, message, more } = reply.error;
    return { code, message: sameRow(message), ...(more['constraint'] !== undefined && { constraint: more['constraint'] }) };
  }
  return reply.answers.map((answer) => {
    const { command, rowCount, rows, fields } = resultOf(answer, false);
    return [command, rowCount, rows, fields.map(({ name, dataTypeID }) => [name, dataTypeID] as const)] as const;
  });
}

/** Rows that no ORDER BY puts in order come in any. */
function settled(sql: string, told: Told): Told {
  if (typeof told === 'object' && 'code' in told) return { ...told, message: sameRow(told.message) };
  if (typeof told === 'string' || /order by/.test(sql)) return told;
  return told.map(([command, count, rows, fields]) => [command, count, [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)), fields] as const);
}

const refused: string[] = [];

function isRefused(told: Told, own: Told | undefined): boolean {
  return typeof told === 'object' && 'code' in told && /read\/write dependencies/.test(told.message) && JSON.stringify(told) !== JSON.stringify(own);
}

describe('the simulated server answers as PostgreSQL does', () => {
  it.each(facts.map((steps, index) => [index + 1, steps] as const))('program %i', (_index, steps) => {
    let { server } = execute(emptyServer, 'set-up', tables, undefined);
    const asked: Record<number, string> = {};
    for (const [who, sql, told, later] of steps) {
      const heard = new Map<string, Told>();
      const hear = (step: { readonly server: Server; readonly sent: readonly Sent[] }): void => {
        server = step.server;
        for (const { id, reply } of step.sent) if (reply !== 'check') heard.set(id, toldBy(reply));
        // Who closes a circle finds it.
        if (step.sent.some(({ reply }) => reply === 'check')) hear(checkDeadlock(server, String(who)));
      };
      asked[who] = sql;
      hear(execute(server, String(who), sql, undefined));
      const own = heard.get(String(who)) ?? 'waits';
      heard.delete(String(who));
      const others = [...heard].map(([id, one]) => [Number(id), settled(asked[Number(id)]!, one)] as const).sort(([a], [b]) => a - b);
      // A serializable transaction may be refused for a page of an index that another one has touched: the server sees less than there is to see.
      if (isRefused(told, own) || later.some(([id, one]) => isRefused(one, heard.get(String(id))))) return void refused.push(sql);
      expect({ sql, told: settled(sql, own), later: others }).toEqual({ sql, told: settled(sql, told), later: later.map(([id, one]) => [id, settled(asked[id]!, one)]) });
    }
  });

  it('and refuses a serializable transaction for less in few programs only', () => {
    expect(refused.length).toBeLessThan(6);
    expect(facts.filter((steps) => steps.some(([, , told]) => typeof told === 'object' && 'code' in told && /read\/write/.test(told.message))).length).toBeGreaterThan(refused.length);
  });
});
