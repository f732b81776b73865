import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import type { ModuleModel } from '../model/module.js';
import { FLOATING, isMeant } from '../promises/meant.js';
import type { PromiseCalls } from '../promises/gives-promise.js';
import type { Acquire } from './held.js';

/**
 * `lock.runExclusive(() => { save(file); })`: a call outside the module that surely gives a promise, and nothing else, is the body of the callback
 * that runs under the lock; the promise is dropped, so that the lock covers nothing.
 */
export function droppedUnder({ form, isCertain, permits, at }: Acquire, calls: PromiseCalls, model: ModuleModel): TSESTree.CallExpression | undefined {
  if (form !== 'run' || !isCertain || permits !== 1 || at.type !== 'CallExpression') return undefined;
  const callback = at.arguments.find((argument: Node) => isFunction(argument));
  if (!callback || !isFunction(callback) || callback.params.length > 0 || callback.body?.type !== 'BlockStatement') return undefined;
  const [statement, ...others] = callback.body.body;
  const call = statement?.type === 'ExpressionStatement' && others.length === 0 ? statement.expression : undefined;
  if (call?.type !== 'CallExpression' || calls.functionCalled(call) || !calls.isPromise(call) || isMeant(call, FLOATING, model)) return undefined;
  return call;
}
