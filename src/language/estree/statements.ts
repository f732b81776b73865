import ts from 'typescript';
import { annotation, convert, exported, has, typeParameters, widen } from './conversion.js';
import type { Conversion, Made } from './conversion.js';
import { parametersOf } from './functions.js';

const { SyntaxKind } = ts;

/** Statements, of which the first may be directives. */
export function bodyOf(c: Conversion, statements: readonly ts.Node[], parent: ts.Node, mayDirect: boolean): Made[] {
  const body: Made[] = [];
  let isPrologue = mayDirect;
  for (const statement of statements) {
    const made = c.child(statement, parent);
    if (isPrologue && ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression)) made['directive'] = c.textOf(statement.expression).slice(1, -1);
    else isPrologue = false;
    body.push(made);
  }
  return body;
}

function hasFunctionBody({ kind }: ts.Node): boolean {
  return kind === SyntaxKind.Constructor || kind === SyntaxKind.GetAccessor || kind === SyntaxKind.SetAccessor || kind === SyntaxKind.ArrowFunction || kind === SyntaxKind.FunctionExpression || kind === SyntaxKind.FunctionDeclaration || kind === SyntaxKind.MethodDeclaration;
}

convert<ts.SourceFile>(SyntaxKind.SourceFile, (c, node) => ({ type: 'Program', range: [0, node.endOfFileToken.end], loc: undefined, parent: undefined, body: bodyOf(c, node.statements, node, true), comments: undefined, sourceType: 'module', tokens: undefined }));
convert<ts.Block>(SyntaxKind.Block, (c, node, parent) => ({ type: 'BlockStatement', range: c.range(node), loc: undefined, parent: undefined, body: bodyOf(c, node.statements, node, hasFunctionBody(parent)) }));
convert<ts.ModuleBlock>(SyntaxKind.ModuleBlock, (c, node) => ({ type: 'TSModuleBlock', range: c.range(node), loc: undefined, parent: undefined, body: bodyOf(c, node.statements, node, true) }));
convert<ts.ClassStaticBlockDeclaration>(SyntaxKind.ClassStaticBlockDeclaration, (c, node) => ({ type: 'StaticBlock', range: c.range(node), loc: undefined, parent: undefined, body: bodyOf(c, node.body.statements, node, true) }));

convert<ts.ExpressionStatement>(SyntaxKind.ExpressionStatement, (c, node) => ({ type: 'ExpressionStatement', range: c.range(node), loc: undefined, parent: undefined, directive: undefined, expression: c.child(node.expression, node) }));
convert<ts.ReturnStatement>(SyntaxKind.ReturnStatement, (c, node) => ({ type: 'ReturnStatement', range: c.range(node), loc: undefined, parent: undefined, argument: c.child(node.expression, node) }));
convert<ts.ThrowStatement>(SyntaxKind.ThrowStatement, (c, node) => ({ type: 'ThrowStatement', range: c.range(node), loc: undefined, parent: undefined, argument: c.child(node.expression, node) }));
convert<ts.IfStatement>(SyntaxKind.IfStatement, (c, node) => ({ type: 'IfStatement', range: c.range(node), loc: undefined, parent: undefined, alternate: c.child(node.elseStatement, node), consequent: c.child(node.thenStatement, node), test: c.child(node.expression, node) }));
convert<ts.LabeledStatement>(SyntaxKind.LabeledStatement, (c, node) => ({ type: 'LabeledStatement', range: c.range(node), loc: undefined, parent: undefined, body: c.child(node.statement, node), label: c.child(node.label, node) }));
convert<ts.ContinueStatement>(SyntaxKind.ContinueStatement, (c, node) => ({ type: 'ContinueStatement', range: c.range(node), loc: undefined, parent: undefined, label: c.child(node.label, node) }));
convert<ts.BreakStatement>(SyntaxKind.BreakStatement, (c, node) => ({ type: 'BreakStatement', range: c.range(node), loc: undefined, parent: undefined, label: c.child(node.label, node) }));
convert<ts.EmptyStatement>(SyntaxKind.EmptyStatement, (c, node) => ({ type: 'EmptyStatement', range: c.range(node), loc: undefined, parent: undefined }));
convert<ts.DebuggerStatement>(SyntaxKind.DebuggerStatement, (c, node) => ({ type: 'DebuggerStatement', range: c.range(node), loc: undefined, parent: undefined }));
convert<ts.WithStatement>(SyntaxKind.WithStatement, (c, node) => ({ type: 'WithStatement', range: c.range(node), loc: undefined, parent: undefined, body: c.child(node.statement, node), object: c.child(node.expression, node) }));

convert<ts.SwitchStatement>(SyntaxKind.SwitchStatement, (c, node) => ({ type: 'SwitchStatement', range: c.range(node), loc: undefined, parent: undefined, cases: c.children(node.caseBlock.clauses, node), discriminant: c.child(node.expression, node) }));
convert<ts.CaseClause>(SyntaxKind.CaseClause, (c, node) => ({ type: 'SwitchCase', range: c.range(node), loc: undefined, parent: undefined, consequent: c.children(node.statements, node), test: c.child(node.expression, node) }));
convert<ts.DefaultClause>(SyntaxKind.DefaultClause, (c, node) => ({ type: 'SwitchCase', range: c.range(node), loc: undefined, parent: undefined, consequent: c.children(node.statements, node), test: null }));

convert<ts.TryStatement>(SyntaxKind.TryStatement, (c, node) => ({ type: 'TryStatement', range: c.range(node), loc: undefined, parent: undefined, block: c.child(node.tryBlock, node), finalizer: c.child(node.finallyBlock, node), handler: c.child(node.catchClause, node) }));
convert<ts.CatchClause>(SyntaxKind.CatchClause, (c, node) => ({
  type: 'CatchClause', range: c.range(node), loc: undefined, parent: undefined,
  body: c.child(node.block, node),
  param: node.variableDeclaration ? bound(c, node.variableDeclaration) : null,
}));

convert<ts.WhileStatement>(SyntaxKind.WhileStatement, (c, node) => ({ type: 'WhileStatement', range: c.range(node), loc: undefined, parent: undefined, body: c.child(node.statement, node), test: c.child(node.expression, node) }));
convert<ts.DoStatement>(SyntaxKind.DoStatement, (c, node) => ({ type: 'DoWhileStatement', range: c.range(node), loc: undefined, parent: undefined, body: c.child(node.statement, node), test: c.child(node.expression, node) }));
convert<ts.ForStatement>(SyntaxKind.ForStatement, (c, node) => ({ type: 'ForStatement', range: c.range(node), loc: undefined, parent: undefined, body: c.child(node.statement, node), init: c.child(node.initializer, node), test: c.child(node.condition, node), update: c.child(node.incrementor, node) }));
convert<ts.ForInStatement>(SyntaxKind.ForInStatement, (c, node) => ({ type: 'ForInStatement', range: c.range(node), loc: undefined, parent: undefined, body: c.child(node.statement, node), left: c.pattern(node.initializer, node), right: c.child(node.expression, node) }));
convert<ts.ForOfStatement>(SyntaxKind.ForOfStatement, (c, node) => ({ type: 'ForOfStatement', range: c.range(node), loc: undefined, parent: undefined, await: node.awaitModifier?.kind === SyntaxKind.AwaitKeyword, body: c.child(node.statement, node), left: c.pattern(node.initializer, node), right: c.child(node.expression, node) }));

convert<ts.FunctionDeclaration>(SyntaxKind.FunctionDeclaration, (c, node) => exported(c, node, {
  type: node.body ? 'FunctionDeclaration' : 'TSDeclareFunction', range: c.range(node), loc: undefined, parent: undefined,
  async: has(node, SyntaxKind.AsyncKeyword),
  body: c.child(node.body, node) ?? undefined,
  declare: has(node, SyntaxKind.DeclareKeyword),
  expression: false,
  generator: !!node.asteriskToken,
  id: c.child(node.name, node),
  params: parametersOf(c, node),
  returnType: annotation(c, node.type, node),
  typeParameters: typeParameters(c, node),
}));

function bound(c: Conversion, node: ts.VariableDeclaration): Made {
  const id = c.pattern(node.name, node);
  const type = annotation(c, node.type, node);
  if (type) {
    id['typeAnnotation'] = type;
    widen(id, type.range);
  }
  return id;
}

convert<ts.VariableDeclaration>(SyntaxKind.VariableDeclaration, (c, node) => ({ type: 'VariableDeclarator', range: c.range(node), loc: undefined, parent: undefined, definite: !!node.exclamationToken, id: bound(c, node), init: c.child(node.initializer, node) }));
convert<ts.VariableStatement>(SyntaxKind.VariableStatement, (c, node) => exported(c, node, {
  type: 'VariableDeclaration', range: c.range(node), loc: undefined, parent: undefined,
  declarations: c.children(node.declarationList.declarations, node.declarationList),
  declare: has(node, SyntaxKind.DeclareKeyword),
  kind: kindOf(node.declarationList),
}));
convert<ts.VariableDeclarationList>(SyntaxKind.VariableDeclarationList, (c, node) => ({ type: 'VariableDeclaration', range: c.range(node), loc: undefined, parent: undefined, declarations: c.children(node.declarations, node), declare: false, kind: kindOf(node) }));

function kindOf({ flags }: ts.VariableDeclarationList): string {
  if (flags & ts.NodeFlags.Let) return 'let';
  if ((flags & ts.NodeFlags.AwaitUsing) === (ts.NodeFlags.AwaitUsing as number)) return 'await using';
  if (flags & ts.NodeFlags.Const) return 'const';
  return flags & ts.NodeFlags.Using ? 'using' : 'var';
}
