import { parseExpression } from './parse-expression.js';
import { parseCreate } from './parse-create.js';
import { TokenReader } from './reader.js';
import type { Assignment, Expression, Insert, Isolation, Output, Select, Statement } from './syntax.js';
import { tokensOf } from './tokens.js';

/** The statements of a text. @throws PostgresError for what is no SQL, NotSimulated for what has no model. */
export function parseSql(sql: string): Statement[] {
  const reader = new TokenReader(tokensOf(sql));
  const statements: Statement[] = [];
  for (;;) {
    while (reader.accept(';'));
    if (reader.isOver) return statements;
    statements.push(parseStatement(reader));
    if (!reader.isOver && !reader.isAt(';')) reader.fail();
  }
}

function parseStatement(reader: TokenReader): Statement {
  const { kind, text } = reader.take();
  if (kind !== 'word') return reader.fail();
  switch (text) {
    case 'select': return parseSelect(reader);
    case 'insert': return parseInsert(reader);
    case 'update': return parseUpdate(reader);
    case 'delete': return parseDelete(reader);
    case 'create': return parseCreate(reader);
    case 'drop': return parseDrop(reader);
    case 'begin': reader.acceptAny('transaction', 'work'); return { kind: 'begin', ...isolationIn(reader) };
    case 'start': reader.expect('transaction'); return { kind: 'start transaction', ...isolationIn(reader) };
    case 'commit': case 'end': reader.acceptAny('transaction', 'work'); return { kind: 'commit' };
    case 'rollback': case 'abort': return parseRollback(reader);
    case 'savepoint': return { kind: 'savepoint', name: reader.name() };
    case 'release': reader.accept('savepoint'); return { kind: 'release', name: reader.name() };
    case 'set': return parseSet(reader);
    default: return reader.refuse(text.toUpperCase());
  }
}

function parseRollback(reader: TokenReader): Statement {
  reader.acceptAny('transaction', 'work');
  if (!reader.accept('to')) return { kind: 'rollback' };
  reader.accept('savepoint');
  return { kind: 'rollback to', name: reader.name() };
}

function parseSet(reader: TokenReader): Statement {
  if (!reader.accept('transaction')) reader.refuse('SET of anything but the isolation of the transaction at hand');
  const { isolation } = isolationIn(reader);
  return isolation === undefined ? reader.fail() : { kind: 'isolation', isolation };
}

function isolationIn(reader: TokenReader): { readonly isolation?: Isolation } {
  let isolation: Isolation | undefined;
  for (;;) {
    reader.accept(',');
    if (reader.accept('isolation level')) isolation = levelAt(reader);
    else if (!reader.accept('read write') && !reader.accept('read only') && !reader.accept('not deferrable')) break;
  }
  return isolation === undefined ? {} : { isolation };
}

function levelAt(reader: TokenReader): Isolation {
  if (reader.accept('read committed') || reader.accept('read uncommitted')) return 'read committed';
  if (reader.accept('repeatable read')) return 'repeatable read';
  return reader.accept('serializable') ? 'serializable' : reader.fail();
}

function parseDrop(reader: TokenReader): Statement {
  if (!reader.accept('table')) reader.refuse(`DROP ${reader.token.text.toUpperCase()}`);
  const isLenient = reader.accept('if exists');
  const tables = reader.separated(() => reader.tableName());
  reader.accept('cascade');
  return { kind: 'drop', tables, isLenient };
}

function aliasOf(reader: TokenReader): { readonly alias?: string } {
  if (reader.accept('as')) return { alias: reader.name() };
  return reader.isName() && !reader.isAt('returning') && !reader.isAt('natural') && !reader.isAt('cross') && !reader.isAt('full') ? { alias: reader.name() } : {};
}

function parseSelect(reader: TokenReader): Select {
  if (reader.isAt('distinct')) reader.refuse('DISTINCT');
  const outputs = outputsOf(reader);
  const from = reader.accept('from') ? fromOf(reader) : {};
  const where = whereOf(reader);
  if (reader.isAt('group') || reader.isAt('having') || reader.isAt('union')) reader.refuse(reader.token.text.toUpperCase());
  const order = reader.accept('order by') ? reader.separated(() => orderTerm(reader)) : [];
  let limit: Expression | undefined;
  let offset: Expression | undefined;
  for (;;) {
    if (reader.accept('limit')) limit = parseExpression(reader);
    else if (reader.accept('offset')) offset = parseExpression(reader);
    else break;
  }
  return { kind: 'select', outputs, ...from, ...where, order, ...(limit && { limit }), ...(offset && { offset }), ...lockOf(reader) };
}

function fromOf(reader: TokenReader): { readonly table: string; readonly alias?: string } {
  if (reader.isAt('(')) reader.refuse('a query within a query');
  const from = { table: reader.tableName(), ...aliasOf(reader) };
  if (reader.isAt(',') || ['join', 'inner', 'left', 'right', 'full', 'cross', 'natural'].some((word) => reader.isAt(word))) reader.refuse('JOIN');
  return from;
}

function orderTerm(reader: TokenReader): Select['order'][number] {
  const expression = parseExpression(reader);
  const isDescending = reader.accept('desc');
  if (!isDescending) reader.accept('asc');
  if (reader.isAt('nulls')) reader.refuse('NULLS FIRST or LAST');
  return { expression, isDescending };
}

function lockOf(reader: TokenReader): Pick<Select, 'lock'> {
  if (!reader.accept('for')) return {};
  const strength = reader.accept('update') || reader.accept('no key update') ? 'update' : reader.accept('share') ? 'share' : reader.refuse('FOR KEY SHARE');
  if (reader.accept('of')) reader.separated(() => reader.name());
  const wait = reader.accept('nowait') ? 'nowait' : reader.accept('skip locked') ? 'skip' : 'wait';
  return { lock: { strength, wait } };
}

function parseInsert(reader: TokenReader): Insert {
  reader.expect('into');
  const table = reader.tableName();
  const alias = reader.accept('as') ? { alias: reader.name() } : {};
  const columns = reader.isAt('(') ? reader.list(() => reader.name()) : undefined;
  let rows: Insert['rows'];
  if (reader.accept('default values')) rows = [[]];
  else {
    if (reader.isAt('select')) reader.refuse('INSERT of what a query gives');
    reader.expect('values');
    rows = reader.separated(() => reader.list(() => (reader.accept('default') ? undefined : parseExpression(reader))));
  }
  const conflict = reader.accept('on conflict') ? conflictOf(reader) : undefined;
  return { kind: 'insert', table, ...alias, ...(columns && { columns }), rows, ...(conflict && { conflict }), ...returningOf(reader) };
}

function conflictOf(reader: TokenReader): NonNullable<Insert['conflict']> {
  const target = reader.accept('on constraint') ? { constraint: reader.name() } : reader.isAt('(') ? { columns: reader.list(() => reader.name()) } : {};
  if (reader.isAt('where')) reader.refuse('ON CONFLICT for part of an index');
  reader.expect('do');
  if (reader.accept('nothing')) return target;
  reader.expect('update');
  return { ...target, set: assignmentsOf(reader), ...whereOf(reader) };
}

function parseUpdate(reader: TokenReader): Statement {
  reader.accept('only');
  const table = reader.tableName();
  const alias = aliasBefore(reader, 'set');
  const set = assignmentsOf(reader);
  if (reader.isAt('from')) reader.refuse('UPDATE … FROM');
  return { kind: 'update', table, ...alias, set, ...whereOf(reader), ...returningOf(reader) };
}

function aliasBefore(reader: TokenReader, word: string): { readonly alias?: string } {
  return reader.isAt(word) ? {} : aliasOf(reader);
}

function assignmentsOf(reader: TokenReader): Assignment[] {
  reader.expect('set');
  if (reader.isAt('(')) reader.refuse('SET of several columns at once');
  return reader.separated(() => {
    const column = reader.name();
    reader.expect('=');
    return reader.accept('default') ? { column } : { column, value: parseExpression(reader) };
  });
}

function parseDelete(reader: TokenReader): Statement {
  reader.expect('from');
  const table = reader.tableName();
  const alias = aliasOf(reader);
  if (reader.isAt('using')) reader.refuse('DELETE … USING');
  return { kind: 'delete', table, ...alias, ...whereOf(reader), ...returningOf(reader) };
}

function whereOf(reader: TokenReader): { readonly where?: Expression } {
  return reader.accept('where') ? { where: parseExpression(reader) } : {};
}

function returningOf(reader: TokenReader): { readonly returning?: readonly Output[] } {
  return reader.accept('returning') ? { returning: outputsOf(reader) } : {};
}

function outputsOf(reader: TokenReader): Output[] {
  return reader.separated(() => {
    if (reader.accept('*')) return {};
    const isWhole = reader.isName() && reader.next.text === '.';
    const expression = isWhole ? wholeOr(reader) : parseExpression(reader);
    if (expression === undefined) return {};
    if (reader.accept('as')) return { expression, name: reader.take().text };
    return reader.isName() && !reader.isAt('for') ? { expression, name: reader.name() } : { expression };
  });
}

/** `t.*` gives nothing, as `*` does; `t.x` and what follows an expression. */
function wholeOr(reader: TokenReader): Expression | undefined {
  return reader.isStarOfTable() ? (reader.take(), reader.take(), reader.take(), undefined) : parseExpression(reader);
}
