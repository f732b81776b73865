import type { FunctionNode, Node, TSESTree } from '../../language/index.js';
import { classOfExpression } from '../model/class-of.js';
import { keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { atomicsOperation } from '../model/shared-memory.js';
import { textIn } from '../model/text.js';
import { onlyExpression } from './atomic-operations.js';

/** The load and the index of a cell that `get mask()` loads and `set mask(value)` stores, where the two do nothing else. */
export function accessedCell(target: Node, model: ModuleModel): { readonly load: TSESTree.CallExpression; readonly index: Node } | undefined {
  const name = target.type === 'MemberExpression' ? keyName(target.property, target.computed) : undefined;
  const owner = target.type === 'MemberExpression' && name !== undefined ? classOfExpression(target.object, model) : undefined;
  const accessor = (kind: FunctionInfo['kind']): FunctionInfo | undefined => owner?.members.find((member) => member.ownName === name && member.kind === kind);
  const [getter, setter] = [accessor('getter'), accessor('setter')];
  if (!getter || !setter || getter.module !== model.module) return undefined;
  const [load, store] = [operationIn(getter.node, 'load', model), operationIn(setter.node, 'store', model)];
  const [view, index] = load?.arguments ?? [];
  const [otherView, otherIndex, stored] = store?.arguments ?? [];
  const [given] = setter.node.params;
  const text = textIn(model);
  if (!load || !view || !index || !otherView || !otherIndex || given?.type !== 'Identifier' || stored?.type !== 'Identifier' || stored.name !== given.name) return undefined;
  return text(view) === text(otherView) && text(index) === text(otherIndex) ? { load, index } : undefined;
}

function operationIn({ body }: FunctionNode, kind: 'load' | 'store', model: ModuleModel): TSESTree.CallExpression | undefined {
  const only = onlyExpression(body);
  return only?.type === 'CallExpression' && atomicsOperation(only, model) === kind ? only : undefined;
}
