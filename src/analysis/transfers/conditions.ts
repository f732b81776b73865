import { isFunction, walk } from '../../language/index.js';
import type { Node } from '../../language/index.js';

/** True if a condition that decides about one of two places, and not about the other, has to do with one that decides about the other. */
export function mayExclude(one: Node, other: Node): boolean {
  const [first, second] = [testsAround(one), testsAround(other)];
  const names = new Set(first.filter((test) => !second.includes(test)).flatMap(namesIn));
  return second.filter((test) => !first.includes(test)).flatMap(namesIn).some((name) => names.has(name));
}

function testsAround(node: Node): Node[] {
  const tests: Node[] = [];
  for (let at: Node = node; at.parent; at = at.parent) {
    const { parent } = at;
    if ((parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && parent.test !== at) tests.push(parent.test);
    if (parent.type === 'LogicalExpression' && parent.right === at) tests.push(parent.left);
    if (isFunction(at)) break;
  }
  return tests;
}

function namesIn(test: Node): string[] {
  const names: string[] = [];
  walk(test, (node) => {
    if (node.type === 'Identifier') names.push(node.name);
  });
  return names;
}
