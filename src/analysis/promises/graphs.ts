import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { eachElement } from '../catalog/collections.js';
import { graphOf, graphOfBody } from '../flow/graph.js';
import type { EffectGraph } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { isChaining } from '../model/promise-chains.js';
import { isTelling } from './announcements.js';
import { fateOf } from './fate.js';
import type { ModuleView } from '../rules/index.js';
import { PromiseCalls } from './gives-promise.js';

const known = new WeakMap<ModuleView, Map<FunctionInfo, EffectGraph>>();

/** The effects of one run of any function, of this module or another. */
export function graphIn(view: ModuleView, fn: FunctionInfo): EffectGraph {
  let graphs = known.get(view);
  if (!graphs) known.set(view, (graphs = new Map(view.studies.map((study) => [study.fn, study.graph]))));
  let graph = graphs.get(fn);
  if (!graph) graphs.set(fn, (graph = graphOf(view.model.links.modelOf(fn.module), fn)));
  return graph;
}

/** What may drop work, be it in a function that it calls: functions of the module, and loading it. The rest is not even followed. */
export function droppingGraphsIn(view: ModuleView): EffectGraph[] {
  const { model } = view;
  const { isLoading, functions } = droppingIn(model);
  return [...[...functions].map((fn) => graphIn(view, fn)), ...(isLoading ? [graphOfBody(model)] : [])];
}

function droppingIn(model: ModuleModel): { readonly isLoading: boolean; readonly functions: ReadonlySet<FunctionInfo> } {
  const { table } = model;
  const asyncNames = new Set(table.functions.filter(({ isAsync }) => isAsync).map(({ ownName }) => ownName));
  const functions = new Set<FunctionInfo>();
  const callers = new Map<string, (FunctionInfo | undefined)[]>();
  let isLoading = false;
  const pending: FunctionInfo[] = [];
  const calls = new PromiseCalls(model);
  const add = (fn: FunctionInfo | undefined): void => {
    if (!fn) isLoading = true;
    else if (!functions.has(fn)) {
      functions.add(fn);
      pending.push(fn);
    }
  };
  for (const node of model.module.nodes.of('CallExpression')) {
    const name = calleeText(node.callee);
    const around = table.around(node);
    callers.set(name, [...(callers.get(name) ?? []), around]);
    if (mayDrop(node, name, around, asyncNames, model, calls) || (around?.isAsync && isTelling(name))) add(around);
  }
  // Whoever calls it, and the function around a callback, have it in their graphs.
  for (let fn = pending.pop(); fn; fn = pending.pop()) {
    if (!fn.owner) add(fn.parent);
    for (const caller of fn.ownName === '' ? [] : (callers.get(fn.ownName) ?? [])) add(caller);
  }
  return { isLoading, functions };
}

/** True if the promise of a call may be lost, as far as a look at the call tells. */
function mayDrop(call: TSESTree.CallExpression, name: string, around: FunctionInfo | undefined, asyncNames: ReadonlySet<string>, model: ModuleModel, calls: PromiseCalls): boolean {
  const holder = call.parent.type;
  if (holder === 'AwaitExpression' || (holder === 'MemberExpression' && name !== 'forEach')) return false;
  if (eachElement.has(name) && call.arguments.some((argument) => (isFunction(argument) ? argument.async : argument.type === 'Identifier' || argument.type === 'MemberExpression'))) return true;
  if (around && isKept(call, around, model)) return false;
  if (isChaining(name)) return true;
  if (isFunction(call.callee)) return call.callee.async;
  if (asyncNames.has(name)) return true;
  return isImported(call.callee, model) && calls.functionCalled(call)?.isAsync === true;
}

/** True if somebody has the promise of a call, or the code says that nobody is to have it, whoever calls the function around it. */
function isKept(call: Node, fn: FunctionInfo, { links }: ModuleModel): boolean {
  return /^(?:kept|renounced)$/.test(fateOf(call, { id: 0, fn, caller: undefined, at: fn.node }, links, () => 'dropped'));
}

function isImported(callee: Node, model: ModuleModel): boolean {
  const root = rootOf(callee);
  return root.type === 'Identifier' && model.scopes.variableOf(root)?.defs[0]?.type === 'ImportBinding';
}

function rootOf(node: Node): Node {
  return node.type === 'MemberExpression' ? rootOf(node.object) : node;
}
