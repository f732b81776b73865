import type { TSESTree } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { isChaining } from '../model/promise-chains.js';
import { unwrap } from '../model/unwrap.js';
import { PromiseCalls } from './gives-promise.js';
import { FLOATING, isMeant } from './meant.js';

/** Work whose promise is dropped, and that the end of the process cuts short in the same turn. */
export interface CutShort {
  readonly call: TSESTree.CallExpression;
  /** `process.exit(1)` */
  readonly exit: TSESTree.CallExpression;
  readonly fn: FunctionInfo;
}

/**
 * `stopProfiler(log); process.exit(1)`: what is called is declared to give a promise, if only on some ways. An async function is followed as far as its first
 * suspension elsewhere (`closings.ts`): that may be all there is of it.
 */
export function cutShortIn(model: ModuleModel): CutShort[] {
  const exits = model.module.nodes.of('CallExpression').filter(isExit);
  if (exits.length === 0) return [];
  const calls = new PromiseCalls(model);
  return exits.flatMap((exit) => {
    const call = callBefore(exit);
    const fn = call && model.table.around(call);
    if (!call || !fn || calls.functionCalled(call)?.isAsync || !(calls.isPromise(call) || calls.mayBePromise(call)) || isHandled(call) || isMeant(call, FLOATING, model)) return [];
    return [{ call, exit, fn }];
  });
}

function isExit({ callee, parent }: TSESTree.CallExpression): boolean {
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'process' && calleeText(callee) === 'exit' && parent.type === 'ExpressionStatement';
}

/** The call that is the statement before. */
function callBefore({ parent: statement }: TSESTree.CallExpression): TSESTree.CallExpression | undefined {
  const block = statement.parent;
  if (block?.type !== 'BlockStatement' || statement.type !== 'ExpressionStatement') return undefined;
  const before = block.body[block.body.indexOf(statement) - 1];
  const call = before?.type === 'ExpressionStatement' ? unwrap(before.expression) : undefined;
  return call?.type === 'CallExpression' ? call : undefined;
}

/** `report().catch(ignore); process.exit(1)`: who cares for its failure knows that it takes time. */
function isHandled({ callee }: TSESTree.CallExpression): boolean {
  return isChaining(calleeText(callee));
}
