/**
 * What a real PostgreSQL answers to random programs of three sessions: `node test/simulator/host/postgres-facts.mjs > test/simulator/host/postgres-facts.json`.
 * It needs a server that `pg` reaches by the environment (PGHOST, PGUSER, PGPASSWORD), and `pg` itself (`npm install --no-save pg`, or its file in PG_MODULE).
 * `postgres-facts.test.ts` holds the simulated server to it. A session that waits is known by `pg_stat_activity`; of a circle it is the last to wait that gives in.
 */
import { random } from './draw.mjs';

const { default: pg } = await import(process.env.PG_MODULE ?? 'pg');

const programs = 480;
/** From this one on transactions are serializable. */
const firstSerializable = 200;
const length = 20;

/** N: a key, M: a number, O: an owner. */
const queries = `select * from account where id = N|select balance from account where id = N for update|select id, balance from account order by id|select * from account where id = N for share|select id from account where id = N for update nowait|select id from account order by id limit 1 for update skip locked
select count(*), sum(balance), min(balance) from account|select balance + M as next, balance > M as more from account where owner = 'O'|select coalesce(max(balance), 0) from account where balance > M
select id, owner from account where balance between M and 90 or owner is null order by owner desc, id|select sum(amount) from entry|select id, amount * 2 from entry order by id desc limit 2|select 7 / 2, 7 % 2, 2.50 + 1, null is null, not true`.split(/[|\n]/);
const changes = `update account set balance = balance - M where id = N|update account set balance = M where id = N returning balance|update account set balance = balance + M where owner = 'O' and balance < 80 returning *|update account set owner = 'O' where id = N|update account set balance = balance - M where id = N and balance >= M returning id
delete from account where id = N|delete from account where id = N and balance > M returning owner|insert into account values (N, 'O', M)|insert into account (id, balance) values (N, M) returning *|insert into account values (N, 'O', M) on conflict do nothing|insert into account values (N, 'O', M) on conflict (id) do nothing returning id
insert into account values (N, 'O', M) on conflict (id) do update set balance = account.balance + excluded.balance returning balance|insert into account values (N, 'O', M) on conflict (owner) do update set balance = excluded.balance where account.balance < 50 returning id, balance
insert into entry (account, amount) values (N, M.50) returning id|insert into entry (account, amount) values (N, 1), (N, 2)|delete from entry where account = N`.split(/[|\n]/);
const begins = `begin|begin|begin isolation level read committed|begin isolation level repeatable read|start transaction isolation level repeatable read`.split('|');
const serializable = ['begin isolation level serializable'];
const within = `commit|commit|commit|commit|rollback|savepoint s|rollback to savepoint s|release savepoint s|begin`.split('|');
const errors = `select nothing from account|select * from missing|insert into account values (N)|update account set balance = 'x' where id = N|select 1 / 0`.split('|');
const advisory = `select pg_advisory_xact_lock(N)|select pg_try_advisory_lock(N)|select pg_advisory_unlock(N)|select pg_advisory_lock(N)`.split('|');
export const tables = "create table account (id int primary key, owner text unique, balance int not null check (balance >= 0)); create table entry (id serial primary key, account int, amount numeric default 0); insert into account values (1, 'a', 50), (2, 'b', 100), (3, null, 20)";

/** Sessions of one program, each with what it says. */
function program(seed) {
  const draw = random(seed);
  const one = (list) => list[Math.floor(draw() * list.length)];
  const values = { N: ['1', '1', '1', '2', '2', '3', '4'], M: ['5', '10', '30', '70'], O: ['a', 'b', 'c'] };
  const isOpen = [false, false, false];
  const form = (who) => {
    if (draw() < (isOpen[who] ? 0.22 : 0.6)) {
      const chosen = one(isOpen[who] ? within : seed < firstSerializable ? begins : serializable);
      isOpen[who] = !/^(?:commit|rollback)$/.test(chosen);
      return chosen;
    }
    const die = draw();
    return die < 0.34 ? one(queries) : die < 0.9 ? one(changes) : die < 0.93 ? one(errors) : one(advisory);
  };
  return Array.from({ length }, () => { const who = Math.floor(draw() * 3); return [who, form(who).replace(/\b[NM]\b|'O'/g, (name) => (name === "'O'" ? `'${one(values.O)}'` : one(values[name])))]; });
}

const reader = new pg.Client();
await reader.connect();
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function told(result) {
  return (Array.isArray(result) ? result : [result]).map(({ command, rowCount, rows, fields }) => [command, rowCount, rows, fields.map(({ name, dataTypeID }) => [name, dataTypeID])]);
}

async function isWaiting(session) {
  const { rows } = await reader.query("select wait_event_type = 'Lock' as waits from pg_stat_activity where pid = $1", [session.processID]);
  return rows[0]?.waits === true;
}

/** Until it has answered, or has waited for longer than a deadlock takes to be found. */
async function settled(session) {
  for (let waited = 0; session.asked && waited < 12;) {
    await pause(5);
    waited = session.asked && (await isWaiting(session)) ? waited + 1 : 0;
  }
}

async function run(steps) {
  await reader.query(`drop table if exists account, entry; ${tables}`);
  const sessions = await Promise.all([0, 1, 2].map(async () => { const client = new pg.Client(); client.on('error', () => undefined); await client.connect(); await client.query("set deadlock_timeout = '15ms'"); return client; }));
  const facts = [];
  for (const [who, sql] of steps) {
    const session = sessions[who];
    if (session.asked) continue;
    session.asked = true;
    const said = [];
    session.query({ text: sql }).then((result) => { session.asked = false; said.push([who, told(result)]); session.heard?.(told(result)); }, ({ code, message, constraint }) => { session.asked = false; const error = { code, message, ...(constraint && { constraint }) }; said.push([who, error]); session.heard?.(error); });
    await settled(session);
    // Whoever has waited may have gone on by this.
    const others = sessions.map((other, at) => [other, at]).filter(([other]) => other !== session && other.heard);
    for (const [other] of others) await settled(other);
    const later = others.flatMap(([other, at]) => (other.asked ? [] : [[at, other.result]]));
    for (const [other] of others) if (!other.asked) { other.heard = undefined; other.result = undefined; }
    if (session.asked) session.heard = (result) => { session.result = result; };
    // Which of two goes on first is open.
    if (sessions.filter(({ asked }) => asked).length > 1) break;
    facts.push([who, sql, session.asked ? 'waits' : said[0][1], later]);
  }
  await reader.query("select pg_terminate_backend(pid) from pg_stat_activity where pid = any($1)", [sessions.map(({ processID }) => processID)]);
  return facts;
}

/** Most programs in which nobody waits say the same. */
const ordinary = 25;
const all = [];
for (let seed = 1; seed <= programs; seed++) {
  const facts = await run(program(seed));
  if (seed <= ordinary || facts.some(([, , told]) => told === 'waits' || /^4/.test(told.code ?? ''))) all.push(facts);
}
await reader.end();
console.log(`[\n${all.map((facts) => JSON.stringify(facts)).join(',\n')}\n]`);
