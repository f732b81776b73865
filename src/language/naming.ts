import ts from 'typescript';
import { skipParentheses } from './accesses.js';

/**
 * The name that a person would give to the object an expression makes: that of the variable or field it is made for.
 * Undefined if it makes none: `new Int32Array(…)`, a literal or a call with such inside, and a local factory's call do.
 */
export function givenName(node: ts.Expression): string | undefined {
  const name = nameOfPlace(node);
  return name !== undefined && mayMakeObjects(node) ? name : undefined;
}

function nameOfPlace(node: ts.Expression): string | undefined {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node && ts.isIdentifier(parent.name) ? parent.name.text : undefined;
  if (ts.isPropertyDeclaration(parent)) return parent.initializer === node && !ts.isComputedPropertyName(parent.name) ? parent.name.text : undefined;
  const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === node;
  if (!isAssigned) return undefined;
  if (ts.isIdentifier(parent.left)) return parent.left.text;
  return ts.isPropertyAccessExpression(parent.left) && parent.left.expression.kind === ts.SyntaxKind.ThisKeyword ? parent.left.name.text : undefined;
}

function mayMakeObjects(node: ts.Expression): boolean {
  const made = skipParentheses(node);
  if (ts.isNewExpression(made)) return true;
  if (ts.isArrayLiteralExpression(made)) return made.elements.some(mayMakeObjects);
  if (ts.isObjectLiteralExpression(made)) return made.properties.some((property) => ts.isPropertyAssignment(property) && mayMakeObjects(property.initializer));
  if (!ts.isCallExpression(made)) return false;
  return ts.isIdentifier(made.expression) ? made.expression.text !== 'require' : made.arguments.some(hasNew);
}

/** `Array.from({ length: 5 }, () => new Mutex())` */
function hasNew(node: ts.Node): boolean {
  return ts.isNewExpression(node) || (ts.forEachChild(node, hasNew) ?? false);
}

/** `{ name: function }.name`: names what has no name of its own (ECMA-262, 13.2.5.5). */
export function named(name: string, value: ts.Expression): ts.Expression {
  const { factory } = ts;
  const key = factory.createComputedPropertyName(factory.createStringLiteral(name));
  return factory.createElementAccessExpression(factory.createObjectLiteralExpression([factory.createPropertyAssignment(key, value)]), factory.createStringLiteral(name));
}

/** The name that a function without one takes from where it stands. */
export function nameFromPlace({ parent }: ts.Expression): string | undefined {
  const isNaming = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  if (isNaming) return ts.isIdentifier(parent.name) || ts.isPrivateIdentifier(parent.name) || ts.isStringLiteral(parent.name) ? parent.name.text : undefined;
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(parent.left) ? parent.left.text : undefined;
}
