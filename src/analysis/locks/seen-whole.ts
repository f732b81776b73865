import { walk } from '../../language/index.js';
import { keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleView } from '../rules/rule.js';

/** True if every function of the module that speaks of a thing by this name, but for what makes it, is followed, wherever it is called. */
export function isSeenWhole(name: string, { model, studies }: ModuleView, maker?: FunctionInfo): boolean {
  const followed = new Set<FunctionInfo>(maker && [maker]);
  const notFollowed = new Set<string>();
  for (const { entry, graph } of studies) {
    if (!entry) continue;
    if (graph.isPartial) return false;
    for (const fn of graph.inlined) followed.add(fn);
    // A call whose function was not followed goes by its whole name.
    for (const effect of graph.effects) if (effect.kind === 'call' && effect.callee.includes('.')) notFollowed.add(effect.callee);
  }
  let isWhole = true;
  walk(model.module.program, (node) => {
    const isMention = node.type === 'MemberExpression' ? keyName(node.property, node.computed) === name : node.type === 'Identifier' && node.name === name && node.parent.type !== 'MemberExpression';
    const around = isMention ? model.table.around(node) : undefined;
    if (around && around.kind !== 'constructor' && (!followed.has(around) || notFollowed.has(around.name))) isWhole = false;
  });
  return isWhole;
}
