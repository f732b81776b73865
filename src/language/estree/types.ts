import ts from 'typescript';
import { accessibilityOf, annotation, convert, exported, has, none, RareSyntax, typeArguments, typeParameters } from './conversion.js';
import type { Conversion, Made } from './conversion.js';
import { quasis } from './expressions.js';
import { parametersOf } from './functions.js';

const { SyntaxKind } = ts;

const keywords = [SyntaxKind.AnyKeyword, SyntaxKind.BigIntKeyword, SyntaxKind.BooleanKeyword, SyntaxKind.NeverKeyword, SyntaxKind.NumberKeyword, SyntaxKind.ObjectKeyword, SyntaxKind.StringKeyword, SyntaxKind.SymbolKeyword, SyntaxKind.UnknownKeyword, SyntaxKind.VoidKeyword, SyntaxKind.UndefinedKeyword, SyntaxKind.IntrinsicKeyword] as const;
for (const kind of keywords) {
  const type = `TS${SyntaxKind[kind]}`;
  convert(kind, (c, node) => ({ type, range: c.range(node), loc: undefined, parent: undefined }));
}
convert(SyntaxKind.ThisType, (c, node) => ({ type: 'TSThisType', range: c.range(node), loc: undefined, parent: undefined }));

convert<ts.TypeReferenceNode>(SyntaxKind.TypeReference, (c, node) => ({ type: 'TSTypeReference', range: c.range(node), loc: undefined, parent: undefined, typeArguments: typeArguments(c, node), typeName: c.child(node.typeName, node) }));
convert<ts.QualifiedName>(SyntaxKind.QualifiedName, (c, node) => ({ type: 'TSQualifiedName', range: c.range(node), loc: undefined, parent: undefined, left: c.child(node.left, node), right: c.child(node.right, node) }));
convert<ts.TypeQueryNode>(SyntaxKind.TypeQuery, (c, node) => ({ type: 'TSTypeQuery', range: c.range(node), loc: undefined, parent: undefined, exprName: named(c, node.exprName, node), typeArguments: typeArguments(c, node) }));

/** `typeof this.a`: what is an identifier to TypeScript is `this` to everybody else. */
function named(c: Conversion, name: ts.EntityName, parent: ts.Node): Made {
  if (ts.isQualifiedName(name)) return { type: 'TSQualifiedName', range: c.range(name), loc: undefined, parent: undefined, left: named(c, name.left, name), right: c.child(name.right, name) };
  return name.text === 'this' ? { type: 'ThisExpression', range: c.range(name), loc: undefined, parent: undefined } : c.child(name, parent);
}

convert<ts.ImportTypeNode>(SyntaxKind.ImportType, (c, node) => {
  if (node.attributes) throw new RareSyntax('attributes of an import type');
  const range = c.range(node);
  const start = node.isTypeOf ? c.tokenFrom(range[0] + 'typeof'.length) : range[0];
  const made: Made = { type: 'TSImportType', range: [start, node.end], loc: undefined, parent: undefined, options: null, qualifier: c.child(node.qualifier, node), source: c.child(node.argument, node)['literal'], typeArguments: typeArguments(c, node) ?? null };
  return node.isTypeOf ? { type: 'TSTypeQuery', range, loc: undefined, parent: undefined, exprName: made, typeArguments: undefined } : made;
});

convert<ts.TypeParameterDeclaration>(SyntaxKind.TypeParameter, (c, node) => ({
  type: 'TSTypeParameter', range: c.range(node), loc: undefined, parent: undefined,
  const: has(node, SyntaxKind.ConstKeyword),
  constraint: c.child(node.constraint, node) ?? undefined,
  default: c.child(node.default, node) ?? undefined,
  in: has(node, SyntaxKind.InKeyword),
  name: c.child(node.name, node),
  out: has(node, SyntaxKind.OutKeyword),
}));

convert<ts.TypeLiteralNode>(SyntaxKind.TypeLiteral, (c, node) => ({ type: 'TSTypeLiteral', range: c.range(node), loc: undefined, parent: undefined, members: c.children(node.members, node) }));
convert<ts.ArrayTypeNode>(SyntaxKind.ArrayType, (c, node) => ({ type: 'TSArrayType', range: c.range(node), loc: undefined, parent: undefined, elementType: c.child(node.elementType, node) }));
convert<ts.IndexedAccessTypeNode>(SyntaxKind.IndexedAccessType, (c, node) => ({ type: 'TSIndexedAccessType', range: c.range(node), loc: undefined, parent: undefined, indexType: c.child(node.indexType, node), objectType: c.child(node.objectType, node) }));
convert<ts.ConditionalTypeNode>(SyntaxKind.ConditionalType, (c, node) => ({ type: 'TSConditionalType', range: c.range(node), loc: undefined, parent: undefined, checkType: c.child(node.checkType, node), extendsType: c.child(node.extendsType, node), falseType: c.child(node.falseType, node), trueType: c.child(node.trueType, node) }));
convert<ts.UnionTypeNode>(SyntaxKind.UnionType, (c, node) => ({ type: 'TSUnionType', range: c.range(node), loc: undefined, parent: undefined, types: c.children(node.types, node) }));
convert<ts.IntersectionTypeNode>(SyntaxKind.IntersectionType, (c, node) => ({ type: 'TSIntersectionType', range: c.range(node), loc: undefined, parent: undefined, types: c.children(node.types, node) }));
convert<ts.ParenthesizedTypeNode>(SyntaxKind.ParenthesizedType, (c, node) => c.child(node.type, node));
convert<ts.InferTypeNode>(SyntaxKind.InferType, (c, node) => ({ type: 'TSInferType', range: c.range(node), loc: undefined, parent: undefined, typeParameter: c.child(node.typeParameter, node) }));
convert<ts.TypeOperatorNode>(SyntaxKind.TypeOperator, (c, node) => ({ type: 'TSTypeOperator', range: c.range(node), loc: undefined, parent: undefined, operator: ts.tokenToString(node.operator), typeAnnotation: c.child(node.type, node) }));
convert<ts.LiteralTypeNode>(SyntaxKind.LiteralType, (c, node) => {
  if (node.literal.kind === SyntaxKind.NullKeyword) return { type: 'TSNullKeyword', range: c.range(node.literal), loc: undefined, parent: undefined };
  return { type: 'TSLiteralType', range: c.range(node), loc: undefined, parent: undefined, literal: c.child(node.literal, node) };
});
convert<ts.TemplateLiteralTypeNode>(SyntaxKind.TemplateLiteralType, (c, node) => ({ type: 'TSTemplateLiteralType', range: c.range(node), loc: undefined, parent: undefined, quasis: quasis(c, node, false), types: node.templateSpans.map(({ type }) => c.child(type, node)) }));

convert<ts.TupleTypeNode>(SyntaxKind.TupleType, (c, node) => ({ type: 'TSTupleType', range: c.range(node), loc: undefined, parent: undefined, elementTypes: c.children(node.elements, node) }));
convert<ts.OptionalTypeNode>(SyntaxKind.OptionalType, (c, node) => ({ type: 'TSOptionalType', range: c.range(node), loc: undefined, parent: undefined, typeAnnotation: c.child(node.type, node) }));
convert<ts.RestTypeNode>(SyntaxKind.RestType, (c, node) => ({ type: 'TSRestType', range: c.range(node), loc: undefined, parent: undefined, typeAnnotation: c.child(node.type, node) }));
convert<ts.NamedTupleMember>(SyntaxKind.NamedTupleMember, (c, node) => {
  const range = c.range(node);
  const label = c.child(node.name, node);
  const member: Made = { type: 'TSNamedTupleMember', range, loc: undefined, parent: undefined, elementType: c.child(node.type, node), label, optional: !!node.questionToken };
  if (!node.dotDotDotToken) return member;
  member.range = [label.range[0], range[1]];
  return { type: 'TSRestType', range, loc: undefined, parent: undefined, typeAnnotation: member };
});

convert<ts.MappedTypeNode>(SyntaxKind.MappedType, (c, node) => ({
  type: 'TSMappedType', range: c.range(node), loc: undefined, parent: undefined,
  constraint: c.child(node.typeParameter.constraint, node.typeParameter),
  key: c.child(node.typeParameter.name, node.typeParameter),
  nameType: c.child(node.nameType, node),
  optional: node.questionToken ? node.questionToken.kind === SyntaxKind.QuestionToken || ts.tokenToString(node.questionToken.kind) : false,
  readonly: node.readonlyToken ? node.readonlyToken.kind === SyntaxKind.ReadonlyKeyword || ts.tokenToString(node.readonlyToken.kind) : undefined,
  typeAnnotation: c.child(node.type, node) ?? undefined,
}));

convert<ts.TypePredicateNode>(SyntaxKind.TypePredicate, (c, node) => {
  const type = annotation(c, node.type, node);
  if (type) type.range = (type['typeAnnotation'] as Made).range;
  return { type: 'TSTypePredicate', range: c.range(node), loc: undefined, parent: undefined, asserts: !!node.assertsModifier, parameterName: c.child(node.parameterName, node), typeAnnotation: type ?? null };
});

// Signatures

convert<ts.FunctionTypeNode>(SyntaxKind.FunctionType, (c, node) => callable(c, node, 'TSFunctionType'));
convert<ts.ConstructSignatureDeclaration>(SyntaxKind.ConstructSignature, (c, node) => callable(c, node, 'TSConstructSignatureDeclaration'));
convert<ts.CallSignatureDeclaration>(SyntaxKind.CallSignature, (c, node) => callable(c, node, 'TSCallSignatureDeclaration'));
convert<ts.ConstructorTypeNode>(SyntaxKind.ConstructorType, (c, node) => ({ ...callable(c, node, 'TSConstructorType'), abstract: has(node, SyntaxKind.AbstractKeyword) }));

function callable(c: Conversion, node: ts.FunctionTypeNode | ts.ConstructorTypeNode | ts.ConstructSignatureDeclaration | ts.CallSignatureDeclaration, type: string): Made {
  return { type, range: c.range(node), loc: undefined, parent: undefined, params: parametersOf(c, node), returnType: annotation(c, node.type, node), typeParameters: typeParameters(c, node) };
}

convert<ts.PropertySignature>(SyntaxKind.PropertySignature, (c, node) => ({
  type: 'TSPropertySignature', range: c.range(node), loc: undefined, parent: undefined,
  accessibility: accessibilityOf(node),
  computed: node.name.kind === SyntaxKind.ComputedPropertyName,
  key: c.child(node.name, node),
  optional: !!node.questionToken,
  readonly: has(node, SyntaxKind.ReadonlyKeyword),
  static: has(node, SyntaxKind.StaticKeyword),
  typeAnnotation: annotation(c, node.type, node),
}));
convert<ts.IndexSignatureDeclaration>(SyntaxKind.IndexSignature, (c, node) => ({
  type: 'TSIndexSignature', range: c.range(node), loc: undefined, parent: undefined,
  accessibility: accessibilityOf(node),
  parameters: c.children(node.parameters, node),
  readonly: has(node, SyntaxKind.ReadonlyKeyword),
  static: has(node, SyntaxKind.StaticKeyword),
  typeAnnotation: annotation(c, node.type, node),
}));

// Declarations

convert<ts.TypeAliasDeclaration>(SyntaxKind.TypeAliasDeclaration, (c, node) => exported(c, node, { type: 'TSTypeAliasDeclaration', range: c.range(node), loc: undefined, parent: undefined, declare: has(node, SyntaxKind.DeclareKeyword), id: c.child(node.name, node), typeAnnotation: c.child(node.type, node), typeParameters: typeParameters(c, node) }));
convert<ts.InterfaceDeclaration>(SyntaxKind.InterfaceDeclaration, (c, node) => exported(c, node, {
  type: 'TSInterfaceDeclaration', range: c.range(node), loc: undefined, parent: undefined,
  body: { type: 'TSInterfaceBody', range: [node.members.pos - 1, node.end], loc: undefined, parent: undefined, body: c.children(node.members, node) },
  declare: has(node, SyntaxKind.DeclareKeyword),
  extends: node.heritageClauses?.flatMap(({ token, types }) => (token === SyntaxKind.ExtendsKeyword ? c.children(types, node) : none)) ?? none,
  id: c.child(node.name, node),
  typeParameters: typeParameters(c, node),
}));
convert<ts.EnumDeclaration>(SyntaxKind.EnumDeclaration, (c, node) => exported(c, node, {
  type: 'TSEnumDeclaration', range: c.range(node), loc: undefined, parent: undefined,
  body: { type: 'TSEnumBody', range: [node.members.pos - 1, node.end], loc: undefined, parent: undefined, members: c.children(node.members, node) },
  const: has(node, SyntaxKind.ConstKeyword),
  declare: has(node, SyntaxKind.DeclareKeyword),
  id: c.child(node.name, node),
}));
convert<ts.EnumMember>(SyntaxKind.EnumMember, (c, node) => ({ type: 'TSEnumMember', range: c.range(node), loc: undefined, parent: undefined, id: c.child(node.name, node), initializer: c.child(node.initializer, node) ?? undefined }));
