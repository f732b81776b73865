import ts from 'typescript';
import type { CheckedModule } from './compile.js';

const tables = new WeakMap<ts.SourceFile, VariableTable>();

/** The shared variables of a module, found once. */
export function variablesOf({ source, checker }: CheckedModule): VariableTable {
  let table = tables.get(source);
  if (!table) tables.set(source, (table = new VariableTable(source, checker)));
  return table;
}

/** A variable that more than one function can see and that is assigned after its declaration. */
export interface SharedVariable {
  readonly name: string;
  /** The function whose activation owns the variable; undefined for the module itself. */
  readonly owner: ts.FunctionLikeDeclaration | undefined;
  /** The name under which other modules see it, if they do. */
  readonly exportedAs?: string;
}

/**
 * Finds which identifiers name shared variables. A `const`, or a local that no inner function uses, cannot be changed
 * by another task, so its accesses are not reported.
 */
export class VariableTable {
  readonly #shared = new Map<ts.Symbol, SharedVariable>();
  readonly #exports = new Map<string, ts.Symbol>();
  readonly #checker: ts.TypeChecker;
  readonly #assignedNames: ReadonlySet<string>;

  constructor(source: ts.SourceFile, checker: ts.TypeChecker) {
    this.#checker = checker;
    const assigned = new Set<ts.Symbol>();
    const captured = new Set<ts.Symbol>();
    // What a name means takes its time to find out, and most names are assigned to by nobody.
    this.#assignedNames = assignedNames(source);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && this.#assignedNames.has(node.text)) {
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
    for (const [name, symbol] of this.#exportedSymbols(source)) {
      const variable = this.#shared.get(symbol);
      if (variable && variable.exportedAs === undefined) this.#shared.set(symbol, { ...variable, exportedAs: name });
      if (variable) this.#exports.set(name, symbol);
    }
  }

  /** Names of exports that are shared variables, each with the first name of its variable. */
  exported(): [name: string, first: string][] {
    return [...this.#exports].map(([name, symbol]) => [name, this.#shared.get(symbol)!.exportedAs!]);
  }

  #exportedSymbols(source: ts.SourceFile): [string, ts.Symbol][] {
    const found: [string, ts.Symbol | undefined][] = [];
    const bind = (name: ts.BindingName): void => {
      if (ts.isIdentifier(name)) { if (this.#assignedNames.has(name.text)) found.push([name.text, this.#checker.getSymbolAtLocation(name)]); }
      else name.elements.forEach((element) => { if (ts.isBindingElement(element)) bind(element.name); });
    };
    for (const statement of source.statements) {
      const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      if (ts.isVariableStatement(statement) && isExported) statement.declarationList.declarations.forEach(({ name }) => bind(name));
      const clause = ts.isExportDeclaration(statement) && !statement.moduleSpecifier ? statement.exportClause : undefined;
      if (clause && ts.isNamedExports(clause)) for (const specifier of clause.elements) if (this.#assignedNames.has((specifier.propertyName ?? specifier.name).text)) found.push([specifier.name.text, this.#checker.getExportSpecifierLocalTargetSymbol(specifier)]);
    }
    return found.filter((entry): entry is [string, ts.Symbol] => entry[1] !== undefined);
  }

  /** The shared variable that an identifier in an expression names, if any; a name that is being declared is none. */
  at(node: ts.Identifier): SharedVariable | undefined {
    if (!this.#assignedNames.has(node.text) || isDeclaredName(node)) return undefined;
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

/** Names that the source assigns to anywhere, beside their first values. */
export function assignedNames(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isAssignmentTarget(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** True for a name that is being declared, imported or exported. */
export function isDeclaredName({ parent, ...node }: ts.Identifier): boolean {
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
