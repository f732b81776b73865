import ts from 'typescript';
import type { SourceRange } from '../model/index.js';
import type { CheckedModule } from './compile.js';
import { isSelf } from './setters.js';
import { rangeOf } from './sites.js';

/** How code comes from where a task starts to a place: read from the text, by names, so it may be wrong, and is good for the order of trials only. */
export interface Approach {
  /** The functions on the way, whole, the task's own first. */
  readonly functions: readonly SourceRange[];
  /** What decides whether the way is gone: conditions around it, those of early exits before it, what these rest on, and what is written in the end. */
  readonly conditions: readonly SourceRange[];
  /** Fields of `this` and variables of modules that these conditions look at. */
  readonly state: ReadonlySet<string>;
}

/** A function, with the names by which others know it. */
interface Known {
  readonly node: ts.FunctionLikeDeclaration;
  readonly module: CheckedModule;
  readonly names: readonly string[];
  /** What it does that leads to others: calls and mentions by name, and functions that it makes. */
  readonly leads: readonly { readonly node: ts.Node; readonly name?: string; readonly made?: ts.FunctionLikeDeclaration }[];
}

/** A step of a way: a function, and the place in it where the way goes on. */
interface Step {
  readonly known: Known;
  readonly at: ts.Node;
}

const mostFunctions = 2_000;
/** What throws inside a called function is looked for so deep. */
const deepestExit = 2;

/**
 * The shortest way by names from one of `starts` to the function that holds one of `places`; undefined if none is seen. What makes the object
 * that the task is a method of, or the function that it is, has to come so far first: `root` names it.
 */
export function approachTo(modules: readonly CheckedModule[], starts: readonly SourceRange[], places: readonly SourceRange[], root: string): Approach | undefined {
  const index = new Functions(modules);
  const reading = new Reading(index);
  const first = starts.map((start) => index.wholeAt(start)).find((found) => found !== undefined);
  reading.setUp(root, first);
  const target = places.map((place) => index.innermostAt(place)).find((found) => found !== undefined);
  if (!target) return undefined;
  for (const start of starts) {
    const from = index.wholeAt(start);
    const way = from && index.wayTo(from, target);
    if (way) return reading.approach(way);
  }
  return reading.approach([target]);
}

/** How many functions lie on the shortest way by names from each of `starts` to where the first of `places` that the file holds is; undefined where no way is seen. */
export function distancesTo(module: CheckedModule, starts: readonly SourceRange[], places: readonly SourceRange[]): (number | undefined)[] {
  const index = new Functions([module]);
  const target = places.map((place) => index.innermostAt(place)).find((found) => found !== undefined);
  return starts.map((start) => {
    const from = target && index.wholeAt(start);
    return from && index.wayTo(from, target)?.length;
  });
}

class Functions {
  readonly #byNode = new Map<ts.Node, Known>();
  readonly #byName = new Map<string, Known[]>();
  readonly #modules: readonly CheckedModule[];

  constructor(modules: readonly CheckedModule[]) {
    this.#modules = modules;
    for (const module of modules) for (const known of functionsOf(module)) {
      this.#byNode.set(known.node, known);
      for (const name of known.names) this.#byName.set(name, [...(this.#byName.get(name) ?? []), known]);
    }
  }

  named(name: string): readonly Known[] {
    return this.#byName.get(name) ?? [];
  }

  innermostAt(place: SourceRange): Step | undefined {
    const at = this.#nodeAt(place);
    for (let node: ts.Node | undefined = at; node; node = node.parent) {
      const known = this.#byNode.get(node);
      if (known && at) return { known, at };
    }
    return undefined;
  }

  /** The function that ends where `place` ends, or the largest inside it. */
  wholeAt(place: SourceRange): Known | undefined {
    const module = this.#modules.find(({ file }) => file === place.file);
    if (!module) return undefined;
    const [start, end] = [offsetOf(module.source, place.start), offsetOf(module.source, place.end)];
    let best: Known | undefined;
    for (const known of this.#byNode.values()) {
      if (known.module !== module || known.node.end > end || (known.node.end !== end && known.node.getStart(module.source) < start)) continue;
      if (!best || sizeOf(known.node) > sizeOf(best.node)) best = known;
    }
    return best;
  }

  #nodeAt({ file, start }: SourceRange): ts.Node | undefined {
    const module = this.#modules.find((each) => each.file === file);
    if (!module) return undefined;
    const offset = offsetOf(module.source, start);
    let found: ts.Node | undefined;
    const visit = (node: ts.Node): void => {
      if (node.getStart(module.source) > offset || node.end <= offset) return;
      found = node;
      ts.forEachChild(node, visit);
    };
    ts.forEachChild(module.source, visit);
    return found;
  }

  /** Breadth first, so that the way is one of the shortest. */
  wayTo(from: Known, target: Step): Step[] | undefined {
    const before = new Map<Known, Step | undefined>([[from, undefined]]);
    for (const known of before.keys()) {
      if (known === target.known) break;
      if (before.size > mostFunctions) return undefined;
      for (const { node, name, made } of known.leads) {
        const next = made ? [this.#byNode.get(made)] : this.named(name!);
        for (const each of next) if (each && !before.has(each)) before.set(each, { known, at: node });
      }
    }
    if (!before.has(target.known)) return undefined;
    const way = [target];
    for (let step = before.get(target.known); step; step = before.get(step.known)) way.unshift(step);
    return way;
  }
}

/** What decides whether each step of a way is gone. */
class Reading {
  readonly #index: Functions;
  readonly #conditions = new Map<ts.Node, CheckedModule>();
  readonly #state = new Set<string>();
  readonly #exits = new Set<ts.Node>();

  constructor(index: Functions) {
    this.#index = index;
  }

  /** What may keep a constructor or factory from its end, or from making the task's function. */
  setUp(root: string, task: Known | undefined): void {
    for (const maker of this.#index.named(root)) {
      if (maker === task) continue;
      const way = task && this.#index.wayTo(maker, { known: task, at: task.node });
      for (const { known, at } of way ?? []) if (known !== task) this.#around(at, known);
      if (!way && maker.node.body && ts.isBlock(maker.node.body)) for (const statement of maker.node.body.statements) this.#exitsIn(statement, maker.module, deepestExit);
    }
  }

  approach(way: readonly Step[]): Approach {
    for (const { known, at } of way) this.#around(at, known);
    const last = way.at(-1);
    if (last) this.#given(last.at, last.known);
    return {
      functions: way.map(({ known: { node, module } }) => rangeOf(module.source, node, module.file)),
      conditions: [...this.#conditions].map(([node, module]) => rangeOf(module.source, node, module.file)),
      state: this.#state,
    };
  }

  #around(at: ts.Node, { node: owner, module }: Known): void {
    for (let node = at; node !== owner && node.parent; node = node.parent) {
      const { parent } = node;
      if ((ts.isIfStatement(parent) || ts.isWhileStatement(parent)) && node !== parent.expression) this.#add(parent.expression, module);
      if (ts.isConditionalExpression(parent) && node !== parent.condition) this.#add(parent.condition, module);
      if (ts.isForStatement(parent) && node === parent.statement && parent.condition) this.#add(parent.condition, module);
      if (ts.isForOfStatement(parent) && node === parent.statement) this.#add(parent.expression, module);
      if (ts.isBinaryExpression(parent) && node === parent.right && isLogical(parent)) this.#add(parent.left, module);
      if (ts.isCaseClause(parent)) { this.#add(parent.expression, module); this.#add(parent.parent.parent.expression, module); }
      if (ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent)) this.#before(parent.statements, node, module);
    }
  }

  /** What the place of the region is given decides what comes of it. */
  #given(at: ts.Node, { node: owner, module }: Known): void {
    for (let node = at; node !== owner && !ts.isStatement(node); node = node.parent) {
      if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && !ts.isLiteralExpression(node.right)) this.#add(node.right, module);
    }
  }

  #before(statements: readonly ts.Statement[], until: ts.Node, module: CheckedModule): void {
    for (const statement of statements) {
      if (statement === until) return;
      this.#exitsIn(statement, module, deepestExit);
    }
  }

  /** Conditions under which a statement is not come past. */
  #exitsIn(statement: ts.Node, module: CheckedModule, deep: number): void {
    if (this.#exits.has(statement)) return;
    this.#exits.add(statement);
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node)) return;
      if (ts.isIfStatement(node) && (leaves(node.thenStatement) || (node.elseStatement && leaves(node.elseStatement)))) this.#add(node.expression, module);
      if (deep > 0 && (ts.isCallExpression(node) || ts.isNewExpression(node))) this.#exitsOf(node.expression, deep - 1);
      ts.forEachChild(node, visit);
    };
    visit(statement);
  }

  #exitsOf(callee: ts.Expression, deep: number): void {
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : undefined;
    const called = name === undefined ? [] : this.#index.named(name);
    if (called.length > 2) return;
    for (const { node, module } of called) if (node.body && ts.isBlock(node.body)) for (const statement of node.body.statements) this.#exitsIn(statement, module, deep);
  }

  /** With what the variables in it were given. */
  #add(condition: ts.Node, module: CheckedModule): void {
    if (this.#conditions.has(condition)) return;
    this.#conditions.set(condition, module);
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node)) return;
      if (ts.isIdentifier(node)) {
        const declaration = module.checker.getSymbolAtLocation(node)?.valueDeclaration;
        const given = declaration && ts.isBindingElement(declaration) ? variableOf(declaration)?.initializer : declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
        if (given && declaration!.getSourceFile() === module.source && !ts.isFunctionLike(given)) this.#add(given, module);
        if (declaration && ts.isVariableDeclaration(declaration) && ts.isSourceFile(declaration.parent.parent.parent)) this.#state.add(node.text);
      }
      if (ts.isPropertyAccessExpression(node) && isSelf(node.expression)) this.#state.add(node.name.text);
      if (ts.isCallExpression(node)) this.#answersOf(node.expression);
      ts.forEachChild(node, visit);
    };
    visit(condition);
  }

  /** A predicate of the program's own: what it returns is what decides. */
  #answersOf(callee: ts.Expression): void {
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : undefined;
    const called = name === undefined ? [] : this.#index.named(name);
    if (called.length !== 1) return;
    const { node, module } = called[0]!;
    if (!node.body) return;
    if (!ts.isBlock(node.body)) return this.#add(node.body, module);
    const visit = (inner: ts.Node): void => {
      if (ts.isFunctionLike(inner)) return;
      if (ts.isReturnStatement(inner) && inner.expression) this.#add(inner.expression, module);
      if (ts.isIfStatement(inner)) this.#add(inner.expression, module);
      ts.forEachChild(inner, visit);
    };
    ts.forEachChild(node.body, visit);
  }
}

const known = new WeakMap<CheckedModule, readonly Known[]>();

function functionsOf(module: CheckedModule): readonly Known[] {
  const before = known.get(module);
  if (before) return before;
  const found: Known[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunctionWithBody(node)) found.push({ node, module, names: namesOf(node), leads: leadsOf(node) });
    ts.forEachChild(node, visit);
  };
  visit(module.source);
  known.set(module, found);
  return found;
}

function namesOf(node: ts.FunctionLikeDeclaration): string[] {
  if (ts.isConstructorDeclaration(node)) return [node.parent.name?.text ?? 'default'];
  const own = node.name && (ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name) || ts.isStringLiteral(node.name)) ? [node.name.text] : [];
  const { parent } = node;
  const isNamed = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return isNamed && (ts.isIdentifier(parent.name) || ts.isPrivateIdentifier(parent.name)) ? [...own, parent.name.text] : own;
}

function leadsOf(owner: ts.FunctionLikeDeclaration): Known['leads'] {
  const leads: { readonly node: ts.Node; readonly name?: string; readonly made?: ts.FunctionLikeDeclaration }[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunctionWithBody(node)) { leads.push({ node, made: node }); return; }
    if (ts.isPropertyAccessExpression(node)) leads.push({ node, name: node.name.text });
    else if (ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) leads.push({ node, name: node.text });
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(owner, visit);
  return leads;
}

function isFunctionWithBody(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function isLogical({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
}

/** Whether a statement may leave what it stands in. */
function leaves(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node) || ts.isBreakStatement(node) || ts.isContinueStatement(node)) return true;
  return ts.forEachChild(node, leaves) ?? false;
}

function variableOf(element: ts.BindingElement): ts.VariableDeclaration | undefined {
  let node: ts.Node = element;
  while (ts.isBindingElement(node) || ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node)) node = node.parent;
  return ts.isVariableDeclaration(node) ? node : undefined;
}

function sizeOf({ pos, end }: ts.Node): number {
  return end - pos;
}

function offsetOf(source: ts.SourceFile, { line, column }: SourceRange['start']): number {
  const starts = source.getLineStarts();
  return (starts[Math.min(line, starts.length) - 1] ?? 0) + column - 1;
}
