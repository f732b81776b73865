import { isFunction, isWithin, walk } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';

/** Something to be undone that a clean-up may come too early to find: it ends nothing, and what is set up afterwards stays for ever. */
export interface LateHandle {
  /** The function that gives the clean-up. */
  readonly fn: FunctionInfo;
  readonly variable: Variable;
  /** Where the handle is put into its variable, and what is waited for before. */
  readonly filled: Node;
  readonly wait: Node;
  /** Where the clean-up looks for it. */
  readonly sought: Node;
}

/** `let stop; connect().then((c) => { stop = c.listen(); }); return () => stop?.();` */
export function lateHandlesIn(model: ModuleModel): LateHandle[] {
  return model.table.functions.flatMap((fn) => {
    const cleanUp = fn.isAsync || fn.isGenerator ? undefined : cleanUpOf(fn.node);
    if (!cleanUp) return [];
    const handles = ownNodes(fn.node).flatMap((node) => (node.type === 'VariableDeclarator' && isEmpty(node.init) ? model.scopes.declaredBy(node) : []));
    return handles.flatMap((variable) => lateHandle(variable, cleanUp, fn, model) ?? []);
  });
}

/** The only function that a function gives. */
function cleanUpOf(node: FunctionNode): FunctionNode | undefined {
  const [only, other] = ownNodes(node).flatMap((own) => (own.type === 'ReturnStatement' && own.argument && isFunction(own.argument as Node) ? [own.argument as Node as FunctionNode] : []));
  return only && !other && only.params.length === 0 ? only : undefined;
}

function isEmpty(init: Node | null): boolean {
  return init === null || (init.type === 'Literal' && init.value === null) || (init.type === 'Identifier' && init.name === 'undefined');
}

function lateHandle(variable: Variable, cleanUp: FunctionNode, fn: FunctionInfo, model: ModuleModel): LateHandle | undefined {
  const names = variable.references.map(({ identifier }) => identifier as Node);
  const sought = names.find((name) => isWithin(name, cleanUp) && isUndone(name));
  if (!sought) return undefined;
  for (const name of names) {
    const assignment = name.parent;
    if (assignment?.type !== 'AssignmentExpression' || assignment.left !== name || isWithin(name, cleanUp) || isEmpty(assignment.right)) continue;
    const wait = waitBefore(assignment, fn.node);
    const work = wait && functionAround(assignment);
    if (work && !hears(work, cleanUp, model)) return { fn, variable, filled: assignment, wait, sought };
  }
  return undefined;
}

/** `stop()`, `subscription.unsubscribe()`, `clearInterval(timer)` */
function isUndone(name: Node): boolean {
  const holder = name.parent;
  if (holder?.type === 'CallExpression') return holder.callee === name || /^(?:clear(?:Timeout|Interval|Immediate)|cancelAnimationFrame)$/.test(calleeText(holder.callee));
  return holder?.type === 'MemberExpression' && holder.object === name && holder.parent.type === 'CallExpression' && holder.parent.callee === holder && UNDOING.test(calleeText(holder));
}

const UNDOING = /^(?:unsubscribe|dispose|destroy|remove|close|stop|disconnect|off|unlisten|unobserve|terminate|end|release|detach|cancel|abort)$/;

/** What an assignment comes after, if that is not the turn in which `outer` was called. */
function waitBefore(assignment: Node, outer: Node): Node | undefined {
  const work = functionAround(assignment);
  if (work === outer || !isFunction(work)) return undefined;
  const call = work.parent;
  if (call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' && calleeText(call.callee) === 'then' && functionAround(work) === outer) return call;
  return work.async ? ownNodes(work).find((node) => node.type === 'AwaitExpression' && node.range[0] < assignment.range[1] && node.range[1] <= assignment.range[1]) : undefined;
}

/** True if the work can learn of the clean-up, by a variable that the one writes and the other reads or by a signal, or the clean-up waits for the work. */
function hears(work: Node, cleanUp: Node, model: ModuleModel): boolean {
  let isHeard = false;
  walk(cleanUp, (node) => {
    const target = node.type === 'AssignmentExpression' ? rootOf(node.left) : undefined;
    const variable = target && model.scopes.variableOf(target);
    isHeard ||= variable?.references.some((reference) => reference.isRead() && isWithin(reference.identifier as Node, work)) ?? false;
    isHeard ||= node.type === 'AwaitExpression' || (node.type === 'CallExpression' && /^(?:then|finally|abort)$/.test(calleeText(node.callee)));
  });
  return isHeard;
}

function rootOf(node: Node): TSESTree.Identifier | undefined {
  if (node.type === 'MemberExpression') return rootOf(node.object);
  return node.type === 'Identifier' ? node : undefined;
}
