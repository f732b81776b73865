import { locked, released, Touched, withRow, type Row, type Table, type Tables, type TransactionView } from './database.js';
import type { Answer } from './outputs.js';
import { isDangerous, placesOf, type Dependencies } from './serializable.js';
import { parseSql } from './sql/parse.js';
import { commandOf, type Isolation, type Statement } from './sql/syntax.js';
import { NotSimulated, PostgresError, type Value } from './sql/values.js';
import { Blocked, StatementRun } from './statement.js';

/** A transaction of a session. */
interface Transaction extends TransactionView {
  /** False once its first statement has taken the snapshot, above read committed. */
  readonly isFresh: boolean;
  /** It is ended with the message that began it. */
  readonly isImplicit: boolean;
  /** After an error nothing is done any more until it is rolled back. */
  readonly isFailed: boolean;
  /** By name, the last one last: the tables as they were. */
  readonly savepoints: readonly { readonly name: string; readonly tables: Tables }[];
  /** Rows that it has inserted. */
  readonly inserted: number;
}

/** What is left of a message: its statements are run one after the other. */
interface Message {
  readonly statements: readonly Statement[];
  readonly parameters: readonly (string | null)[];
  readonly answers: readonly Answer[];
}

interface Session {
  readonly transaction?: Transaction;
  readonly transactions: number;
  readonly waiting?: Message & { readonly on: readonly string[]; readonly snapshot: number };
}

/** A database server at one time. Plain data, never changed. */
export interface Server {
  readonly tables: Tables;
  /** How many transactions have been committed. */
  readonly commits: number;
  readonly sessions: ReadonlyMap<string, Session>;
  /** Ids of sessions that wait, in the order in which they began to. */
  readonly waiters: readonly string[];
  /** By key: who holds it, a session or a transaction, and how often. */
  readonly advisory: ReadonlyMap<string, { readonly holder: string; readonly count: number }>;
  /** Of serializable transactions. */
  readonly dependencies: readonly Dependencies[];
}

export const emptyServer: Server = { tables: new Map(), commits: 0, sessions: new Map(), waiters: [], advisory: new Map(), dependencies: [] };

/** What comes of a message: one answer for each statement, an error, or that nobody can say. Plain data. */
export type Reply =
  | { readonly answers: readonly Answer[] }
  | { readonly error: { readonly message: string; readonly code: string; readonly more: Readonly<Record<string, string>> } }
  | { readonly notSimulated: string };

/** What goes to a connection: the answer to its message, or a call to look whether it waits in a circle. */
export interface Sent {
  readonly id: string;
  readonly reply: Reply | 'check';
}

/** One step of the server. */
export interface Step {
  readonly server: Server;
  readonly sent: readonly Sent[];
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

/** A message of a connection is taken up: SQL and its parameters in text form; undefined for a text that may hold several statements. */
export function execute(server: Server, id: string, sql: string, parameters: readonly (string | null)[] | undefined): Step {
  return new Execution(server).run(id, sql, parameters);
}

/** A connection that has waited for long looks whether it does so in a circle; then it is the one that gives in. */
export function checkDeadlock(server: Server, id: string): Step {
  return new Execution(server).check(id);
}

/** A connection is closed: its transaction is rolled back. */
export function close(server: Server, id: string): Step {
  return new Execution(server).close(id);
}

const newSession: Session = { transactions: 0 };

class Execution {
  #server: Server;
  readonly #sent: Sent[] = [];
  readonly #touched = new Touched();
  /** Somebody who waits may be able to go on. */
  #isFreed = false;

  constructor(server: Server) {
    this.#server = server;
  }

  run(id: string, sql: string, parameters: readonly (string | null)[] | undefined): Step {
    return this.#step(id, () => {
      try {
        const statements = parseSql(sql);
        if (parameters && statements.length > 1) throw new PostgresError('42601', 'cannot insert multiple commands into a prepared statement');
        this.#go(id, { statements, parameters: parameters ?? [], answers: [] });
      } catch (error) {
        this.#fail(id, error);
      }
    });
  }

  check(id: string): Step {
    return this.#step(id, () => {
      for (const other of this.#server.waiters) this.#touched.writes.add(`session ${other}`);
      if (this.#isInCircle(id)) this.#fail(id, new PostgresError('40P01', 'deadlock detected'));
    });
  }

  close(id: string): Step {
    return this.#step(id, () => {
      if (this.#session(id).transaction) this.#end(id, undefined);
      this.#free(`session ${id}`);
      this.#change(id, { transactions: this.#session(id).transactions });
    });
  }

  #step(id: string, run: () => void): Step {
    this.#touched.writes.add(`session ${id}`);
    run();
    while (this.#isFreed) this.#wake();
    const { reads, writes } = this.#touched;
    return { server: this.#server, sent: this.#sent, reads, writes };
  }

  #session(id: string): Session {
    return this.#server.sessions.get(id) ?? newSession;
  }

  #change(id: string, session: Session): void {
    this.#server = { ...this.#server, sessions: new Map(this.#server.sessions).set(id, session) };
  }

  #put(id: string, change: Partial<Transaction>): void {
    const session = this.#session(id);
    this.#change(id, { ...session, transaction: { ...session.transaction!, ...change } });
  }

  /** Runs what is left of a message. */
  #go(id: string, message: Message, snapshot?: number): void {
    let { statements, answers } = message;
    let seen = snapshot;
    for (let [statement] = statements; statement; [statement] = statements) {
      try {
        answers = [...answers, this.#perform(id, statement, message.parameters, seen)];
      } catch (error) {
        if (!(error instanceof Blocked)) throw error;
        return this.#wait(id, error, { ...message, statements, answers });
      }
      seen = undefined;
      statements = statements.slice(1);
    }
    if (this.#session(id).transaction?.isImplicit === true) this.#commit(id);
    this.#server = { ...this.#server, waiters: this.#server.waiters.filter((other) => other !== id) };
    this.#sent.push({ id, reply: { answers } });
  }

  #wait(id: string, { on, kept }: Blocked, message: Message): void {
    const { transaction } = this.#session(id);
    const tables = new Map(this.#server.tables);
    for (const [name, rowId, strength] of kept) {
      const table = tables.get(name)!;
      const row = table.rows.get(rowId);
      // What it has made so far is made again when it goes on; nobody else may touch it meanwhile.
      if (row) tables.set(name, withRow(table, locked(row, transaction!.xid, strength)));
    }
    this.#server = { ...this.#server, tables, waiters: this.#server.waiters.includes(id) ? this.#server.waiters : [...this.#server.waiters, id] };
    this.#change(id, { ...this.#session(id), waiting: { ...message, on, snapshot: transaction!.snapshot } });
    for (const other of this.#circleOf(id)) this.#sent.push({ id: other, reply: 'check' });
  }

  /** Whoever waits goes on as far as it can, in the order of waiting. */
  #wake(): void {
    this.#isFreed = false;
    for (const id of this.#server.waiters) {
      const { waiting } = this.#session(id);
      if (!waiting) continue;
      this.#touched.writes.add(`session ${id}`);
      const { waiting: _, ...session } = this.#session(id);
      this.#change(id, session);
      try {
        this.#go(id, waiting, waiting.snapshot);
      } catch (error) {
        this.#fail(id, error);
      }
    }
  }

  #fail(id: string, error: unknown): void {
    if (!(error instanceof PostgresError || error instanceof NotSimulated)) throw error;
    const { waiting: _, ...session } = this.#session(id);
    this.#change(id, session);
    this.#server = { ...this.#server, waiters: this.#server.waiters.filter((other) => other !== id) };
    this.#sent.push({ id, reply: error instanceof NotSimulated ? { notSimulated: error.message } : { error: { message: error.message, code: error.code, more: error.more } } });
    const { transaction } = session;
    if (!transaction) return;
    if (transaction.isImplicit) this.#end(id, undefined);
    else {
      this.#undo(id, transaction.savepoints.at(-1)?.tables);
      this.#put(id, { isFailed: true });
    }
  }

  #perform(id: string, statement: Statement, parameters: readonly (string | null)[], seen: number | undefined): Answer {
    const { transaction } = this.#session(id);
    if (transaction?.isFailed === true && statement.kind !== 'rollback' && statement.kind !== 'commit' && statement.kind !== 'rollback to') throw new PostgresError('25P02', 'current transaction is aborted, commands ignored until end of transaction block');
    const done = (command = commandOf(statement)): Answer => ({ command, rowCount: null, fields: [], rows: [] });
    switch (statement.kind) {
      case 'begin': case 'start transaction':
        if (!transaction || transaction.isImplicit) this.#begin(id, false, statement.isolation);
        return done();
      case 'isolation':
        if (transaction && !transaction.isImplicit) this.#put(id, { isolation: statement.isolation });
        return done();
      case 'commit':
        if (!transaction) return done();
        if (!transaction.isFailed) return this.#commit(id), done();
        this.#end(id, undefined);
        return done('ROLLBACK');
      case 'rollback':
        if (transaction) this.#end(id, undefined);
        return done();
      case 'savepoint':
        if (!transaction || transaction.isImplicit) throw new PostgresError('25P01', 'SAVEPOINT can only be used in transaction blocks');
        this.#put(id, { savepoints: [...transaction.savepoints, { name: statement.name, tables: this.#server.tables }] });
        return done();
      case 'release': case 'rollback to': return this.#toSavepoint(id, statement.kind, statement.name), done();
      case 'create': return this.#create(statement), done();
      case 'drop': return this.#drop(statement), done();
      default: return this.#query(id, statement, parameters, seen);
    }
  }

  #toSavepoint(id: string, kind: 'release' | 'rollback to', name: string): void {
    const { transaction } = this.#session(id);
    if (!transaction || transaction.isImplicit) throw new PostgresError('25P01', `${kind === 'release' ? 'RELEASE' : 'ROLLBACK TO'} SAVEPOINT can only be used in transaction blocks`);
    const at = transaction.savepoints.findLastIndex((one) => one.name === name);
    if (at < 0) throw new PostgresError('3B001', `savepoint "${name}" does not exist`);
    const { savepoints } = transaction;
    if (kind === 'release') return this.#put(id, { savepoints: savepoints.slice(0, at) });
    this.#undo(id, savepoints[at]!.tables);
    this.#put(id, { isFailed: false, savepoints: savepoints.slice(0, at + 1) });
  }

  #create(statement: Statement & { kind: 'create' }): void {
    const { table: name, isLenient, columns, keys, checks } = statement;
    this.#touched.writes.add(`table ${name}`);
    if (this.#server.tables.has(name)) {
      if (isLenient) return;
      throw new PostgresError('42P07', `relation "${name}" already exists`);
    }
    this.#server = { ...this.#server, tables: new Map(this.#server.tables).set(name, { name, columns, keys, checks, rows: new Map(), serials: {} }) };
  }

  #drop({ tables: names, isLenient }: Statement & { kind: 'drop' }): void {
    const tables = new Map(this.#server.tables);
    for (const name of names) {
      this.#touched.writes.add(`table ${name}`);
      if (!tables.delete(name) && !isLenient) throw new PostgresError('42P01', `table "${name}" does not exist`);
    }
    this.#server = { ...this.#server, tables };
  }

  #begin(id: string, isImplicit: boolean, isolation: Isolation = 'read committed'): Transaction {
    const session = this.#session(id);
    const transactions = session.transactions + 1;
    const known = session.transaction;
    const transaction: Transaction = known ? { ...known, isImplicit, isolation } : { xid: `${id} ${transactions}`, isolation, snapshot: this.#server.commits, isFresh: true, isImplicit, isFailed: false, savepoints: [], inserted: 0 };
    this.#change(id, { ...session, transactions, transaction });
    return transaction;
  }

  /** The transaction with the snapshot of the statement that begins, or goes on. */
  #prepared(id: string, seen: number | undefined): Transaction {
    const transaction = this.#session(id).transaction ?? this.#begin(id, true);
    const { isolation, isFresh, xid } = transaction;
    if (isolation === 'read committed') this.#put(id, { snapshot: seen ?? this.#server.commits });
    else if (isFresh && seen === undefined) {
      // What it sees is settled by what was committed before.
      this.#touched.writes.add('commits');
      this.#put(id, { snapshot: this.#server.commits, isFresh: false });
      if (isolation === 'serializable') this.#server = { ...this.#server, dependencies: [...this.#server.dependencies, { xid, snapshot: this.#server.commits, reads: new Set(), writes: new Set() }] };
    }
    return this.#session(id).transaction!;
  }

  #query(id: string, statement: Statement & { kind: 'select' | 'insert' | 'update' | 'delete' }, parameters: readonly (string | null)[], seen: number | undefined): Answer {
    const transaction = this.#prepared(id, seen);
    const noted: Record<'read' | 'write', string[]> = { read: [], write: [] };
    let inserted = transaction.inserted;
    const run = new StatementRun(this.#server.tables, {
      parameters, transaction, touched: this.#touched,
      call: (name, args) => this.#call(id, name, args),
      note: (kind, table, row) => void noted[kind].push(...placesOf(kind, table, row)),
      rowId: () => `${transaction.xid} ${++inserted}`,
    });
    const answer = this.#answered(run, statement);
    this.#server = { ...this.#server, tables: run.tables };
    this.#put(id, { inserted });
    if (transaction.isolation === 'serializable') this.#depend(transaction.xid, noted);
    return answer;
  }

  #answered(run: StatementRun, statement: Statement & { kind: 'select' | 'insert' | 'update' | 'delete' }): Answer {
    switch (statement.kind) {
      case 'select': return run.select(statement);
      case 'insert': return run.insert(statement);
      case 'update': return run.update(statement);
      case 'delete': return run.delete(statement);
    }
  }

  /** @throws PostgresError if no serial order could lead there any more. */
  #depend(xid: string, { read, write }: Readonly<Record<'read' | 'write', readonly string[]>>): void {
    this.#touched.writes.add('serializable');
    const dependencies = this.#server.dependencies.map((one) => (one.xid === xid ? { ...one, reads: new Set([...one.reads, ...read]), writes: new Set([...one.writes, ...write]) } : one));
    this.#server = { ...this.#server, dependencies };
    if (isDangerous(dependencies, xid)) throw new PostgresError('40001', 'could not serialize access due to read/write dependencies among transactions');
  }

  #commit(id: string): void {
    const { transaction } = this.#session(id);
    try {
      if (transaction!.isolation === 'serializable') this.#depend(transaction!.xid, { read: [], write: [] });
    } catch (error) {
      this.#end(id, undefined);
      throw error;
    }
    this.#end(id, this.#server.commits + 1);
  }

  /** The transaction is over, and what it has changed is kept, as of a commit, or lost. */
  #end(id: string, commit: number | undefined): void {
    const { transaction, waiting: _, ...session } = this.#session(id);
    const { xid } = transaction!;
    const { tables, changed } = released(this.#server.tables, xid, commit);
    for (const [table, row] of changed) this.#touchRow(table, row);
    const hasChanged = commit !== undefined && changed.some(([, { pending }]) => pending?.xid === xid);
    if (hasChanged) this.#touched.reads.add('commits');
    this.#server = { ...this.#server, tables, commits: hasChanged ? commit : this.#server.commits };
    this.#server = { ...this.#server, dependencies: this.#server.dependencies.flatMap((one) => (one.xid !== xid ? [one] : commit === undefined ? [] : [{ ...one, commit: this.#server.commits }])) };
    this.#free(xid);
    this.#change(id, session);
    this.#isFreed = true;
  }

  #touchRow(table: Table, row: Row): void {
    this.#touched.row(table, row.versions.at(-1)?.values);
    this.#touched.row(table, row.pending?.values);
  }

  /** What a transaction has done since a savepoint, or at all, is undone; its locks from then on are free. */
  #undo(id: string, saved: Tables | undefined): void {
    const { xid } = this.#session(id).transaction!;
    const { tables, changed } = released(this.#server.tables, xid, undefined);
    for (const [table, row] of changed) this.#touchRow(table, row);
    const restored = new Map(tables);
    for (const table of saved?.values() ?? []) {
      const own = [...table.rows.values()].filter(({ pending, locks }) => pending?.xid === xid || locks.some((lock) => lock.xid === xid));
      const now = restored.get(table.name);
      if (!now || own.length === 0) continue;
      const rows = new Map(now.rows);
      for (const row of own) rows.set(row.id, { ...row, versions: now.rows.get(row.id)?.versions ?? row.versions });
      restored.set(table.name, { ...now, rows });
    }
    this.#server = { ...this.#server, tables: restored };
    if (!saved) this.#free(xid);
    this.#isFreed = true;
  }

  /** Sessions of the circle in which one waits; none if there is no circle. */
  #circleOf(id: string): string[] {
    return this.#isInCircle(id) ? this.#server.waiters.filter((other) => this.#isInCircle(other)) : [];
  }

  #isInCircle(id: string): boolean {
    const seen = new Set<string>();
    const pending = this.#waitedFor(id);
    for (let other = pending.pop(); other !== undefined; other = pending.pop()) {
      if (other === id) return true;
      if (seen.has(other)) continue;
      seen.add(other);
      pending.push(...this.#waitedFor(other));
    }
    return false;
  }

  /** Sessions for whose end one waits. */
  #waitedFor(id: string): string[] {
    const on = this.#session(id).waiting?.on ?? [];
    return [...this.#server.sessions].filter(([other, { transaction }]) => on.includes(`session ${other}`) || (transaction !== undefined && on.includes(transaction.xid))).map(([other]) => other);
  }

  #free(holder: string): void {
    const left = [...this.#server.advisory].filter(([key, lock]) => lock.holder !== holder || !this.#touched.writes.add(`advisory ${key}`));
    if (left.length < this.#server.advisory.size) this.#isFreed = true;
    this.#server = { ...this.#server, advisory: new Map(left) };
  }

  #call(id: string, name: string, args: readonly Value[]): Value | undefined {
    const match = /^pg_(try_)?advisory_(xact_)?(lock|unlock)(_all)?$/.exec(name);
    if (!match) throw new NotSimulated(`the function ${name}`);
    const [, tries, isOfTransaction, action, all] = match;
    const holder = isOfTransaction ? this.#session(id).transaction!.xid : `session ${id}`;
    const nothing: Value = { type: 'void', text: '' };
    if (all) return this.#free(holder), nothing;
    const key = JSON.stringify(args.map(({ text }) => text));
    this.#touched.writes.add(`advisory ${key}`);
    const lock = this.#server.advisory.get(key);
    const isOwn = lock?.holder === `session ${id}` || lock?.holder === this.#session(id).transaction?.xid;
    if (action === 'unlock') return this.#unlock(key, lock?.holder === holder ? lock : undefined);
    if (lock && !isOwn && !tries) throw new Blocked([lock.holder]);
    if (!lock || isOwn) this.#server = { ...this.#server, advisory: new Map(this.#server.advisory).set(key, { holder: lock?.holder ?? holder, count: (lock?.count ?? 0) + 1 }) };
    return tries ? { type: 'bool', text: !lock || isOwn ? 't' : 'f' } : nothing;
  }

  #unlock(key: string, lock: { readonly holder: string; readonly count: number } | undefined): Value {
    if (!lock) return { type: 'bool', text: 'f' };
    const advisory = new Map(this.#server.advisory);
    if (lock.count > 1) advisory.set(key, { ...lock, count: lock.count - 1 });
    else advisory.delete(key);
    this.#server = { ...this.#server, advisory };
    this.#isFreed = true;
    return { type: 'bool', text: 't' };
  }
}
