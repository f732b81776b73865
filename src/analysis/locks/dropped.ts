import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import type { ModuleModel } from '../model/module.js';
import { FLOATING, isMeant } from '../promises/meant.js';
import { isLink } from '../model/promise-chains.js';
import type { PromiseCalls } from '../promises/gives-promise.js';
import { ownNodes } from '../model/shared-memory.js';
import type { Acquire } from './held.js';

/**
 * `lock.runExclusive(() => { save(file); })`: a call that surely gives a promise, of no asynchronous function of the program, and nothing else, is the body of the callback
 * that runs under the lock; the promise is dropped, so that the lock covers nothing.
 */
export function droppedUnder({ form, isCertain, permits, at }: Acquire, calls: PromiseCalls, model: ModuleModel): TSESTree.CallExpression | undefined {
  if (form !== 'run' || !isCertain || permits !== 1 || at.type !== 'CallExpression') return undefined;
  const callback = at.arguments.find((argument: Node) => isFunction(argument));
  if (!callback || !isFunction(callback) || callback.params.length > 0 || callback.body?.type !== 'BlockStatement') return undefined;
  const [statement, ...others] = callback.body.body;
  const call = statement?.type === 'ExpressionStatement' && others.length === 0 ? statement.expression : undefined;
  if (call?.type !== 'CallExpression' || !isPromise(call, calls) || isMeant(call, FLOATING, model)) return undefined;
  return call;
}

/** What an asynchronous function of the program does is followed by itself. */
function isPromise(call: TSESTree.CallExpression, calls: PromiseCalls): boolean {
  const fn = calls.functionCalled(call);
  if (fn?.isAsync) return false;
  const returned = fn ? (fn.node.body.type === 'BlockStatement' ? ownNodes(fn.node).flatMap((node) => (node.type === 'ReturnStatement' ? [node.argument] : [])) : [fn.node.body]) : [];
  return calls.isPromise(call) || (returned.length > 0 && returned.every((value) => value != null && isLink(value)));
}
