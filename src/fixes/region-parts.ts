import type { FunctionNode, Node } from '../language/index.js';
import type { FlaggedCode } from './flagged-code.js';
import { allNodes, functionAround, isWithin } from './syntax.js';

/** A region as it stands in the function that suspends: what happens in helpers stands there as the calls of these. */
export interface RegionParts {
  readonly fn: FunctionNode;
  readonly reads: readonly Node[];
  readonly suspensions: readonly Node[];
  /** Expressions: the target of an assignment, a call. */
  readonly acts: readonly Node[];
}

export function partsOf(code: FlaggedCode): RegionParts | undefined {
  const { region, range } = code.finding;
  const [reads, suspensions, acts] = [region.reads, region.suspensions, [range, ...region.acts]].map((ranges) => code.nodesAt(ranges).map(expressionOf));
  // The last suspension may stand in a helper, from where no way leads back to whoever calls it.
  for (const suspension of [...suspensions!].reverse()) {
    for (let fn = functionAround(suspension); fn; fn = functionAround(fn)) {
      const parts = { fn, reads: inside(reads!, fn), suspensions: inside(suspensions!, fn), acts: inside(acts!, fn) };
      if (parts.reads.length > 0 && parts.acts.length > 0) return parts;
    }
  }
  return undefined;
}

/** Without a semicolon a statement is as long as its expression. */
function expressionOf(node: Node): Node {
  return node.type === 'ExpressionStatement' ? node.expression : node;
}

function inside(nodes: readonly Node[], fn: FunctionNode): Node[] {
  return [...new Set(nodes.flatMap((node) => standIns(node, fn)))].sort((a, b) => a.range[0] - b.range[0]);
}

/** The node, if the function holds it, or the function's calls of what does. */
function standIns(node: Node, fn: FunctionNode): Node[] {
  if (isWithin(node, fn)) return [node];
  const helper = functionAround(node);
  const name = helper && nameOf(helper);
  if (name === undefined) return [];
  return allNodes(fn).filter((one) => one.type === 'CallExpression' && calledName(one.callee) === name);
}

export function nameOf(fn: FunctionNode): string | undefined {
  const { parent } = fn;
  if (fn.id) return fn.id.name;
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition' || parent?.type === 'Property') return keyText(parent.key);
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
}

/** The last name of what is called. */
export function calledName(callee: Node): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression' && !callee.computed) return keyText(callee.property);
  return callee.type === 'ChainExpression' || callee.type === 'TSNonNullExpression' ? calledName(callee.expression) : undefined;
}

function keyText(key: Node): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return key.type === 'Identifier' ? key.name : undefined;
}
