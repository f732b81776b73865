import type { Node, TSESTree } from '../../language/index.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { moveStatement } from '../statements.js';
import { allNodes, ancestorIn, functionAround, isPlain, listOf, ownNodes, statementOf, suspends } from '../syntax.js';
import type { Draft } from '../draft.js';

/** What was told too early is told after the write: the flag orders the two. */
export function publishAfterwards(code: FlaggedCode): Cure | undefined {
  const plain = code.nodeAt(code.finding.range);
  const statement = plain && statementOf(plain);
  const list = statement && listOf(statement);
  if (!plain || !list || !isWritten(plain) || statement.type !== 'ExpressionStatement') return undefined;
  const before = list.slice(0, list.indexOf(statement));
  const flag = before.find((one) => one.type === 'ExpressionStatement' && ownNodes(one).some((node) => isAtomic(code, node, /^(?:store|add|sub|and|or|xor|exchange)$/)));
  if (!flag || before.slice(before.indexOf(flag)).some((one) => suspends(one) || one.type === 'VariableDeclaration')) return undefined;
  const draft = code.draft();
  moveStatement(code, draft, statement, flag);
  return { title: `Write \`${code.textOf(plain)}\` before the flag that tells of it`, draft };
}

/** What is read too early is read after the look at the flag. */
export function readAfterFlag(code: FlaggedCode): Cure | undefined {
  const plain = code.nodeAt(code.finding.range);
  const statement = plain && statementOf(plain);
  const list = statement && listOf(statement);
  const fn = plain && functionAround(plain);
  if (!plain || !list || !fn || isWritten(plain) || statement.type !== 'VariableDeclaration') return undefined;
  const after = list.slice(list.indexOf(statement) + 1);
  const flag = after.find((one) => ownNodes(one).some((node) => isAtomic(code, node, /^(?:load|wait|compareExchange|exchange)$/)));
  const next = flag && after[after.indexOf(flag) + 1];
  const variables = statement.declarations.flatMap((one) => code.scopes.declaredBy(one));
  const isEarly = (use: Node): boolean => use.range[0] < (next?.range[0] ?? 0) && !ancestorIn([statement], use);
  if (!next || variables.some(({ references }) => references.some(({ identifier }) => isEarly(identifier)))) return undefined;
  const draft = code.draft();
  moveStatement(code, draft, statement, next);
  return { title: `Read \`${code.textOf(plain)}\` after the look at the flag`, draft };
}

/** Both accesses become operations of `Atomics`; where a flag was meant to order them, that would only hide that it does not. */
export function atomicAccesses(code: FlaggedCode): Cure | undefined {
  if (isOrderedByFlag(code)) return undefined;
  const { range, region } = code.finding;
  const plain = [...new Set(code.nodesAt([range, ...region.reads, ...region.acts]).map(targetOf))].filter((node): node is TSESTree.MemberExpression => node?.type === 'MemberExpression' && node.computed);
  const draft = code.draft();
  if (plain.length === 0 || !plain.every((node) => makeAtomic(code, draft, node))) return undefined;
  return { title: `Use \`Atomics\` for \`${code.textOf(plain[0]!)}\``, draft };
}

/** The function of the other access looks at a cell of `Atomics` that this one stores to, or the other way about. */
function isOrderedByFlag(code: FlaggedCode): boolean {
  const [one, two] = code.nodesAt([code.finding.range, ...code.finding.region.acts]).map((node) => functionAround(node));
  if (!one || !two || one === two) return false;
  const cellsIn = (fn: Node): string[] => allNodes(fn).flatMap((node) => (node.type === 'CallExpression' && isAtomic(code, node, /^\w+$/) ? [node.arguments.slice(0, 2).map((part) => code.textOf(part)).join()] : []));
  const cells = cellsIn(one);
  return cellsIn(two).some((cell) => cells.includes(cell));
}

/** The member expression, where a whole assignment or statement was flagged. */
function targetOf(node: Node): Node {
  if (node.type === 'ExpressionStatement') return targetOf(node.expression);
  if (node.type === 'AssignmentExpression') return node.left;
  return node.type === 'UpdateExpression' ? node.argument : node;
}

function makeAtomic(code: FlaggedCode, draft: Draft, node: TSESTree.MemberExpression): boolean {
  const { parent } = node;
  const cell = `${code.textOf(node.object)}, ${code.textOf(node.property)}`;
  if (!isWritten(node)) {
    draft.replace(node.range[0], node.range[1], `Atomics.load(${cell})`);
    return true;
  }
  if (parent.type !== 'AssignmentExpression' || parent.operator !== '=' || parent.parent.type !== 'ExpressionStatement' || !isPlain(node)) return false;
  draft.replace(node.range[0], parent.right.range[0], `Atomics.store(${cell}, `);
  draft.insert(parent.right.range[1], ')');
  return true;
}

function isWritten(node: Node): boolean {
  const { parent } = node;
  return (parent?.type === 'AssignmentExpression' && parent.left === node) || (parent?.type === 'UpdateExpression' && parent.argument === node);
}

function isAtomic(code: FlaggedCode, node: Node, operation: RegExp): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && code.textOf(node.callee.object) === 'Atomics' && operation.test(code.textOf(node.callee.property));
}
