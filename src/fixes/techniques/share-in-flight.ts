import type { Node, TSESTree } from '../../language/index.js';
import type { Draft } from '../draft.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { declareBeside, homeOf, typeAt, type Home } from '../homes.js';
import { nameOf, partsOf, type RegionParts } from '../region-parts.js';
import { declaredFor, wrapStatements } from '../statements.js';
import { ancestorIn, around, isWithin, leaves, listOf, statementOf, unwrapped, type Statement } from '../syntax.js';
import { bareName, joinedName } from '../wording.js';

/** `x = await make()`: the promise is kept while it is pending, and whoever comes meanwhile waits for the same one. */
export function shareAwaited(code: FlaggedCode): Cure | undefined {
  const parts = partsOf(code);
  for (const act of parts?.acts ?? []) {
    const assignment = act.parent;
    if (assignment?.type !== 'AssignmentExpression' || assignment.left !== act || !/^(?:=|\?\?=|\|\|=)$/.test(assignment.operator)) continue;
    const awaited = unwrapped(assignment.right);
    const home = homeOf(code, act, parts!.fn);
    if (awaited.type !== 'AwaitExpression' || !home || isKeyed(act)) continue;
    const type = typeAt(code, home);
    if (type === undefined && code.layout.isTyped) continue;
    const draft = code.draft();
    const flight = declareBeside(code, draft, home, { name: code.fresh(joinedName(plainName(code), 'inFlight')), type: `Promise<${type}> | undefined` });
    keep(code, draft, awaited.argument, flight);
    return { title: `Keep the promise in flight, so that ${nameIn(parts!)} waits for it instead of starting another`, draft };
  }
  return undefined;
}

/** The work that a check lets through is kept as a promise while it is under way. */
export function shareWork(code: FlaggedCode): Cure | undefined {
  const parts = partsOf(code);
  const guarded = parts && (behindGuard(parts) ?? insideGuard(parts));
  const home = parts && homeOf(code, parts.acts[0]!, parts.fn);
  // Work that a check of one flag lets through is done once, whatever it puts under which keys.
  if (!guarded || !home || !parts.fn.async || guarded.reads.some(isKeyed)) return undefined;
  const statements = guarded.list.slice(guarded.list.indexOf(guarded.first), guarded.list.indexOf(guarded.last) + 1);
  if (leaves(statements) || declaredFor(code, statements).length > 0) return undefined;
  const draft = code.draft();
  const flight = declareBeside(code, draft, home, { name: code.fresh(joinedName(nameOf(parts.fn)?.replace(/^#/, '') ?? plainName(code), 'inFlight')), type: 'Promise<void> | undefined' });
  const { semicolon, unit } = code.layout;
  wrapStatements(code, draft, [guarded.first, guarded.last], `${flight} ??= (async () => {`, ['})().finally(() => {', `${unit}${flight} = undefined${semicolon}`, `})${semicolon}`, `await ${flight}${semicolon}`]);
  return { title: `Keep the promise of the work in flight, so that ${nameIn(parts)} waits for it instead of starting it again`, draft };
}

interface Guarded {
  readonly list: readonly Statement[];
  readonly first: Statement;
  readonly last: Statement;
  /** What the check looks at. */
  readonly reads: readonly Node[];
}

/** `if (done) return; …`: what follows, up to the last act. */
function behindGuard({ reads, acts }: RegionParts): Guarded | undefined {
  for (const read of reads) {
    const guard = statementOf(read);
    const list = guard && listOf(guard);
    if (guard?.type !== 'IfStatement' || guard.alternate || !list || !isWithin(read, guard.test) || !leaves([guard.consequent])) continue;
    const [first, last] = [list[list.indexOf(guard) + 1], ancestorIn(list, acts.at(-1)!)];
    if (first && last && last.range[0] >= first.range[0]) return { list, first, last, reads: reads.filter((one) => isWithin(one, guard.test)) };
  }
  return undefined;
}

/** `if (!done) { … }`: what is inside. */
function insideGuard({ reads, acts }: RegionParts): Guarded | undefined {
  for (const at of around(acts.at(-1)!)) {
    if (at.type !== 'IfStatement' || at.consequent.type !== 'BlockStatement' || !isWithin(acts.at(-1)!, at.consequent) || !reads.some((read) => isWithin(read, at.test))) continue;
    const list = at.consequent.body;
    return { list, first: list[0]!, last: list.at(-1)!, reads: reads.filter((read) => isWithin(read, at.test)) };
  }
  return undefined;
}

/** `return open().then((opened) => { x = opened; … })`, where no async function waits. */
export function shareReturned(code: FlaggedCode): Cure | undefined {
  const parts = partsOf(code);
  const act = parts?.acts[0] ?? code.nodeAt(code.finding.range);
  const statement = act && [...around(act)].find((at): at is TSESTree.ReturnStatement => at.type === 'ReturnStatement' && !!at.argument && isChain(at.argument));
  const fn = statement && [...around(statement)].find((at) => at.type === 'FunctionDeclaration' || at.type === 'FunctionExpression' || at.type === 'ArrowFunctionExpression');
  const home: Home | undefined = act && homeOf(code, act);
  const type = fn?.returnType && code.textOf(fn.returnType.typeAnnotation);
  if (!statement?.argument || !home || !fn || fn.async || !listOf(statement) || isKeyed(act) || (type === undefined && code.layout.isTyped)) return undefined;
  const draft = code.draft();
  const flight = declareBeside(code, draft, home, { name: code.fresh(joinedName(plainName(code), 'inFlight')), type: `${type} | undefined` });
  keep(code, draft, statement.argument, flight);
  return { title: `Keep the promise in flight, so that the next call gets the same one`, draft };
}

function isChain(node: Node): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.callee.property.type === 'Identifier' && /^(?:then|catch|finally)$/.test(node.callee.property.name);
}

/** One of many: what is in flight for one key is none of another's. */
function isKeyed(act: Node): boolean {
  return act.type === 'CallExpression' || (act.type === 'MemberExpression' && act.computed);
}

function plainName({ finding }: FlaggedCode): string {
  return bareName(finding.location).replace(/^[#_]+/, '') || 'work';
}

function nameIn({ fn }: RegionParts): string {
  const name = nameOf(fn);
  return name === undefined ? 'the next call' : `the next \`${name}\``;
}

/** `f()` becomes `(flight ??= f().finally(() => { flight = undefined; }))`. */
function keep({ layout }: FlaggedCode, draft: Draft, promise: Node, flight: string): void {
  const [from, to] = promise.range;
  const isPlain = /^(?:CallExpression|MemberExpression|Identifier|NewExpression)$/.test(promise.type);
  const statement = statementOf(promise);
  const emptying = `${flight} = undefined${layout.semicolon}`;
  const indent = layout.newline + layout.indentAt(from);
  const body = statement && layout.isFirst(statement.range[0]) ? `${indent}${layout.unit}${emptying}${indent}` : ` ${emptying} `;
  draft.insert(from, `(${flight} ??= ${isPlain ? '' : '('}`);
  draft.insert(to, `${isPlain ? '' : ')'}.finally(() => {${body}}))`);
}
