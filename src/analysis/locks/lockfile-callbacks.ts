import { isFunction, walk } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree } from '../../language/index.js';
import { lockLibrariesOf } from '../catalog/locks/index.js';
import { importOf } from '../model/exports.js';
import { calleeText, keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { ownNodes } from '../model/shared-memory.js';
import { unwrap } from '../model/unwrap.js';

/** A file that is locked for a callback, and a way out of what follows on which nobody unlocks it. */
export interface KeptLockfile {
  readonly lock: TSESTree.CallExpression;
  /** The statement that leaves. */
  readonly exit: Node;
  readonly fn: FunctionInfo;
}

/** `lockfile.lock(path, (error) => { if (error) return cb(error); fs.readFile(file, (failure, text) => { if (failure) return cb(failure); …; lockfile.unlock(path, cb); }); })` */
export function keptLockfilesIn(model: ModuleModel): KeptLockfile[] {
  return model.module.nodes.of('CallExpression').flatMap((lock) => {
    const locked = doesOf(lock, model) === 'acquire' ? lock.arguments.at(-1) : undefined;
    if (!locked || !isFunction(locked) || lock.arguments.length < 2) return [];
    const unlocking = unlockingNames(model);
    const [refusal] = locked.params;
    const exit = exitIn(locked, (node) => leadsToUnlock(node, unlocking, model), refusal?.type === 'Identifier' ? refusal.name : undefined);
    const fn = exit && model.table.around(exit);
    return fn ? [{ lock, exit, fn }] : [];
  });
}

function doesOf({ callee }: TSESTree.CallExpression, model: ModuleModel): 'acquire' | 'release' | undefined {
  const node = unwrap(callee);
  const root = node.type === 'MemberExpression' ? unwrap(node.object) : node;
  const variable = root.type === 'Identifier' ? model.scopes.variableOf(root) : undefined;
  const imported = variable && importOf(variable);
  const library = imported && lockLibrariesOf(imported.specifier).find(({ isModule }) => isModule);
  const name = node.type === 'MemberExpression' ? keyName(node.property, node.computed) : imported?.name;
  if (!library || name === undefined) return undefined;
  return library.acquire.includes(name) ? 'acquire' : library.release.includes(name) ? 'release' : undefined;
}

/** Names of functions that unlock, or call one that does. */
function unlockingNames(model: ModuleModel): ReadonlySet<string> {
  const names = new Set<string>();
  for (let before = -1; before < names.size; ) {
    before = names.size;
    for (const { ownName, node } of model.table.functions) if (ownName !== '' && leadsToUnlock(node, names, model)) names.add(ownName);
  }
  return names;
}

function leadsToUnlock(node: Node, names: ReadonlySet<string>, model: ModuleModel): boolean {
  let leads = false;
  walk(node, (at) => {
    leads ||= (at.type === 'CallExpression' && (doesOf(at, model) === 'release' || names.has(calleeText(at.callee)))) || (at.type === 'Identifier' && names.has(at.name));
  });
  return leads;
}

/**
 * The first statement that leaves a function on the way to an unlocking without one; so of what is called when something that it has started has ended.
 * @param refusal The error that says that the lock was not got.
 */
function exitIn(fn: FunctionNode, unlocks: (node: Node) => boolean, refusal?: string): Node | undefined {
  if (!fn.body || !unlocks(fn.body)) return undefined;
  const nodes = [...ownNodes(fn)].sort((a, b) => a.range[0] - b.range[0]);
  for (const node of nodes) {
    const isUnlocked = (): boolean => nodes.some((one) => one.type === 'CallExpression' && one.range[1] < node.range[0] && unlocks(one));
    if (node.type === 'IfStatement' && !node.alternate && leaves(node.consequent) && !unlocks(node.consequent) && !(refusal !== undefined && mentions(node.test, refusal)) && !isUnlocked()) return node.consequent;
    const inner = isFunction(node) && node.parent?.type === 'CallExpression' && !unlocks(node.parent.callee) && !isUnlocked() ? exitIn(node, unlocks) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

function mentions(test: Node, name: string): boolean {
  let isMentioned = false;
  walk(test, (node) => { isMentioned ||= node.type === 'Identifier' && node.name === name; });
  return isMentioned;
}

function leaves(consequent: Node): boolean {
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}
