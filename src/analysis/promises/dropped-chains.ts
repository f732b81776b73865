import { isFunction, isWithin, walk } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import { variablesIn } from '../model/variables-in.js';
import { FLOATING, isMeant } from './meant.js';
import type { UnawaitedChange } from './unawaited-files.js';

/**
 * `steps.reduce((before, step) => before.then(() => step.run(context)), Promise.resolve()); return context;`: the steps come one after the other, but
 * nobody waits for the last, and what they work with is made use of before the first.
 */
export function droppedChainsIn(model: ModuleModel): UnawaitedChange[] {
  return model.module.nodes.of('CallExpression').flatMap((call) => {
    const fn = model.table.around(call);
    const link = call.parent.type === 'ExpressionStatement' && fn && !isMeant(call.parent, FLOATING, model) ? linkOf(call) : undefined;
    const use = fn && link ? useAfter(call, link, fn, model) : undefined;
    return fn && use ? [{ call, use, path: use.name, fn }] : [];
  });
}

/** The function that puts one promise behind another, if a call makes a chain of them. */
function linkOf({ callee, arguments: [link, first] }: TSESTree.CallExpression): Node | undefined {
  if (callee.type !== 'MemberExpression' || !/^reduce(?:Right)?$/.test(calleeText(callee)) || !link || !isFunction(link)) return undefined;
  const isResolved = first?.type === 'CallExpression' && first.callee.type === 'MemberExpression' && calleeText(first.callee.object) === 'Promise' && calleeText(first.callee) === 'resolve';
  const [before] = link.params;
  return isResolved && before?.type === 'Identifier' && waitsFor(link, before.name) ? link : undefined;
}

function waitsFor(link: Node, before: string): boolean {
  let waits = false;
  const isBefore = (node: Node): boolean => node.type === 'Identifier' && node.name === before;
  walk(link, (node) => {
    waits ||= (node.type === 'AwaitExpression' && isBefore(node.argument)) || (node.type === 'MemberExpression' && isBefore(node.object) && calleeText(node) === 'then');
  });
  return waits;
}

/** The first use, after the chain was dropped, of an object that the function has made and its links hand over or fill. */
function useAfter(call: Node, link: Node, { node }: FunctionInfo, model: ModuleModel): TSESTree.Identifier | undefined {
  const made = new Set([...variablesIn(link, model)].filter((variable) => isMadeHere(variable, call)));
  return ownNodes(node).filter((use): use is TSESTree.Identifier => use.type === 'Identifier' && use.range[0] > call.range[1]).sort((a, b) => a.range[0] - b.range[0])
    .find((use) => {
      const variable = model.scopes.variableOf(use);
      return variable !== undefined && made.has(variable) && isWorkedWith(variable, link);
    });
}

/** An object or a list, or a variable that is given a value anew, of the function that drops the chain. */
function isMadeHere({ defs: [definition] }: Variable, call: Node): boolean {
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  return definition?.type === 'Variable' && functionAround(definition.node as Node) === functionAround(call) && (definition.parent.kind === 'let' || /^(?:ObjectExpression|ArrayExpression|NewExpression)$/.test(init?.type ?? ''));
}

/** True if a link hands the variable's object to somebody, calls a method of it, or assigns to it. */
function isWorkedWith({ references }: Variable, link: Node): boolean {
  return references.some((reference) => {
    const name = reference.identifier as Node;
    const holder = name.parent;
    return isWithin(name, link) && (reference.isWrite() || (holder?.type === 'CallExpression' && holder.callee !== name) || (holder?.type === 'MemberExpression' && holder.object === name && (holder.parent.type === 'CallExpression' || holder.parent.type === 'AssignmentExpression')));
  });
}
