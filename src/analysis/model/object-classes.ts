import { isFunction, walk } from '../../language/index.js';
import type { ClassNode, FunctionNode, Node, ParsedModule, TSESTree } from '../../language/index.js';
import { calleeText, keyName } from './functions.js';

/**
 * An object whose functions speak of it as `this`, read as a class of one instance.
 * `literal`: `this` is the literal itself. `options`: a framework makes the object from what the literal says, as Vue and Pinia do.
 */
export interface ObjectClass {
  readonly kind: 'literal' | 'options';
  /** Stands for the object as if it were a class: its methods, its getters, its fields with their first values. */
  readonly node: ClassNode;
  readonly methods: ReadonlySet<FunctionNode>;
}

/** The objects of a module that are written as literals, where what they are handed to or exported as keeps them. */
export function objectClassesIn({ nodes, source }: ParsedModule): ObjectClass[] {
  if (!source.text.includes('this.')) return [];
  const found: ObjectClass[] = [];
  const taken = new Set<Node>();
  for (const node of nodes.of('ObjectExpression')) {
    const parts = taken.has(node) ? undefined : optionsOf(node) ?? ownPartsOf(node);
    if (!parts?.methods.some(({ value }) => speaksOfItself(value))) continue;
    found.push(classOf(node, parts));
    walk(node, (inner) => { taken.add(inner); });
  }
  return found;
}

interface Parts {
  readonly kind: ObjectClass['kind'];
  readonly name: string;
  readonly fields: readonly TSESTree.Property[];
  readonly methods: readonly { readonly property: TSESTree.Property; readonly value: FunctionNode; readonly isGetter: boolean }[];
}

/** `defineStore('cart', { state, actions })`, `export default { data, methods }` */
function optionsOf(literal: TSESTree.ObjectExpression): Parts | undefined {
  const section = (name: string): TSESTree.ObjectExpression | undefined => {
    const value = valueOf(literal, name);
    return value?.type === 'ObjectExpression' ? value : undefined;
  };
  const actions = section('actions');
  const methods = section('methods');
  const state = stateOf(literal, actions ? 'state' : 'data');
  const isStore = actions !== undefined && literal.parent.type === 'CallExpression' && calleeText(literal.parent.callee) === 'defineStore';
  const isComponent = methods !== undefined && !isStore && (state !== undefined || section('computed') !== undefined || valueOf(literal, 'props') !== undefined);
  if (!isStore && !isComponent) return undefined;
  const derived = [section('getters'), section('computed')].flatMap((each) => (each ? functionsIn(each, true) : []));
  return {
    kind: 'options',
    name: nameOf(literal),
    fields: state?.properties.filter((property) => property.type === 'Property') ?? [],
    methods: [...[actions, methods, section('watch')].flatMap((each) => (each ? functionsIn(each, false) : [])), ...derived, ...(isComponent ? functionsIn(literal, false) : [])],
  };
}

/** `export default { cache: undefined, async load() { this.cache = … } }`, the same returned by a function that makes it. */
function ownPartsOf(literal: TSESTree.ObjectExpression): Parts | undefined {
  if (!isGivenAway(literal)) return undefined;
  const methods = functionsIn(literal, false);
  const fields = literal.properties.filter((property): property is TSESTree.Property => property.type === 'Property' && property.kind === 'init' && !isFunction(property.value));
  return methods.some(({ value }) => changesItself(value)) ? { kind: 'literal', name: nameOf(literal), fields, methods } : undefined;
}

function isGivenAway({ parent }: Node): boolean {
  switch (parent?.type) {
    case 'ExportDefaultDeclaration': case 'ReturnStatement': case 'ArrowFunctionExpression':
      return true;
    case 'AssignmentExpression':
      return parent.left.type === 'MemberExpression' && /^(?:module|exports)$/.test(rootName(parent.left));
    case 'TSAsExpression': case 'TSSatisfiesExpression':
      return isGivenAway(parent);
    default:
      return false;
  }
}

function rootName(node: Node): string {
  return node.type === 'MemberExpression' ? rootName(node.object) : node.type === 'Identifier' ? node.name : '';
}

/** What `data()` or `state: () => ({ … })` gives. */
function stateOf(literal: TSESTree.ObjectExpression, name: string): TSESTree.ObjectExpression | undefined {
  const value = valueOf(literal, name);
  if (!value || !isFunction(value)) return value?.type === 'ObjectExpression' ? value : undefined;
  if (value.body.type === 'ObjectExpression') return value.body;
  const last = value.body.type === 'BlockStatement' ? value.body.body.at(-1) : undefined;
  return last?.type === 'ReturnStatement' && last.argument?.type === 'ObjectExpression' ? last.argument : undefined;
}

function valueOf({ properties }: TSESTree.ObjectExpression, name: string): Node | undefined {
  const property = properties.find((each) => each.type === 'Property' && keyName(each.key, each.computed) === name);
  return property?.type === 'Property' ? property.value : undefined;
}

function functionsIn({ properties }: TSESTree.ObjectExpression, areDerived: boolean): Parts['methods'] {
  return properties.flatMap((property) => {
    if (property.type !== 'Property' || property.kind === 'set' || keyName(property.key, property.computed) === undefined) return [];
    const { value } = property;
    return isFunction(value) && value.type !== 'ArrowFunctionExpression' && value.body ? [{ property, value, isGetter: areDerived || property.kind === 'get' }] : [];
  });
}

function speaksOfItself(fn: FunctionNode): boolean {
  let speaks = false;
  walk(fn.body, (node) => { speaks ||= node.type === 'MemberExpression' && node.object.type === 'ThisExpression'; });
  return speaks;
}

function changesItself(fn: FunctionNode): boolean {
  const isOwn = (target: Node): boolean => target.type === 'MemberExpression' && (target.object.type === 'ThisExpression' || isOwn(target.object));
  let changes = false;
  walk(fn.body, (node) => { changes ||= (node.type === 'AssignmentExpression' && isOwn(node.left)) || (node.type === 'UpdateExpression' && isOwn(node.argument)); });
  return changes;
}

/** The name of the variable that has it, of a component, of a store. */
function nameOf(literal: TSESTree.ObjectExpression): string {
  const named = valueOf(literal, 'name');
  if (named?.type === 'Literal' && typeof named.value === 'string') return named.value;
  const call = literal.parent.type === 'CallExpression' ? literal.parent : undefined;
  const holder = (call ?? literal).parent;
  if (holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier') return holder.id.name;
  const id = call?.arguments[0];
  return id?.type === 'Literal' && typeof id.value === 'string' ? id.value : holder?.type === 'AssignmentExpression' ? calleeText(holder.left) : 'default';
}

function classOf(literal: TSESTree.ObjectExpression, { kind, name, fields, methods }: Parts): ObjectClass {
  const { range, loc, parent } = literal;
  const common = { static: false, decorators: [], parent: literal };
  const members = [
    ...fields.map((property) => ({ ...common, type: 'PropertyDefinition', key: property.key, computed: property.computed, value: property.value, range: property.range, loc: property.loc })),
    ...methods.map(({ property, value, isGetter }) => ({ ...common, type: 'MethodDefinition', kind: isGetter ? 'get' : 'method', key: property.key, computed: property.computed, value, range: value.range, loc: value.loc })),
  ];
  const body = { type: 'ClassBody', range, loc, parent, body: members };
  const node = { type: 'ClassExpression', id: { type: 'Identifier', name, range, loc, parent }, superClass: null, decorators: [], body, range, loc, parent } as unknown as ClassNode;
  return { kind, node, methods: new Set(methods.map(({ value }) => value)) };
}
