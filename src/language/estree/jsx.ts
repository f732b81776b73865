import ts from 'typescript';
import { convert, none, RareSyntax, typeArguments } from './conversion.js';
import type { Conversion, Made } from './conversion.js';

const { SyntaxKind } = ts;

convert<ts.JsxElement>(SyntaxKind.JsxElement, (c, node) => ({ type: 'JSXElement', range: c.range(node), loc: undefined, parent: undefined, children: c.children(node.children, node), closingElement: c.child(node.closingElement, node), openingElement: c.child(node.openingElement, node) }));
convert<ts.JsxSelfClosingElement>(SyntaxKind.JsxSelfClosingElement, (c, node) => ({ type: 'JSXElement', range: c.range(node), loc: undefined, parent: undefined, children: none, closingElement: null, openingElement: opening(c, node, true) }));
convert<ts.JsxOpeningElement>(SyntaxKind.JsxOpeningElement, (c, node) => opening(c, node, false));
convert<ts.JsxClosingElement>(SyntaxKind.JsxClosingElement, (c, node) => ({ type: 'JSXClosingElement', range: c.range(node), loc: undefined, parent: undefined, name: tagName(c, node.tagName) }));
convert<ts.JsxFragment>(SyntaxKind.JsxFragment, (c, node) => ({ type: 'JSXFragment', range: c.range(node), loc: undefined, parent: undefined, children: c.children(node.children, node), closingFragment: c.child(node.closingFragment, node), openingFragment: c.child(node.openingFragment, node) }));
convert<ts.JsxOpeningFragment>(SyntaxKind.JsxOpeningFragment, (c, node) => ({ type: 'JSXOpeningFragment', range: c.range(node), loc: undefined, parent: undefined }));
convert<ts.JsxClosingFragment>(SyntaxKind.JsxClosingFragment, (c, node) => ({ type: 'JSXClosingFragment', range: c.range(node), loc: undefined, parent: undefined }));

function opening(c: Conversion, node: ts.JsxOpeningElement | ts.JsxSelfClosingElement, selfClosing: boolean): Made {
  return { type: 'JSXOpeningElement', range: c.range(node), loc: undefined, parent: undefined, attributes: c.children(node.attributes.properties, node.attributes), name: tagName(c, node.tagName), selfClosing, typeArguments: typeArguments(c, node) };
}

function tagName(c: Conversion, node: ts.Node): Made {
  if (ts.isPropertyAccessExpression(node)) return { type: 'JSXMemberExpression', range: c.range(node), loc: undefined, parent: undefined, object: tagName(c, node.expression), property: name(c, node.name) };
  return name(c, node);
}

function name(c: Conversion, node: ts.Node): Made {
  const text = c.textOf(node);
  if (text.includes(':')) throw new RareSyntax('a namespace of JSX');
  return { type: 'JSXIdentifier', range: c.range(node), loc: undefined, parent: undefined, name: text };
}

convert<ts.JsxExpression>(SyntaxKind.JsxExpression, (c, node) => {
  const range = c.range(node);
  const expression: Made = node.expression ? c.child(node.expression, node) : { type: 'JSXEmptyExpression', range: [range[0] + 1, range[1] - 1], loc: undefined, parent: undefined };
  return { type: node.dotDotDotToken ? 'JSXSpreadChild' : 'JSXExpressionContainer', range, loc: undefined, parent: undefined, expression };
});
convert<ts.JsxAttribute>(SyntaxKind.JsxAttribute, (c, node) => ({ type: 'JSXAttribute', range: c.range(node), loc: undefined, parent: undefined, name: name(c, node.name), value: c.child(node.initializer, node) }));
convert<ts.JsxSpreadAttribute>(SyntaxKind.JsxSpreadAttribute, (c, node) => ({ type: 'JSXSpreadAttribute', range: c.range(node), loc: undefined, parent: undefined, argument: c.child(node.expression, node) }));

/** Entities such as `&nbsp;` stay as they are written: what a page shows is no matter here. */
convert<ts.JsxText>(SyntaxKind.JsxText, (c, node) => {
  const text = c.text.slice(node.pos, node.end);
  return { type: 'JSXText', range: [node.pos, node.end], loc: undefined, parent: undefined, raw: text, value: text };
});
