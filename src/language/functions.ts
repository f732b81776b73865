import ts from 'typescript';
import { owningFunction } from './variables.js';

/** A function whose body is there, not only declared. */
export type FunctionWithBody = (ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration | ts.ConstructorDeclaration | ts.AccessorDeclaration) & { body: ts.ConciseBody };

export function isFunctionWithBody(node: ts.Node): node is FunctionWithBody {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

export function withBody(node: FunctionWithBody, parameters: readonly ts.ParameterDeclaration[], body: ts.Block): ts.Node {
  const { factory } = ts;
  if (ts.isFunctionDeclaration(node)) return factory.updateFunctionDeclaration(node, node.modifiers, node.asteriskToken, node.name, node.typeParameters, parameters, node.type, body);
  if (ts.isFunctionExpression(node)) return factory.updateFunctionExpression(node, node.modifiers, node.asteriskToken, node.name, node.typeParameters, parameters, node.type, body);
  if (ts.isArrowFunction(node)) return factory.updateArrowFunction(node, node.modifiers, node.typeParameters, parameters, node.type, node.equalsGreaterThanToken, body);
  if (ts.isMethodDeclaration(node)) return factory.updateMethodDeclaration(node, node.modifiers, node.asteriskToken, node.name, node.questionToken, node.typeParameters, parameters, node.type, body);
  if (ts.isConstructorDeclaration(node)) return factory.updateConstructorDeclaration(node, node.modifiers, parameters, body);
  if (ts.isGetAccessorDeclaration(node)) return factory.updateGetAccessorDeclaration(node, node.modifiers, node.name, parameters, node.type, body);
  return factory.updateSetAccessorDeclaration(node, node.modifiers, node.name, parameters, body);
}

/** Where the parameter list of a method begins. */
export function parametersOf({ parameters }: ts.MethodDeclaration): number {
  return parameters.pos - 1;
}

export function usesSuper(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.SuperKeyword || (ts.forEachChild(node, usesSuper) ?? false);
}

export function isStatic(node: ts.MethodDeclaration): boolean {
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
}

export function isAbstract(node: ts.MethodDeclaration): boolean {
  return !node.body && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) === true;
}

export function isInAsyncGenerator(node: ts.Node): boolean {
  const owner = owningFunction(node);
  return !!owner && 'asteriskToken' in owner && !!owner.asteriskToken && !!owner.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
}
