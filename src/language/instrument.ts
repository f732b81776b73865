import ts from 'typescript';
import { HookFactory } from './hooks.js';
import type { SiteTable } from './sites.js';
import { isAssignmentOperator, type VariableTable } from './variables.js';
import { AccessRewriter, isAnonymousFunction } from './accesses.js';
import type { ExportedVariable } from './exports.js';
import { isAbstract, isFunctionWithBody, isInAsyncGenerator, isStatic, parametersOf, usesSuper, withBody, type FunctionWithBody } from './functions.js';
import { HookStates } from './hook-states.js';
import { givenName, named, nameFromPlace } from './naming.js';
import { picksOf } from './patterns.js';
import { spinOf, type Spin } from './spin.js';

export interface InstrumentOptions {
  readonly checker: ts.TypeChecker;
  readonly variables: VariableTable;
  readonly sites: SiteTable;
  /** Filled with one line for every access that could not be reported. */
  readonly gaps: string[];
  /** Function expressions to hand to the runtime when they are created, by `line:column` of their start. */
  readonly closures: ReadonlySet<string>;
  /** Bodies of functions that are left out. */
  readonly missing: ReadonlySet<ts.Node>;
  /** Set if the module is one of several that make a program. */
  readonly linked?: LinkedOptions;
}

export interface LinkedOptions {
  /** Expressions that name another file of the program (what a `Worker` runs), with the path that they give. */
  readonly paths: ReadonlyMap<ts.Node, string>;
  /** Its tasks are found by the names that it binds. */
  readonly isSubject?: boolean;
  /** The variable of another file that an imported name stands for, if it can change. */
  readonly imported: (name: ts.Identifier) => ExportedVariable | undefined;
}

/**
 * A transformer that makes a module report to the runtime, without changing what it computes:
 *
 * 1. Every operand is evaluated once and in the order of the source (ECMA-262, 13).
 * 2. A hook returns the value that the plain expression would have had, if no opaque value takes part.
 * 3. It runs before TypeScript's own lowering, so that all ranges are those of the source.
 */
export function instrument(options: InstrumentOptions): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (source) => new Instrumenter(context, source, options).run();
}

class Instrumenter {
  readonly #context: ts.TransformationContext;
  readonly #source: ts.SourceFile;
  readonly #options: InstrumentOptions;
  readonly #hooks: HookFactory;
  readonly #accesses: AccessRewriter;
  readonly #variables: VariableTable;
  readonly #owners: ReadonlySet<ts.Node>;
  #mentioned: ReadonlySet<string> | undefined;

  constructor(context: ts.TransformationContext, source: ts.SourceFile, options: InstrumentOptions) {
    this.#context = context;
    this.#source = source;
    this.#options = options;
    this.#variables = options.variables;
    this.#owners = this.#variables.owners();
    const states = new HookStates(source, options.checker);
    if (states.areAny) options.gaps.push('a component may be rendered later than here');
    this.#hooks = new HookFactory(context, options.sites, options.linked !== undefined);
    this.#accesses = new AccessRewriter(this.#hooks, this.#variables, states, options.gaps, (node) => this.#expression(node), options.linked?.imported);
  }

  run(): ts.SourceFile {
    const visited = ts.visitEachChild(this.#source, this.#visit, this.#context);
    const { linked } = this.#options;
    const first = [
      ...(linked ? [this.#hooks.scopeDeclaration(undefined)] : []),
      ...(linked && linked.isSubject !== true ? [] : [ts.factory.createExpressionStatement(this.#hooks.call('expose', [this.#topLevelBindings()]))]),
    ];
    return ts.factory.updateSourceFile(visited, ts.setTextRange(ts.factory.createNodeArray([...first, ...this.#closureStatements(this.#source.statements), ...visited.statements]), visited.statements));
  }

  #expression(node: ts.Expression): ts.Expression {
    return ts.visitNode(node, this.#visit) as ts.Expression;
  }

  #visit = (node: ts.Node): ts.VisitResult<ts.Node | undefined> => {
    if (ts.isImportDeclaration(node) && !this.#isUsed(node)) return undefined;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node) || ts.isImportDeclaration(node)) return node;
    if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)) return node;
    const path = this.#options.linked?.paths.get(node);
    if (path !== undefined) return ts.factory.createStringLiteral(path);
    if (isFunctionWithBody(node)) return this.#function(node);
    if (ts.isMethodDeclaration(node) && isAbstract(node)) return this.#abstractMethod(node);
    if (ts.isStatement(node)) return this.#statement(node);
    if (ts.isVariableDeclaration(node)) return this.#declaration(node);
    if (ts.isPropertyDeclaration(node)) return this.#field(node);
    if (ts.isShorthandPropertyAssignment(node)) return this.#shorthand(node);
    if (ts.isSpreadAssignment(node)) return ts.factory.updateSpreadAssignment(node, this.#hooks.at('contents', node.expression, this.#expression(node.expression)));
    if (ts.isSpreadElement(node)) return ts.factory.updateSpreadElement(node, this.#hooks.at('contents', node.expression, this.#expression(node.expression)));
    if (ts.isCatchClause(node)) return this.#catch(node);
    if (ts.isExpression(node)) return this.#named(node, this.#accesses.rewrite(node) ?? this.#operator(node) ?? this.#children(node));
    return this.#children(node);
  };

  /** Shared objects are called after the variable or field that they are made for. */
  #named(source: ts.Expression, value: ts.Expression): ts.Expression {
    const name = this.#options.linked && givenName(source);
    return name === undefined ? value : this.#hooks.call('named', [ts.factory.createStringLiteral(name), value]);
  }

  /** The emit leaves out imports that nobody uses; what uses this one may all have been left out. */
  #isUsed({ importClause }: ts.ImportDeclaration): boolean {
    const { missing } = this.#options;
    if (missing.size === 0 || !importClause) return true;
    this.#mentioned ??= namesIn(this.#source, missing);
    const { name, namedBindings } = importClause;
    const bound = [name, ...(namedBindings ? (ts.isNamedImports(namedBindings) ? namedBindings.elements.map((element) => element.name) : [namedBindings.name]) : [])];
    return bound.some((each) => each && this.#mentioned!.has(each.text));
  }

  #children<N extends ts.Node>(node: N): N {
    return ts.visitEachChild(node, this.#visit, this.#context);
  }

  // Functions

  #function(node: FunctionWithBody): ts.Node | ts.Node[] {
    const { factory } = ts;
    if (this.#options.missing.has(node.body)) return withBody(node, node.parameters, factory.createBlock([factory.createExpressionStatement(this.#hooks.at('missing', node))]));
    const visited = this.#children(node) as FunctionWithBody;
    const { parameters, statements } = this.#takeApart(node, visited.parameters);
    const prologue: ts.Statement[] = [factory.createExpressionStatement(this.#hooks.at('enter', node)), ...statements];
    if (this.#owners.has(node)) prologue.push(this.#hooks.scopeDeclaration(node));
    if (ts.isBlock(node.body)) prologue.push(...this.#closureStatements(node.body.statements));
    const body = ts.isBlock(visited.body)
      ? factory.updateBlock(visited.body, [...prologue, ...visited.body.statements])
      : factory.createBlock([...prologue, factory.createReturnStatement(visited.body)], true);
    const rebuilt = withBody(visited, parameters, body);
    if (ts.isMethodDeclaration(node) && ts.isMethodDeclaration(rebuilt) && ts.isObjectLiteralExpression(node.parent) && this.#isClosureAt(parametersOf(node)) && !usesSuper(node)) return this.#caughtMethod(node, rebuilt, body);
    if (ts.isMethodDeclaration(node) && ts.isPrivateIdentifier(node.name) && this.#isClosureAt(parametersOf(node)) && !isStatic(node)) return [rebuilt, this.#givenAway(node, node.name)];
    const isCaught = (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) && this.#isClosure(node);
    if (!isCaught) return rebuilt;
    const name = nameFromPlace(node);
    return this.#hooks.at('closure', node, name === undefined || node.name ? rebuilt as ts.Expression : named(name, rebuilt as ts.Expression));
  }

  /** Where a class that nobody extends is made to be run, what its methods leave to others comes from outside. */
  #abstractMethod(node: ts.MethodDeclaration): ts.Node {
    const { factory } = ts;
    if (ts.isComputedPropertyName(node.name)) return node;
    const given = factory.createUniqueName('given');
    const owner = ts.isClassLike(node.parent) ? node.parent.name?.text : undefined;
    const name = factory.createStringLiteral(owner === undefined ? node.name.text : `${owner}.${node.name.text}`);
    const body = factory.createBlock([factory.createReturnStatement(this.#hooks.at('outside', node, name, given))]);
    return factory.createMethodDeclaration(undefined, undefined, node.name, undefined, undefined, [factory.createParameterDeclaration(undefined, factory.createToken(ts.SyntaxKind.DotDotDotToken), given)], undefined, body);
  }

  /** A method of an object literal is known by its parameter list. As a function it can be handed over on its way. */
  #caughtMethod(node: ts.MethodDeclaration, { modifiers, asteriskToken, parameters, name }: ts.MethodDeclaration, body: ts.Block): ts.Node {
    const { factory } = ts;
    const callable = factory.createFunctionExpression(modifiers?.filter(ts.isModifier), asteriskToken, undefined, undefined, parameters, undefined, body);
    const value = ts.isIdentifier(name) || ts.isStringLiteral(name) ? named(name.text, callable) : callable;
    return factory.createPropertyAssignment(name, this.#hooks.call('closure', [this.#hooks.site(node, parametersOf(node)), value]));
  }

  /** A private method that an object gives away while it is made is there, bound to it, from the start. */
  #givenAway(node: ts.MethodDeclaration, name: ts.PrivateIdentifier): ts.PropertyDeclaration {
    const { factory } = ts;
    const self = factory.createThis();
    const method = factory.createPropertyAccessExpression(factory.createPropertyAccessExpression(self, name), 'bind');
    const bound = factory.createCallExpression(method, undefined, [self]);
    return factory.createPropertyDeclaration(undefined, factory.createUniquePrivateName('#given'), undefined, undefined, this.#hooks.call('closure', [this.#hooks.site(node, parametersOf(node)), bound]));
  }

  #isClosure(node: ts.Node): boolean {
    return this.#isClosureAt(node.getStart(this.#source));
  }

  #isClosureAt(offset: number): boolean {
    const { line, character } = this.#source.getLineAndCharacterOfPosition(offset);
    return this.#options.closures.has(`${line + 1}:${character + 1}`);
  }

  #closureStatements(statements: readonly ts.Statement[]): ts.Statement[] {
    return statements.filter((statement): statement is ts.FunctionDeclaration & { name: ts.Identifier } => ts.isFunctionDeclaration(statement) && !!statement.name && this.#isClosure(statement))
      .map((statement) => ts.factory.createExpressionStatement(this.#hooks.at('closure', statement, ts.factory.createIdentifier(statement.name.text))));
  }

  /** `{ Account: () => Account, … }` for every value bound at the top level. */
  #topLevelBindings(): ts.Expression {
    const { factory } = ts;
    const names = new Set<string>();
    const bind = (name: ts.BindingName): void => {
      if (ts.isIdentifier(name)) names.add(name.text);
      else name.elements.forEach((element) => { if (ts.isBindingElement(element)) bind(element.name); });
    };
    for (const statement of this.#source.statements) {
      const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
      if (modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)) continue;
      const isExported = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      // An exported variable has no binding of its own in CommonJS: it lives in `exports`.
      if (ts.isVariableStatement(statement) && !isExported) statement.declarationList.declarations.forEach(({ name }) => bind(name));
      if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name && (!ts.isFunctionDeclaration(statement) || statement.body)) names.add(statement.name.text);
    }
    return factory.createObjectLiteralExpression([...names].map((name) =>
      factory.createPropertyAssignment(factory.createStringLiteral(name), factory.createArrowFunction(undefined, undefined, [], undefined, undefined, factory.createIdentifier(name)))));
  }

  // Statements

  #statement(node: ts.Statement): ts.VisitResult<ts.Node | undefined> {
    const { factory } = ts;
    const spin = this.#options.linked && spinOf(node, this.#options.checker);
    if (spin) return this.#spin(node, spin);
    if (ts.isIfStatement(node)) {
      return factory.updateIfStatement(node, this.#condition(node.expression), this.#embedded(node.thenStatement), node.elseStatement && this.#embedded(node.elseStatement));
    }
    if (ts.isWhileStatement(node)) return factory.updateWhileStatement(node, this.#loopCondition(node.expression), this.#loopBody(node.statement));
    if (ts.isDoStatement(node)) return factory.updateDoStatement(node, this.#loopBody(node.statement), this.#loopCondition(node.expression));
    if (ts.isForStatement(node)) {
      return factory.updateForStatement(node, ts.visitNode(node.initializer, this.#visit) as ts.ForInitializer | undefined,
        node.condition && this.#loopCondition(node.condition), node.incrementor && this.#expression(node.incrementor), this.#loopBody(node.statement));
    }
    if (ts.isForOfStatement(node)) return this.#forOf(node);
    if (ts.isForInStatement(node)) {
      return factory.updateForInStatement(node, ts.visitNode(node.initializer, this.#visit) as ts.ForInitializer, this.#hooks.at('contents', node.expression, this.#expression(node.expression)), this.#loopBody(node.statement));
    }
    if (ts.isSwitchStatement(node)) return this.#switch(node);
    // The emit would await what this returns, which takes a tick (ECMA-262, 14.10.1).
    if (ts.isReturnStatement(node) && !node.expression && isInAsyncGenerator(node)) return factory.updateReturnStatement(node, factory.createPropertyAccessExpression(this.#hooks.property('helpers'), '__nothing'));
    return this.#children(node);
  }

  /** A loop that only looks: the runtime can wait for what it looks at instead of turning round and round. */
  #spin(node: ts.Statement, { first, condition, isUntil, end }: Spin): ts.VisitResult<ts.Node> {
    const { factory } = ts;
    const asked = isUntil ? factory.createLogicalNot(this.#loopCondition(condition)) : this.#loopCondition(condition);
    const statements = first.flatMap((statement) => ts.visitNode(statement, this.#visit) as ts.Statement);
    const round = first.length === 0 ? asked : factory.createBlock([...statements, factory.createReturnStatement(asked)]);
    const spin = factory.createExpressionStatement(this.#hooks.at('spin', node, factory.createArrowFunction(undefined, undefined, [], undefined, undefined, round)));
    return end ? factory.createBlock([spin, ts.visitNode(end, this.#visit) as ts.Statement]) : spin;
  }

  #forOf(node: ts.ForOfStatement): ts.Statement {
    const iterated = this.#expression(node.expression);
    const hook = node.awaitModifier ? this.#hooks.at('asyncContents', node, iterated) : this.#hooks.at('contents', node.expression, iterated);
    const first = node.awaitModifier ? [ts.factory.createExpressionStatement(this.#hooks.at('resume', node))] : [];
    const { initializer, taken } = this.#elementOf(node.initializer);
    const body = this.#loopBody(node.statement, first);
    return ts.factory.updateForOfStatement(node, node.awaitModifier, initializer, hook, taken ? ts.factory.createBlock([taken, body], true) : body);
  }

  /** An element that is taken apart is given a name first, so that it is told what that reads. */
  #elementOf(node: ts.ForInitializer): { readonly initializer: ts.ForInitializer; readonly taken?: ts.Statement } {
    const { factory } = ts;
    const visited = ts.visitNode(node, this.#visit) as ts.ForInitializer;
    const pattern = ts.isVariableDeclarationList(node) ? node.declarations[0]?.name : undefined;
    if (!pattern || ts.isIdentifier(pattern) || !ts.isVariableDeclarationList(visited)) return { initializer: visited };
    const element = factory.createUniqueName('element');
    const taken = factory.createVariableDeclarationList([factory.createVariableDeclaration(visited.declarations[0]!.name, undefined, undefined, this.#picked(element, pattern))], node.flags);
    return { initializer: factory.createVariableDeclarationList([factory.createVariableDeclaration(element)], ts.NodeFlags.Const), taken: factory.createVariableStatement(undefined, taken) };
  }

  #embedded(node: ts.Statement): ts.Statement {
    return ts.visitNode(node, this.#visit, ts.isStatement, (nodes) => ts.factory.createBlock(nodes as ts.Statement[])) as ts.Statement;
  }

  #loopBody(node: ts.Statement, first: readonly ts.Statement[] = []): ts.Statement {
    const tick = ts.factory.createExpressionStatement(this.#hooks.at('tick', node));
    const body = this.#embedded(node);
    return ts.factory.createBlock([tick, ...first, ...(ts.isBlock(body) ? body.statements : [body])], true);
  }

  /** `case` labels compare with `===`, evaluated one after the other as in the source. */
  #switch(node: ts.SwitchStatement): ts.Statement {
    const { factory } = ts;
    const value = this.#hooks.temporary();
    const clauses = node.caseBlock.clauses.map((clause) => {
      const statements = ts.visitNodes(clause.statements, this.#visit) as ts.NodeArray<ts.Statement>;
      if (ts.isDefaultClause(clause)) return factory.updateDefaultClause(clause, statements);
      return factory.updateCaseClause(clause, this.#hooks.at('op', clause.expression, factory.createStringLiteral('==='), value, this.#expression(clause.expression)), statements);
    });
    return factory.createBlock([
      factory.createExpressionStatement(factory.createAssignment(value, this.#expression(node.expression))),
      factory.updateSwitchStatement(node, factory.createTrue(), factory.updateCaseBlock(node.caseBlock, clauses)),
    ]);
  }

  #catch(node: ts.CatchClause): ts.Node {
    const { factory } = ts;
    const visited = this.#children(node);
    const name = visited.variableDeclaration?.name;
    if (name && !ts.isIdentifier(name)) return visited;
    const caught = name ?? factory.createUniqueName('caught');
    const check = factory.createExpressionStatement(this.#hooks.call('caught', [caught]));
    return factory.updateCatchClause(visited, visited.variableDeclaration ?? factory.createVariableDeclaration(caught), factory.updateBlock(visited.block, [check, ...visited.block.statements]));
  }

  #declaration(node: ts.VariableDeclaration): ts.Node {
    const visited = this.#children(node);
    if (!visited.initializer || ts.isIdentifier(node.name)) return visited;
    return ts.factory.updateVariableDeclaration(visited, visited.name, undefined, undefined, this.#picked(visited.initializer, node.name));
  }

  #picked(value: ts.Expression, pattern: ts.BindingPattern): ts.Expression {
    return this.#hooks.call('picked', [value, picksOf(pattern, this.#hooks)]);
  }

  /**
   * Parameters are taken apart where the body begins, so that it is told what that reads. Left as they are: those of generators, which
   * would be taken apart later than they should, and those that the initialiser of another parameter may name.
   */
  #takeApart(node: FunctionWithBody, parameters: ts.NodeArray<ts.ParameterDeclaration>): { readonly parameters: ts.ParameterDeclaration[]; readonly statements: ts.Statement[] } {
    const { factory } = ts;
    const isGenerator = 'asteriskToken' in node && node.asteriskToken !== undefined;
    const last = node.parameters.findLastIndex(({ initializer }) => initializer !== undefined);
    const statements: ts.Statement[] = [];
    const taken = parameters.map((parameter, at) => {
      const pattern = node.parameters[at]!.name;
      if (isGenerator || at < last || ts.isIdentifier(pattern)) return parameter;
      const whole = factory.createUniqueName('whole');
      statements.push(factory.createVariableStatement(undefined, [factory.createVariableDeclaration(parameter.name, undefined, undefined, this.#picked(whole, pattern))]));
      return factory.updateParameterDeclaration(parameter, parameter.modifiers, parameter.dotDotDotToken, whole, parameter.questionToken, parameter.type, parameter.initializer);
    });
    return { parameters: taken, statements };
  }

  /** A lowered field is a property descriptor's `value`, which would name the function in it. */
  #field(node: ts.PropertyDeclaration): ts.Node {
    const visited = this.#children(node);
    if (!visited.initializer || ts.isComputedPropertyName(node.name) || !isAnonymousFunction(visited.initializer)) return visited;
    return ts.factory.updatePropertyDeclaration(visited, visited.modifiers, visited.name, visited.questionToken ?? visited.exclamationToken, visited.type, named(node.name.text, visited.initializer));
  }

  #shorthand(node: ts.ShorthandPropertyAssignment): ts.Node {
    const read = node.objectAssignmentInitializer ? undefined : this.#accesses.readName(node.name);
    return read ? ts.factory.createPropertyAssignment(ts.factory.createIdentifier(node.name.text), read) : node;
  }

  // Operators

  #operator(node: ts.Expression): ts.Expression | undefined {
    const { factory } = ts;
    if (ts.isAwaitExpression(node)) {
      return this.#hooks.at('resume', node, factory.updateAwaitExpression(node, this.#hooks.at('suspend', node, this.#expression(node.expression))));
    }
    if (ts.isYieldExpression(node) && !node.asteriskToken && isInAsyncGenerator(node)) {
      const value = node.expression ? this.#expression(node.expression) : factory.createVoidZero();
      return this.#hooks.at('resume', node, factory.updateYieldExpression(node, undefined, this.#hooks.at('suspend', node, value)));
    }
    if (ts.isConditionalExpression(node)) {
      return factory.updateConditionalExpression(node, this.#condition(node.condition), node.questionToken, this.#expression(node.whenTrue), node.colonToken, this.#expression(node.whenFalse));
    }
    if (ts.isBinaryExpression(node)) return this.#binary(node);
    if (ts.isTypeOfExpression(node)) return this.#hooks.at('type', node, this.#expression(node.expression));
    if (ts.isPrefixUnaryExpression(node) && !ts.isNumericLiteral(node.operand)) {
      if (node.operator === ts.SyntaxKind.ExclamationToken) return factory.updatePrefixUnaryExpression(node, this.#condition(node.operand));
      if (node.operator === ts.SyntaxKind.MinusToken || node.operator === ts.SyntaxKind.PlusToken || node.operator === ts.SyntaxKind.TildeToken) {
        return this.#hooks.at('unary', node, factory.createStringLiteral(ts.tokenToString(node.operator)!), this.#expression(node.operand));
      }
    }
    if (ts.isObjectLiteralExpression(node) && node.properties.some(ts.isSpreadAssignment)) return this.#mixed(this.#children(node) as ts.ObjectLiteralExpression);
    if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return this.#hooks.call('born', [this.#children(node)]);
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return this.#hooks.importMeta();
    return undefined;
  }

  /** What an object takes over is told: of a value from outside nobody can list the properties. */
  #mixed(literal: ts.ObjectLiteralExpression): ts.Expression {
    const { factory } = ts;
    const sources: ts.Identifier[] = [];
    const properties = literal.properties.map((property) => {
      if (!ts.isSpreadAssignment(property)) return property;
      const source = this.#hooks.temporary();
      sources.push(source);
      return factory.updateSpreadAssignment(property, factory.createAssignment(source, property.expression));
    });
    return this.#hooks.call('mixed', [factory.updateObjectLiteralExpression(literal, properties), factory.createArrayLiteralExpression(sources)]);
  }

  #binary(node: ts.BinaryExpression): ts.Expression | undefined {
    const { factory } = ts;
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.CommaToken || isAssignmentOperator(operator)) return undefined;
    if (ts.isPrivateIdentifier(node.left)) return undefined;
    const text = ts.tokenToString(operator)!;
    if (text === '&&' || text === '||' || text === '??') {
      const left = this.#hooks.temporary();
      const test = this.#hooks.at(text === '??' ? 'nullish' : 'cond', node.left, factory.createAssignment(left, this.#expression(node.left)));
      const right = this.#expression(node.right);
      return factory.createParenthesizedExpression(text === '||' ? factory.createConditionalExpression(test, undefined, left, undefined, right) : factory.createConditionalExpression(test, undefined, right, undefined, left));
    }
    return this.#hooks.at(text === 'in' ? 'has' : 'op', node, ...(text === 'in' ? [] : [factory.createStringLiteral(text)]), this.#expression(node.left), this.#expression(node.right));
  }

  #condition(node: ts.Expression): ts.Expression {
    return this.#hooks.at('cond', node, this.#expression(node));
  }

  #loopCondition(node: ts.Expression): ts.Expression {
    return this.#hooks.at('loopCond', node, this.#expression(node));
  }
}

/** Names that a source mentions outside its imports and the nodes that are left out. */
function namesIn(source: ts.SourceFile, without: ReadonlySet<ts.Node>): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || without.has(node)) return;
    if (ts.isIdentifier(node)) names.add(node.text);
    else if (ts.isJsxOpeningLikeElement(node) || ts.isJsxFragment(node)) names.add('React');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}
