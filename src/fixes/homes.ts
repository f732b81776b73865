import { isClass, type ClassNode, type Node, type TSESTree, type Variable } from '../language/index.js';
import type { Draft } from './draft.js';
import type { FlaggedCode } from './flagged-code.js';
import { extentOf } from './statements.js';
import { allNodes, around, isWithin, listOf, unwrapped, type Statement } from './syntax.js';

/** Where the state lives that a place belongs to, and what is kept for it can be declared. */
export type Home =
  | { readonly kind: 'class'; readonly node: ClassNode; readonly field: string; readonly member: TSESTree.ClassElement | undefined }
  | { readonly kind: 'variable'; readonly variable: Variable; readonly statement: Statement };

/** Undefined if it cannot be told, or if it is a local of what runs. */
export function homeOf(code: FlaggedCode, place: Node, depth = 0): Home | undefined {
  const root = rootOf(place);
  if (root.type === 'ThisExpression') return classHome(root);
  const variable = root.type === 'Identifier' ? code.scopes.variableOf(root) : undefined;
  const definition = variable?.defs[0];
  if (definition?.type !== 'Variable') return undefined;
  const statement = definition.parent;
  const isLocal = [...around(root)].some((at) => 'async' in at && at.async && isWithin(statement, at));
  // What a local holds was found somewhere: `const session = this.sessions.get(id)`.
  if (isLocal) return definition.node.init && depth < 3 ? homeOf(code, definition.node.init, depth + 1) : undefined;
  return listOf(statement) || statement.parent?.type === 'ExportNamedDeclaration' ? { kind: 'variable', variable: variable!, statement: (listOf(statement) ? statement : statement.parent) as Statement } : undefined;
}

/** What an expression starts from: `this` of `this.a.get(b)`. */
function rootOf(node: Node): Node {
  const at = unwrapped(node);
  if (at.type === 'MemberExpression') return at.object.type === 'ThisExpression' ? at.object : rootOf(at.object);
  if (at.type === 'CallExpression') return rootOf(at.callee);
  if (at.type === 'LogicalExpression' || at.type === 'BinaryExpression') return rootOf(at.left);
  return at;
}

function classHome(self: Node): Home | undefined {
  const member = self.parent?.type === 'MemberExpression' ? self.parent.property : undefined;
  const field = member?.type === 'PrivateIdentifier' ? `#${member.name}` : member?.type === 'Identifier' ? member.name : undefined;
  for (const at of around(self)) {
    if (at.type === 'MethodDefinition' && at.static) return undefined;
    if ((at.type === 'FunctionDeclaration' || at.type === 'FunctionExpression') && at.parent.type !== 'MethodDefinition') return undefined;
    if (isClass(at)) return field === undefined ? undefined : { kind: 'class', node: at, field, member: at.body.body.find((one) => one.type === 'PropertyDefinition' && nameOfMember(one) === field) };
  }
  return undefined;
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
  const tail = `${type !== undefined && layout.isTyped ? `: ${type}` : ''}${value === undefined ? '' : ` = ${value}`}${layout.semicolon}`;
  if (home.kind === 'variable') {
    const { statement } = home;
    const line = `${isConstant ? 'const' : 'let'} ${name}${tail}`;
    if (layout.isLast(statement.range[1])) draft.insert(layout.lineEnd(statement.range[1]), `${layout.newline}${layout.indentAt(statement.range[0])}${line}`);
    else draft.insert(statement.range[1], ` ${line}`);
    return name;
  }
  const isHidden = home.field.startsWith('#') || !layout.isTyped;
  const own = isHidden ? `#${name}` : name;
  addMember(code, draft, home, `${isHidden ? '' : 'private '}${isConstant && layout.isTyped ? 'readonly ' : ''}${own}${tail}`);
  return `this.${own}`;
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
  const declared = home.kind === 'variable' ? home.variable.identifiers[0] : home.member;
  const annotation = declared && 'typeAnnotation' in declared ? declared.typeAnnotation?.typeAnnotation : undefined;
  if (annotation?.type === 'TSUnionType') return annotation.types.filter(({ type }) => type !== 'TSUndefinedKeyword' && type !== 'TSNullKeyword').map((one) => code.textOf(one)).join(' | ');
  if (annotation) return code.textOf(annotation);
  if (home.kind === 'variable') return `NonNullable<typeof ${home.variable.name}>`;
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
