import ts from 'typescript';

/** A variable that more than one function can see and that is assigned after its declaration. */
export interface SharedVariable {
  readonly name: string;
  /** The function whose activation owns the variable; undefined for the module itself. */
  readonly owner: ts.FunctionLikeDeclaration | undefined;
}

/**
 * Finds which identifiers name shared variables. A `const`, or a local that no inner function uses, cannot be changed
 * by another task, so its accesses are not reported.
 */
export class VariableTable {
  readonly #shared = new Map<ts.Symbol, SharedVariable>();
  readonly #checker: ts.TypeChecker;

  constructor(source: ts.SourceFile, checker: ts.TypeChecker) {
    this.#checker = checker;
    const assigned = new Set<ts.Symbol>();
    const captured = new Set<ts.Symbol>();
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) {
        const symbol = this.#symbolOf(node);
        const declaration = symbol && variableDeclaration(symbol);
        if (symbol && declaration) {
          if (isAssignmentTarget(node)) assigned.add(symbol);
          if (owningFunction(node) !== owningFunction(declaration)) captured.add(symbol);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    for (const symbol of assigned) {
      const declaration = variableDeclaration(symbol);
      if (!declaration) continue;
      const owner = owningFunction(declaration);
      if (!owner || captured.has(symbol)) this.#shared.set(symbol, { name: symbol.name, owner });
    }
  }

  /** The shared variable that an identifier in an expression names, if any; a name that is being declared is none. */
  at(node: ts.Identifier): SharedVariable | undefined {
    if (isDeclaredName(node)) return undefined;
    const symbol = this.#symbolOf(node);
    return symbol && this.#shared.get(symbol);
  }

  /** The functions whose activations own shared variables. */
  owners(): Set<ts.Node> {
    return new Set([...this.#shared.values()].flatMap(({ owner }) => (owner ? [owner] : [])));
  }

  #symbolOf(node: ts.Identifier): ts.Symbol | undefined {
    const parent = node.parent;
    if (ts.isShorthandPropertyAssignment(parent)) return this.#checker.getShorthandAssignmentValueSymbol(parent);
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return undefined;
    if ((ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node) return undefined;
    return this.#checker.getSymbolAtLocation(node);
  }
}

function isDeclaredName({ parent, ...node }: ts.Identifier): boolean {
  const names = parent as { name?: ts.Node; propertyName?: ts.Node };
  return !ts.isShorthandPropertyAssignment(parent) && (names.name?.pos === node.pos || names.propertyName?.pos === node.pos);
}

function variableDeclaration(symbol: ts.Symbol): ts.Declaration | undefined {
  return symbol.declarations?.find((declaration) => ts.isVariableDeclaration(declaration) || ts.isBindingElement(declaration) || ts.isParameter(declaration));
}

export function owningFunction(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  for (let at = ts.isParameter(node) ? node : node.parent; at; at = at.parent) {
    if (ts.isParameter(at)) return at.parent as ts.FunctionLikeDeclaration;
    if (ts.isFunctionLike(at) && 'body' in at) return at as ts.FunctionLikeDeclaration;
    if (ts.isPropertyDeclaration(at) || ts.isClassStaticBlockDeclaration(at)) return owningFunction(at.parent);
  }
  return undefined;
}

/** True for `x` in `x = v`, `x += v`, `x++`, `[x] = v`, `({ x } = v)`, `for (x of v)`. */
export function isAssignmentTarget(node: ts.Node): boolean {
  const parent = node.parent;
  if (ts.isBinaryExpression(parent)) return parent.left === node && isAssignmentOperator(parent.operatorToken.kind);
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent) || ts.isAsExpression(parent) || ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent)) return isAssignmentTarget(parent);
  if (ts.isShorthandPropertyAssignment(parent)) return isAssignmentTarget(parent.parent);
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node && isAssignmentTarget(parent.parent);
  return false;
}

export function isAssignmentOperator(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
