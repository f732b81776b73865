import { isWithin } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import type { Acquire } from './held.js';

/**
 * `try { return this.again(); } finally { release(); }`: without an `await` the `finally` does not wait for what is returned, so that a lock which that asks for is asked for
 * with `outer` still held, but waited for without.
 */
export function isLetGoMeanwhile(inner: Acquire, outer: Acquire): boolean {
  let { at } = inner;
  for (let frame: Acquire['frame'] | undefined = inner.frame; frame; at = frame.at, frame = frame.caller) if (frame === outer.frame) return isReturnedPastFinally(at, frame.fn.node);
  return false;
}

function isReturnedPastFinally(call: Node, fn: Node): boolean {
  let at: Node | undefined = call;
  while (at?.parent && /^(?:TS\w+Expression|ConditionalExpression|LogicalExpression)$/.test(at.parent.type)) at = at.parent;
  if (at?.parent?.type !== 'ReturnStatement') return false;
  for (at = at.parent; at && at !== fn; at = at.parent) if (at.parent?.type === 'TryStatement' && at.parent.finalizer && !isWithin(at, at.parent.finalizer)) return true;
  return false;
}
