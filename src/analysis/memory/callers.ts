import { walk } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import type { FunctionInfo } from '../model/functions.js';
import { keyName } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';

/** The functions of a module that call one of its functions by name, or a method of their own class on `this`; undefined for a call from the module's own body. */
export function callersIn({ owner, ownName, bound }: FunctionInfo, model: ModuleModel): readonly (FunctionInfo | undefined)[] {
  const callees: Node[] = bound?.references.filter((reference) => reference.isRead()).map(({ identifier }) => identifier as Node) ?? [];
  if (owner) {
    walk(owner.node.body, (node) => {
      if (node.type === 'MemberExpression' && node.object.type === 'ThisExpression' && keyName(node.property, node.computed) === ownName) callees.push(node);
    });
  }
  return callees.flatMap((node) => (node.parent?.type === 'CallExpression' && node.parent.callee === node ? [model.table.around(node)] : []));
}
