import ts from 'typescript';
import { runtimeName } from './hooks.js';

/** Hooks that run no code of the program while a module is loaded. */
const inertHooks: ReadonlySet<string> = new Set(['born', 'closure', 'expose', 'named', 'scope', 'writeVariable']);
/** What makes something out of nothing. */
const containers: ReadonlySet<string> = new Set(['Map', 'Set', 'WeakMap', 'WeakSet']);
const importers: ReadonlySet<string> = new Set(['require', '__importStar', '__importDefault']);

/** What the top level of a module knows of a name, by its text. */
export interface TopLevel {
  /** Of this module, or of another one. */
  isOwn(name: string): boolean;
  /** It has a value by now, or is not of this module. */
  hasValue(name: string): boolean;
  isImported(name: string): boolean;
}

/** Whether to evaluate an expression at the top level of a lowered module runs no code of that module, and asks for no variable that has no value yet. */
export function isInert(node: ts.Expression, top: TopLevel): boolean {
  const inert = (part: ts.Expression): boolean => isInert(part, top);
  if (ts.isIdentifier(node)) return isReadable(node, top);
  if (isLiteral(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return true;
  if (ts.isParenthesizedExpression(node) || ts.isVoidExpression(node)) return inert(node.expression);
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand) && node.operator !== ts.SyntaxKind.PlusPlusToken && node.operator !== ts.SyntaxKind.MinusMinusToken;
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((element) => !ts.isSpreadElement(element) && inert(element));
  if (ts.isObjectLiteralExpression(node)) return node.properties.every((property) => isInertProperty(property, top));
  if (ts.isBinaryExpression(node)) return isInertOperation(node, top);
  if (ts.isNewExpression(node)) return isContainer(node.expression, top) && !node.arguments?.length;
  return ts.isCallExpression(node) && isInertCall(node, top);
}

/** The hook that is called. */
export function hookOf(node: ts.Expression): string | undefined {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && isNamed(node.expression.expression, runtimeName) ? node.expression.name.text : undefined;
}

/** `exports.name` */
export function isExported(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) && isNamed(node.expression, 'exports');
}

/** What is generated may have no text before it is written. */
function isReadable({ text }: ts.Identifier, top: TopLevel): boolean {
  return text !== '' && !top.isImported(text) && top.hasValue(text);
}

function isLiteral(node: ts.Expression): boolean {
  return ts.isLiteralExpression(node) || node.kind === ts.SyntaxKind.NullKeyword || node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
}

function isInertProperty(property: ts.ObjectLiteralElementLike, top: TopLevel): boolean {
  if (property.name === undefined || ts.isComputedPropertyName(property.name)) return false;
  if (ts.isShorthandPropertyAssignment(property)) return isReadable(property.name, top);
  return ts.isPropertyAssignment(property) ? isInert(property.initializer, top) : true;
}

function isInertOperation({ operatorToken: { kind }, left, right }: ts.BinaryExpression, top: TopLevel): boolean {
  if (kind === ts.SyntaxKind.CommaToken) return isInert(left, top) && isInert(right, top);
  return kind === ts.SyntaxKind.EqualsToken && isInert(right, top) && (ts.isIdentifier(left) ? isReadable(left, top) : isExported(left));
}

function isInertCall(node: ts.CallExpression, top: TopLevel): boolean {
  const { expression, arguments: given } = node;
  if (ts.isIdentifier(expression)) return importers.has(expression.text) && !top.isOwn(expression.text) && given.every((each) => isInert(each, top));
  const hook = hookOf(node);
  if (hook === 'construct') return given[1] !== undefined && isContainer(given[1], top) && given[2] !== undefined && ts.isArrayLiteralExpression(given[2]) && given[2].elements.length === 0;
  if (hook !== undefined) return inertHooks.has(hook) && given.every((each) => isInert(each, top));
  // That a module is one, and what it passes on of others.
  return ts.isPropertyAccessExpression(expression) && isNamed(expression.expression, 'Object') && !top.isOwn('Object') && expression.name.text === 'defineProperty'
    && given[0] !== undefined && isNamed(given[0], 'exports') && given.every((each) => isInert(each, top));
}

function isContainer(node: ts.Expression, top: TopLevel): boolean {
  return ts.isIdentifier(node) && containers.has(node.text) && !top.isOwn(node.text);
}

function isNamed(node: ts.Expression, text: string): boolean {
  return ts.isIdentifier(node) && node.text === text;
}
