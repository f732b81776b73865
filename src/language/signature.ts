import ts from 'typescript';
import type { SourceRange } from '../model/index.js';
import { rangeOf } from './sites.js';

/** What a parameter asks for, as far as its declaration tells. */
export type Shape =
  | { readonly kind: 'number' | 'string' | 'boolean' | 'function' | 'unknown' }
  | { readonly kind: 'literal'; readonly json: string }
  | { readonly kind: 'array'; readonly element: Shape }
  | { readonly kind: 'record'; readonly fields: readonly (readonly [name: string, shape: Shape])[] };

export interface Parameter {
  readonly name: string;
  /** It has a default or a question mark. */
  readonly isOptional: boolean;
  readonly isRest: boolean;
  readonly shape: Shape;
}

/** Shapes are followed through declared types this deep. */
const deepest = 2;

/** Parameters of the function that ends where `range` ends, or of the largest one inside it. */
export function parametersAt(source: ts.SourceFile, range: SourceRange): readonly Parameter[] {
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
  return best ? parametersOf(best) : [];
}

/** Parameters of the constructor that `new name(…)` runs, through base classes of the same file. */
export function constructorParameters(source: ts.SourceFile, name: string): readonly Parameter[] {
  const seen = new Set<string>();
  for (let at: string | undefined = name; at && !seen.has(at);) {
    seen.add(at);
    const declaration = findClass(source, at);
    if (!declaration) return [];
    const constructor = declaration.members.find((member): member is ts.ConstructorDeclaration => ts.isConstructorDeclaration(member) && !!member.body);
    if (constructor) return parametersOf(constructor);
    const base: ts.Expression | undefined = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
    at = base && ts.isIdentifier(base) ? base.text : undefined;
  }
  return [];
}

/** Parameters of the module-level function `name`, or of the function that a variable of that name holds. */
export function functionParameters(source: ts.SourceFile, name: string): readonly Parameter[] {
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.body && (statement.name?.text ?? 'default') === name) return parametersOf(statement);
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: bound, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(bound) && bound.text === name && initializer && isFunction(initializer)) return parametersOf(initializer);
    }
  }
  return [];
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

function parametersOf(node: ts.FunctionLikeDeclaration): Parameter[] {
  return node.parameters.filter(({ name }) => !(ts.isIdentifier(name) && name.text === 'this')).map((parameter, index) => ({
    name: ts.isIdentifier(parameter.name) ? parameter.name.text : `argument${index + 1}`,
    isOptional: !!parameter.questionToken || !!parameter.initializer,
    isRest: !!parameter.dotDotDotToken,
    shape: parameter.type ? shapeOf(parameter.type, 0) : { kind: 'unknown' },
  }));
}

function shapeOf(type: ts.TypeNode, depth: number): Shape {
  if (type.kind === ts.SyntaxKind.NumberKeyword) return { kind: 'number' };
  if (type.kind === ts.SyntaxKind.StringKeyword) return { kind: 'string' };
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return { kind: 'boolean' };
  if (ts.isFunctionTypeNode(type)) return { kind: 'function' };
  if (ts.isParenthesizedTypeNode(type)) return shapeOf(type.type, depth);
  if (ts.isLiteralTypeNode(type)) return literalShape(type);
  if (ts.isUnionTypeNode(type)) return unionShape(type, depth);
  if (ts.isTypeOperatorNode(type)) return shapeOf(type.type, depth);
  if (depth >= deepest) return { kind: 'unknown' };
  if (ts.isArrayTypeNode(type)) return { kind: 'array', element: shapeOf(type.elementType, depth + 1) };
  if (ts.isTypeLiteralNode(type)) return recordShape(type.members, depth);
  if (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) return referenceShape(type, type.typeName.text, depth);
  return { kind: 'unknown' };
}

function literalShape({ literal }: ts.LiteralTypeNode): Shape {
  if (ts.isStringLiteral(literal)) return { kind: 'literal', json: JSON.stringify(literal.text) };
  if (ts.isNumericLiteral(literal)) return { kind: 'literal', json: literal.text };
  if (literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword || literal.kind === ts.SyntaxKind.NullKeyword) return { kind: 'literal', json: literal.getText() };
  return { kind: 'unknown' };
}

function unionShape(type: ts.UnionTypeNode, depth: number): Shape {
  const present = type.types.find((member) => member.kind !== ts.SyntaxKind.UndefinedKeyword && !(ts.isLiteralTypeNode(member) && member.literal.kind === ts.SyntaxKind.NullKeyword));
  return present ? shapeOf(present, depth) : { kind: 'unknown' };
}

function recordShape(members: ts.NodeArray<ts.TypeElement>, depth: number): Shape {
  const fields: [string, Shape][] = [];
  for (const member of members) {
    if (!ts.isPropertySignature(member) || !ts.isIdentifier(member.name)) return { kind: 'unknown' };
    if (!member.questionToken) fields.push([member.name.text, member.type ? shapeOf(member.type, depth + 1) : { kind: 'unknown' }]);
  }
  // What JSON cannot carry is left to an opaque value as a whole.
  return fields.every(([, shape]) => isPlain(shape)) ? { kind: 'record', fields } : { kind: 'unknown' };
}

function referenceShape(type: ts.TypeReferenceNode, name: string, depth: number): Shape {
  const argument = type.typeArguments?.[0];
  if ((name === 'Array' || name === 'ReadonlyArray') && argument) return { kind: 'array', element: shapeOf(argument, depth + 1) };
  for (const statement of type.getSourceFile().statements) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === name && !statement.heritageClauses && !statement.typeParameters) return recordShape(statement.members, depth);
    if (ts.isTypeAliasDeclaration(statement) && statement.name.text === name && !statement.typeParameters) return shapeOf(statement.type, depth + 1);
  }
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
