import { walk } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { describeLocation } from '../model/location.js';
import type { Lowering } from './lowering.js';
import { placeOf, unwrap } from './places.js';

/**
 * A queue made of a promise chain: `tail.then(work)` becomes the next `tail`, so all work given to it runs one after the other.
 * Gives the queue's name if `expression` is the tail of one: the function that appends to it also assigns it.
 */
export function isTail(l: Lowering, expression: Node): string | undefined {
  const start = chainStart(expression);
  const place = placeOf(l, start);
  if (!place || place.path.length + (place.root.kind === 'variable' ? 1 : 0) === 0) return undefined;
  const text = l.textOf(start);
  let isAssigned = false;
  walk(l.fn.node, (node) => {
    if (node.type === 'AssignmentExpression' && l.textOf(node.left) === text && !/^(?:undefined|null)$/.test(l.textOf(node.right))) isAssigned ||= !isInCallback(node, l);
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && start.type === 'CallExpression' && /\.set$/.test(l.textOf(node.callee))) isAssigned ||= true;
  });
  return isAssigned ? `queue ${describeLocation(place)}` : undefined;
}

function isInCallback(node: Node, l: Lowering): boolean {
  return l.model.table.around(node) !== l.fn;
}

/** The promise that a chain of `then`, `catch` and `finally` starts from, without a fallback. */
function chainStart(expression: Node): Node {
  const node = unwrap(expression);
  if (node.type === 'LogicalExpression') return chainStart(node.left);
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.callee.property.type === 'Identifier' && /^(?:then|catch|finally)$/.test(node.callee.property.name)) return chainStart(node.callee.object);
  return node;
}
