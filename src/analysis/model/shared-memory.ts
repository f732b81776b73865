import { isFunction, pushChildren } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { keyName } from './functions.js';
import type { ModuleModel } from './module.js';

const VIEW = /^(?:(?:Big)?(?:Int|Uint)(?:8|16|32|64)|Uint8Clamped|Float(?:32|64))Array$|^DataView$/;

/** The operation of a call of the built-in `Atomics`: `wait`, `load`; undefined for any other call. */
export function atomicsOperation(node: Node, model: ModuleModel): string | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const { callee } = node;
  if (callee.type === 'Identifier') return pickedOperation(callee, model);
  return callee.type === 'MemberExpression' && isAtomics(callee.object, model) ? keyName(callee.property, callee.computed) : undefined;
}

/** `const { load, store } = Atomics`, `const add = Atomics.add` */
function pickedOperation(name: TSESTree.Identifier, model: ModuleModel): string | undefined {
  const definition = model.scopes.variableOf(name)?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || !definition.node.init) return undefined;
  const { id, init } = definition.node;
  if (id.type === 'Identifier') return init.type === 'MemberExpression' && isAtomics(init.object, model) ? keyName(init.property, init.computed) : undefined;
  if (id.type !== 'ObjectPattern' || !isAtomics(init, model)) return undefined;
  const picked = id.properties.find((property) => property.type === 'Property' && property.value === definition.name);
  return picked?.type === 'Property' ? keyName(picked.key, picked.computed) : undefined;
}

/** `Atomics` itself, or a constant that holds it. */
function isAtomics(node: Node, model: ModuleModel): boolean {
  if (node.type !== 'Identifier') return false;
  if (!isDeclared(node, model)) return node.name === 'Atomics';
  const definition = model.scopes.variableOf(node)?.defs[0];
  const init = definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.id === definition.name ? definition.node.init : undefined;
  return init?.type === 'Identifier' && init.name === 'Atomics' && !isDeclared(init, model);
}

/** True if an expression is surely a view of shared memory: made over a SharedArrayBuffer of the same file. */
export function isSharedView(node: Node, model: ModuleModel): boolean {
  const source = initialOf(node, model);
  if (source?.type !== 'NewExpression' || source.callee.type !== 'Identifier' || !VIEW.test(source.callee.name) || isDeclared(source.callee, model)) return false;
  const [buffer] = source.arguments;
  const made = buffer && initialOf(buffer, model);
  return made?.type === 'NewExpression' && made.callee.type === 'Identifier' && made.callee.name === 'SharedArrayBuffer' && !isDeclared(made.callee, model);
}

/** What a constant variable, or a field as its class first has it, is given; else the node itself. */
function initialOf(node: Node, model: ModuleModel): Node | undefined {
  if (node.type === 'Identifier') {
    const variable = model.scopes.variableOf(node);
    const definition = variable?.defs[0];
    return variable && definition?.type === 'Variable' && definition.node.id.type === 'Identifier' && model.sharing.isConstant(variable) ? (definition.node.init ?? undefined) : undefined;
  }
  if (node.type === 'MemberExpression' && node.object.type === 'ThisExpression') {
    const name = keyName(node.property, node.computed);
    for (let at: Node | undefined = node; at && name !== undefined; at = at.parent) {
      const owner = model.table.classOf(at);
      const field = owner?.fields.get(name);
      if (field) return field.value;
    }
    return undefined;
  }
  return node;
}

const own = new WeakMap<Node, readonly Node[]>();

/** The nodes of one function's own body, those of functions inside it left out. Several rules ask for those of every function. */
export function ownNodes(body: Node): readonly Node[] {
  let nodes = own.get(body);
  if (!nodes) own.set(body, (nodes = ownNodesOf(body)));
  return nodes;
}

function ownNodesOf(body: Node): Node[] {
  const nodes: Node[] = [];
  const pending: Node[] = [];
  pushChildren(body, pending);
  for (let node = pending.pop(); node; node = pending.pop()) {
    nodes.push(node);
    if (!isFunction(node)) pushChildren(node, pending);
  }
  return nodes;
}

/** The function around a node, or the program. */
export function functionAround(node: Node): Node {
  let at: Node = node.parent ?? node;
  while (!isFunction(at) && at.parent) at = at.parent;
  return at;
}

function isDeclared(identifier: TSESTree.Identifier, model: ModuleModel): boolean {
  return (model.scopes.variableOf(identifier)?.defs.length ?? 0) > 0;
}
