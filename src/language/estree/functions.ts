import ts from 'typescript';
import { accessibilityOf, annotation, convert, decoratorsOf, exported, has, identifier, modifiersOf, none, RareSyntax, typeArguments, typeParameters, widen } from './conversion.js';
import type { Conversion, Made, Range } from './conversion.js';

const { SyntaxKind } = ts;

export function parametersOf(c: Conversion, node: ts.SignatureDeclarationBase): Made[] {
  const params: Made[] = [];
  for (const parameter of node.parameters) {
    const made = c.child(parameter, node as ts.Node);
    made['decorators'] = decoratorsOf(c, parameter);
    params.push(made);
  }
  return params;
}

convert<ts.ParameterDeclaration>(SyntaxKind.Parameter, (c, node) => {
  const modifiers = modifiersOf(node);
  let parameter: Made;
  let made: Made;
  if (node.dotDotDotToken) {
    parameter = made = restElement(c.range(node), c.child(node.name, node));
  } else if (node.initializer) {
    parameter = c.child(node.name, node);
    made = assignmentPattern([c.start(node.name), node.initializer.end], parameter, c.child(node.initializer, node));
  } else {
    parameter = made = c.child(node.name, node);
  }
  const type = annotation(c, node.type, node);
  if (type) {
    parameter['typeAnnotation'] = type;
    widen(parameter, type.range);
  }
  if (node.questionToken) {
    if (node.questionToken.end > parameter.range[1]) parameter.range[1] = node.questionToken.end;
    parameter['optional'] = true;
  }
  if (!modifiers) return made;
  return { type: 'TSParameterProperty', range: c.range(node), loc: undefined, parent: undefined, accessibility: accessibilityOf(node), decorators: none, override: has(node, SyntaxKind.OverrideKeyword), parameter: made, readonly: has(node, SyntaxKind.ReadonlyKeyword), static: has(node, SyntaxKind.StaticKeyword) };
});

export function restElement(range: Range, argument: Made): Made {
  return { type: 'RestElement', range, loc: undefined, parent: undefined, argument, decorators: none, optional: false, typeAnnotation: undefined, value: undefined };
}

export function assignmentPattern(range: Range, left: Made, right: Made): Made {
  return { type: 'AssignmentPattern', range, loc: undefined, parent: undefined, decorators: none, left, optional: false, right, typeAnnotation: undefined };
}

convert<ts.FunctionExpression>(SyntaxKind.FunctionExpression, (c, node) => ({
  type: 'FunctionExpression', range: c.range(node), loc: undefined, parent: undefined,
  async: has(node, SyntaxKind.AsyncKeyword),
  body: c.child(node.body, node),
  declare: false,
  expression: false,
  generator: !!node.asteriskToken,
  id: c.child(node.name, node),
  params: parametersOf(c, node),
  returnType: annotation(c, node.type, node),
  typeParameters: typeParameters(c, node),
}));

convert<ts.ArrowFunction>(SyntaxKind.ArrowFunction, (c, node) => ({
  type: 'ArrowFunctionExpression', range: c.range(node), loc: undefined, parent: undefined,
  async: has(node, SyntaxKind.AsyncKeyword),
  body: c.child(node.body, node),
  expression: node.body.kind !== SyntaxKind.Block,
  generator: false,
  id: null,
  params: parametersOf(c, node),
  returnType: annotation(c, node.type, node),
  typeParameters: typeParameters(c, node),
}));

/** What a method holds as its value, from its parameters on. */
function methodBody(c: Conversion, node: ts.MethodDeclaration | ts.AccessorDeclaration | ts.ConstructorDeclaration): Made {
  const made: Made = {
    type: node.body ? 'FunctionExpression' : 'TSEmptyBodyFunctionExpression', range: [node.parameters.pos - 1, node.end], loc: undefined, parent: undefined,
    async: has(node, SyntaxKind.AsyncKeyword),
    body: c.child(node.body, node),
    declare: false,
    expression: false,
    generator: !!node.asteriskToken,
    id: null,
    params: parametersOf(c, node),
    returnType: annotation(c, node.type, node),
    typeParameters: typeParameters(c, node),
  };
  const parameters = made['typeParameters'] as Made | undefined;
  if (parameters) widen(made, parameters.range);
  return made;
}

convert<ts.MethodDeclaration | ts.AccessorDeclaration>([SyntaxKind.MethodDeclaration, SyntaxKind.GetAccessor, SyntaxKind.SetAccessor], (c, node, parent) => {
  if (parent.kind === SyntaxKind.InterfaceDeclaration || parent.kind === SyntaxKind.TypeLiteral) return signature(c, node);
  const accessor = node.kind === SyntaxKind.GetAccessor ? 'get' : node.kind === SyntaxKind.SetAccessor ? 'set' : undefined;
  const range = c.range(node);
  const value = methodBody(c, node);
  const computed = node.name.kind === SyntaxKind.ComputedPropertyName;
  if (parent.kind === SyntaxKind.ObjectLiteralExpression) {
    return { type: 'Property', range, loc: undefined, parent: undefined, computed, key: c.child(node.name, node), kind: accessor ?? 'init', method: node.kind === SyntaxKind.MethodDeclaration, optional: !!node.questionToken, shorthand: false, value };
  }
  const isStatic = has(node, SyntaxKind.StaticKeyword);
  const isConstructor = !isStatic && node.name.kind === SyntaxKind.StringLiteral && node.name.text === 'constructor';
  return {
    type: has(node, SyntaxKind.AbstractKeyword) ? 'TSAbstractMethodDefinition' : 'MethodDefinition', range, loc: undefined, parent: undefined,
    accessibility: accessibilityOf(node),
    computed,
    decorators: decoratorsOf(c, node),
    key: c.child(node.name, node),
    kind: accessor ?? (isConstructor ? 'constructor' : 'method'),
    optional: !!node.questionToken,
    override: has(node, SyntaxKind.OverrideKeyword),
    static: isStatic,
    value,
  };
});

convert<ts.ConstructorDeclaration>(SyntaxKind.Constructor, (c, node) => {
  const last = modifiersOf(node)?.at(-1);
  const start = last ? c.tokenFrom(last.end) : c.start(node);
  if (!c.text.startsWith('constructor', start)) throw new RareSyntax('constructor');
  const isStatic = has(node, SyntaxKind.StaticKeyword);
  return {
    type: has(node, SyntaxKind.AbstractKeyword) ? 'TSAbstractMethodDefinition' : 'MethodDefinition', range: c.range(node), loc: undefined, parent: undefined,
    accessibility: accessibilityOf(node),
    computed: false,
    decorators: none,
    key: identifier([start, start + 'constructor'.length], 'constructor'),
    kind: isStatic ? 'method' : 'constructor',
    optional: false,
    override: false,
    static: isStatic,
    value: { ...methodBody(c, node), async: false },
  };
});

convert<ts.MethodSignature>(SyntaxKind.MethodSignature, (c, node) => signature(c, node));

function signature(c: Conversion, node: ts.MethodSignature | ts.MethodDeclaration | ts.AccessorDeclaration): Made {
  return {
    type: 'TSMethodSignature', range: c.range(node), loc: undefined, parent: undefined,
    accessibility: accessibilityOf(node),
    computed: node.name.kind === SyntaxKind.ComputedPropertyName,
    key: c.child(node.name, node),
    kind: node.kind === SyntaxKind.GetAccessor ? 'get' : node.kind === SyntaxKind.SetAccessor ? 'set' : 'method',
    optional: !!node.questionToken,
    params: parametersOf(c, node),
    readonly: has(node, SyntaxKind.ReadonlyKeyword),
    returnType: annotation(c, node.type, node),
    static: has(node, SyntaxKind.StaticKeyword),
    typeParameters: typeParameters(c, node),
  };
}

convert<ts.ClassLikeDeclaration>([SyntaxKind.ClassDeclaration, SyntaxKind.ClassExpression], (c, node) => {
  const clause = (token: ts.SyntaxKind): ts.HeritageClause | undefined => node.heritageClauses?.find((one) => one.token === token);
  const base = clause(SyntaxKind.ExtendsKeyword)?.types[0];
  const interfaces = clause(SyntaxKind.ImplementsKeyword);
  return exported(c, node, {
    type: node.kind === SyntaxKind.ClassDeclaration ? 'ClassDeclaration' : 'ClassExpression', range: c.range(node), loc: undefined, parent: undefined,
    abstract: has(node, SyntaxKind.AbstractKeyword),
    body: { type: 'ClassBody', range: [node.members.pos - 1, node.end], loc: undefined, parent: undefined, body: c.children(node.members.filter(({ kind }) => kind !== SyntaxKind.SemicolonClassElement), node) },
    declare: has(node, SyntaxKind.DeclareKeyword),
    decorators: decoratorsOf(c, node),
    id: c.child(node.name, node),
    implements: interfaces ? c.children(interfaces.types, interfaces) : none,
    superClass: base ? c.child(base.expression, base) : null,
    superTypeArguments: base && typeArguments(c, base),
    typeParameters: typeParameters(c, node),
  });
});

convert<ts.PropertyDeclaration>(SyntaxKind.PropertyDeclaration, (c, node) => {
  const isAbstract = has(node, SyntaxKind.AbstractKeyword);
  const isAccessor = has(node, SyntaxKind.AccessorKeyword);
  return {
    type: `${isAbstract ? 'TSAbstract' : ''}${isAccessor ? 'AccessorProperty' : 'PropertyDefinition'}`, range: c.range(node), loc: undefined, parent: undefined,
    accessibility: accessibilityOf(node),
    computed: node.name.kind === SyntaxKind.ComputedPropertyName,
    declare: has(node, SyntaxKind.DeclareKeyword),
    decorators: decoratorsOf(c, node),
    definite: !!node.exclamationToken,
    key: c.child(node.name, node),
    optional: !!node.questionToken,
    override: has(node, SyntaxKind.OverrideKeyword),
    readonly: has(node, SyntaxKind.ReadonlyKeyword),
    static: has(node, SyntaxKind.StaticKeyword),
    typeAnnotation: annotation(c, node.type, node),
    value: isAbstract ? null : c.child(node.initializer, node),
  };
});

convert<ts.Decorator>(SyntaxKind.Decorator, (c, node) => ({ type: 'Decorator', range: c.range(node), loc: undefined, parent: undefined, expression: c.child(node.expression, node) }));
convert<ts.ExpressionWithTypeArguments>(SyntaxKind.ExpressionWithTypeArguments, (c, node, parent) => ({
  type: parent.kind === SyntaxKind.InterfaceDeclaration ? 'TSInterfaceHeritage' : parent.kind === SyntaxKind.HeritageClause ? 'TSClassImplements' : 'TSInstantiationExpression', range: c.range(node), loc: undefined, parent: undefined,
  expression: c.child(node.expression, node),
  typeArguments: typeArguments(c, node),
}));
