import type { Node, TSESTree } from '../../language/index.js';
import { mayRefuse } from '../catalog/locks/index.js';
import { calleeText } from '../model/functions.js';
import { lockOf } from '../model/lock-kinds.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';

type MethodCall = TSESTree.CallExpression & { readonly callee: TSESTree.MemberExpression };

/** A lock that is asked for, whose answer nobody looks at, and that is given back all the same. */
export interface Unasked {
  readonly asking: MethodCall;
  readonly release: Node;
}

/** `await tabLock.acquireLock(key, 2000); try { … } finally { await tabLock.releaseLock(key); }`: the answer is whether the lock was got. */
export function unaskedIn(model: ModuleModel): Unasked[] {
  const textOf = textIn(model);
  return model.module.nodes.of('CallExpression').flatMap((asking) => {
    if (!isMethodCall(asking) || !mayRefuse(calleeText(asking.callee))) return [];
    const library = lockOf(asking.callee.object, model)?.library;
    if (!library?.mayFail?.includes(calleeText(asking.callee)) || !isUnseen(asking, model)) return [];
    const object = textOf(asking.callee.object);
    const isRelease = (node: Node): boolean => node.type === 'CallExpression' && isMethodCall(node) && library.release.includes(calleeText(node.callee)) && textOf(node.callee.object) === object && node.range[0] > asking.range[1];
    const release = ownNodes(functionAround(asking)).find(isRelease);
    return release ? [{ asking, release }] : [];
  });
}

function isMethodCall(node: TSESTree.CallExpression): node is MethodCall {
  return node.callee.type === 'MemberExpression';
}

/** True if what the call gives is dropped, or kept under a name that nobody reads. */
function isUnseen(call: Node, model: ModuleModel): boolean {
  const holder = call.parent?.type === 'AwaitExpression' ? call.parent.parent : call.parent;
  if (holder?.type === 'ExpressionStatement') return true;
  const variable = holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier' ? model.scopes.variableOf(holder.id) : undefined;
  return variable !== undefined && !variable.references.some((reference) => reference.isRead());
}
