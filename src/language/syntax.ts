import { visitorKeys } from '@typescript-eslint/visitor-keys';
import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { SourceRange } from '../model/index.js';

export type { TSESTree } from '@typescript-eslint/typescript-estree';

export type Node = TSESTree.Node;
/** A node by the name of its type: `CallExpression`. */
export type NodeOf<T extends NodeType> = { [N in Node as `${N['type']}`]: N }[T];
export type NodeType = `${Node['type']}`;
export type FunctionNode = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;
export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** The stretch of source that a node covers. */
export function rangeOf(node: { readonly loc: TSESTree.SourceLocation }, file: string): SourceRange {
  const { start, end } = node.loc;
  return { file, start: { line: start.line, column: start.column + 1 }, end: { line: end.line, column: end.column + 1 } };
}

export function isFunction(node: Node): node is FunctionNode {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}

export function isClass(node: Node): node is ClassNode {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

/** True if a node is another, or stands inside it. */
export function isWithin(inner: { readonly range: readonly [number, number] }, outer: { readonly range: readonly [number, number] }): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** The direct children of a node, in source order. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
    if (!value) continue;
    if (!Array.isArray(value)) children.push(value);
    else for (const item of value) if (item) children.push(item);
  }
  return children;
}

/** Visits every node under `root`, parents first and in source order, without recursion: minified code nests thousands deep. */
export function walk(root: Node, visit: (node: Node) => void): void {
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    visit(node);
    pushChildren(node, stack);
  }
}

/** Sets `parent` of every node but the program, and shows each to `visit`, in the order of `walk`. */
export function setParents(program: TSESTree.Program, visit: (node: Node) => void): void {
  const stack: Node[] = [program];
  for (let node = stack.pop(); node; node = stack.pop()) {
    visit(node);
    const first = stack.length;
    pushChildren(node, stack);
    for (let at = first; at < stack.length; at++) stack[at]!.parent = node as never;
  }
}

/** Puts the direct children of a node on a stack, the last one first, so that the first is visited next. */
export function pushChildren(node: Node, stack: Node[]): void {
  const keys = visitorKeys[node.type] ?? [];
  for (let at = keys.length - 1; at >= 0; at--) {
    const value = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[keys[at]!];
    if (!value) continue;
    if (!Array.isArray(value)) stack.push(value);
    else for (let item = value.length - 1; item >= 0; item--) if (value[item]) stack.push(value[item]!);
  }
}
