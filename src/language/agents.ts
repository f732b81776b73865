import ts from 'typescript';
import { CompileError } from './compile-error.js';
import type { CheckedModule } from './compile.js';
import { rangeOf } from './sites.js';
import { isAssignmentTarget } from './variables.js';

/** The module that scenarios import. */
const scenarioModule = 'raceproof';

/**
 * What an agent captures is a copy, as in a worker: assigning a variable from outside would be lost. Refused are assignments in
 * closures given to `agent(…)`, and in functions of the same file that they call, to variables from outside; also to a property
 * that a captured literal gives a plain value.
 *
 * @throws CompileError with the place of the assignment.
 */
export function refuseLostAssignments(module: CheckedModule): void {
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isAgent(node.expression, module.checker)) for (const closure of functionsOf(node.arguments[0], module.checker)) new Refusal(module, closure).check();
    ts.forEachChild(node, visit);
  };
  visit(module.source);
}

class Refusal {
  readonly #module: CheckedModule;
  readonly #closure: ts.Node;
  readonly #seen = new Set<ts.Node>();

  constructor(module: CheckedModule, closure: ts.Node) {
    this.#module = module;
    this.#closure = closure;
  }

  check(): void {
    this.#visitBody(this.#closure);
  }

  #visitBody(body: ts.Node): void {
    if (this.#seen.has(body)) return;
    this.#seen.add(body);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && isAssignmentTarget(node)) this.#checkVariable(node);
      if (ts.isPropertyAccessExpression(node) && isAssignmentTarget(node)) this.#checkProperty(node);
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) for (const called of functionsOf(node.expression, this.#module.checker)) this.#visitBody(called);
      ts.forEachChild(node, visit);
    };
    visit(body);
  }

  #checkVariable(node: ts.Identifier): void {
    const declaration = this.#captured(node);
    if (declaration) this.#refuse(node, node.text);
  }

  /** `state.count = 1`, where `const state = { count: 0 }` stands outside. */
  #checkProperty(node: ts.PropertyAccessExpression): void {
    const declaration = ts.isIdentifier(node.expression) ? this.#captured(node.expression) : undefined;
    const literal = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer;
    if (!literal || !ts.isObjectLiteralExpression(literal)) return;
    const property = literal.properties.find((each) => ts.isPropertyAssignment(each) && ts.isIdentifier(each.name) && each.name.text === node.name.text);
    if (property && ts.isPropertyAssignment(property) && isPlainValue(property.initializer)) this.#refuse(node, node.getText(this.#module.source));
  }

  /** The declaration of a variable that the agent shares with others in appearance only. */
  #captured(node: ts.Identifier): ts.Declaration | undefined {
    const declaration = this.#module.checker.getSymbolAtLocation(node)?.valueDeclaration;
    if (!declaration || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) || ts.isBindingElement(declaration))) return undefined;
    const isInside = [...this.#seen].some((body) => body.pos <= declaration.pos && declaration.end <= body.end);
    return isInside ? undefined : declaration;
  }

  #refuse(node: ts.Node, name: string): never {
    const message = `an agent assigns ${name}, which lies outside of it: an agent works on copies, as a worker does, so nobody else would see it; keep it in a SharedArrayBuffer, or declare it inside the agent`;
    throw new CompileError(message, rangeOf(this.#module.source, node, this.#module.file));
  }
}

/** The function that an expression is or names, in the same file. */
function functionsOf(node: ts.Expression | undefined, checker: ts.TypeChecker): ts.Node[] {
  if (!node) return [];
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return [node];
  if (!ts.isIdentifier(node)) return [];
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (declaration && ts.isFunctionDeclaration(declaration)) return [declaration];
  return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer && (ts.isArrowFunction(declaration.initializer) || ts.isFunctionExpression(declaration.initializer)) ? [declaration.initializer] : [];
}

function isPlainValue({ kind }: ts.Expression): boolean {
  return [ts.SyntaxKind.NumericLiteral, ts.SyntaxKind.StringLiteral, ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword, ts.SyntaxKind.BigIntLiteral].includes(kind);
}

/** `agent` as imported from the scenario module, whatever it is called here. */
function isAgent(callee: ts.Expression, checker: ts.TypeChecker): boolean {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text === 'agent' && ts.isIdentifier(callee.expression) && importedFrom(callee.expression, checker) === scenarioModule;
  if (!ts.isIdentifier(callee) || importedFrom(callee, checker) !== scenarioModule) return false;
  const specifier = checker.getSymbolAtLocation(callee)?.declarations?.[0];
  return !!specifier && ts.isImportSpecifier(specifier) && (specifier.propertyName ?? specifier.name).text === 'agent';
}

function importedFrom(name: ts.Identifier, checker: ts.TypeChecker): string | undefined {
  let node: ts.Node | undefined = checker.getSymbolAtLocation(name)?.declarations?.[0];
  while (node && !ts.isImportDeclaration(node)) node = ts.isSourceFile(node) ? undefined : node.parent;
  return node && ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : undefined;
}
