import type { Node, TSESTree } from '../../language/index.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { calledName } from '../region-parts.js';
import { declaredFor, extentOf, removeStatement, wrapStatements } from '../statements.js';
import { ancestorIn, around, functionAround, leaves, listOf, ownNodes, statementOf, type Statement } from '../syntax.js';

const RELEASES = /^(?:release|unlock|releaseLock|leave|signal|free)$/;

/** What is done under the lock goes into `try`, and the release, wherever it stands, into `finally`. */
export function releaseInFinally(code: FlaggedCode): Cure | undefined {
  const acquire = code.nodeAt(code.finding.region.reads[0] ?? code.finding.range);
  const statement = acquire && statementOf(acquire);
  const list = statement && listOf(statement);
  const fn = acquire && functionAround(acquire);
  if (!acquire || !statement || !list || !fn) return undefined;
  const releases = releasesIn(code, fn, acquire, statement);
  const last = releases.map(({ statement: one }) => ancestorIn(list, one)).filter((one) => one !== undefined).at(-1);
  const text = releases[0] && code.textOf(releases[0].call);
  if (!last || text === undefined || releases.some(({ call }) => code.textOf(call) !== text)) return undefined;
  const first = list[list.indexOf(statement) + 1];
  let end = last;
  const inside = (): Statement[] => list.slice(list.indexOf(statement) + 1, list.indexOf(end) + 1);
  if (declaredFor(code, inside()).length > 0) end = list.at(-1)!;
  const kept = inside().filter((one) => !releases.some((release) => release.statement === one));
  if (!first || kept.length === 0) return undefined;
  const draft = code.draft();
  for (const release of releases) removeStatement(code, draft, release.statement);
  wrapStatements(code, draft, [kept[0]!, kept.at(-1)!], 'try {', ['} finally {', ...linesOf(code, releases.at(-1)!.statement).map((line) => code.layout.unit + line), '}']);
  return { title: `Release \`${code.finding.location}\` in \`finally\``, draft };
}

/** A statement as it stands, with the comments that belong to it. */
function linesOf(code: FlaggedCode, statement: Statement): string[] {
  const { from, to } = extentOf(code, statement);
  return code.text.slice(from, to).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
}

interface Release {
  readonly statement: Statement;
  readonly call: Node;
}

/** Statements that do nothing but give the lock back. */
function releasesIn(code: FlaggedCode, fn: Node, acquire: Node, after: Statement): Release[] {
  const releaser = releaserOf(after);
  const lock = lockText(code, acquire);
  return ownNodes(fn).flatMap((node) => {
    if (node.type !== 'ExpressionStatement' || node.range[0] < after.range[1]) return [];
    const call = node.expression.type === 'AwaitExpression' ? node.expression.argument : node.expression;
    if (call.type !== 'CallExpression') return [];
    const isIt = call.callee.type === 'Identifier' ? call.callee.name === releaser : call.callee.type === 'MemberExpression' && RELEASES.test(calledName(call.callee) ?? '') && (code.textOf(call.callee.object) === lock || code.textOf(call.callee.object) === releaser);
    return isIt ? [{ statement: node, call: node.expression }] : [];
  });
}

/** `release` of `const release = await mutex.acquire()`. */
function releaserOf(statement: Statement): string | undefined {
  if (statement.type !== 'VariableDeclaration') return undefined;
  const id = statement.declarations[0]!.id;
  if (id.type === 'Identifier') return id.name;
  const names: TSESTree.Identifier[] = ownNodes(id).filter((node) => node.type === 'Identifier');
  return names.find(({ name }) => /releas|unlock/i.test(name))?.name;
}

/** `mutex` of `mutex.acquire()`. */
function lockText(code: FlaggedCode, acquire: Node): string | undefined {
  for (const node of [...ownNodes(acquire), ...around(acquire)]) if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') return code.textOf(node.callee.object);
  return undefined;
}

/** Of two releases on one way the one outside `finally` goes, else the second. */
export function releaseOnce(code: FlaggedCode): Cure | undefined {
  const [first, second] = [code.nodeAt(code.finding.region.reads[0]!), code.nodeAt(code.finding.region.acts[0]!)].map((node) => node && statementOf(node));
  if (first?.type !== 'ExpressionStatement' || second?.type !== 'ExpressionStatement' || first === second) return undefined;
  const isInFinally = [...around(second)].some((at) => at.parent?.type === 'TryStatement' && at.parent.finalizer === at);
  const extra = isInFinally ? first : second;
  if (leaves([extra])) return undefined;
  const draft = code.draft();
  removeStatement(code, draft, extra);
  return { title: `Release \`${code.finding.location}\` ${isInFinally ? 'in `finally` alone' : 'once'}`, draft };
}
