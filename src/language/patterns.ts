import ts from 'typescript';
import type { HookFactory } from './hooks.js';

/**
 * What a destructuring pattern reads of a value, for the hook `picked`: `[site, key, what the pattern reads of that]`. Without a key: the
 * contents as a whole, which is what iterating reads, and what a rest or a computed name may; with a number: so many elements, by iterating.
 */
export function picksOf(pattern: ts.BindingPattern | ts.ArrayLiteralExpression | ts.ObjectLiteralExpression, hooks: HookFactory): ts.Expression {
  const picks = ts.isArrayBindingPattern(pattern) || ts.isArrayLiteralExpression(pattern) ? picksOfArray(pattern, hooks) : picksOfObject(pattern, hooks);
  return ts.factory.createArrayLiteralExpression(picks);
}

function picksOfArray(pattern: ts.ArrayBindingPattern | ts.ArrayLiteralExpression, hooks: HookFactory): ts.Expression[] {
  const nested = pattern.elements.flatMap((element, index) => {
    const inner = patternIn(element);
    return inner ? [pick(hooks, element, String(index), inner)] : [];
  });
  const last = pattern.elements.at(-1);
  const hasRest = last !== undefined && (ts.isSpreadElement(last) || (ts.isBindingElement(last) && !!last.dotDotDotToken));
  return [pick(hooks, pattern, pattern.elements.length - (hasRest ? 1 : 0)), ...nested];
}

function picksOfObject(pattern: ts.ObjectBindingPattern | ts.ObjectLiteralExpression, hooks: HookFactory): ts.Expression[] {
  const elements: readonly (ts.ObjectLiteralElementLike | ts.BindingElement)[] = ts.isObjectBindingPattern(pattern) ? pattern.elements : pattern.properties;
  return elements.map((element) => {
    const key = keyOf(element);
    return key === undefined ? pick(hooks, element) : pick(hooks, element, key, patternIn(element));
  });
}

function pick(hooks: HookFactory, place: ts.Node, key?: string | number, inner?: Parameters<typeof picksOf>[0]): ts.Expression {
  const { factory } = ts;
  return factory.createArrayLiteralExpression([hooks.site(place), ...(key === undefined ? [] : [typeof key === 'number' ? factory.createNumericLiteral(key) : factory.createStringLiteral(key)]), ...(inner ? [picksOf(inner, hooks)] : [])]);
}

/** The property that an element of an object pattern reads, if its name is written down. */
function keyOf(element: ts.ObjectLiteralElementLike | ts.BindingElement): string | undefined {
  if (ts.isSpreadAssignment(element) || (ts.isBindingElement(element) && element.dotDotDotToken)) return undefined;
  const name = ts.isBindingElement(element) ? element.propertyName ?? element.name : element.name;
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)) ? name.text : undefined;
}

/** The pattern that an element takes its part apart with. */
function patternIn(element: ts.Node): Parameters<typeof picksOf>[0] | undefined {
  if (ts.isBindingElement(element)) return ts.isIdentifier(element.name) ? undefined : element.name;
  if (ts.isPropertyAssignment(element)) return patternIn(element.initializer);
  if (ts.isBinaryExpression(element) && element.operatorToken.kind === ts.SyntaxKind.EqualsToken) return patternIn(element.left);
  return ts.isArrayLiteralExpression(element) || ts.isObjectLiteralExpression(element) ? element : undefined;
}
