import ts from 'typescript';
import type { CheckedModule } from './compile.js';

/** Calls are followed this far inside the file. */
const deepest = 3;

/**
 * How many of `names` (fields of `this`, or variables of the module) a function of the file that bears `function` as its name writes, itself or
 * in what it calls: read from the text, by names, so it may be wrong, and is good for the order of trials only.
 */
export function writesOf({ source }: CheckedModule, name: string, names: ReadonlySet<string>): number {
  return names.size === 0 ? 0 : new Writing(bodiesOf(source), names).count(name);
}

class Writing {
  readonly #bodies: ReadonlyMap<string, readonly ts.Node[]>;
  readonly #names: ReadonlySet<string>;
  readonly #written = new Set<string>();
  readonly #seen = new Set<ts.Node>();

  constructor(bodies: ReadonlyMap<string, readonly ts.Node[]>, names: ReadonlySet<string>) {
    this.#bodies = bodies;
    this.#names = names;
  }

  count(name: string): number {
    this.#follow(name, deepest);
    return this.#written.size;
  }

  #follow(name: string, deep: number): void {
    for (const body of this.#bodies.get(name) ?? []) {
      if (this.#seen.has(body)) continue;
      this.#seen.add(body);
      this.#visit(body, deep);
    }
  }

  #visit(node: ts.Node, deep: number): void {
    const written = targetOf(node);
    const root = written && rootOf(written);
    if (root !== undefined && this.#names.has(root)) this.#written.add(root);
    if (deep > 0 && ts.isCallExpression(node)) {
      const { expression } = node;
      const called = ts.isIdentifier(expression) ? expression.text : ts.isPropertyAccessExpression(expression) && isSelf(expression.expression) ? expression.name.text : undefined;
      if (called !== undefined) this.#follow(called, deep - 1);
    }
    ts.forEachChild(node, (child) => this.#visit(child, deep));
  }
}

const fills = /^(?:set|add|push|unshift|append|insert|put|enqueue|register|store|save)(?![a-z])/;

/** What an expression gives a value to. */
function targetOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment) return node.left;
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && fills.test(node.expression.name.text) ? node.expression.expression : undefined;
}

/** The field or variable that a target belongs to. */
function rootOf(target: ts.Expression): string | undefined {
  let node: ts.Expression = target;
  while (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) {
    if (ts.isPropertyAccessExpression(node) && isSelf(node.expression)) return node.name.text;
    node = node.expression;
  }
  return ts.isIdentifier(node) ? node.text : undefined;
}

/** `this`, or a class whose static member follows. */
export function isSelf(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(node) && (/^(?:self|_this|that)$/.test(node.text) || /^[A-Z]/.test(node.text)));
}

const known = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly ts.Node[]>>();

/** Bodies of functions by their names. */
function bodiesOf(source: ts.SourceFile): ReadonlyMap<string, readonly ts.Node[]> {
  const before = known.get(source);
  if (before) return before;
  const bodies = new Map<string, ts.Node[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const name = nameOf(node);
      if (name !== undefined) bodies.set(name, [...(bodies.get(name) ?? []), node.body as ts.Node]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  known.set(source, bodies);
  return bodies;
}

function nameOf(node: ts.SignatureDeclaration): string | undefined {
  if (node.name && (ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name))) return node.name.text;
  const { parent } = node;
  const isNamed = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return isNamed && (ts.isIdentifier(parent.name) || ts.isPrivateIdentifier(parent.name)) ? parent.name.text : undefined;
}
