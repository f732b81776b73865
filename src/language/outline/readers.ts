import ts from 'typescript';

/** An expression that shows state and changes none, as a caller from outside may write it. */
export interface Reader {
  /** What is read: a member of the receiver, or a name of the module. */
  readonly name: string;
  readonly kind: 'field' | 'hidden-field' | 'getter' | 'method' | 'variable' | 'function';
  /** Names of fields and variables that it looks at. */
  readonly looksAt: ReadonlySet<string>;
}

/** Readers of an instance of a class: its fields, getters, and methods that only return something. */
export function instanceReaders(source: ts.SourceFile, name: string): Reader[] {
  const readers: Reader[] = [];
  for (const declaration of classLine(source, name)) {
    const known = new Set(readers.map((reader) => reader.name));
    readers.push(...[...declaredFields(declaration), ...assignedFields(declaration), ...declaration.members.flatMap(readingMember)].filter((reader) => !known.has(reader.name)));
  }
  return readers;
}

/** Readers of the object that a factory returns. */
export function productReaders(source: ts.SourceFile, name: string): Reader[] {
  const factory = source.statements.find((statement): statement is ts.FunctionDeclaration => ts.isFunctionDeclaration(statement) && statement.name?.text === name);
  const result = factory?.body?.statements.find(ts.isReturnStatement)?.expression;
  if (!result || !ts.isObjectLiteralExpression(result)) return [];
  return result.properties.flatMap((property): Reader[] => {
    if (!property.name || !ts.isIdentifier(property.name)) return [];
    const { text } = property.name;
    if (ts.isGetAccessorDeclaration(property)) return [{ name: text, kind: 'getter', looksAt: namesIn(property) }];
    if (ts.isMethodDeclaration(property) && onlyReturns(property)) return [{ name: text, kind: 'method', looksAt: namesIn(property) }];
    if (ts.isPropertyAssignment(property) && isFunction(property.initializer) && onlyReturns(property.initializer)) return [{ name: text, kind: 'method', looksAt: namesIn(property) }];
    return [];
  });
}

/** What a module's exports show: variables, and functions that only return something. Names are the module's own. */
export function moduleReaders(source: ts.SourceFile, isExported: (name: string) => boolean): Reader[] {
  return source.statements.flatMap((statement): Reader[] => {
    if (ts.isFunctionDeclaration(statement) && statement.name && isExported(statement.name.text) && onlyReturns(statement)) return [{ name: statement.name.text, kind: 'function', looksAt: namesIn(statement) }];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }): Reader[] => {
      if (!ts.isIdentifier(name) || !isExported(name.text)) return [];
      if (!initializer || !isFunction(initializer)) return [{ name: name.text, kind: 'variable', looksAt: new Set([name.text]) }];
      return onlyReturns(initializer) ? [{ name: name.text, kind: 'function', looksAt: namesIn(initializer) }] : [];
    });
  });
}

/** A class and those of its bases that the file declares. */
export function classLine(source: ts.SourceFile, name: string): ts.ClassLikeDeclaration[] {
  const line: ts.ClassLikeDeclaration[] = [];
  for (let at: string | undefined = name; at !== undefined;) {
    const found = findClass(source, at);
    if (!found || line.includes(found)) break;
    line.push(found);
    const base: ts.Expression | undefined = found.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
    at = base && ts.isIdentifier(base) ? base.text : undefined;
  }
  return line;
}

export function findClass(source: ts.SourceFile, name: string): ts.ClassLikeDeclaration | undefined {
  for (const statement of source.statements) {
    if (ts.isClassDeclaration(statement) && (statement.name?.text ?? 'default') === name) return statement;
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: bound, initializer } of statement.declarationList.declarations) if (ts.isIdentifier(bound) && bound.text === name && initializer && ts.isClassExpression(initializer)) return initializer;
  }
  return undefined;
}

function declaredFields({ members }: ts.ClassLikeDeclaration): Reader[] {
  const constructor = members.find(ts.isConstructorDeclaration);
  const fields = [...members.filter(ts.isPropertyDeclaration), ...(constructor?.parameters.filter((parameter) => ts.isParameterPropertyDeclaration(parameter, constructor)) ?? [])];
  return fields.flatMap((field): Reader[] => {
    if (!ts.isIdentifier(field.name) || isStatic(field)) return [];
    return [{ name: field.name.text, kind: isHidden(field) ? 'hidden-field' : 'field', looksAt: new Set([field.name.text]) }];
  });
}

/** `this.x = …` in a constructor is what declares a field in JavaScript. */
function assignedFields({ members }: ts.ClassLikeDeclaration): Reader[] {
  const declared = new Set(members.map((member) => member.name?.getText()));
  const assigned = members.find(ts.isConstructorDeclaration)?.body?.statements.flatMap((statement) => {
    const target = ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression) && statement.expression.operatorToken.kind === ts.SyntaxKind.EqualsToken ? statement.expression.left : undefined;
    return target && ts.isPropertyAccessExpression(target) && target.expression.kind === ts.SyntaxKind.ThisKeyword && ts.isIdentifier(target.name) ? [target.name.text] : [];
  });
  return [...new Set(assigned)].filter((name) => !declared.has(name)).map((name) => ({ name, kind: 'field', looksAt: new Set([name]) }));
}

function readingMember(member: ts.ClassElement): Reader[] {
  if (!member.name || !ts.isIdentifier(member.name) || isHidden(member) || isStatic(member)) return [];
  const name = member.name.text;
  if (ts.isGetAccessorDeclaration(member)) return [{ name, kind: 'getter', looksAt: namesIn(member) }];
  return ts.isMethodDeclaration(member) && onlyReturns(member) ? [{ name, kind: 'method', looksAt: namesIn(member) }] : [];
}

/** It asks for nothing, waits for nothing, and its one statement gives a value without assigning any. */
function onlyReturns(declaration: ts.FunctionLikeDeclaration): boolean {
  const { parameters, body, asteriskToken } = declaration;
  const isAsync = ts.canHaveModifiers(declaration) && ts.getModifiers(declaration)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  if (!body || isAsync === true || asteriskToken || parameters.some(({ questionToken, initializer }) => !questionToken && !initializer)) return false;
  const [only, ...more] = ts.isBlock(body) ? body.statements : [body];
  const result = only && ts.isReturnStatement(only) ? only.expression : ts.isBlock(body) ? undefined : body;
  return more.length === 0 && result !== undefined && !changes(result);
}

const changing = /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|set|add|delete|clear)$/;

function changes(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment) return true;
  if (ts.isPostfixUnaryExpression(node) || (ts.isPrefixUnaryExpression(node) && (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken))) return true;
  if (ts.isCallExpression(node) && (!ts.isPropertyAccessExpression(node.expression) || changing.test(node.expression.name.text))) return true;
  return ts.forEachChild(node, changes) ?? false;
}

function namesIn(node: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (inner: ts.Node): void => {
    if (ts.isIdentifier(inner) || ts.isPrivateIdentifier(inner)) names.add(inner.text);
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return names;
}

function isFunction(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function isHidden(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.PrivateKeyword) || hasModifier(node, ts.SyntaxKind.ProtectedKeyword);
}

function isStatic(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.StaticKeyword);
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) === true;
}
