import { childrenOf } from '../../language/index.js';
import type { FunctionNode, Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { unwrap } from '../model/unwrap.js';

/** Names of indexes by which an agent has cells of its own, or one end of a ring. */
const OWNER = /^(?:id|me|i|j|k|n|to|at|pos|position|offset|own\w*|my\w*|self\w*|column|col|end|next|current)$|(?:worker|thread|agent|rank|lane|core|owner|producer|consumer|reader|writer|head|tail|read|write|cursor|index|row|ring|front|back)|I[dD]x?$/i;
/** Names of indexes that say what is counted. */
const KIND = /bucket|\bbin$|metric|counter|kind|categor|\bkey$|hash|colou?r|digit|level|letter|status/i;
/** Names of functions that find the cell for a value. */
const FINDER = /hash|bucket|\bbin|slotOf|slotFor|indexOf[A-Z]|indexFor|floor/i;
const MOST_HOPS = 4;

/** A number, or the name of one: a constant, from wherever, or a member of an enumeration. */
export function isFixed(index: Node, model: ModuleModel): boolean {
  if (index.type === 'Literal') return true;
  if (index.type === 'MemberExpression') return !index.computed && index.object.type === 'Identifier' && /^[A-Z]/.test(index.object.name) && index.property.type === 'Identifier' && /^[A-Z]/.test(index.property.name);
  const definition = index.type === 'Identifier' ? model.scopes.variableOf(index)?.defs[0] : undefined;
  if (definition?.type === 'ImportBinding') return /^[A-Z][A-Z0-9_]*$/.test((index as TSESTree.Identifier).name);
  return definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.init?.type === 'Literal';
}

/** A parameter of a function that only this file calls, and always with a number or the name of one: `bump(0)`. */
export function isGivenFixed(index: Node, model: ModuleModel): boolean {
  return isGivenAlways(index, (argument) => isFixed(argument, model), model);
}

/** A parameter of a function that others call too, by whose name no agent has cells of its own: `retain(slot)`. */
export function isGivenByAnybody(index: Node, model: ModuleModel): boolean {
  const parameter = parameterAt(index, model);
  return parameter !== undefined && !/^(?:.|index)$/.test((index as TSESTree.Identifier).name) && !OWNER.test((index as TSESTree.Identifier).name) && (parameter.fn.kind === 'method' || model.entryOf(parameter.fn) !== undefined);
}

/** True if an index by its name says what is counted, and not who counts. */
export function isKind(index: Node): boolean {
  return index.type === 'Identifier' && KIND.test(index.name) && !OWNER.test(index.name);
}

/** `bins[pixels[i]]`, `bins[hash(word)]`, `bins[value % 16]`: an index that the data choose, and so nobody's own; under a name, and as a parameter, too. */
export function isDrawn(given: Node, model: ModuleModel, hops = 0): boolean {
  const index = unwrap(given);
  if (hops > MOST_HOPS) return false;
  switch (index.type) {
    case 'MemberExpression':
      return index.computed && index.property.type === 'Identifier';
    case 'BinaryExpression':
      return /^(?:%|&|>>>?)$/.test(index.operator) && !isOfOwner(index.left, model);
    case 'CallExpression':
      return FINDER.test(calleeText(index.callee)) && index.arguments.length > 0 && !index.arguments.some((argument) => isOfOwner(argument, model));
    case 'Identifier': {
      const init = constantAt(index, model);
      return init ? isDrawn(init, model, hops + 1) : isGivenAlways(index, (argument) => isDrawn(argument, model, hops + 1), model);
    }
    default:
      return false;
  }
}

function constantAt(name: TSESTree.Identifier, model: ModuleModel): Node | undefined {
  const definition = model.scopes.variableOf(name)?.defs[0];
  return definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.id === definition.name ? (definition.node.init ?? undefined) : undefined;
}

/** Made of what says who an agent is, or how far it has come. What lies in a list says neither. */
function isOfOwner(part: Node, model: ModuleModel): boolean {
  if (part.type === 'MemberExpression' && part.computed) return false;
  if (part.type === 'Identifier') return part.name !== 'workerData' && (OWNER.test(part.name) || isCounted(model.scopes.variableOf(part)));
  if (part.type === 'CallExpression' && /^(?:load|add|sub)$/.test(calleeText(part.callee))) return true;
  return childrenOf(part).some((child) => isOfOwner(child, model));
}

/** The counter of a loop, or of a run. */
function isCounted(variable: Variable | undefined): boolean {
  return variable?.references.some(({ identifier: { parent } }) => parent.type === 'UpdateExpression' || (parent.type === 'AssignmentExpression' && /^[-+]=$/.test(parent.operator))) === true;
}

function isGivenAlways(index: Node, isMeant: (argument: Node) => boolean, model: ModuleModel): boolean {
  const given = givenFor(index, model);
  return given.length > 0 && given.every((argument) => argument !== undefined && isMeant(argument));
}

/** What the calls of a function that only this file calls give for a parameter of it; none for any other name. */
export function givenFor(name: Node, model: ModuleModel): readonly (Node | undefined)[] {
  const parameter = parameterAt(name, model);
  if (!parameter || !model.usesOf(parameter.fn).every(({ kind }) => kind === 'called')) return [];
  const calls = parameter.fn.bound?.references.filter((reference) => reference.isRead()).map(({ identifier }) => identifier.parent) ?? [];
  return calls.map((call) => (call.type === 'CallExpression' ? (call.arguments[parameter.position] as Node | undefined) : undefined));
}

/** The function that a name is a parameter of, as long as it is not given another value there. */
function parameterAt(index: Node, model: ModuleModel): { readonly fn: FunctionInfo; readonly position: number } | undefined {
  const variable = index.type === 'Identifier' ? model.scopes.variableOf(index) : undefined;
  const definition = variable?.defs[0];
  const fn = definition?.type === 'Parameter' ? model.table.infoOf(definition.node as FunctionNode) : undefined;
  const position = fn ? fn.node.params.indexOf(definition!.name as TSESTree.Parameter) : -1;
  return fn && position >= 0 && !variable!.references.some((reference) => reference.isWrite()) ? { fn, position } : undefined;
}
