import { isFunction, type Node, type TSESTree } from '../../language/index.js';
import type { Draft, Piece } from '../draft.js';
import { hostOf, putBefore } from '../expression-hosts.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { calledName, partsOf } from '../region-parts.js';
import { staleDeclarations, type StaleDeclaration } from '../stale-declarations.js';
import { removeStatement } from '../statements.js';
import { around, isWithin, ownNodes, unwrapped } from '../syntax.js';
import { joinedName, shortLocation } from '../wording.js';

/**
 * The statement that writes reads the place itself: `x = n + 1` becomes `x = x + 1`, and what it waits for is waited for before
 * (`x += await f()` reads `x` first).
 */
export function readAgain(code: FlaggedCode): Cure | undefined {
  const parts = partsOf(code);
  for (const act of [...(parts?.acts ?? [])].reverse()) {
    const host = hostOf(act);
    const draft = code.draft();
    const awaits = hoistedAwaits(host);
    const stale = staleDeclarations(code, parts!, host);
    if (!awaits || (awaits.length === 0 && stale.length === 0)) continue;
    if (awaits.length > 0) hoist(code, draft, host, awaits);
    if (!stale.every((declaration) => substitute(code, draft, declaration, stale, host))) continue;
    return { title: awaits.length > 0 && stale.length === 0 ? `Wait first, then read and write ${shortLocation(code)} in one turn` : `Read ${shortLocation(code)} again in the statement that writes it`, draft };
  }
  return undefined;
}

/** The awaits of a statement in the order in which they are evaluated; undefined if one of them is only evaluated on a condition. */
function hoistedAwaits(host: Node): TSESTree.AwaitExpression[] | undefined {
  const all = ownNodes(host).filter((node) => node.type === 'AwaitExpression');
  const outer = all.filter((node) => !all.some((other) => other !== node && isWithin(node, other)));
  if (outer.length > 0 && /^(?:For|While|DoWhile|If|Switch|Try|Block|Return)/.test(host.type)) return undefined;
  return outer.every((node) => isUnconditional(node, host)) ? outer : undefined;
}

function isUnconditional(node: Node, host: Node): boolean {
  let inner: Node = node;
  for (const at of around(node)) {
    if (at.type === 'ConditionalExpression' && inner !== at.test) return false;
    if (at.type === 'LogicalExpression' && inner === at.right) return false;
    if (at.type === 'AssignmentExpression' && /^(?:&&|\|\||\?\?)=$/.test(at.operator) && inner === at.right) return false;
    if (at === host) return true;
    inner = at;
  }
  return false;
}

function hoist(code: FlaggedCode, draft: Draft, host: Node, awaits: readonly TSESTree.AwaitExpression[]): void {
  const taken: string[] = [];
  const statements = awaits.map((node): Piece[] => {
    const name = code.freshLocal(...namesFor(node).filter((one) => !taken.includes(one)));
    taken.push(name);
    const [from, to] = node.range;
    const [start, end] = withParentheses(code, node);
    draft.replace(start, end, name);
    return [`const ${name} = `, { from, to }, code.layout.semicolon];
  });
  putBefore(code, draft, host, statements);
}

/** The stretch with parentheses that stand around it alone. */
function withParentheses({ text }: FlaggedCode, node: TSESTree.AwaitExpression): readonly [number, number] {
  const [start, end] = node.range;
  const isCall = node.parent.type === 'CallExpression' || node.parent.type === 'NewExpression';
  return !isCall && text[start - 1] === '(' && text[end] === ')' ? [start - 1, end + 1] : [start, end];
}

function namesFor({ argument }: TSESTree.AwaitExpression): string[] {
  const call = unwrapped(argument);
  const name = call.type === 'CallExpression' ? (calledName(call.callee) ?? '').replace(/^#/, '') : '';
  const noun = name.replace(/^(?:get|fetch|load|read|compute|find|make|create|calculate|request|query|lookup)(?=[A-Z_])/, '').replace(/^_/, '');
  return [...(noun !== '' && noun !== name ? [joinedName(noun)] : []), ...(noun === '' ? [] : [joinedName('got', noun)]), 'awaited'];
}

/** Puts what a local was made from in its place, and takes the local away if nobody else uses it. */
function substitute(code: FlaggedCode, draft: Draft, { statement, init, variables }: StaleDeclaration, stale: readonly StaleDeclaration[], host: Node): boolean {
  const [variable] = variables;
  const declarator = statement.declarations[0]!;
  if (variables.length !== 1 || statement.declarations.length !== 1 || declarator.id.type !== 'Identifier' || !variable) return false;
  const uses = variable.references.filter((reference) => reference.identifier !== declarator.id);
  if (uses.some((use) => use.isWrite())) return false;
  const inHost = uses.map(({ identifier }) => identifier as Node).filter((use) => isWithin(use, host));
  if (inHost.some((use) => use.parent?.type === 'Property' && use.parent.shorthand) || ownNodes(init).some(isFunction)) return false;
  for (const use of inHost) draft.replace(use.range[0], use.range[1], ...substituted(code, init, stale, use));
  const isNeeded = uses.some(({ identifier }) => !isWithin(identifier, host) && !stale.some((other) => isWithin(identifier, other.statement)));
  if (!isNeeded) removeStatement(code, draft, statement);
  return true;
}

function substituted(code: FlaggedCode, init: Node, stale: readonly StaleDeclaration[], use: Node): Piece[] {
  const pieces: Piece[] = [];
  let at = init.range[0];
  for (const node of ownNodes(init)) {
    const variable = node.type === 'Identifier' ? code.scopes.variableOf(node) : undefined;
    const inner = variable && stale.find(({ variables }) => variables.includes(variable));
    if (!inner) continue;
    pieces.push({ from: at, to: node.range[0] }, ...substituted(code, inner.init, stale, node));
    at = node.range[1];
  }
  pieces.push({ from: at, to: init.range[1] });
  return needsParentheses(init, use) ? ['(', ...pieces, ')'] : pieces;
}

function needsParentheses(init: Node, { parent }: Node): boolean {
  if (/^(?:Identifier|MemberExpression|CallExpression|ThisExpression|Literal|TemplateLiteral|ArrayExpression)$/.test(init.type)) return false;
  return !(parent?.type === 'AssignmentExpression' || parent?.type === 'VariableDeclarator' || parent?.type === 'CallExpression' || parent?.type === 'ArrayExpression' || parent?.type === 'SpreadElement');
}
