import { hookStateOf } from '../analysis/index.js';
import { isClass, type ClassNode, type FunctionNode, type Node, type TSESTree, type Variable } from '../language/index.js';
import type { Draft } from './draft.js';
import type { FlaggedCode } from './flagged-code.js';
import { extentOf } from './statements.js';
import { allNodes, around, isWithin, listOf, unwrapped, type Statement } from './syntax.js';

/** Where the state lives that a place belongs to, and what is kept for it can be declared. */
export type Home =
  | { readonly kind: 'class'; readonly node: ClassNode; readonly field: string; readonly member: TSESTree.ClassElement | undefined; /** The name of the class, if it is the class itself that has the state. */ readonly owner?: string }
  | { readonly kind: 'variable'; readonly variable: Variable; readonly statement: Statement }
  /** Whatever the statement of the module is about. */
  | { readonly kind: 'module'; readonly statement: Statement };

/** Undefined if it cannot be told, if it is a local of the function that overlaps itself, or if a component has it, whose variables are made anew by each render. */
export function homeOf(code: FlaggedCode, place: Node, fn?: FunctionNode, depth = 0): Home | undefined {
  const root = rootOf(place);
  if (root.type === 'ThisExpression') return classHome(root);
  const variable = root.type === 'Identifier' ? code.scopes.variableOf(root) : undefined;
  const definition = variable?.defs[0];
  if (definition?.type === 'ClassName' && isClass(definition.node)) return staticHome(definition.node, root);
  if (definition?.type !== 'Variable') return undefined;
  const statement = definition.parent;
  // What a local holds was found somewhere: `const session = this.sessions.get(id)`.
  if (isLocalOf(fn, root, statement)) return definition.node.init && depth < 3 ? homeOf(code, definition.node.init, fn, depth + 1) : undefined;
  if (hookStateOf(variable!)) return undefined;
  return listOf(statement) || statement.parent?.type === 'ExportNamedDeclaration' ? { kind: 'variable', variable: variable!, statement: (listOf(statement) ? statement : statement.parent) as Statement } : undefined;
}

/** What surrounds the function is the same for all of its calls, though it may be a local of an async function further out. */
function isLocalOf(fn: FunctionNode | undefined, use: Node, declared: Node): boolean {
  return fn ? isWithin(declared, fn) : [...around(use)].some((at) => 'async' in at && at.async && isWithin(declared, at));
}

/** What an expression starts from: `this` of `this.a.get(b)`. */
export function rootOf(node: Node): Node {
  const at = unwrapped(node);
  if (at.type === 'MemberExpression') return at.object.type === 'ThisExpression' ? at.object : rootOf(at.object);
  if (at.type === 'CallExpression') return rootOf(at.callee);
  if (at.type === 'LogicalExpression' || at.type === 'BinaryExpression') return rootOf(at.left);
  return at;
}

/** The name of the member that is taken of an object. */
function fieldOf({ parent }: Node): string | undefined {
  const member = parent?.type === 'MemberExpression' && !parent.computed ? parent.property : undefined;
  return member?.type === 'PrivateIdentifier' ? `#${member.name}` : member?.type === 'Identifier' ? member.name : undefined;
}

/** `Registry.loaded`, and `this.loaded` in a static method of it. */
function staticHome(node: ClassNode, object: Node): Home | undefined {
  const field = fieldOf(object);
  return field === undefined || !node.id ? undefined : { kind: 'class', node, field, member: memberNamed(node, field, true), owner: node.id.name };
}

/** What guards a place that has no home of its own, as a parameter has none, can be declared in the class of the function, or above it. */
export function homeAround(fn: Node): Home | undefined {
  for (const at of around(fn)) {
    if (at.type === 'MethodDefinition' && isClass(at.parent.parent)) return at.static ? (at.parent.parent.id ? { kind: 'class', node: at.parent.parent, field: '', member: undefined, owner: at.parent.parent.id.name } : undefined) : { kind: 'class', node: at.parent.parent, field: '', member: undefined };
    if (at.parent?.type === 'Program' && at.type !== 'ClassDeclaration') return { kind: 'module', statement: at as Statement };
  }
  return undefined;
}

function classHome(self: Node): Home | undefined {
  const field = fieldOf(self);
  for (const at of around(self)) {
    if (at.type === 'MethodDefinition' && at.static) return isClass(at.parent.parent) ? staticHome(at.parent.parent, self) : undefined;
    if ((at.type === 'FunctionDeclaration' || at.type === 'FunctionExpression') && at.parent.type !== 'MethodDefinition') return undefined;
    if (isClass(at)) return field === undefined ? undefined : { kind: 'class', node: at, field, member: memberNamed(at, field, false) };
  }
  return undefined;
}

function memberNamed({ body }: ClassNode, field: string, isStatic: boolean): TSESTree.ClassElement | undefined {
  return body.body.find((one) => one.type === 'PropertyDefinition' && one.static === isStatic && nameOfMember(one) === field);
}

function nameOfMember(member: TSESTree.PropertyDefinition): string | undefined {
  return member.key.type === 'PrivateIdentifier' ? `#${member.key.name}` : member.key.type === 'Identifier' ? member.key.name : undefined;
}

export interface NewState {
  readonly name: string;
  /** Absent: what it is set to tells. */
  readonly type?: string;
  readonly value?: string;
  /** True if nothing else is ever put there. */
  readonly isConstant?: boolean;
}

/** Declares something beside the state of a home, and gives the expression that means it. */
export function declareBeside(code: FlaggedCode, draft: Draft, home: Home, { name, type, value, isConstant = false }: NewState): string {
  const { layout } = code;
  if (home.kind === 'module') {
    // Above it: the function may be called while the module is loaded.
    declareAbove(code, draft, home.statement, [`${isConstant ? 'const' : 'let'} ${name}${tailOf(code, { type, value })}`]);
    return name;
  }
  const tail = tailOf(code, { type, value });
  if (home.kind === 'variable') {
    const { statement } = home;
    const line = `${isConstant ? 'const' : 'let'} ${name}${tail}`;
    if (layout.isLast(statement.range[1])) draft.insert(layout.lineEnd(statement.range[1]), `${layout.newline}${layout.indentAt(statement.range[0])}${line}`);
    else draft.insert(statement.range[1], ` ${line}`);
    return name;
  }
  const isHidden = home.field.startsWith('#') || (!layout.isTyped && home.owner === undefined);
  const own = isHidden ? `#${name}` : name;
  const isStatic = home.owner !== undefined;
  addMember(code, draft, home, `${isHidden ? '' : 'private '}${isStatic ? 'static ' : ''}${isConstant && layout.isTyped ? 'readonly ' : ''}${own}${tail}`);
  return `${home.owner ?? 'this'}.${own}`;
}

/** What follows the name. */
function tailOf({ layout }: FlaggedCode, { type, value }: { readonly type?: string | undefined; readonly value?: string | undefined }): string {
  return `${type !== undefined && layout.isTyped ? `: ${type}` : ''}${value === undefined ? '' : ` = ${value}`}${layout.semicolon}`;
}

/** Behind the member that declares the field, or before the first one. */
function addMember({ layout }: FlaggedCode, draft: Draft, { node, member }: Home & { kind: 'class' }, line: string): void {
  const first = node.body.body[0];
  const beside = member ?? first;
  const at = member ? member.range[1] : node.body.range[0] + 1;
  if (!beside || !layout.isFirst(beside.range[0])) draft.insert(at, ` ${line}`);
  else if (member) draft.insert(layout.isLast(at) ? layout.lineEnd(at) : at, `${layout.newline}${layout.indentAt(member.range[0])}${line}`);
  else draft.insert(at, `${layout.newline}${layout.indentAt(beside.range[0])}${line}${layout.newline}`);
}

/** The type of what a place holds when it is set, in words of the file; undefined where no type can be written. */
export function typeAt(code: FlaggedCode, home: Home): string | undefined {
  const declared = home.kind === 'variable' ? home.variable.identifiers[0] : home.kind === 'class' ? home.member : undefined;
  const annotation = declared && 'typeAnnotation' in declared ? declared.typeAnnotation?.typeAnnotation : undefined;
  if (annotation?.type === 'TSUnionType') return annotation.types.filter(({ type }) => type !== 'TSUndefinedKeyword' && type !== 'TSNullKeyword').map((one) => code.textOf(one)).join(' | ');
  if (annotation) return code.textOf(annotation);
  if (home.kind === 'variable') return `NonNullable<typeof ${home.variable.name}>`;
  if (home.kind === 'module') return undefined;
  if (home.owner !== undefined) return home.field.startsWith('#') ? undefined : `NonNullable<(typeof ${home.owner})['${home.field}']>`;
  return home.node.id && !home.field.startsWith('#') && !home.node.typeParameters ? `NonNullable<${home.node.id.name}['${home.field}']>` : undefined;
}

/** Puts lines above the statement of the module that holds a place: what it needs when it is loaded. */
export function declareAbove(code: FlaggedCode, draft: Draft, place: Node, lines: readonly string[]): void {
  const { layout } = code;
  const top = [...around(place)].find(({ parent }) => parent?.type === 'Program') as Statement;
  const start = Math.min(top.range[0], ...allNodes(top).flatMap((node) => (node.type === 'Decorator' ? [node.range[0]] : [])));
  const indent = layout.indentAt(start);
  const from = start === top.range[0] ? extentOf(code, top).from : layout.isFirst(start) ? layout.lineStart(start) : start;
  draft.insert(from, lines.map((line) => (line === '' ? '' : indent + line) + layout.newline).join('') + layout.newline + (layout.isFirst(start) ? '' : indent));
}
