import type { Node, TSESTree } from '../../language/index.js';
import type { Acquisition } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import { unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import { aside } from './aside.js';
import { lowerExpression } from './expressions.js';
import { canInline, closureOf, inlineCall } from './inline.js';
import type { NamedLock } from './lock-names.js';
import type { Lowering } from './lowering.js';
import { unwrap } from './places.js';
import { isWaitedFor } from './waited-for.js';

/** The lock that a callback runs under. */
export type Held = Omit<Acquisition, 'isAwaited'> & { readonly lock: string };

/**
 * Waits for the lock, runs the callback, gives the lock back.
 * @param isAwaited False if what follows does not wait for the callback.
 * @param more Locks that are taken after it, each while the ones before are held.
 */
export function runUnder(l: Lowering, node: TSESTree.CallExpression, held: Held, callback: Node, isAwaited: boolean, more: readonly NamedLock[] = []): Value {
  lowerArguments(l, node);
  return isAwaited ? runHeld(l, node, held, callback, more) : aside(l, node, () => runHeld(l, node, held, callback, more));
}

function runHeld(l: Lowering, node: TSESTree.CallExpression, { lock, ...how }: Held, callback: Node, more: readonly NamedLock[]): Value {
  const { graph } = l;
  const fn = closureOf(l, callback);
  const after = graph.join(node);
  const isAwaited = isWaitedFor(l, node);
  l.suspend(node, unknownValue, '');
  graph.add('acquire', node, { lock, ...how, isAwaited });
  for (const { name, choice } of more) graph.add('acquire', node, { lock: name, ...how, isAwaited, ...(choice && { choice }) });
  const names = [...more.map(({ name }) => name).reverse(), lock];
  const isInlined = fn !== undefined && canInline(l, fn);
  const isDue = how.form === 'done' && isInlined;
  const release = (): void => {
    for (const name of names) graph.add('release', node, { lock: name, ...(isDue && { isDue }) });
  };
  const { handler } = graph;
  const failed = graph.join(node);
  graph.handler = failed;
  if (isDue) noteDone(l, fn, lock, how.saysDoneOnly !== true);
  const value = isInlined ? inlineCall(l, fn, node, [], true) : unknownValue;
  graph.handler = handler;
  release();
  graph.goTo(after);
  // A callback that fails gives the lock back too.
  if (graph.isReached(failed)) {
    graph.continueAt(failed);
    release();
    graph.add('throw', node, { value: unknownValue });
    graph.continueAt(undefined);
  }
  graph.continueAt(after);
  return value;
}

/** Calling what the callback is handed gives the lock back. */
function noteDone(l: Lowering, { node }: FunctionInfo, lock: string, isIdempotent: boolean): void {
  const [done] = node.params;
  const variable = done?.type === 'Identifier' ? l.variable(done) : undefined;
  if (variable) l.releasers.set(variable, { lock, isIdempotent });
}

export function lowerArguments(l: Lowering, node: TSESTree.CallExpression): void {
  for (const argument of node.arguments) {
    const { type } = unwrap(argument);
    if (type !== 'ArrowFunctionExpression' && type !== 'FunctionExpression') lowerExpression(l, argument);
  }
}
