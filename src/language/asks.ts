import ts from 'typescript';
import type { SourceRange } from '../model/index.js';
import type { CheckedModule } from './compile.js';
import { rangeOf } from './sites.js';

/** Variables are followed back this far. */
const deepest = 5;

/**
 * The calls whose answers, waited for, get into what is done at `act`: `load()` of `const { items } = await load(); show(items)` for the place of
 * `show(items)`, and of `load().then((items) => show(items))`.
 */
export function asksBehind(module: CheckedModule, act: SourceRange): readonly SourceRange[] {
  const { source, file } = module;
  const at = nodeAt(source, ts.getPositionOfLineAndCharacter(source, act.start.line - 1, act.start.column - 1));
  let statement: ts.Node | undefined = at;
  while (statement && !ts.isStatement(statement) && !(ts.isArrowFunction(statement.parent) && statement.parent.body === statement)) statement = statement.parent;
  if (!statement) return [];
  const asks = new Asks(module);
  asks.within(statement, deepest);
  return [...asks.found].map((call) => rangeOf(source, call, file));
}

/** The calls that the function around `act` waits for before it, in the order of the text. */
export function waitsBefore(module: CheckedModule, act: SourceRange): readonly SourceRange[] {
  const { source, file } = module;
  const offset = ts.getPositionOfLineAndCharacter(source, act.start.line - 1, act.start.column - 1);
  let around: ts.Node | undefined = nodeAt(source, offset);
  while (around && !ts.isFunctionLike(around)) around = around.parent;
  const found: SourceRange[] = [];
  const visit = (node: ts.Node): void => {
    if (node.getStart(source) >= offset || (node !== around && ts.isFunctionLike(node))) return;
    if (ts.isAwaitExpression(node) && ts.isCallExpression(node.expression)) found.push(rangeOf(source, node.expression, file));
    ts.forEachChild(node, visit);
  };
  if (around) visit(around);
  return found;
}

class Asks {
  readonly found = new Set<ts.CallExpression>();
  readonly #module: CheckedModule;
  readonly #seen = new Set<ts.Node>();

  constructor(module: CheckedModule) {
    this.#module = module;
  }

  within(node: ts.Node, deep: number): void {
    if (ts.isFunctionLike(node)) return;
    if (ts.isAwaitExpression(node)) this.#answers(node.expression);
    else if (ts.isIdentifier(node)) this.#behind(node, deep);
    else ts.forEachChild(node, (child) => this.within(child, deep));
  }

  #behind(name: ts.Identifier, deep: number): void {
    const declaration = this.#module.checker.getSymbolAtLocation(name)?.valueDeclaration;
    const owner = declaration && holderOf(declaration);
    if (deep === 0 || !owner || this.#seen.has(owner) || owner.getSourceFile() !== this.#module.source) return;
    this.#seen.add(owner);
    if (ts.isVariableDeclaration(owner) && owner.initializer) this.within(owner.initializer, deep - 1);
    if (ts.isParameter(owner)) this.#answers(chainOf(owner.parent));
  }

  /** The call that begins a chain of `.then(…)`, `.catch(…)` and `.finally(…)`. */
  #answers(node: ts.Expression | undefined): void {
    if (!node || !ts.isCallExpression(node)) return;
    const before = chained(node);
    if (before) this.#answers(before);
    else this.found.add(node);
  }
}

/** What a callback that is given to `.then` follows. */
function chainOf({ parent }: ts.Node): ts.Expression | undefined {
  return parent && ts.isCallExpression(parent) ? chained(parent) : undefined;
}

function chained({ expression }: ts.CallExpression): ts.Expression | undefined {
  return ts.isPropertyAccessExpression(expression) && /^(?:then|catch|finally)$/.test(expression.name.text) ? expression.expression : undefined;
}

/** The variable or parameter that a name in a pattern belongs to. */
function holderOf(declaration: ts.Declaration): ts.VariableDeclaration | ts.ParameterDeclaration | undefined {
  let node: ts.Node = declaration;
  while (ts.isBindingElement(node) || ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node)) node = node.parent;
  return ts.isVariableDeclaration(node) || ts.isParameter(node) ? node : undefined;
}

function nodeAt(source: ts.SourceFile, offset: number): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart(source) > offset || node.end <= offset) return;
    found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}
