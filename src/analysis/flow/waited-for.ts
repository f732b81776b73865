import { isFunction } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import { isLink } from '../model/promise-chains.js';
import type { Lowering } from './lowering.js';

/** True if somebody waits for the promise that an expression gives, or is handed it: at once, or under the name that keeps it. */
export function isWaitedFor(l: Lowering, expression: Node, hops = 0): boolean {
  const holder = expression.parent;
  if (hops > 12) return false;
  switch (holder?.type) {
    case 'AwaitExpression': case 'ReturnStatement': case 'YieldExpression':
      return true;
    case 'ArrowFunctionExpression':
      return holder.body === expression;
    case 'ChainExpression': case 'TSAsExpression': case 'TSNonNullExpression': case 'ConditionalExpression': case 'LogicalExpression': case 'TSSatisfiesExpression': case 'SpreadElement':
      return isWaitedFor(l, holder, hops + 1);
    case 'ArrayExpression':
      return isWaitedFor(l, holder, hops + 1);
    case 'CallExpression':
      return holder.callee !== expression && /^(?:all|allSettled|race|any|resolve)$/.test(calleeText(holder.callee)) && isWaitedFor(l, holder, hops + 1);
    case 'MemberExpression':
      return isLink(holder.parent) && holder.parent.callee === holder && isWaitedFor(l, holder.parent, hops + 1);
    case 'VariableDeclarator': {
      const variable = holder.id.type === 'Identifier' ? l.variable(holder.id) : undefined;
      return variable?.references.some((reference) => reference.isRead() && !isFunction(reference.identifier.parent as Node) && isWaitedFor(l, reference.identifier as Node, hops + 1)) ?? false;
    }
    default:
      return false;
  }
}

/** True if a promise is dropped where it is made: a statement of its own, `void`, the callback of `forEach`. */
export function isDropped(expression: Node): boolean {
  const holder = expression.parent;
  switch (holder?.type) {
    case 'ExpressionStatement':
      return true;
    case 'UnaryExpression': case 'ChainExpression': case 'TSNonNullExpression':
      return isDropped(holder);
    case 'LogicalExpression':
      return holder.right === expression && isDropped(holder);
    case 'ConditionalExpression':
      return holder.test !== expression && isDropped(holder);
    case 'ArrowFunctionExpression':
      return holder.body === expression && holder.parent.type === 'CallExpression' && calleeText(holder.parent.callee) === 'forEach' && holder.parent.arguments.includes(holder);
    default:
      return false;
  }
}
