import type { Node, TSESTree } from '../../language/index.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { moveStatement } from '../statements.js';
import { allNodes, around, functionAround, listOf, ownNodes, statementOf } from '../syntax.js';

type Call = TSESTree.CallExpression;

/** The cell is written, then notified: who looks in between does not go to sleep any more. */
export function storeBeforeNotify(code: FlaggedCode): Cure | undefined {
  const notify = operationAt(code, code.finding.range, 'notify');
  const statement = notify && statementOf(notify);
  const list = statement && listOf(statement);
  const fn = notify && functionAround(notify);
  if (!notify || !list || !fn) return undefined;
  const store = list.slice(list.indexOf(statement) + 1).find((other) => ownNodes(other).some((node) => isWriteOf(code, node, notify)));
  if (!store) return undefined;
  const draft = code.draft();
  moveStatement(code, draft, store, statement);
  return { title: 'Write the cell before its waiters are notified', draft };
}

/** Whoever writes the cell wakes those who wait for that. */
export function notifyAfterStore(code: FlaggedCode): Cure | undefined {
  const store = code.nodeAt(code.finding.range);
  const call = store && ownNodes(store).find((node): node is Call => node.type === 'CallExpression' && isAtomics(code, node) && operationOf(node) !== 'notify' && !/^wait/.test(operationOf(node) ?? ''));
  const statement = call && statementOf(call);
  if (!call || !statement || hasNotify(code, statement)) return undefined;
  const { layout } = code;
  const [from, to] = statement.range;
  const notify = `Atomics.notify(${cellOf(code, call)})${layout.semicolon}`;
  const draft = code.draft();
  if (layout.isFirst(from) && layout.isLast(to)) draft.insert(layout.lineEnd(to), `${layout.newline}${layout.indentAt(from)}${notify}`);
  else draft.insert(to, ` ${notify}`);
  return { title: 'Notify those who wait for the cell', draft };
}

/** `while (…) wait(view, 0, load(view, 0))`: what the wait expects is read before it is decided to wait. */
export function expectWhatWasSeen(code: FlaggedCode): Cure | undefined {
  const wait = operationAt(code, code.finding.range, 'wait');
  const [, , expected] = wait?.arguments ?? [];
  const loop = wait && [...around(wait)].find((at): at is TSESTree.WhileStatement => at.type === 'WhileStatement');
  if (!loop || expected?.type !== 'CallExpression' || operationOf(expected) !== 'load' || functionAround(loop) !== functionAround(wait)) return undefined;
  const seen = code.freshLocal('seen', 'seenBefore');
  const load = { from: expected.range[0], to: expected.range[1] };
  const draft = code.draft();
  draft.replace(loop.range[0], loop.test.range[0], `for (let ${seen} = `, load, '; ');
  draft.insert(loop.test.range[1], `; ${seen} = `, load);
  draft.replace(expected.range[0], expected.range[1], seen);
  return { title: 'Wait on the value that was there before it was decided to wait', draft };
}

function operationAt(code: FlaggedCode, range: FlaggedCode['finding']['range'], operation: string): Call | undefined {
  const node = code.nodeAt(range);
  const call = node && allNodes(node).find((one): one is Call => one.type === 'CallExpression' && operationOf(one) === operation);
  return call && isAtomics(code, call) ? call : undefined;
}

function operationOf({ callee }: Call): string | undefined {
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : undefined;
}

function isAtomics(code: FlaggedCode, { callee }: Call): boolean {
  return callee.type === 'MemberExpression' && code.textOf(callee.object) === 'Atomics';
}

/** `view, index` as they are written. */
function cellOf(code: FlaggedCode, { arguments: [view, index] }: Call): string {
  return view && index ? `${code.textOf(view)}, ${code.textOf(index)}` : '';
}

function isWriteOf(code: FlaggedCode, node: Node, notify: Call): boolean {
  if (node.type === 'CallExpression') return isAtomics(code, node) && !/^(?:load|notify|wait\w*)$/.test(operationOf(node) ?? 'load') && cellOf(code, node) === cellOf(code, notify);
  const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : undefined;
  return target?.type === 'MemberExpression' && `${code.textOf(target.object)}, ${code.textOf(target.property)}` === cellOf(code, notify);
}

function hasNotify(code: FlaggedCode, statement: Node): boolean {
  return allNodes(statement).some((node) => node.type === 'CallExpression' && isAtomics(code, node) && operationOf(node) === 'notify');
}
