import { isFunction } from '../../language/index.js';
import type { TSESTree, Variable } from '../../language/index.js';
import { STATE, stateSetters } from '../catalog/state-holders.js';
import { calleeText, keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { stepInto } from '../model/location.js';
import type { Location } from '../model/location.js';
import { unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import { readPlace } from './access.js';
import { lowerExpression } from './expressions.js';
import { calleeOf, canInline, closureOf, inlineCall } from './inline.js';
import type { Lowering } from './lowering.js';
import { ownerAround, placeOf, stepFrom, unwrap } from './places.js';

/** `this.setState({ n })`, `this.update((state) => …)`, where a base class keeps the state. */
export function lowerStateChange(l: Lowering, node: TSESTree.CallExpression, callee: TSESTree.MemberExpression): Value | undefined {
  const [change] = node.arguments;
  const around = ownerAround(l.fn);
  if (!change || !stateSetters.has(calleeText(callee)) || unwrap(callee.object).type !== 'ThisExpression' || !around?.owner.node.superClass) return undefined;
  const setter = calleeOf(l, callee);
  if (setter && !handsOnWithState(l, setter)) return undefined;
  const holder = placeOf(l, callee.object);
  const state = holder && stepFrom(l, holder, { kind: 'member', name: STATE });
  if (!state) return undefined;
  const fn = isFunction(change) ? closureOf(l, change) : undefined;
  if (fn) return fn.isAsync || !canInline(l, fn) ? undefined : inlineCall(l, fn, node, [{ node: undefined, value: readPlace(l, node, state), place: state }], true);
  const value = lowerExpression(l, change);
  for (const [name, part] of partsOf(l, unwrap(change), value)) write(l, node, stepInto(state, { kind: 'member', name }), part);
  return unknownValue;
}

/** True if `this.state` is a getter for what a state setter of the same line changes: reading it is an access of the state alone. */
export function readsHeldState(l: Lowering, member: TSESTree.MemberExpression, getter: FunctionInfo): boolean {
  if (keyName(member.property, member.computed) !== STATE || unwrap(member.object).type !== 'ThisExpression' || !getter.owner || getter.owner === ownerAround(l.fn)?.owner) return false;
  return getter.owner.members.some((setter) => setter.ownName !== undefined && stateSetters.has(setter.ownName) && handsOnWithState(l, setter));
}

/** True if a method hands the change that it is given, and a field of its object, to the same call: `produce(this.#state, change)`. */
function handsOnWithState(l: Lowering, { node, module }: FunctionInfo): boolean {
  const [parameter] = node.params;
  const variable = parameter?.type === 'Identifier' ? l.modelOf({ module }).scopes.variableOf(parameter) : undefined;
  return variable?.references.some(({ identifier }) => {
    const call = identifier.parent;
    return call.type === 'CallExpression' && call.arguments.some((argument) => argument.type === 'MemberExpression' && argument.object.type === 'ThisExpression');
  }) ?? false;
}

function write(l: Lowering, at: TSESTree.Node, location: Location | undefined, value: Value): void {
  if (location) l.graph.add('write', at, { location, value, mode: 'replace' });
}

/** The fields that a change sets, as far as it is written as a literal, here or where its variable is given its values. */
function partsOf(l: Lowering, change: TSESTree.Node, whole: Value): Map<string, Value> {
  const parts = new Map<string, Value>();
  const literals = change.type === 'Identifier' ? literalsOf(l.variable(change)) : [change];
  for (const literal of literals) {
    if (literal.type !== 'ObjectExpression') continue;
    for (const property of literal.properties) {
      const name = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
      if (property.type !== 'Property' || name === undefined) continue;
      const variable = property.value.type === 'Identifier' ? l.variable(property.value) : undefined;
      parts.set(name, variable && !l.model.sharing.isSharedVariable(variable) ? { kind: 'slot', slot: variable } : whole);
    }
  }
  return parts;
}

function literalsOf(variable: Variable | undefined): TSESTree.Node[] {
  return (variable?.references ?? []).flatMap(({ writeExpr }) => (writeExpr ? [unwrap(writeExpr as TSESTree.Node)] : []));
}
