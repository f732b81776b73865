import ts from 'typescript';

/** How far a condition is followed into the functions that it calls. */
const mostCalls = 3;
/** Those that may leave memory as it is: a compare-and-swap that fails, an exchange for the same value. What they do is seen when they run. */
const readingAtomics = new Set(['load', 'compareExchange', 'exchange', 'isLockFree', 'pause']);
const pureOperators = new Set([
  '===', '!==', '==', '!=', '<', '<=', '>', '>=', '&&', '||', '??', '&', '|', '^', '+', '-', '*', '/', '%', '<<', '>>', '>>>', ',',
]);

/** A loop that only looks at memory until it changes. Each round is a function of what it reads. */
export interface Spin {
  /** What a round does first: declarations, or the assignment of a `do` loop. */
  readonly first: readonly ts.Statement[];
  readonly condition: ts.Expression;
  /** The loop ends when the condition is true. */
  readonly isUntil: boolean;
  /** What leaves the function after it. */
  readonly end?: ts.ReturnStatement;
}

/**
 * Recognises `while (Atomics.load(flag, 0) === 0);`, `do {} while (Atomics.compareExchange(lock, 0, 0, 1) !== 0)`,
 * `for (;;) { const value = Atomics.load(x, 0); if (value > 0) break; }`, `do { value = Atomics.load(x, 0); } while (value === 0)`.
 * Undefined if the loop does anything else.
 */
export function spinOf(loop: ts.Statement, checker: ts.TypeChecker): Spin | undefined {
  const spin = emptyLoop(loop) ?? endlessLoop(loop) ?? assigningLoop(loop);
  if (!spin) return undefined;
  const looks = (node: ts.Expression): boolean => onlyLooks(node, checker, mostCalls);
  return looks(spin.condition) && spin.first.every((statement) => expressionsOf(statement).every(looks)) ? spin : undefined;
}

function emptyLoop(loop: ts.Statement): Spin | undefined {
  const condition = ts.isWhileStatement(loop) || ts.isDoStatement(loop) ? loop.expression : ts.isForStatement(loop) && !loop.initializer && !loop.incrementor ? loop.condition : undefined;
  return condition && doesNothing((loop as ts.IterationStatement).statement) ? { first: [], condition, isUntil: false } : undefined;
}

/** `for (;;)` or `while (true)` around constants and one `if` that leaves. */
function endlessLoop(loop: ts.Statement): Spin | undefined {
  const isEndless = (ts.isWhileStatement(loop) && loop.expression.kind === ts.SyntaxKind.TrueKeyword) || (ts.isForStatement(loop) && !loop.initializer && !loop.incrementor && (!loop.condition || loop.condition.kind === ts.SyntaxKind.TrueKeyword));
  if (!isEndless) return undefined;
  const statements = statementsOf((loop as ts.IterationStatement).statement).filter((statement) => !doesNothing(statement));
  const [leaving, ...first] = [...statements].reverse();
  if (!leaving || !ts.isIfStatement(leaving) || leaving.elseStatement || !first.every(isConstant)) return undefined;
  const [end, ...more] = statementsOf(leaving.thenStatement);
  if (!end || more.length > 0) return undefined;
  const spin = { first: first.reverse(), condition: leaving.expression, isUntil: true };
  if (ts.isBreakStatement(end)) return end.label ? undefined : spin;
  // What it returns is evaluated after the loop, where its constants are no more.
  return ts.isReturnStatement(end) && (!end.expression || ts.isLiteralExpression(end.expression) || isKeywordValue(end.expression)) ? { ...spin, end } : undefined;
}

/** `do { value = …; } while (…)`: the variable is new in each round. */
function assigningLoop(loop: ts.Statement): Spin | undefined {
  if (!ts.isDoStatement(loop)) return undefined;
  const [only, ...more] = statementsOf(loop.statement).filter((statement) => !doesNothing(statement));
  return only && more.length === 0 && assignedValue(only) ? { first: [only], condition: loop.expression, isUntil: false } : undefined;
}

function statementsOf(body: ts.Statement): readonly ts.Statement[] {
  return ts.isBlock(body) ? body.statements : [body];
}

function isConstant(statement: ts.Statement): statement is ts.VariableStatement {
  return ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Const) !== 0 && statement.declarationList.declarations.every(({ name, initializer }) => ts.isIdentifier(name) && initializer);
}

function assignedValue(statement: ts.Statement): ts.Expression | undefined {
  const assignment = ts.isExpressionStatement(statement) ? statement.expression : undefined;
  if (!assignment || !ts.isBinaryExpression(assignment) || assignment.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isIdentifier(assignment.left)) return undefined;
  const { text } = assignment.left;
  const reads = (node: ts.Node): boolean => (ts.isIdentifier(node) && node.text === text) || (ts.forEachChild(node, reads) ?? false);
  return reads(assignment.right) ? undefined : assignment.right;
}

function expressionsOf(statement: ts.Statement): readonly ts.Expression[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ initializer }) => initializer!);
  return [assignedValue(statement)!];
}

/** An empty body, or one that only tells the processor that it spins. */
function doesNothing(body: ts.Statement): boolean {
  if (ts.isBlock(body)) return body.statements.every(doesNothing);
  if (ts.isExpressionStatement(body)) return ts.isCallExpression(body.expression) && isAtomics(body.expression.expression, 'pause');
  return ts.isEmptyStatement(body) || (ts.isContinueStatement(body) && !body.label);
}

/** True if evaluating the expression reads, compares and exchanges, and leaves nothing else behind. */
function onlyLooks(node: ts.Expression, checker: ts.TypeChecker, calls: number): boolean {
  const looks = (part: ts.Expression): boolean => onlyLooks(part, checker, calls);
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return looks(node.expression);
  if (ts.isIdentifier(node) || ts.isLiteralExpression(node) || isKeywordValue(node)) return true;
  if (ts.isPropertyAccessExpression(node)) return looks(node.expression);
  if (ts.isElementAccessExpression(node)) return looks(node.expression) && looks(node.argumentExpression);
  if (ts.isPrefixUnaryExpression(node)) return node.operator !== ts.SyntaxKind.PlusPlusToken && node.operator !== ts.SyntaxKind.MinusMinusToken && looks(node.operand);
  if (ts.isConditionalExpression(node)) return looks(node.condition) && looks(node.whenTrue) && looks(node.whenFalse);
  if (ts.isBinaryExpression(node)) return pureOperators.has(node.operatorToken.getText()) && looks(node.left) && looks(node.right);
  return ts.isCallExpression(node) && node.arguments.every(looks) && (isReading(node.expression) || (calls > 0 && callsWhatLooks(node, checker, calls - 1)));
}

function isKeywordValue({ kind }: ts.Node): boolean {
  return kind === ts.SyntaxKind.ThisKeyword || kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword || kind === ts.SyntaxKind.NullKeyword;
}

function isReading(callee: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(callee) && readingAtomics.has(callee.name.text) && isAtomics(callee, callee.name.text);
}

function isAtomics(callee: ts.Expression, method: string): boolean {
  return ts.isPropertyAccessExpression(callee) && ts.isIdentifier(callee.expression) && callee.expression.text === 'Atomics' && callee.name.text === method;
}

/** A function of the same file that is one expression. */
function callsWhatLooks({ expression: callee }: ts.CallExpression, checker: ts.TypeChecker, calls: number): boolean {
  if (!ts.isIdentifier(callee)) return false;
  const declaration = checker.getSymbolAtLocation(callee)?.valueDeclaration;
  const isFixed = declaration && ts.isVariableDeclaration(declaration) && ts.isVariableDeclarationList(declaration.parent) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  const body = declaration && ts.isFunctionDeclaration(declaration) ? bodyOf(declaration) : isFixed && declaration.initializer && ts.isArrowFunction(declaration.initializer) ? bodyOf(declaration.initializer) : undefined;
  return body !== undefined && onlyLooks(body, checker, calls);
}

function bodyOf({ modifiers, body, ...rest }: ts.FunctionDeclaration | ts.ArrowFunction): ts.Expression | undefined {
  if (!body || modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) || rest.asteriskToken) return undefined;
  if (!ts.isBlock(body)) return body;
  const [only, ...more] = body.statements;
  return only && more.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
}
