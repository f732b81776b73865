import type { Node, TSESTree } from '../../language/index.js';
import { calleeText } from './functions.js';
import { unwrap } from './unwrap.js';

/** `p.then(…)`, `p.catch(…)`, `p.finally(…)` */
export type Link = TSESTree.CallExpression & { readonly callee: TSESTree.MemberExpression };

export function isLink(node: Node | null | undefined): node is Link {
  return node?.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.arguments.length > 0 && isChaining(calleeText(node.callee));
}

/** What a chain of promises starts from; of anything else itself. */
export function chainStart(expression: Node): Node {
  const node = unwrap(expression);
  return isLink(node) ? chainStart(node.callee.object) : node;
}

/** True for the name of a method that makes a promise of another (ECMA-262, 27.2.5). */
export function isChaining(method: string): boolean {
  return method === 'then' || method === 'catch' || method === 'finally';
}
