import type { Node, Variable } from '../../language/index.js';
import type { ClassInfo } from './functions.js';
import type { Location } from './location.js';
import type { ModuleModel } from './module.js';
import { classAt, originOf } from './origin.js';

/** The class of which an expression makes an instance. */
export function classMadeBy(node: Node, model: ModuleModel): ClassInfo | undefined {
  const variable = node.type === 'NewExpression' ? model.scopes.variableOf(node.callee) : undefined;
  return variable && classAt(originOf(variable, model));
}

/**
 * The same, if it is a shared one and this the only instance that the module at hand makes: two would be told apart by nothing.
 */
export function onlyInstanceMadeBy(node: Node, model: ModuleModel): ClassInfo | undefined {
  const owner = classMadeBy(node, model);
  const variable = node.type === 'NewExpression' ? model.scopes.variableOf(node.callee) : undefined;
  return owner && variable && isMadeOnce(variable) && model.links.modelOf(owner.module).sharing.isSharedClass(owner) ? owner : undefined;
}

/** The class that a field was given the only instance of. */
export function classHeldBy({ root, path: [step, ...deeper] }: Location, modelOf: ModuleModel['links']['modelOf']): ClassInfo | undefined {
  if (root.kind === 'variable' || step?.kind !== 'member' || deeper.length > 0) return undefined;
  const init = root.owner.fields.get(step.name)?.value;
  return init && onlyInstanceMadeBy(init, modelOf(root.owner.module));
}

function isMadeOnce({ references }: Variable): boolean {
  return references.filter(({ identifier }) => identifier.parent.type === 'NewExpression' && identifier.parent.callee === identifier).length === 1;
}
