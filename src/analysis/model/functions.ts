import { isClass, isFunction, walk } from '../../language/index.js';
import type { ClassNode, FunctionNode, Node, ParsedModule, Scopes, TSESTree, Variable } from '../../language/index.js';

export type FunctionKind = 'function' | 'method' | 'getter' | 'setter' | 'constructor' | 'closure';
export type Visibility = 'public' | 'protected' | 'private';

/** A field as it is declared, and its first value: there or in the constructor. `new Mutex()` tells what it is. */
export interface Field {
  readonly value: Node | undefined;
  readonly type: Node | undefined;
  readonly isStatic: boolean;
}

export interface ClassInfo {
  readonly id: number;
  readonly node: ClassNode;
  readonly name: string;
  readonly superName: string | undefined;
  readonly members: FunctionInfo[];
  /** What the class itself says of its fields, by name. */
  readonly fields: ReadonlyMap<string, Field>;
}

export interface FunctionInfo {
  readonly id: number;
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
  /** The function around it. */
  readonly parent: FunctionInfo | undefined;
  /** The variable that always holds it: a declaration, or a `const` with it as value. */
  readonly bound: Variable | undefined;
  readonly decorators: readonly string[];
}

/** All functions and classes of a module. */
export interface FunctionTable {
  readonly functions: readonly FunctionInfo[];
  readonly classes: readonly ClassInfo[];
  infoOf(node: Node): FunctionInfo | undefined;
  classOf(node: Node): ClassInfo | undefined;
  boundTo(variable: Variable): FunctionInfo | undefined;
  classBoundTo(variable: Variable): ClassInfo | undefined;
  /** The class's own member of that name and kind, or one it inherits from a class of the same file. */
  memberOf(owner: ClassInfo, name: string, isStatic: boolean, kind: 'method' | 'getter' | 'setter'): FunctionInfo | undefined;
  /** The class that an instance of `owner` has the field from: the first of its line, in this file, that declares it. */
  declarerOf(owner: ClassInfo, field: string): ClassInfo;
  /** True if one object can be an instance of both. */
  areKin(a: ClassInfo, b: ClassInfo): boolean;
  /** The innermost function around a node, itself excluded. */
  around(node: Node): FunctionInfo | undefined;
}

export function tabulateFunctions(module: ParsedModule, scopes: Scopes): FunctionTable {
  const byNode = new Map<Node, FunctionInfo>();
  const classByNode = new Map<Node, ClassInfo>();
  const byVariable = new Map<Variable, FunctionInfo>();
  const classByVariable = new Map<Variable, ClassInfo>();
  const classByName = new Map<string, ClassInfo>();

  const addClass = (node: ClassNode): void => {
    const info: ClassInfo = {
      id: classByNode.size,
      node,
      name: node.id?.name ?? nameFromContext(node) ?? '<class>',
      superName: node.superClass?.type === 'Identifier' ? node.superClass.name : undefined,
      members: [],
      fields: fieldsOf(node),
    };
    classByNode.set(node, info);
    classByName.set(info.name, info);
    for (const variable of scopes.declaredBy(node)) classByVariable.set(variable, info);
    if (node.parent?.type === 'VariableDeclarator') for (const variable of scopes.declaredBy(node.parent)) classByVariable.set(variable, info);
  };

  const addFunction = (node: FunctionNode): void => {
    const holder = node.parent;
    const member = holder?.type === 'MethodDefinition' || holder?.type === 'PropertyDefinition' ? holder : undefined;
    const owner = member ? classByNode.get(member.parent.parent as Node) : undefined;
    const parent = enclosing(node, byNode);
    const bound = boundVariable(node, scopes);
    const ownName = nameOf(node);
    const info: FunctionInfo = {
      id: byNode.size,
      node,
      ownName,
      name: qualifiedName(node, ownName, owner, parent),
      kind: kindOf(node, member),
      isAsync: node.async,
      isGenerator: node.generator,
      isStatic: member?.static ?? false,
      visibility: visibilityOf(member),
      owner,
      parent,
      bound,
      decorators: member?.decorators.map((decorator) => calleeText(decorator.expression)) ?? [],
    };
    byNode.set(node, info);
    if (bound) byVariable.set(bound, info);
    owner?.members.push(info);
  };

  walk(module.program, (node) => {
    if (isClass(node)) addClass(node);
    else if (isFunction(node) && node.body) addFunction(node);
  });

  /** A class and those it extends, itself first. */
  const lineOf = (owner: ClassInfo): ClassInfo[] => {
    const line: ClassInfo[] = [];
    for (let at: ClassInfo | undefined = owner; at && !line.includes(at); at = at.superName ? classByName.get(at.superName) : undefined) line.push(at);
    return line;
  };

  const memberOf: FunctionTable['memberOf'] = (owner, name, isStatic, kind) => {
    for (const at of lineOf(owner)) {
      const found = at.members.find((member) => member.ownName === name && member.isStatic === isStatic && member.kind === kind);
      if (found) return found;
    }
    return undefined;
  };

  return {
    functions: [...byNode.values()],
    classes: [...classByNode.values()],
    infoOf: (node) => byNode.get(node),
    classOf: (node) => classByNode.get(node),
    boundTo: (variable) => byVariable.get(variable),
    classBoundTo: (variable) => classByVariable.get(variable),
    memberOf,
    declarerOf: (owner, field) => (field.startsWith('#') ? owner : (lineOf(owner).findLast(({ fields }) => fields.get(field)?.isStatic === false) ?? owner)),
    areKin: (a, b) => a === b || lineOf(a).includes(b) || lineOf(b).includes(a),
    around: (node) => enclosing(node, byNode),
  };
}

/** The name of a property key: `a`, `'a'`, `#a`; undefined if it is computed. */
export function keyName(key: Node, computed: boolean): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'Identifier' && !computed) return key.name;
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
    const target = parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
    if (target.type === 'Identifier') note(target.name, { type: target.typeAnnotation?.typeAnnotation });
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
