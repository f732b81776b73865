import ts from 'typescript';
import type { SourceRange } from '../model/index.js';
import { rangeOf } from './sites.js';

/** What a parameter asks for, as far as its declaration tells. */
export type Shape =
  | { readonly kind: 'number' | 'boolean' | 'function' | 'unknown' }
  | { readonly kind: 'string'; /** What it is compared with, in the order of the text. */ readonly compared?: readonly string[] }
  | { readonly kind: 'literal'; readonly json: string }
  /** One of several literals. */
  | { readonly kind: 'choice'; readonly literals: readonly string[] }
  | { readonly kind: 'array'; readonly element: Shape }
  /** Some of these fields, or (without any) entries under keys that nobody knows. */
  | { readonly kind: 'entries'; readonly element: Shape; readonly fields?: readonly (readonly [name: string, shape: Shape])[] }
  | { readonly kind: 'record'; readonly fields: readonly (readonly [name: string, shape: Shape])[]; /** Plain fields that may be left out. */ readonly optional?: readonly (readonly [name: string, shape: Shape])[] };

export interface Parameter {
  readonly name: string;
  /** It has a default or a question mark. */
  readonly isOptional: boolean;
  readonly isRest: boolean;
  readonly shape: Shape;
}

/** Finds the declaration of a type by its name as a file knows it. */
export type FindType = (source: ts.SourceFile, name: string) => ts.Statement | undefined;

/** Shapes are followed through declared types this deep. */
const deepest = 2;

/** Parameters of the function that ends where `range` ends, or of the largest one inside it. */
export function parametersAt(source: ts.SourceFile, range: SourceRange, find: FindType = declaredType): readonly Parameter[] {
  const offset = ({ line, column }: SourceRange['start']): number => ts.getPositionOfLineAndCharacter(source, Math.max(0, line - 1), Math.max(0, column - 1));
  const [start, end] = [offset(range.start), offset(range.end)];
  // A method may be named by its whole or from its parameter list on; both end where its body ends.
  const fits = (node: ts.Node): boolean => node.end === end || (node.getStart(source) >= start && node.end < end);
  let best: ts.FunctionLikeDeclaration | undefined;
  const visit = (node: ts.Node): void => {
    if (node.end < start || node.getStart(source) > end) return;
    if (isFunction(node) && fits(node) && (!best || (best.end !== end && node.end - node.pos > best.end - best.pos))) best = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return best ? parametersOf(best, find) : [];
}

/** Parameters of the constructor that `new name(…)` runs, through base classes of the same file. */
export function constructorParameters(source: ts.SourceFile, name: string, find: FindType = declaredType): readonly Parameter[] {
  const seen = new Set<string>();
  for (let at: string | undefined = name; at && !seen.has(at);) {
    seen.add(at);
    const declaration = findClass(source, at);
    if (!declaration) return [];
    const constructor = declaration.members.find((member): member is ts.ConstructorDeclaration => ts.isConstructorDeclaration(member) && !!member.body);
    if (constructor) return parametersOf(constructor, find);
    const base: ts.Expression | undefined = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
    at = base && ts.isIdentifier(base) ? base.text : undefined;
  }
  return [];
}

/** Parameters of the module-level function `name`, or of the function that a variable of that name holds. */
export function functionParameters(source: ts.SourceFile, name: string, find: FindType = declaredType): readonly Parameter[] {
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.body && (statement.name?.text ?? 'default') === name) return parametersOf(statement, find);
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: bound, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(bound) && bound.text === name && initializer && isFunction(initializer)) return parametersOf(initializer, find);
    }
  }
  return [];
}

/** A function or method that callers can name. */
export interface NamedFunction {
  readonly name: string;
  readonly range: SourceRange;
}

/** The methods of a class that are for outside callers, in the order of the source. */
export function publicMethods(source: ts.SourceFile, name: string, file: string): readonly NamedFunction[] {
  const members = findClass(source, name)?.members ?? [];
  return members.flatMap((member) => {
    if (!ts.isMethodDeclaration(member) || !member.body || !ts.isIdentifier(member.name)) return [];
    const isHidden = member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword || kind === ts.SyntaxKind.StaticKeyword);
    return isHidden ? [] : [{ name: member.name.text, range: rangeOf(source, member, file) }];
  });
}

/** The functions that a module exports by their own names. */
export function exportedFunctions(source: ts.SourceFile, file: string): readonly NamedFunction[] {
  return source.statements.flatMap((statement) => {
    const isExported = ts.isFunctionDeclaration(statement) && statement.body && statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return isExported && statement.name ? [{ name: statement.name.text, range: rangeOf(source, statement, file) }] : [];
  });
}

/** Parameters of the method `method` of the class `name`. */
export function methodParameters(source: ts.SourceFile, name: string, method: string, find: FindType = declaredType): readonly Parameter[] {
  const member = findClass(source, name)?.members.find((each) => ts.isMethodDeclaration(each) && !!each.body && each.name.getText(source) === method);
  return member ? parametersOf(member as ts.MethodDeclaration, find) : [];
}

/** Parameters of the function that an object of the file, such as one that a function gives, has as `member`; the first one if there are several. */
export function memberParameters(source: ts.SourceFile, member: string, find: FindType = declaredType): readonly Parameter[] {
  let found: ts.FunctionLikeDeclaration | undefined;
  const visit = (node: ts.Node): void => {
    const isNamed = (ts.isMethodDeclaration(node) || ts.isPropertyAssignment(node)) && ts.isObjectLiteralExpression(node.parent) && node.name.getText(source) === member;
    if (isNamed) found ??= ts.isMethodDeclaration(node) ? node : isFunction(node.initializer) ? node.initializer : undefined;
    if (!found) ts.forEachChild(node, visit);
  };
  visit(source);
  return found ? parametersOf(found, find) : [];
}

/** Numbers written in the text, nearest to `range` first: they are what guards compare with. */
export function numbersNear(source: ts.SourceFile, range: SourceRange): number[] {
  const found: { readonly value: number; readonly distance: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNumericLiteral(node)) found.push({ value: Number(node.text), distance: Math.abs(rangeOf(source, node).start.line - range.start.line) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...new Set(found.sort((a, b) => a.distance - b.distance).map(({ value }) => value))];
}

/** Strings and property names that may be keys of what the file holds (no message, no module name), nearest to `range` first. */
export function wordsNear(source: ts.SourceFile, range: SourceRange): string[] {
  const found: { readonly value: string; readonly distance: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    const isKey = ts.isStringLiteral(node) || (ts.isIdentifier(node) && ts.isPropertyAssignment(node.parent) && node.parent.name === node);
    if (isKey && /^[\w-]{1,30}$/.test(node.text)) found.push({ value: node.text, distance: Math.abs(rangeOf(source, node).start.line - range.start.line) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...new Set(found.sort((a, b) => a.distance - b.distance).map(({ value }) => value))];
}

function parametersOf(node: ts.FunctionLikeDeclaration, find: FindType): Parameter[] {
  const shapes = new ShapeReader(find);
  return node.parameters.filter(({ name }) => !(ts.isIdentifier(name) && name.text === 'this')).map((parameter, index) => ({
    name: ts.isIdentifier(parameter.name) ? parameter.name.text : `argument${index + 1}`,
    isOptional: !!parameter.questionToken || !!parameter.initializer,
    isRest: !!parameter.dotDotDotToken,
    shape: parameter.type ? asUsed(shapes.of(parameter.type, 0), parameter, node) : { kind: 'unknown' },
  }));
}

/** A text that the function parses is no word, and nobody knows which: it stays outside. A string that it compares with literals is likely one of them. */
function asUsed(shape: Shape, { name }: ts.ParameterDeclaration, { body }: ts.FunctionLikeDeclaration): Shape {
  if ((shape.kind !== 'string' && shape.kind !== 'record') || !ts.isIdentifier(name) || !body) return shape;
  if (isParsed(body, name.text)) return { kind: 'unknown' };
  if (shape.kind !== 'string') return shape;
  const compared = new Set<string>();
  const isIt = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === name.text;
  const take = (...nodes: readonly ts.Node[]): void => { for (const node of nodes) if (ts.isStringLiteralLike(node)) compared.add(node.text); };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && comparing.has(node.operatorToken.kind) && (isIt(node.left) || isIt(node.right))) take(node.left, node.right);
    if (ts.isSwitchStatement(node) && isIt(node.expression)) take(...node.caseBlock.clauses.flatMap((clause) => (ts.isCaseClause(clause) ? [clause.expression] : [])));
    ts.forEachChild(node, visit);
  };
  visit(body);
  compared.delete('');
  return compared.size === 0 ? shape : { ...shape, compared: [...compared] };
}

/** `JSON.parse(text)`, `JSON.parse(message.data)` */
function isParsed(body: ts.Node, name: string): boolean {
  const mentions = (node: ts.Node): boolean => (ts.isIdentifier(node) && node.text === name) || (ts.forEachChild(node, mentions) ?? false);
  const parses = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.getText() === 'JSON.parse' && node.arguments.some(mentions)) || (ts.forEachChild(node, parses) ?? false);
  return parses(body);
}

const comparing: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken]);

class ShapeReader {
  readonly #find: FindType;

  constructor(find: FindType) {
    this.#find = find;
  }

  of(type: ts.TypeNode, depth: number): Shape {
    if (type.kind === ts.SyntaxKind.NumberKeyword) return { kind: 'number' };
    if (type.kind === ts.SyntaxKind.StringKeyword) return { kind: 'string' };
    if (type.kind === ts.SyntaxKind.BooleanKeyword) return { kind: 'boolean' };
    if (ts.isFunctionTypeNode(type)) return { kind: 'function' };
    if (ts.isParenthesizedTypeNode(type)) return this.of(type.type, depth);
    if (ts.isLiteralTypeNode(type)) return literalShape(type);
    if (ts.isUnionTypeNode(type)) return this.#union(type, depth);
    if (ts.isTypeOperatorNode(type)) return this.of(type.type, depth);
    if (depth >= deepest) return { kind: 'unknown' };
    if (ts.isArrayTypeNode(type)) return { kind: 'array', element: this.of(type.elementType, depth + 1) };
    if (ts.isTypeLiteralNode(type)) return this.#record(type.members, depth);
    if (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) return this.#reference(type, type.typeName.text, depth);
    return { kind: 'unknown' };
  }

  /** Literals are alternatives; of anything else the first that is something. */
  #union(type: ts.UnionTypeNode, depth: number): Shape {
    const present = type.types.filter((member) => member.kind !== ts.SyntaxKind.UndefinedKeyword && !(ts.isLiteralTypeNode(member) && member.literal.kind === ts.SyntaxKind.NullKeyword));
    const shapes = present.map((member) => this.of(member, depth));
    const literals = shapes.flatMap((shape) => (shape.kind === 'literal' ? [shape.json] : []));
    if (literals.length === shapes.length && literals.length > 1) return { kind: 'choice', literals };
    return shapes[0] ?? { kind: 'unknown' };
  }

  #record(members: ts.NodeArray<ts.TypeElement>, depth: number): Shape {
    const fields: [string, Shape][] = [];
    const optional: [string, Shape][] = [];
    for (const member of members) {
      if (!ts.isPropertySignature(member) || !ts.isIdentifier(member.name)) return { kind: 'unknown' };
      (member.questionToken ? optional : fields).push([member.name.text, member.type ? this.of(member.type, depth + 1) : { kind: 'unknown' }]);
    }
    // What JSON cannot carry is left to an opaque value as a whole.
    if (!fields.every(([, shape]) => isPlain(shape))) return { kind: 'unknown' };
    const plain = optional.filter(([, shape]) => isPlain(shape));
    return { kind: 'record', fields, ...(plain.length > 0 && { optional: plain }) };
  }

  #reference(type: ts.TypeReferenceNode, name: string, depth: number): Shape {
    const argument = type.typeArguments?.[0];
    if ((name === 'Array' || name === 'ReadonlyArray') && argument) return { kind: 'array', element: this.of(argument, depth + 1) };
    if ((name === 'Readonly' || name === 'Required') && argument) return this.of(argument, depth);
    if (name === 'Partial' && argument) return partial(this.of(argument, depth));
    if (name === 'Record' && type.typeArguments?.[0]?.kind === ts.SyntaxKind.StringKeyword) return { kind: 'entries', element: this.of(type.typeArguments[1]!, depth + 1) };
    const declaration = this.#find(type.getSourceFile(), name);
    if (!declaration) return { kind: 'unknown' };
    if (ts.isInterfaceDeclaration(declaration) && !declaration.typeParameters) return this.#interface(declaration, depth);
    if (ts.isTypeAliasDeclaration(declaration) && !declaration.typeParameters) return this.of(declaration.type, depth + 1);
    return ts.isEnumDeclaration(declaration) ? enumShape(declaration) : { kind: 'unknown' };
  }

  #interface(declaration: ts.InterfaceDeclaration, depth: number): Shape {
    const own = this.#record(declaration.members, depth);
    if (own.kind !== 'record') return own;
    const parents = declaration.heritageClauses?.flatMap(({ types }) => [...types]) ?? [];
    const inherited = parents.map(({ expression }) => {
      const parent = ts.isIdentifier(expression) ? this.#find(declaration.getSourceFile(), expression.text) : undefined;
      return parent && ts.isInterfaceDeclaration(parent) && depth < deepest ? this.#interface(parent, depth + 1) : undefined;
    });
    const fields = inherited.flatMap((shape) => (shape?.kind === 'record' ? shape.fields : []));
    return inherited.every((shape) => shape?.kind === 'record') ? { ...own, fields: [...fields, ...own.fields] } : { kind: 'unknown' };
  }
}

function partial(shape: Shape): Shape {
  if (shape.kind === 'record') return { kind: 'entries', element: { kind: 'unknown' }, fields: [...shape.fields, ...(shape.optional ?? [])] };
  return shape.kind === 'unknown' ? { kind: 'entries', element: shape } : shape;
}

/** The members of an enum whose values are written down, or counted. */
function enumShape({ members }: ts.EnumDeclaration): Shape {
  let next: number | undefined = 0;
  const literals = members.flatMap(({ initializer }) => {
    if (initializer && ts.isStringLiteralLike(initializer)) return [JSON.stringify(initializer.text)];
    if (initializer) next = ts.isNumericLiteral(initializer) ? Number(initializer.text) : undefined;
    if (next === undefined) return [];
    return [String(next++)];
  });
  return literals.length > 0 ? { kind: 'choice', literals } : { kind: 'unknown' };
}

/** A type that the file itself declares. */
export function declaredType(source: ts.SourceFile, name: string): ts.Statement | undefined {
  return source.statements.find((statement) => (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isEnumDeclaration(statement)) && statement.name.text === name);
}

function literalShape({ literal }: ts.LiteralTypeNode): Shape {
  if (ts.isStringLiteral(literal)) return { kind: 'literal', json: JSON.stringify(literal.text) };
  if (ts.isNumericLiteral(literal)) return { kind: 'literal', json: literal.text };
  if (literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword || literal.kind === ts.SyntaxKind.NullKeyword) return { kind: 'literal', json: literal.getText() };
  return { kind: 'unknown' };
}

function isPlain(shape: Shape): boolean {
  if (shape.kind === 'array') return isPlain(shape.element);
  return shape.kind !== 'function' && shape.kind !== 'unknown';
}

function findClass(source: ts.SourceFile, name: string): ts.ClassLikeDeclaration | undefined {
  for (const statement of source.statements) {
    if (ts.isClassDeclaration(statement) && (statement.name?.text ?? 'default') === name) return statement;
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: bound, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(bound) && bound.text === name && initializer && ts.isClassExpression(initializer)) return initializer;
    }
  }
  return undefined;
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isAccessor(node) || ts.isConstructorDeclaration(node);
}
