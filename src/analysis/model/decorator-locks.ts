import { walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { calleeText } from './functions.js';
import type { FunctionInfo } from './functions.js';
import { lockOf, makesLockInMemory } from './lock-kinds.js';
import type { ModuleModel } from './module.js';
import { unwrap } from './unwrap.js';

/**
 * For whom a decorator that the program defines keeps the lock that it runs methods under, `mutexes.get(this).runExclusive(…)`: one for each object, or one for all.
 * Undefined where each method has one of its own, or nobody can tell.
 */
export function lockKeptFor({ node }: FunctionInfo, model: ModuleModel): 'object' | 'all' | undefined {
  const found = new Set<'object' | 'all' | 'unknown'>();
  walk(node, (at) => {
    if (at.type !== 'CallExpression' || at.callee.type !== 'MemberExpression' || !/^(?:runExclusive|acquire)$/.test(calleeText(at.callee))) return;
    const lock = unwrap(at.callee.object);
    if (lock.type === 'Identifier' && lockOf(lock, model)?.permits === 1) found.add(keptAs(lock, model));
    else if (isGivenFor(lock, model)) found.add('object');
    else found.add('unknown');
  });
  const [only] = found;
  return found.size === 1 && only !== 'unknown' ? only : undefined;
}

function keptAs(lock: TSESTree.Identifier, model: ModuleModel): 'object' | 'all' | 'unknown' {
  const variable = model.scopes.variableOf(lock);
  const definition = variable?.defs[0];
  if (definition?.type !== 'Variable' || !definition.node.init) return 'unknown';
  const init = unwrap(definition.node.init);
  if (variable!.scope.type === 'module' || variable!.scope.type === 'global') return makesLockInMemory(init, model) && model.sharing.isConstant(variable!) ? 'all' : 'unknown';
  const lookup = init.type === 'LogicalExpression' ? unwrap(init.left) : init;
  return isLookupByThis(lookup, model) ? 'object' : 'unknown';
}

/** `lockOf(this)`, of a function that looks it up by what it is handed: `let mutex = mutexes.get(target); if (!mutex) …; return mutex`. */
function isGivenFor(call: Node, model: ModuleModel): boolean {
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.arguments[0]?.type !== 'ThisExpression' || lockOf(call, model)?.permits !== 1) return false;
  const variable = model.scopes.variableOf(call.callee);
  const fn = variable && model.table.boundTo(variable);
  const [handed] = fn?.node.params ?? [];
  if (!fn || handed?.type !== 'Identifier') return false;
  let isLookedUp = false;
  walk(fn.node.body, (at) => {
    isLookedUp ||= at.type === 'CallExpression' && at.callee.type === 'MemberExpression' && calleeText(at.callee) === 'get' && at.arguments[0]?.type === 'Identifier' && at.arguments[0].name === handed.name && isOfModule(at.callee.object, model);
  });
  return isLookedUp;
}

/** `mutexes.get(this)`, of a collection that lives as long as the module. */
function isLookupByThis(node: Node, model: ModuleModel): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || calleeText(node.callee) !== 'get' || node.arguments[0]?.type !== 'ThisExpression') return false;
  return isOfModule(node.callee.object, model);
}

function isOfModule(collection: Node, model: ModuleModel): boolean {
  const scope = collection.type === 'Identifier' ? model.scopes.variableOf(collection)?.scope.type : undefined;
  return scope === 'module' || scope === 'global';
}
