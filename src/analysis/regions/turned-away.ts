import { walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { calleeText, keyName } from '../model/functions.js';
import { unwrap } from '../model/unwrap.js';

/** True if a way that a condition leads to ends with an error: thrown, given as a rejected promise or to a callback, or answered to a request. */
export function isRefusal(way: Node): boolean {
  const [last, before] = lastOf(way);
  if (last?.type === 'ThrowStatement') return true;
  if (last?.type !== 'ReturnStatement') return false;
  return [last.argument, last.argument ? undefined : before].some((answer) => answer != null && tellsOfError(answer));
}

/** The last statement of a way, and the expression of the one before it. */
function lastOf(way: Node): [Node | undefined, Node | undefined] {
  const statements = way.type === 'BlockStatement' ? way.body : [way];
  const before = statements.at(-2);
  return [statements.at(-1) as Node | undefined, before?.type === 'ExpressionStatement' ? before.expression : undefined];
}

/** `Promise.reject(…)`, `callback(new Error(…))`, `reply.code(409).send(…)`, `Response.json(…, { status: 409 })` */
function tellsOfError(answer: Node): boolean {
  const call = unwrap(answer);
  const asked = call.type === 'AwaitExpression' ? unwrap(call.argument) : call;
  if (asked.type !== 'CallExpression' && asked.type !== 'NewExpression') return false;
  if (asked.type === 'CallExpression' && asked.callee.type === 'MemberExpression' && calleeText(asked.callee.object) === 'Promise' && calleeText(asked.callee) === 'reject') return true;
  const [first] = asked.arguments;
  return (first?.type === 'NewExpression' && /(?:Error|Exception)$/.test(calleeText(first.callee))) || hasFailed(asked);
}

const SETS_STATUS = /^(?:status|code|sendStatus|writeHead)$/;

/** True of an answer to a request whose status, as a number that is written there, says that it was refused. */
function hasFailed(answer: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  let has = false;
  walk(answer, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && SETS_STATUS.test(calleeText(node.callee))) has ||= isFailure(node.arguments[0]);
    if (node.type === 'Property' && /^status(?:Code)?$/.test(keyName(node.key, node.computed) ?? '')) has ||= isFailure(node.value);
  });
  return has;
}

function isFailure(status: Node | undefined): boolean {
  return status?.type === 'Literal' && typeof status.value === 'number' && status.value >= 400 && status.value < 600;
}
