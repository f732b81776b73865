import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { keyName } from '../model/functions.js';
import { locationAt, stepInto } from '../model/location.js';
import type { Location } from '../model/location.js';
import { storeAccessOf } from '../model/store-creators.js';
import { unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import { readPlace } from './access.js';
import { changedTo } from './changed-to.js';
import type { Lowering } from './lowering.js';

/** The state that `get()` gives, in a store made with `create((set, get) => …)`. */
export function storePlace(l: Lowering, call: TSESTree.CallExpression): Location | undefined {
  const access = storeAccessOf(call.callee, l.model);
  return access?.does === 'get' ? locationAt({ kind: 'variable', variable: access.state }) : undefined;
}

/** `get()`, and `set({ n })` or `set((state) => ({ n: state.n + 1 }))`: what `set` is given is laid over the state. */
export function lowerStoreCall(l: Lowering, node: TSESTree.CallExpression): Value | undefined {
  const access = storeAccessOf(node.callee, l.model);
  if (!access) return undefined;
  const state = locationAt({ kind: 'variable', variable: access.state });
  const [change] = node.arguments;
  if (access.does === 'get') return readPlace(l, node, state);
  if (!change) return unknownValue;
  const value = changedTo(l, node, change, state);
  for (const name of namesIn(isFunction(change) ? change.body : change)) {
    const location = stepInto(state, { kind: 'member', name });
    if (location) l.graph.add('write', node, { location, value, mode: 'replace' });
  }
  return unknownValue;
}

/** The fields that an object literal sets, and one that a function gives. */
function namesIn(node: Node): string[] {
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((property) => (property.type === 'Property' ? (keyName(property.key, property.computed) ?? []) : []));
}
