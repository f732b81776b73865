import type { Node, TSESTree, Variable } from '../../language/index.js';
import { calleeText, keyName } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround } from '../model/shared-memory.js';
import { unwrap } from '../model/unwrap.js';
import type { Acquire } from './held.js';

/** Where what chooses a lock comes from: the object itself, or something that the caller gives, and the way from there. */
export interface ChoiceRoot {
  readonly variable: Variable | 'this';
  readonly path: string;
}

/** A lock that is always the same by its name; of those that something else chooses, all by one name. */
export function fixedName({ lock, choice }: Acquire, model: ModuleModel): string {
  if (!choice || isFixed(choice.by, model)) return lock;
  return choice.family;
}

function isFixed(by: Node, model: ModuleModel): boolean {
  const node = unwrap(by);
  if (node.type === 'Literal' || node.type === 'ThisExpression' || (node.type === 'TemplateLiteral' && node.expressions.length === 0)) return true;
  if (node.type === 'MemberExpression' && !node.computed) return isFixed(node.object, model);
  const variable = node.type === 'Identifier' ? model.scopes.variableOf(node) : undefined;
  return variable !== undefined && variable.defs[0]?.type !== 'Parameter' && (variable.scope.variableScope.block.type === 'Program' || isKeptAround(variable, node, model));
}

/** A constant of a function around: `const writes = makeMutex(); return { write: () => writes.run(…) }`. Each is a thing of its own, as a field is. */
function isKeptAround(variable: Variable, use: Node, model: ModuleModel): boolean {
  return variable.scope.variableScope.block !== functionAround(use) && isMadeOnce(variable, model);
}

const MAKING = /^(?:make|create|build|new)(?![a-z])/;

/** True of a constant that is made where it stands, or is part of what is; what is looked up may be this one or that. */
function isMadeOnce({ defs: [definition] }: Variable, model: ModuleModel): boolean {
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || !definition.node.init) return false;
  const init = unwrap(definition.node.init);
  if (definition.node.id.type === 'ObjectPattern' && init.type === 'Identifier') {
    const whole = model.scopes.variableOf(init);
    return whole !== undefined && isMadeOnce(whole, model);
  }
  return init.type === 'NewExpression' || (init.type === 'CallExpression' && (init.arguments.length === 0 || MAKING.test(calleeText(init.callee))));
}

/** Undefined where it is computed, sorted or picked: then nothing is known of the order. */
export function rootOf(by: Node, model: ModuleModel, hops = 0): ChoiceRoot | undefined {
  const node = unwrap(by);
  if (hops > 6) return undefined;
  switch (node.type) {
    case 'ThisExpression':
      return { variable: 'this', path: '' };
    case 'Identifier': {
      const variable = model.scopes.variableOf(node);
      return variable && rootOfVariable(variable, model, hops);
    }
    case 'MemberExpression': {
      const object = rootOf(node.object, model, hops + 1);
      const name = keyName(node.property, node.computed);
      return object && name !== undefined ? { ...object, path: `${object.path}.${name}` } : undefined;
    }
    case 'TemplateLiteral':
      return node.expressions.length === 1 ? rootOf(node.expressions[0]!, model, hops + 1) : undefined;
    case 'CallExpression':
      if (calleeText(node.callee) === 'String' && node.arguments[0]) return rootOf(node.arguments[0], model, hops + 1);
      return calleeText(node.callee) === 'toString' && node.callee.type === 'MemberExpression' ? rootOf(node.callee.object, model, hops + 1) : foundBy(node, model, hops);
    case 'AwaitExpression':
      return rootOf(node.argument, model, hops + 1);
    case 'BinaryExpression': {
      // `'account:' + id`; and the neighbour in a ring: only there the last one's comes round to the first.
      if (node.operator === '+' && node.left.type === 'Literal' && typeof node.left.value === 'string') return rootOf(node.right, model, hops + 1);
      const index = node.operator === '%' ? node.left : undefined;
      const inner = index?.type === 'BinaryExpression' ? rootOf(index.left, model, hops + 1) : undefined;
      return inner && { ...inner, path: `${inner.path}%` };
    }
    default:
      return undefined;
  }
}

const FINDING = /^#?_?(?:get|find|lookup|lookUp|by|for)(?![a-z])|(?:For|Of)$|By[A-Z]/;

/** `this.accounts.get(id)`, `findAccount(id)`: what is found under something that the caller gives, in the same place for each. */
function foundBy({ callee, arguments: [key, ...others] }: TSESTree.CallExpression, model: ModuleModel, hops: number): ChoiceRoot | undefined {
  const root = key && key.type !== 'SpreadElement' && others.length === 0 && FINDING.test(calleeText(callee)) ? rootOf(key, model, hops + 1) : undefined;
  return root && { ...root, path: `${root.path} in ${model.module.source.text.slice(...callee.range)}` };
}

function rootOfVariable(variable: Variable, model: ModuleModel, hops: number): ChoiceRoot | undefined {
  const definition = variable.defs[0];
  if (definition?.type === 'Parameter') return { variable, path: '' };
  if (definition?.type !== 'Variable' || !definition.node.init) return undefined;
  const { id, init } = definition.node;
  if (id.type === 'Identifier') return rootOf(init, model, hops + 1);
  if (id.type === 'ArrayPattern') {
    const element = init.type === 'ArrayExpression' ? init.elements[id.elements.findIndex((part) => part === definition.name)] : undefined;
    return element && element.type !== 'SpreadElement' ? rootOf(element, model, hops + 1) : undefined;
  }
  const property = id.properties.find((candidate) => candidate.type === 'Property' && candidate.value === definition.name);
  const name = property?.type === 'Property' ? keyName(property.key, property.computed) : undefined;
  const whole = name === undefined ? undefined : rootOf(init, model, hops + 1);
  return whole && { ...whole, path: `${whole.path}.${name}` };
}

const SORTING = /^(?:sort|toSorted|sortBy|orderBy|sorted|sortKeys)$/;
const KEEPING_ORDER = /^(?:map|filter|flatMap|concat|slice|flat|keys|values|from|uniq|unique)$/;

/** True if a list that the caller gives is gone through as it was given, in whatever order that is. */
export function isUnsorted(list: Node, model: ModuleModel, hops = 0): boolean {
  const node = unwrap(list);
  if (hops > 6) return false;
  switch (node.type) {
    case 'Identifier': {
      const variable = model.scopes.variableOf(node);
      const definition = variable?.defs[0];
      if (!variable || variable.references.some(({ identifier }) => isSortedBy(identifier as Node))) return false;
      if (definition?.type === 'Parameter') return true;
      return definition?.type === 'Variable' && definition.node.id.type === 'Identifier' && definition.node.init ? isUnsorted(definition.node.init, model, hops + 1) : false;
    }
    case 'MemberExpression':
      return isUnsorted(node.object, model, hops + 1);
    case 'CallExpression': {
      const name = calleeText(node.callee);
      if (SORTING.test(name) || !KEEPING_ORDER.test(name) || node.callee.type !== 'MemberExpression') return false;
      const object = unwrap(node.callee.object);
      const isStatic = object.type === 'Identifier' && /^(?:Array|Object|_)$/.test(object.name);
      const source = isStatic ? node.arguments[0] : object;
      return source !== undefined && isUnsorted(source, model, hops + 1);
    }
    case 'NewExpression':
      return calleeText(node.callee) === 'Set' && node.arguments[0] !== undefined && isUnsorted(node.arguments[0], model, hops + 1);
    case 'ArrayExpression':
      return node.elements.length === 1 && node.elements[0]?.type === 'SpreadElement' && isUnsorted(node.elements[0].argument, model, hops + 1);
    default:
      return false;
  }
}

function isSortedBy({ parent }: Node): boolean {
  return parent?.type === 'MemberExpression' && parent.parent.type === 'CallExpression' && SORTING.test(calleeText(parent));
}

/** The list that a `for … of` gives a name its values from. */
export function listOf(by: Node, model: ModuleModel): Node | undefined {
  const node = unwrap(by);
  const inner = node.type === 'TemplateLiteral' && node.expressions.length === 1 ? node.expressions[0]! : node.type === 'MemberExpression' ? node.object : node;
  const variable = inner.type === 'Identifier' ? model.scopes.variableOf(inner) : undefined;
  const definition = variable?.defs[0];
  const loop = definition?.type === 'Variable' ? definition.node.parent.parent : undefined;
  return loop?.type === 'ForOfStatement' && loop.left === definition?.node.parent ? loop.right : undefined;
}
