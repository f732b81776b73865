import { isFunction } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { importOf } from './exports.js';
import { calleeText } from './functions.js';
import type { ModuleModel } from './module.js';

/** Libraries whose stores are made from a function that is handed `set` and `get`: zustand and what is made like it. */
const LIBRARIES = /^(?:zustand|xzustand|@?zustand\/)/;
const CREATORS = new Set(['create', 'createStore', 'createWithEqualityFn', 'immer', 'devtools', 'persist', 'subscribeWithSelector']);

export interface StoreAccess {
  readonly does: 'get' | 'set';
  /** Stands for the state: the first of what the store's function is handed. */
  readonly state: Variable;
}

/** What `set` or `get` does in `create((set, get) => …)`; undefined for any other callee. */
export function storeAccessOf(callee: Node, model: ModuleModel): StoreAccess | undefined {
  const variable = callee.type === 'Identifier' ? model.scopes.variableOf(callee) : undefined;
  const definition = variable?.defs[0];
  if (definition?.type !== 'Parameter') return undefined;
  const fn = definition.node as Node;
  const position = isFunction(fn) ? fn.params.indexOf(definition.name as TSESTree.Parameter) : -1;
  if (!isFunction(fn) || position < 0 || position > 1 || !makesStore(fn, model)) return undefined;
  const [first] = fn.params;
  const state = first?.type === 'Identifier' ? model.scopes.variableOf(first) : undefined;
  return state && { does: position === 0 ? 'set' : 'get', state };
}

function makesStore(fn: Node, model: ModuleModel): boolean {
  const call = fn.parent;
  if (call?.type !== 'CallExpression' || call.arguments[0] !== fn) return false;
  const name = calleeText(call.callee.type === 'CallExpression' ? call.callee.callee : call.callee);
  const root = call.callee.type === 'CallExpression' ? call.callee.callee : call.callee;
  const variable = root.type === 'Identifier' ? model.scopes.variableOf(root) : undefined;
  const imported = variable && importOf(variable);
  return CREATORS.has(name) && imported !== undefined && LIBRARIES.test(imported.specifier);
}
