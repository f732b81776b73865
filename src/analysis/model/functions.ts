import { walk } from '../../language/index.js';
import type { ClassNode, FunctionNode, Node, ParsedModule, Scopes, TSESTree, Variable } from '../../language/index.js';
import { objectClassesIn } from './object-classes.js';
import type { ObjectClass } from './object-classes.js';
import { prototypeClassesIn } from './prototype-classes.js';

export type FunctionKind = 'function' | 'method' | 'getter' | 'setter' | 'constructor' | 'closure';
export type Visibility = 'public' | 'protected' | 'private';

/** A field as it is declared, and its first value: there or in the constructor. `new Mutex()` tells what it is. */
export interface Field {
  readonly value: Node | undefined;
  readonly type: Node | undefined;
  readonly isStatic: boolean;
}

export interface ClassInfo {
  /** Of no other class, in whichever module. */
  readonly id: number;
  readonly module: ParsedModule;
  readonly node: ClassNode;
  readonly name: string;
  readonly superName: string | undefined;
  /** The class that it extends, if that is part of the program. */
  readonly superclass: ClassInfo | undefined;
  readonly members: FunctionInfo[];
  /** What it is written as, if not as a class: the only instance there is. */
  readonly object: ObjectClass['kind'] | undefined;
  /** What the class itself says of its fields, by name. */
  readonly fields: ReadonlyMap<string, Field>;
}

export interface FunctionInfo {
  readonly id: number;
  readonly module: ParsedModule;
  readonly node: FunctionNode;
  /** `Account.withdraw`, `createStore.inc`, `handler`; for a closure without a name, that of what it is given to. */
  readonly name: string;
  readonly ownName: string;
  readonly kind: FunctionKind;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly isStatic: boolean;
  readonly visibility: Visibility;
  /** The class whose method, accessor or arrow field this is. */
  readonly owner: ClassInfo | undefined;
  /** The class in whose field's first value it stands, with no function around it: `this` of an arrow is the instance. */
  readonly initialises?: { readonly owner: ClassInfo; readonly isStatic: boolean } | undefined;
  /** The function around it. */
  readonly parent: FunctionInfo | undefined;
  /** The variable that always holds it: a declaration, or a `const` with it as value. */
  readonly bound: Variable | undefined;
  readonly decorators: readonly string[];
}

let nextClass = 0;

/** All functions and classes of a module. */
export interface FunctionTable {
  readonly functions: readonly FunctionInfo[];
  readonly classes: readonly ClassInfo[];
  infoOf(node: Node): FunctionInfo | undefined;
  classOf(node: Node): ClassInfo | undefined;
  boundTo(variable: Variable): FunctionInfo | undefined;
  classBoundTo(variable: Variable): ClassInfo | undefined;
  /** The innermost function around a node, itself excluded. */
  around(node: Node): FunctionInfo | undefined;
}

/** @param importedClass The class that an imported name stands for. */
export function tabulateFunctions(module: ParsedModule, scopes: Scopes, importedClass: (variable: Variable) => ClassInfo | undefined): FunctionTable {
  const byNode = new Map<Node, FunctionInfo>();
  const classByNode = new Map<Node, ClassInfo>();
  const byVariable = new Map<Variable, FunctionInfo>();
  const classByVariable = new Map<Variable, ClassInfo>();

  const superclassOf = (name: TSESTree.Identifier): ClassInfo | undefined => {
    const variable = scopes.variableOf(name);
    return variable && (classByVariable.get(variable) ?? importedClass(variable));
  };

  const addClass = (node: ClassNode, object?: ObjectClass['kind']): ClassInfo => {
    const { superClass } = node;
    const info: ClassInfo = {
      id: nextClass++,
      module,
      node,
      name: node.id?.name ?? nameFromContext(node) ?? '<class>',
      superName: superClass?.type === 'Identifier' ? superClass.name : undefined,
      get superclass() { return superClass?.type === 'Identifier' ? superclassOf(superClass) : undefined; },
      members: [],
      object,
      fields: fieldsOf(node),
    };
    classByNode.set(node, info);
    return info;
  };

  const addDeclaredClass = (node: ClassNode): void => {
    const info = addClass(node);
    for (const variable of scopes.declaredBy(node)) classByVariable.set(variable, info);
    if (node.parent?.type === 'VariableDeclarator') for (const variable of scopes.declaredBy(node.parent)) classByVariable.set(variable, info);
  };

  /** Classes that are functions with a prototype, and objects that are read as classes, by their constructors and methods. */
  const byMember = new Map<Node, ClassInfo>();
  for (const { constructor, node, variable, methods } of prototypeClassesIn(module, scopes)) {
    const info = addClass(node);
    classByVariable.set(variable, info);
    for (const member of [constructor, ...methods]) byMember.set(member, info);
  }
  for (const { kind, node, methods } of objectClassesIn(module)) {
    const info = addClass(node, kind);
    for (const member of methods) byMember.set(member, info);
  }

  const addFunction = (node: FunctionNode): void => {
    const holder = node.parent;
    const member = holder?.type === 'MethodDefinition' || holder?.type === 'PropertyDefinition' ? holder : undefined;
    const prototypeOwner = byMember.get(node);
    const owner = prototypeOwner ?? (member ? classByNode.get(member.parent.parent as Node) : undefined);
    const parent = enclosing(node, byNode);
    const bound = boundVariable(node, scopes);
    const ownName = prototypeOwner ? nameInPrototype(prototypeOwner, node) : nameOf(node);
    const info: FunctionInfo = {
      id: byNode.size,
      module,
      node,
      ownName,
      name: qualifiedName(node, ownName, owner, parent),
      kind: kindOf(node, prototypeOwner ? memberOfPrototype(prototypeOwner, node) : member),
      isAsync: node.async || isCoroutine(node),
      isGenerator: node.generator && !isCoroutine(node),
      isStatic: member?.static ?? false,
      visibility: visibilityOf(member),
      owner,
      ...(!owner && !parent && { initialises: initialisedBy(node, classByNode) }),
      parent,
      bound,
      decorators: member?.decorators.map((decorator) => calleeText(decorator.expression)) ?? [],
    };
    byNode.set(node, info);
    if (bound) byVariable.set(bound, info);
    owner?.members.push(info);
  };

  module.nodes.ofAny('ClassDeclaration', 'ClassExpression').forEach(addDeclaredClass);
  for (const node of module.nodes.ofAny('FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression')) if (node.body) addFunction(node);

  return {
    functions: [...byNode.values()],
    classes: [...classByNode.values()],
    infoOf: (node) => byNode.get(node),
    classOf: (node) => classByNode.get(node),
    boundTo: (variable) => byVariable.get(variable),
    classBoundTo: (variable) => classByVariable.get(variable),
    around: (node) => enclosing(node, byNode),
  };
}

/** The member of a class written as a function that a function is. */
function memberOfPrototype({ node: { body } }: ClassInfo, node: FunctionNode): TSESTree.MethodDefinition | undefined {
  return body.body.find((member): member is TSESTree.MethodDefinition => member.type === 'MethodDefinition' && (member.value as Node) === node);
}

function nameInPrototype(owner: ClassInfo, node: FunctionNode): string {
  const member = memberOfPrototype(owner, node);
  return member?.kind === 'constructor' ? 'constructor' : ((member && keyName(member.key, member.computed)) ?? nameOf(node));
}

/** `PRIVATE.LOCK` of `this[PRIVATE.LOCK]`: a table of symbols, which name fields as words do. */
function isConstantMember(key: Node): key is TSESTree.MemberExpressionNonComputedName & { object: TSESTree.Identifier; property: TSESTree.Identifier } {
  return key.type === 'MemberExpression' && !key.computed && key.object.type === 'Identifier' && CONSTANT.test(key.object.name) && key.property.type === 'Identifier' && CONSTANT.test(key.property.name);
}

const CONSTANT = /^[A-Z][A-Z0-9_]+$/;

/** The name of a property key: `a`, `'a'`, `#a`, `[PRIVATE.LOCK]`; undefined if it is computed in any other way. */
export function keyName(key: Node, computed: boolean): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'Identifier' && !computed) return key.name;
  if (computed && isConstantMember(key)) return `[${key.object.name}.${key.property.name}]`;
  return key.type === 'Literal' && key.value !== null ? String(key.value) : undefined;
}

/** The last name of a callee: `f`, `run` of `a.b.run`, `Mutex` of `Mutex()`. */
export function calleeText(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') return keyName(node.property, node.computed) ?? '';
  if (node.type === 'CallExpression') return calleeText(node.callee);
  if (node.type === 'TSNonNullExpression' || node.type === 'TSAsExpression' || node.type === 'ChainExpression') return calleeText(node.expression);
  return '';
}

function fieldsOf(node: ClassNode): Map<string, Field> {
  const fields = new Map<string, Field>();
  const note = (name: string | undefined, { value, type, isStatic = false }: { value?: Node | null | undefined; type?: Node | undefined; isStatic?: boolean }): void => {
    if (name === undefined) return;
    const known = fields.get(name);
    fields.set(name, { value: known?.value ?? value ?? undefined, type: known?.type ?? type, isStatic: known?.isStatic ?? isStatic });
  };
  for (const member of node.body.body) {
    if (member.type === 'PropertyDefinition' || member.type === 'TSAbstractPropertyDefinition') note(keyName(member.key, member.computed), { value: member.value, type: member.typeAnnotation?.typeAnnotation, isStatic: member.static });
  }
  const constructor = node.body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor');
  if (constructor?.type !== 'MethodDefinition' || !constructor.value.body) return fields;
  for (const parameter of constructor.value.params) {
    if (parameter.type !== 'TSParameterProperty') continue;
    const [target, value] = parameter.parameter.type === 'AssignmentPattern' ? [parameter.parameter.left, parameter.parameter.right] : [parameter.parameter, undefined];
    if (target.type === 'Identifier') note(target.name, { type: target.typeAnnotation?.typeAnnotation, value });
  }
  walk(constructor.value.body, (at) => {
    if (at.type !== 'AssignmentExpression' || at.left.type !== 'MemberExpression' || at.left.object.type !== 'ThisExpression') return;
    const name = keyName(at.left.property, at.left.computed);
    if (!fields.get(name ?? '')?.isStatic) note(name, { value: at.right });
  });
  return fields;
}

function enclosing(node: Node, byNode: ReadonlyMap<Node, FunctionInfo>): FunctionInfo | undefined {
  for (let at = node.parent; at; at = at.parent) {
    const info = byNode.get(at);
    if (info) return info;
  }
  return undefined;
}

function initialisedBy(node: Node, classByNode: ReadonlyMap<Node, ClassInfo>): FunctionInfo['initialises'] {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type !== 'PropertyDefinition') continue;
    const owner = classByNode.get(at.parent.parent as Node);
    return owner && { owner, isStatic: at.static };
  }
  return undefined;
}

function kindOf(node: FunctionNode, member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition | undefined): FunctionKind {
  if (member?.type === 'PropertyDefinition') return 'method';
  if (member) return member.kind === 'get' ? 'getter' : member.kind === 'set' ? 'setter' : member.kind;
  return node.type === 'FunctionDeclaration' ? 'function' : 'closure';
}

function visibilityOf(member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition | undefined): Visibility {
  if (!member) return 'public';
  if (member.key.type === 'PrivateIdentifier') return 'private';
  return member.accessibility ?? 'public';
}

function boundVariable(node: FunctionNode, scopes: Scopes): Variable | undefined {
  if (node.type === 'FunctionDeclaration') return scopes.declaredBy(node).find((variable) => variable.identifiers[0] === node.id);
  const declarator = node.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier' || declarator.parent.kind !== 'const') return undefined;
  return scopes.variableOf(declarator.id);
}

function nameOf(node: FunctionNode): string {
  return node.id?.name ?? nameFromContext(node) ?? '';
}

/** The name that the place of an anonymous function or class gives it. */
function nameFromContext(node: Node): string | undefined {
  const holder = node.parent;
  switch (holder?.type) {
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'Property':
      return keyName(holder.key, holder.computed);
    case 'VariableDeclarator':
      return holder.id.type === 'Identifier' ? holder.id.name : undefined;
    case 'AssignmentExpression':
      return calleeText(holder.left) || undefined;
    case 'ExportDefaultDeclaration':
      return 'default';
    default:
      return undefined;
  }
}

/** `co(function* () { … })`: a generator that is run like an async function, each `yield` an `await`. */
function isCoroutine({ generator, parent }: FunctionNode): boolean {
  if (generator && parent?.type === 'MethodDefinition') return isFlow(parent);
  return generator && parent?.type === 'CallExpression' && /^(?:co|co\.wrap|flow|coroutine|(?:Promise|Bluebird|Q)\.coroutine|Q\.(?:async|spawn))$/.test(pathText(parent.callee));
}

/** A generator method that MobX runs: `@flow`, or any of a class that is made observable by `makeAutoObservable(this)`. */
function isFlow({ decorators, parent }: TSESTree.MethodDefinition): boolean {
  if (decorators.some(({ expression }) => calleeText(expression) === 'flow')) return true;
  const constructor = parent.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor');
  const statements = constructor?.type === 'MethodDefinition' ? (constructor.value.body?.body ?? []) : [];
  return statements.some((statement) => {
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression') return false;
    const { callee, arguments: [target] } = statement.expression;
    return calleeText(callee) === 'makeAutoObservable' && target?.type === 'ThisExpression';
  });
}

function pathText(callee: Node): string {
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' ? `${callee.object.name}.${calleeText(callee)}` : calleeText(callee);
}

function qualifiedName(node: FunctionNode, ownName: string, owner: ClassInfo | undefined, parent: FunctionInfo | undefined): string {
  if (owner) return `${owner.name}.${ownName}`;
  const object = node.parent?.type === 'Property' ? objectName(node.parent) : undefined;
  if (object && !parent) return `${object}.${ownName}`;
  if (ownName) return parent?.name && node.type !== 'FunctionDeclaration' && node.parent?.type === 'Property' ? `${parent.name}.${ownName}` : ownName;
  const call = node.parent?.type === 'CallExpression' ? calleeText(node.parent.callee) : '';
  const label = call ? `${call} callback` : 'callback';
  return parent?.name ? `${label} in ${parent.name}` : label;
}

function objectName(property: Node): string | undefined {
  const literal = property.parent;
  return literal ? nameFromContext(literal) : undefined;
}
