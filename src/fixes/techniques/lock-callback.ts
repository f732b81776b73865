import { isFunction, type FunctionNode, type Node, type TSESTree } from '../../language/index.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { calledName, nameOf } from '../region-parts.js';
import { removeStatement } from '../statements.js';
import { allNodes, around, functionAround, ownNodes } from '../syntax.js';

/** `lock.runExclusive(() => { this.book(); })`: the callback waits for what it starts, and the lock for the callback. */
export function awaitUnderLock(code: FlaggedCode): Cure | undefined {
  const start = code.nodesAt([code.finding.range, ...code.finding.region.acts]).map((node) => startUnderLock(code, node)).find((node) => node !== undefined);
  const callback = start && functionAround(start);
  if (!start || !callback || callback.generator) return undefined;
  const draft = code.draft();
  if (!callback.async) draft.insert(callback.range[0], 'async ');
  draft.insert(start.range[0], 'await ');
  return { title: `Keep the lock until \`${calledName(start.callee) ?? 'the work'}\` has ended`, draft };
}

/** The call that starts the work in the callback of a lock: the node itself, what it is a link of (`scan().then(…)`), or what calls the function around it. */
function startUnderLock(code: FlaggedCode, node: Node): TSESTree.CallExpression | undefined {
  const name = nameOf(functionAround(node) ?? (node as FunctionNode));
  const isDropped = (one: Node): one is TSESTree.CallExpression => one.type === 'CallExpression' && one.parent.type === 'ExpressionStatement' && isUnderLock(functionAround(one));
  for (const at of around(node)) {
    if (isDropped(at)) return at;
    if (at.type === 'ExpressionStatement') break;
  }
  return allNodes(code.module.program).find((one): one is TSESTree.CallExpression => isDropped(one) && name !== undefined && calledName(one.callee) === name);
}

/** What is given a function to run and is none of these takes the lock for it, or the finding would not say so. */
const runsWithoutLock = /^(?:then|catch|finally|forEach|map|flatMap|filter|some|every|find\w*|reduce\w*|sort|set(?:Timeout|Interval|Immediate)|queueMicrotask|nextTick|on|once|addEventListener)$/;

function isUnderLock(fn: FunctionNode | undefined): boolean {
  const call = fn?.parent;
  return call?.type === 'CallExpression' && call.arguments.includes(fn as never) && !runsWithoutLock.test(calledName(call.callee) ?? '');
}

/** `lock.acquire(key, async (done) => { …; done(); })`: the lock waits for the promise of the callback, and for nothing else. */
export function onlyThePromise(code: FlaggedCode): Cure | undefined {
  const callback = code.nodesAt([code.finding.range, ...code.finding.region.reads]).flatMap((node) => (node.type === 'CallExpression' ? node.arguments : [])).find((node): node is FunctionNode & TSESTree.ArrowFunctionExpression => isFunction(node) && node.async);
  const [done, ...others] = callback?.params ?? [];
  if (!callback || done?.type !== 'Identifier' || others.length > 0) return undefined;
  const uses = code.scopes.declaredBy(callback).find(({ name }) => name === done.name)?.references ?? [];
  const calls = uses.map(({ identifier: { parent } }) => parent);
  if (!calls.every((call) => call?.type === 'CallExpression' && call.arguments.length === 0 && call.parent.type === 'ExpressionStatement' && ownNodes(callback).includes(call))) return undefined;
  const draft = code.draft();
  // Without parentheses it is the whole list of parameters.
  draft.replace(done.range[0], done.range[1], /\(\s*$/.test(code.text.slice(callback.range[0], done.range[0])) ? '' : '()');
  for (const call of calls) removeStatement(code, draft, call!.parent as TSESTree.ExpressionStatement);
  return { title: `Let the lock wait for the promise of the callback, without \`${done.name}\``, draft };
}
