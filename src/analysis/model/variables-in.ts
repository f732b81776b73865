import { walk } from '../../language/index.js';
import type { Node, Variable } from '../../language/index.js';
import type { ModuleModel } from './module.js';

/** The variables that an expression or a pattern names, in the order of the text. */
export function variablesIn(node: Node, { scopes }: ModuleModel): Set<Variable> {
  const found = new Set<Variable>();
  walk(node, (at) => {
    const variable = at.type === 'Identifier' ? scopes.variableOf(at) : undefined;
    if (variable) found.add(variable);
  });
  return found;
}
