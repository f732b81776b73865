import ts from 'typescript';
import { convert, identifier, none, RareSyntax, typeArguments } from './conversion.js';
import type { Conversion, Made } from './conversion.js';
import { assignmentPattern, restElement } from './functions.js';

const { SyntaxKind } = ts;

convert<ts.Identifier>(SyntaxKind.Identifier, (c, node) => identifier(c.range(node), node.text));
convert<ts.PrivateIdentifier>(SyntaxKind.PrivateIdentifier, (c, node) => ({ type: 'PrivateIdentifier', range: c.range(node), loc: undefined, parent: undefined, name: node.text.slice(1) }));
convert(SyntaxKind.ThisKeyword, (c, node) => ({ type: 'ThisExpression', range: c.range(node), loc: undefined, parent: undefined }));
convert(SyntaxKind.SuperKeyword, (c, node) => ({ type: 'Super', range: c.range(node), loc: undefined, parent: undefined }));

// Literals

convert<ts.StringLiteral>(SyntaxKind.StringLiteral, (c, node) => literal(c, node, c.textOf(node), node.text));
convert<ts.NumericLiteral>(SyntaxKind.NumericLiteral, (c, node) => literal(c, node, c.textOf(node), Number(node.text)));
convert(SyntaxKind.TrueKeyword, (c, node) => literal(c, node, 'true', true));
convert(SyntaxKind.FalseKeyword, (c, node) => literal(c, node, 'false', false));
convert(SyntaxKind.NullKeyword, (c, node) => literal(c, node, 'null', null));

function literal(c: Conversion, node: ts.Node, raw: string, value: unknown): Made {
  return { type: 'Literal', range: c.range(node), loc: undefined, parent: undefined, raw, value };
}

convert<ts.BigIntLiteral>(SyntaxKind.BigIntLiteral, (c, node) => {
  const raw = c.textOf(node);
  const bigint = raw.slice(0, -1).replaceAll('_', '');
  return { type: 'Literal', range: c.range(node), loc: undefined, parent: undefined, bigint: String(BigInt(bigint)), raw, value: BigInt(bigint) };
});

convert<ts.RegularExpressionLiteral>(SyntaxKind.RegularExpressionLiteral, (c, node) => {
  const end = node.text.lastIndexOf('/');
  const [pattern, flags] = [node.text.slice(1, end), node.text.slice(end + 1)];
  return { type: 'Literal', range: c.range(node), loc: undefined, parent: undefined, raw: node.text, regex: { flags, pattern }, value: compiled(pattern, flags) };
});

function compiled(pattern: string, flags: string): RegExp | null {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return null;
  }
}

// Templates

convert<ts.NoSubstitutionTemplateLiteral>(SyntaxKind.NoSubstitutionTemplateLiteral, (c, node, parent) => ({ type: 'TemplateLiteral', range: c.range(node), loc: undefined, parent: undefined, expressions: [], quasis: [quasi(c, node, 1, isTag(parent))] }));
convert<ts.TemplateExpression>(SyntaxKind.TemplateExpression, (c, node, parent) => ({
  type: 'TemplateLiteral', range: c.range(node), loc: undefined, parent: undefined,
  expressions: node.templateSpans.map(({ expression }) => c.child(expression, node)),
  quasis: quasis(c, node, isTag(parent)),
}));
convert<ts.TaggedTemplateExpression>(SyntaxKind.TaggedTemplateExpression, (c, node) => ({ type: 'TaggedTemplateExpression', range: c.range(node), loc: undefined, parent: undefined, quasi: c.child(node.template, node), tag: c.child(node.tag, node), typeArguments: typeArguments(c, node) }));

function isTag({ kind }: ts.Node): boolean {
  return kind === SyntaxKind.TaggedTemplateExpression;
}

export function quasis(c: Conversion, { head, templateSpans }: ts.TemplateExpression | ts.TemplateLiteralTypeNode, isTagged: boolean): Made[] {
  return [quasi(c, head, 2, isTagged), ...templateSpans.map(({ literal: part }) => quasi(c, part, part.kind === SyntaxKind.TemplateTail ? 1 : 2, isTagged))];
}

/** @param closing Characters that close it: a backtick, or `${`. */
function quasi(c: Conversion, node: ts.TemplateLiteralLikeNode, closing: number, isTagged: boolean): Made {
  const range = c.range(node);
  const raw = c.text.slice(range[0] + 1, range[1] - closing);
  return { type: 'TemplateElement', range, loc: undefined, parent: undefined, tail: closing === 1, value: { cooked: isTagged && !isValid(raw) ? null : node.text, raw } };
}

/** Only a tagged template may hold escapes that mean nothing. */
function isValid(raw: string): boolean {
  return !/\\u(?![0-9a-fA-F]{4}|\{)|\\x(?![0-9a-fA-F]{2})/.test(raw);
}

// Objects, arrays and patterns

convert<ts.ArrayLiteralExpression>(SyntaxKind.ArrayLiteralExpression, (c, node) => (c.isPattern ? arrayPattern(c, node) : { type: 'ArrayExpression', range: c.range(node), loc: undefined, parent: undefined, elements: c.children(node.elements, node) }));
convert<ts.ObjectLiteralExpression>(SyntaxKind.ObjectLiteralExpression, (c, node) => (c.isPattern ? objectPattern(c, node, node.properties) : { type: 'ObjectExpression', range: c.range(node), loc: undefined, parent: undefined, properties: c.children(node.properties, node) }));
convert<ts.ArrayBindingPattern>(SyntaxKind.ArrayBindingPattern, (c, node) => arrayPattern(c, node));
convert<ts.ObjectBindingPattern>(SyntaxKind.ObjectBindingPattern, (c, node) => objectPattern(c, node, node.elements));
convert(SyntaxKind.OmittedExpression, () => null);

function arrayPattern(c: Conversion, node: ts.ArrayLiteralExpression | ts.ArrayBindingPattern): Made {
  return { type: 'ArrayPattern', range: c.range(node), loc: undefined, parent: undefined, decorators: none, elements: c.patterns(node.elements, node), optional: false, typeAnnotation: undefined };
}

function objectPattern(c: Conversion, node: ts.Node, properties: readonly ts.Node[]): Made {
  return { type: 'ObjectPattern', range: c.range(node), loc: undefined, parent: undefined, decorators: none, optional: false, properties: c.patterns(properties, node), typeAnnotation: undefined };
}

convert<ts.BindingElement>(SyntaxKind.BindingElement, (c, node, parent) => {
  const range = c.range(node);
  if (parent.kind === SyntaxKind.ArrayBindingPattern) {
    const item = c.child(node.name, node);
    if (node.initializer) return assignmentPattern(range, item, c.child(node.initializer, node));
    return node.dotDotDotToken ? restElement(range, item) : item;
  }
  if (node.dotDotDotToken) return restElement(range, c.child(node.propertyName ?? node.name, node));
  return {
    type: 'Property', range, loc: undefined, parent: undefined,
    computed: node.propertyName?.kind === SyntaxKind.ComputedPropertyName,
    key: c.child(node.propertyName ?? node.name, node),
    kind: 'init',
    method: false,
    optional: false,
    shorthand: !node.propertyName,
    value: node.initializer ? assignmentPattern([c.start(node.name), node.initializer.end], c.child(node.name, node), c.child(node.initializer, node)) : c.child(node.name, node),
  };
});

convert<ts.PropertyAssignment>(SyntaxKind.PropertyAssignment, (c, node) => ({ type: 'Property', range: c.range(node), loc: undefined, parent: undefined, computed: node.name.kind === SyntaxKind.ComputedPropertyName, key: c.child(node.name, node), kind: 'init', method: false, optional: false, shorthand: false, value: c.as(node.initializer, node, c.isPattern) }));
convert<ts.ShorthandPropertyAssignment>(SyntaxKind.ShorthandPropertyAssignment, (c, node) => {
  const range = c.range(node);
  const { objectAssignmentInitializer: initial } = node;
  const value = initial ? assignmentPattern([...range], c.pattern(node.name, node), c.child(initial, node)) : c.child(node.name, node);
  return { type: 'Property', range, loc: undefined, parent: undefined, computed: false, key: c.child(node.name, node), kind: 'init', method: false, optional: false, shorthand: true, value };
});
convert<ts.ComputedPropertyName>(SyntaxKind.ComputedPropertyName, (c, node) => c.child(node.expression, node));
convert<ts.SpreadElement | ts.SpreadAssignment>([SyntaxKind.SpreadElement, SyntaxKind.SpreadAssignment], (c, node) =>
  c.isPattern ? restElement(c.range(node), c.pattern(node.expression, node)) : { type: 'SpreadElement', range: c.range(node), loc: undefined, parent: undefined, argument: c.child(node.expression, node) });

// Members and calls

convert<ts.PropertyAccessExpression>(SyntaxKind.PropertyAccessExpression, (c, node) => member(c, node, node.name, false));
convert<ts.ElementAccessExpression>(SyntaxKind.ElementAccessExpression, (c, node) => member(c, node, node.argumentExpression, true));

function member(c: Conversion, node: ts.PropertyAccessExpression | ts.ElementAccessExpression, name: ts.Node, computed: boolean): Made {
  const made: Made = { type: 'MemberExpression', range: c.range(node), loc: undefined, parent: undefined, computed, object: c.child(node.expression, node), optional: !!node.questionDotToken, property: c.child(name, node) };
  return chained(made, 'object', node);
}

convert<ts.CallExpression>(SyntaxKind.CallExpression, (c, node) => {
  if (node.expression.kind === SyntaxKind.ImportKeyword) {
    return { type: 'ImportExpression', range: c.range(node), loc: undefined, parent: undefined, options: c.child(node.arguments[1], node), phase: null, source: c.child(node.arguments[0], node) };
  }
  if (node.expression.kind === SyntaxKind.MetaProperty) throw new RareSyntax('import.defer');
  const made: Made = { type: 'CallExpression', range: c.range(node), loc: undefined, parent: undefined, arguments: none, callee: c.child(node.expression, node), optional: !!node.questionDotToken, typeArguments: undefined };
  made['arguments'] = c.children(node.arguments, node);
  if (node.typeArguments) made['typeArguments'] = typeArguments(c, node);
  return chained(made, 'callee', node);
});

convert<ts.NonNullExpression>(SyntaxKind.NonNullExpression, (c, node) => chained({ type: 'TSNonNullExpression', range: c.range(node), loc: undefined, parent: undefined, expression: c.child(node.expression, node) }, 'expression', node));

/** `a?.b.c` is one chain, which ends with the outermost part; `(a?.b).c` is not. */
function chained(made: Made, field: 'object' | 'callee' | 'expression', { expression }: { readonly expression: ts.Node }): Made {
  const inner = made[field] as Made;
  const goesOn = inner.type === 'ChainExpression' && expression.kind !== SyntaxKind.ParenthesizedExpression;
  if (!goesOn && made['optional'] !== true) return made;
  if (goesOn) made[field] = inner['expression'];
  return { type: 'ChainExpression', range: [...made.range], loc: undefined, parent: undefined, expression: made };
}

convert<ts.NewExpression>(SyntaxKind.NewExpression, (c, node) => ({ type: 'NewExpression', range: c.range(node), loc: undefined, parent: undefined, arguments: c.children(node.arguments, node), callee: c.child(node.expression, node), typeArguments: typeArguments(c, node) }));
convert<ts.MetaProperty>(SyntaxKind.MetaProperty, (c, node) => {
  const start = c.start(node);
  const name = ts.tokenToString(node.keywordToken)!;
  return { type: 'MetaProperty', range: c.range(node), loc: undefined, parent: undefined, meta: identifier([start, start + name.length], name), property: c.child(node.name, node) };
});

// Operators

convert<ts.BinaryExpression>(SyntaxKind.BinaryExpression, (c, node) => {
  const range = c.range(node);
  const { kind } = node.operatorToken;
  if (kind === SyntaxKind.CommaToken) return sequence(c, node);
  const operator = ts.tokenToString(kind);
  if (kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment) {
    if (c.isPattern) return assignmentPattern(range, c.pattern(node.left, node), c.child(node.right, node));
    return { type: 'AssignmentExpression', range, loc: undefined, parent: undefined, operator, left: c.pattern(node.left, node), right: c.child(node.right, node) };
  }
  const isLogical = kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.BarBarToken || kind === SyntaxKind.QuestionQuestionToken;
  return { type: isLogical ? 'LogicalExpression' : 'BinaryExpression', range, loc: undefined, parent: undefined, operator, left: c.child(node.left, node), right: c.child(node.right, node) };
});

function sequence(c: Conversion, node: ts.BinaryExpression): Made {
  const range = c.range(node);
  const left = c.child(node.left, node);
  const isOne = left.type === 'SequenceExpression' && node.left.kind !== SyntaxKind.ParenthesizedExpression;
  return { type: 'SequenceExpression', range, loc: undefined, parent: undefined, expressions: [...(isOne ? (left['expressions'] as Made[]) : [left]), c.child(node.right, node)] };
}

convert<ts.PrefixUnaryExpression | ts.PostfixUnaryExpression>([SyntaxKind.PrefixUnaryExpression, SyntaxKind.PostfixUnaryExpression], (c, node) => {
  const operator = ts.tokenToString(node.operator);
  const isUpdate = node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken;
  return { type: isUpdate ? 'UpdateExpression' : 'UnaryExpression', range: c.range(node), loc: undefined, parent: undefined, argument: c.child(node.operand, node), operator, prefix: node.kind === SyntaxKind.PrefixUnaryExpression };
});
convert<ts.DeleteExpression>(SyntaxKind.DeleteExpression, (c, node) => unary(c, node, 'delete'));
convert<ts.VoidExpression>(SyntaxKind.VoidExpression, (c, node) => unary(c, node, 'void'));
convert<ts.TypeOfExpression>(SyntaxKind.TypeOfExpression, (c, node) => unary(c, node, 'typeof'));

function unary(c: Conversion, node: ts.DeleteExpression | ts.VoidExpression | ts.TypeOfExpression, operator: string): Made {
  return { type: 'UnaryExpression', range: c.range(node), loc: undefined, parent: undefined, argument: c.child(node.expression, node), operator, prefix: true };
}

convert<ts.AwaitExpression>(SyntaxKind.AwaitExpression, (c, node) => ({ type: 'AwaitExpression', range: c.range(node), loc: undefined, parent: undefined, argument: c.child(node.expression, node) }));
convert<ts.YieldExpression>(SyntaxKind.YieldExpression, (c, node) => ({ type: 'YieldExpression', range: c.range(node), loc: undefined, parent: undefined, argument: c.child(node.expression, node), delegate: !!node.asteriskToken }));
convert<ts.ConditionalExpression>(SyntaxKind.ConditionalExpression, (c, node) => ({ type: 'ConditionalExpression', range: c.range(node), loc: undefined, parent: undefined, test: c.child(node.condition, node), consequent: c.child(node.whenTrue, node), alternate: c.child(node.whenFalse, node) }));
convert<ts.ParenthesizedExpression>(SyntaxKind.ParenthesizedExpression, (c, node, parent) => c.child(node.expression, parent));

// What TypeScript adds to expressions

convert<ts.AsExpression>(SyntaxKind.AsExpression, (c, node) => typed(c, node, 'TSAsExpression'));
convert<ts.SatisfiesExpression>(SyntaxKind.SatisfiesExpression, (c, node) => typed(c, node, 'TSSatisfiesExpression'));
convert<ts.TypeAssertion>(SyntaxKind.TypeAssertionExpression, (c, node) => typed(c, node, 'TSTypeAssertion'));

function typed(c: Conversion, node: ts.AsExpression | ts.SatisfiesExpression | ts.TypeAssertion, type: string): Made {
  return { type, range: c.range(node), loc: undefined, parent: undefined, expression: c.child(node.expression, node), typeAnnotation: c.child(node.type, node) };
}
