import { isFunction } from '../../language/index.js';
import type { ClassNode, FunctionNode, Node, ParsedModule, Scopes, TSESTree, Variable } from '../../language/index.js';
import { calleeText, keyName } from './functions.js';

/** A class that is written as a function and what is put on its prototype. */
export interface PrototypeClass {
  readonly constructor: FunctionNode;
  /** Stands for the class as if it were written as one: its members are those of the prototype. */
  readonly node: ClassNode;
  readonly variable: Variable;
  readonly methods: ReadonlySet<FunctionNode>;
}

interface Parts {
  readonly variable: Variable;
  readonly constructor: FunctionNode;
  readonly methods: { readonly key: Node; readonly computed: boolean; readonly value: FunctionNode }[];
  superClass: Node | undefined;
}

/** The functions at the top level of a module on whose prototypes methods are put there: `F.prototype.m = function () { … }`, `Object.assign(F.prototype, { … })`. */
export function prototypeClassesIn({ program, source }: ParsedModule, scopes: Scopes): PrototypeClass[] {
  if (!source.text.includes('prototype')) return [];
  const classes = new Map<Variable, Parts>();
  const partsOf = (name: Node | undefined): Parts | undefined => {
    const variable = name?.type === 'Identifier' ? scopes.variableOf(name) : undefined;
    const constructor = variable && constructorIn(variable);
    if (!constructor) return undefined;
    const parts = classes.get(variable) ?? { variable, constructor, methods: [], superClass: undefined };
    classes.set(variable, parts);
    return parts;
  };
  for (const statement of program.body) if (statement.type === 'ExpressionStatement') notePart(statement.expression, partsOf);
  return [...classes.values()].filter(({ methods }) => methods.length > 0).map(classOf);
}

/** `function F() { … }`, `const F = function () { … }`: what `new F()` runs. */
function constructorIn({ defs: [definition] }: Variable): FunctionNode | undefined {
  const node = definition?.type === 'FunctionName' ? (definition.node as Node) : definition?.type === 'Variable' && definition.parent.kind !== 'let' ? (definition.node.init ?? undefined) : undefined;
  return node && isFunction(node) && node.type !== 'ArrowFunctionExpression' && !node.async && !node.generator ? node : undefined;
}

function notePart(expression: Node, partsOf: (name: Node | undefined) => Parts | undefined): void {
  if (expression.type === 'AssignmentExpression' && expression.operator === '=' && expression.left.type === 'MemberExpression') return noteAssigned(expression.left, expression.right, partsOf);
  if (expression.type !== 'CallExpression') return;
  const [first, second] = expression.arguments;
  const name = calleeText(expression.callee);
  if (name === 'inherits' && first && second) {
    const parts = partsOf(first);
    if (parts) parts.superClass = second;
  }
  const owner = first && ownerOfPrototype(first);
  if (name === 'assign' && owner && second?.type === 'ObjectExpression') noteMethods(second, partsOf(owner));
  const base = second && ownerOfPrototype(second);
  const heir = name === 'setPrototypeOf' && owner && base ? partsOf(owner) : undefined;
  if (heir) heir.superClass = base;
}

function noteAssigned(target: TSESTree.MemberExpression, value: Node, partsOf: (name: Node | undefined) => Parts | undefined): void {
  const owner = ownerOfPrototype(target);
  if (owner && value.type === 'ObjectExpression') return noteMethods(value, partsOf(owner));
  if (owner && value.type === 'CallExpression' && calleeText(value.callee) === 'create') {
    const parts = value.arguments[0] && ownerOfPrototype(value.arguments[0]) ? partsOf(owner) : undefined;
    if (parts) parts.superClass = ownerOfPrototype(value.arguments[0]!);
    return;
  }
  const holder = ownerOfPrototype(target.object);
  if (holder && isFunction(value) && value.type !== 'ArrowFunctionExpression') partsOf(holder)?.methods.push({ key: target.property, computed: target.computed, value });
}

function noteMethods({ properties }: TSESTree.ObjectExpression, parts: Parts | undefined): void {
  for (const property of properties) {
    if (property.type === 'Property' && property.kind === 'init' && isFunction(property.value) && property.value.type !== 'ArrowFunctionExpression') parts?.methods.push({ key: property.key, computed: property.computed, value: property.value });
  }
}

/** `F` of `F.prototype` */
function ownerOfPrototype(node: Node): Node | undefined {
  return node.type === 'MemberExpression' && !node.computed && calleeText(node) === 'prototype' && node.object.type === 'Identifier' ? node.object : undefined;
}

function classOf({ variable, constructor, methods, superClass }: Parts): PrototypeClass {
  const { range, loc, parent } = constructor;
  const member = (kind: 'constructor' | 'method', key: Node, computed: boolean, value: FunctionNode): object => ({ type: 'MethodDefinition', kind, key, computed, value, static: false, decorators: [], range: value.range, loc: value.loc, parent: value.parent });
  const named = methods.filter(({ key, computed }) => keyName(key, computed) !== undefined);
  // Its name outside: that of a function's expression is known within it alone.
  const id = variable.identifiers[0] as Node;
  const body = { type: 'ClassBody', range, loc, parent, body: [member('constructor', id, false, constructor), ...named.map(({ key, computed, value }) => member('method', key, computed, value))] };
  const node = { type: 'ClassDeclaration', id, superClass: superClass ?? null, decorators: [], body, range, loc, parent } as unknown as ClassNode;
  return { constructor, variable, node, methods: new Set(named.map(({ value }) => value)) };
}
