import { walk } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import type { LockChoice } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { describeLock } from '../model/location.js';
import { isLink } from '../model/promise-chains.js';
import type { Lowering } from './lowering.js';
import { given } from './lock-names.js';
import { placeOf, unwrap } from './places.js';

/** A queue made of a promise chain, by the place of its end. */
export interface Tail {
  readonly name: string;
  /** What chooses it among others: `tails.get(key)`. */
  readonly choice?: LockChoice;
}

/**
 * A queue made of a promise chain: `tail.then(work)` becomes the next `tail`, so all work given to it runs one after the other.
 * Gives the queue if `expression` is the tail of one: the function that appends to it also assigns it.
 */
export function tailOf(l: Lowering, expression: Node): Tail | undefined {
  const start = chainStart(expression);
  const place = placeOf(l, start);
  if (!place || place.path.length + (place.root.kind === 'variable' ? 1 : 0) === 0) return undefined;
  const text = l.textOf(start);
  let isAssigned = false;
  walk(l.fn.node, (node) => {
    if (node.type === 'AssignmentExpression' && l.textOf(node.left) === text && !/^(?:undefined|null)$/.test(l.textOf(node.right))) isAssigned ||= !isInCallback(node, l);
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && start.type === 'CallExpression' && calleeText(node.callee) === 'set') isAssigned ||= true;
  });
  if (!isAssigned) return undefined;
  const [key] = start.type === 'CallExpression' ? start.arguments : [];
  const holder = start.type === 'CallExpression' && start.callee.type === 'MemberExpression' ? l.textOf(start.callee.object) : '';
  return { name: `queue ${describeLock(place)}`, ...(key && { choice: { family: `queue ${holder}[]`, by: given(l, unwrap(key)) } }) };
}

function isInCallback(node: Node, l: Lowering): boolean {
  return l.model.table.around(node) !== l.fn;
}

/** The promise that a chain of `then`, `catch` and `finally` starts from, without a fallback. */
function chainStart(expression: Node): Node {
  const node = unwrap(expression);
  if (node.type === 'LogicalExpression') return chainStart(node.left);
  if (isLink(node)) return chainStart(node.callee.object);
  return node;
}
