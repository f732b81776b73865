import type { Node, TSESTree, Variable } from '../../language/index.js';
import { hookStateOf, isHookState } from '../model/hook-states.js';
import { locationAt } from '../model/location.js';
import type { Location } from '../model/location.js';
import { unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import { changedTo } from './changed-to.js';
import type { Lowering } from './lowering.js';

/**
 * Reads a component's state in one of its callbacks: what the callback sees is what was rendered when it was made, however late
 * it looks. Undefined for any other variable, and for the component itself.
 */
export function readHookState(l: Lowering, node: TSESTree.Identifier, variable: Variable): Value | undefined {
  if (!isHookState(variable) || l.model.sharing.activationOf(variable) === l.stack[0]) return undefined;
  const known = l.rendered.get(variable);
  if (known) return known;
  const value: Value = { kind: 'read', read: l.graph.addAtStart('read', node, { location: placeOfState(variable) }) };
  l.rendered.set(variable, value);
  return value;
}

/** `load().then(setCart)`: gives the state what its setter is handed; false for any other function. */
export function setHookState(l: Lowering, setter: Node, value: Value): boolean {
  const variable = stateSetBy(l, setter);
  if (variable) l.graph.add('write', setter, { location: placeOfState(variable), value, mode: 'replace' });
  return variable !== undefined;
}

/** `setCart(next)`, `setCart((cart) => next)`: the function is handed the state as it then is. */
export function lowerHookSetter(l: Lowering, node: TSESTree.CallExpression): Value | undefined {
  const [change] = node.arguments;
  const variable = stateSetBy(l, node.callee);
  if (!change || !variable) return undefined;
  const location = placeOfState(variable);
  l.graph.add('write', node, { location, value: changedTo(l, node, change, location), mode: 'replace' });
  return unknownValue;
}

function stateSetBy(l: Lowering, setter: Node): Variable | undefined {
  const name = setter.type === 'Identifier' ? l.variable(setter) : undefined;
  const state = name && hookStateOf(name);
  return name && state?.value && state.setter && name.identifiers.includes(state.setter) ? l.variable(state.value) : undefined;
}

function placeOfState(variable: Variable): Location {
  return locationAt({ kind: 'variable', variable });
}
