import type { TokenReader } from './reader.js';
import type { Expression } from './syntax.js';
import { typeNamed, type SqlType } from './values.js';

const comparisons = ['=', '<>', '!=', '<=', '>=', '<', '>'];

/** From loose to tight: OR, AND, NOT, IS, comparisons and IN, other operators, `||`, `+`, `*`, casts. */
export function parseExpression(reader: TokenReader): Expression {
  return parseOr(reader);
}

function parseOr(reader: TokenReader): Expression {
  let left = parseAnd(reader);
  while (reader.accept('or')) left = binary('or', left, parseAnd(reader));
  return left;
}

function parseAnd(reader: TokenReader): Expression {
  let left = parseNot(reader);
  while (reader.accept('and')) left = binary('and', left, parseNot(reader));
  return left;
}

function parseNot(reader: TokenReader): Expression {
  return reader.accept('not') ? { kind: 'not', operand: parseNot(reader) } : parseIs(reader);
}

function parseIs(reader: TokenReader): Expression {
  let operand = parseComparison(reader);
  while (reader.accept('is')) {
    const isNot = reader.accept('not');
    if (reader.accept('null')) operand = { kind: 'null', operand, isNot };
    else if (reader.isAt('true') || reader.isAt('false')) {
      const wanted: Expression = { kind: 'binary', operator: 'is', left: operand, right: bool(reader.take().text === 'true') };
      operand = isNot ? { kind: 'not', operand: wanted } : wanted;
    } else if (reader.accept('distinct from')) {
      const same: Expression = binary('same', operand, parseComparison(reader));
      operand = isNot ? same : { kind: 'not', operand: same };
    } else reader.fail();
  }
  return operand;
}

function parseComparison(reader: TokenReader): Expression {
  const left = parseSum(reader);
  for (const operator of comparisons) {
    if (!reader.accept(operator)) continue;
    if (reader.accept('any')) {
      if (operator !== '=') reader.refuse('ANY with another operator than =');
      reader.expect('(');
      const array = parseExpression(reader);
      reader.expect(')');
      return { kind: 'any', operand: left, array };
    }
    return binary(operator === '!=' ? '<>' : operator, left, parseSum(reader));
  }
  const isNot = reader.isAt('not in') || reader.isAt('not between');
  if (isNot) reader.take();
  if (reader.accept('in')) {
    if (reader.next.text === 'select') reader.refuse('a query within a query');
    return { kind: 'in', operand: left, list: reader.list(() => parseExpression(reader)), isNot };
  }
  if (reader.accept('between')) {
    const low = parseSum(reader);
    reader.expect('and');
    const within = binary('and', binary('>=', left, low), binary('<=', left, parseSum(reader)));
    return isNot ? { kind: 'not', operand: within } : within;
  }
  if (reader.isAt('like') || reader.isAt('ilike') || reader.isAt('not like') || reader.isAt('not ilike')) reader.refuse('LIKE');
  return left;
}

function parseSum(reader: TokenReader): Expression {
  let left = parseProduct(reader);
  for (;;) {
    const operator = ['+', '-', '||'].find((one) => reader.accept(one));
    if (operator === undefined) return left;
    left = binary(operator, left, parseProduct(reader));
  }
}

function parseProduct(reader: TokenReader): Expression {
  let left = parseUnary(reader);
  for (;;) {
    const operator = ['*', '/', '%'].find((one) => reader.accept(one));
    if (operator === undefined) return left;
    left = binary(operator, left, parseUnary(reader));
  }
}

function parseUnary(reader: TokenReader): Expression {
  if (reader.accept('-')) return { kind: 'minus', operand: parseUnary(reader) };
  if (reader.accept('+')) return parseUnary(reader);
  let operand = parsePrimary(reader);
  while (reader.accept('::')) operand = { kind: 'cast', operand, type: parseType(reader) };
  return operand;
}

function parsePrimary(reader: TokenReader): Expression {
  const { kind, text } = reader.token;
  if (kind === 'number') return reader.take(), { kind: 'literal', value: { type: text.includes('.') ? 'numeric' : BigInt(text) < 2n ** 31n ? 'int' : 'bigint', text } };
  if (kind === 'string') return reader.take(), { kind: 'literal', value: { type: 'unknown', text } };
  if (kind === 'parameter') return reader.take(), { kind: 'parameter', index: Number(text) - 1 };
  if (reader.accept('(')) {
    if (reader.isAt('select')) reader.refuse('a query within a query');
    const inner = parseExpression(reader);
    reader.expect(')');
    return inner;
  }
  if (reader.accept('null')) return { kind: 'literal', value: { type: 'unknown', text: null } };
  if (reader.isAt('true') || reader.isAt('false')) return bool(reader.take().text === 'true');
  if (reader.isAt('case') || reader.isAt('exists') || reader.isAt('array') || reader.isAt('interval')) reader.refuse(text.toUpperCase());
  if (reader.accept('cast')) return parseCast(reader);
  if (/^current_(?:timestamp|date|time)$/.test(text)) reader.refuse(text.toUpperCase());
  return parseNamed(reader);
}

function parseNamed(reader: TokenReader): Expression {
  const name = reader.accept('excluded') ? 'excluded' : reader.name();
  if (reader.accept('.')) return { kind: 'column', table: name, name: reader.name() };
  if (!reader.accept('(')) return { kind: 'column', name };
  if (reader.accept('*')) return reader.expect(')'), { kind: 'call', name, args: [], isStar: true };
  if (reader.isAt('distinct')) reader.refuse('DISTINCT');
  const args = reader.isAt(')') ? [] : reader.separated(() => parseExpression(reader));
  reader.expect(')');
  if (reader.isAt('over') || reader.isAt('filter')) reader.refuse(reader.token.text.toUpperCase());
  return { kind: 'call', name, args, isStar: false };
}

function parseCast(reader: TokenReader): Expression {
  reader.expect('(');
  const operand = parseExpression(reader);
  reader.expect('as');
  const type = parseType(reader);
  reader.expect(')');
  return { kind: 'cast', operand, type };
}

/** The name of a type, in one word or several; a length or precision is of no account. */
export function parseTypeName(reader: TokenReader): string {
  let name = reader.name();
  if (name === 'double' && reader.accept('precision')) name = 'double precision';
  else if (name === 'character' && reader.accept('varying')) name = 'character varying';
  else if (name === 'timestamp' && reader.accept('with time zone')) name = 'timestamp with time zone';
  else if (name === 'timestamp') reader.accept('without time zone');
  if (reader.isAt('(')) {
    if (name === 'numeric' || name === 'decimal') reader.refuse('a precision of numeric');
    reader.list(() => reader.take());
  }
  if (reader.isAt('[')) reader.refuse('arrays');
  return name;
}

function parseType(reader: TokenReader): SqlType {
  return typeNamed(parseTypeName(reader));
}

function binary(operator: string, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right };
}

function bool(value: boolean): Expression {
  return { kind: 'literal', value: { type: 'bool', text: value ? 't' : 'f' } };
}
