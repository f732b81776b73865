import { isFunction, isWithin, walk } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree, Variable } from '../../language/index.js';
import { lockShape } from '../catalog/locks/index.js';
import { calleeText, keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAt, originOf } from '../model/origin.js';
import { ownNodes } from '../model/shared-memory.js';
import { unwrap } from '../model/unwrap.js';
import { lockNamedBy } from './lock-names.js';
import type { Lowering } from './lowering.js';

/** A function of the program that makes of a function one that runs under a lock, and the lock. */
interface Wrapper {
  readonly fn: FunctionInfo;
  /** The expression of the lock, in the function that is made. */
  readonly lock: Node;
}

/** `export const deposit = exclusive(async (n) => { … })`, where `exclusive(work)` gives `(...args) => mutex.runExclusive(() => work(...args))`. */
export function acquireByWrapper(l: Lowering, fn: FunctionInfo): string | undefined {
  const call = fn.node.parent;
  if (call?.type !== 'CallExpression' || call.callee === fn.node) return undefined;
  const wrapper = wrapperCalledBy(call, fn, l.modelOf(fn));
  const named = wrapper?.fn.module === l.model.module ? lockNamedBy(l, wrapper!.lock) : undefined;
  if (!wrapper || !named) return undefined;
  const lock = isOfOneCall(wrapper, l.modelOf(wrapper.fn)) ? `${named.name} of ${keptAs(call)}` : named.name;
  const isCertain = named.library !== undefined;
  l.graph.add('acquire', fn.node, { lock, form: isCertain ? 'run' : 'scope', isCertain, isAwaited: true, permits: named.permits });
  return lock;
}

/** What a call of `deposit` runs, under the lock: the function that was handed to the wrapper. */
export function workLockedAs({ defs: [definition] }: Variable, model: ModuleModel): FunctionInfo | undefined {
  const init = definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.id.type === 'Identifier' && definition.node.init ? unwrap(definition.node.init) : undefined;
  if (init?.type !== 'CallExpression') return undefined;
  const [work] = init.arguments.flatMap((argument) => (isFunction(argument) ? [model.table.infoOf(argument)] : []));
  return work && wrapperCalledBy(init, work, model) ? work : undefined;
}

function wrapperCalledBy(call: TSESTree.CallExpression, work: FunctionInfo, model: ModuleModel): Wrapper | undefined {
  const fn = functionCalled(unwrap(call.callee), work, model);
  const parameter = fn?.node.params[call.arguments.findIndex((argument) => argument === work.node)];
  const made = fn && madeBy(fn.node);
  if (!fn || !made || parameter?.type !== 'Identifier') return undefined;
  const uses = (model.links.modelOf(fn.module).scopes.variableOf(parameter)?.references ?? []).map(({ identifier }) => identifier as Node);
  if (uses.length === 0) return undefined;
  let lock: Node | undefined;
  walk(made, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
    const name = calleeText(node.callee);
    const covers = lockShape.run.has(name) ? uses.every((use) => node.arguments.some((argument) => isWithin(use, argument))) : lockShape.acquire.has(name) && uses.every((use) => node.range[1] <= use.range[0] && isWithin(use, made));
    if (covers) lock = node.callee.object;
  });
  return lock && { fn, lock };
}

/** By its name, or as a method of the class around: `this.exclusive(…)`. */
function functionCalled(callee: Node, { owner }: FunctionInfo, model: ModuleModel): FunctionInfo | undefined {
  const variable = callee.type === 'Identifier' ? model.scopes.variableOf(callee) : undefined;
  if (variable) return functionAt(originOf(variable, model));
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'ThisExpression') return undefined;
  const name = keyName(callee.property, callee.computed);
  return model.table.functions.find((fn) => fn.ownName === name && fn.owner !== undefined && (owner ? fn.owner === owner : isWithin(callee, fn.owner.node)));
}

/** The function that a function gives back. */
function madeBy({ body }: FunctionNode): FunctionNode | undefined {
  if (body.type !== 'BlockStatement') return isFunction(body) ? body : undefined;
  const given = ownNodes(body).flatMap((node) => (node.type === 'ReturnStatement' && node.argument ? [unwrap(node.argument)] : []));
  return given.length === 1 && isFunction(given[0]!) ? given[0] : undefined;
}

/** The lock is made by the wrapper itself: each function that it makes has its own. */
function isOfOneCall({ fn, lock }: Wrapper, model: ModuleModel): boolean {
  const node = unwrap(lock);
  const definition = node.type === 'Identifier' ? model.scopes.variableOf(node)?.defs[0] : undefined;
  return definition !== undefined && isWithin(definition.name as Node, fn.node);
}

function keptAs(call: TSESTree.CallExpression): string {
  const { parent } = call;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  if (parent.type === 'PropertyDefinition' || parent.type === 'Property') return keyName(parent.key, parent.computed) ?? `line ${call.loc.start.line}`;
  return `line ${call.loc.start.line}`;
}
