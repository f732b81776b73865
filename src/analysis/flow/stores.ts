import { isFunction, walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { importOf } from '../model/exports.js';
import { keyName } from '../model/functions.js';
import { locationAt, stepInto } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround } from '../model/shared-memory.js';
import { storeAccessOf } from '../model/store-creators.js';
import { unwrap } from '../model/unwrap.js';
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
  const drafted = draftOf(change, l.model);
  const value = changedTo(l, node, drafted ?? change, state);
  // What a draft is given is written where it stands.
  for (const name of drafted ? [] : namesIn(l, change)) {
    const location = stepInto(state, { kind: 'member', name });
    if (location) l.graph.add('write', node, { location, value, mode: 'replace' });
  }
  return unknownValue;
}

/** `set(produce((draft) => { draft.n += 1; }))`: the function that is handed the state itself. */
function draftOf(change: Node, model: ModuleModel): Node | undefined {
  const call = unwrap(change);
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier') return undefined;
  const variable = model.scopes.variableOf(call.callee);
  const imported = variable && importOf(variable);
  const [recipe] = call.arguments;
  return imported?.specifier === 'immer' && imported.name === 'produce' && recipe && isFunction(recipe) ? recipe : undefined;
}

/** The fields that are set by what a setter is given: an object literal, by whatever name, or what a function returns. */
function namesIn(l: Lowering, change: Node): Set<string> {
  const names = new Set<string>();
  for (const literal of literalsOf(l, change)) {
    for (const property of literal.properties) {
      const name = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
      if (name !== undefined) names.add(name);
    }
  }
  return names;
}

function literalsOf(l: Lowering, given: Node, hops = 0): TSESTree.ObjectExpression[] {
  const node = unwrap(given);
  const all = (nodes: readonly (Node | null)[]): TSESTree.ObjectExpression[] => nodes.flatMap((one) => (one ? literalsOf(l, one, hops + 1) : []));
  if (hops > 4) return [];
  if (isFunction(node)) return node.body.type === 'BlockStatement' ? all(returnsOf(node.body, node)) : all([node.body]);
  switch (node.type) {
    case 'ObjectExpression':
      return [node];
    case 'ConditionalExpression':
      return all([node.consequent, node.alternate]);
    case 'LogicalExpression':
      return all([node.left, node.right]);
    case 'Identifier': {
      const definition = l.variable(node)?.defs[0];
      return definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.id.type === 'Identifier' ? all([definition.node.init]) : [];
    }
    default:
      return [];
  }
}

/** What a function itself returns, functions inside it left out. */
function returnsOf(body: Node, fn: Node): Node[] {
  const returned: Node[] = [];
  walk(body, (node) => {
    if (node.type === 'ReturnStatement' && node.argument && functionAround(node) === fn) returned.push(node.argument);
  });
  return returned;
}
