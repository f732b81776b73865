import type { Node } from '../../language/index.js';
import { unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import type { Lowering } from './lowering.js';
import { isDropped } from './waited-for.js';

/** Lowers work that nobody waits for: it goes on a way of its own, and what follows runs at once. */
export function aside(l: Lowering, at: Node, work: () => Value): Value {
  const { graph, activation } = l;
  const { handler } = graph;
  const branch = graph.add('branch', at, { test: unknownValue, ...(isDropped(at) && { startsAside: true }) });
  graph.continueAt(branch, true);
  graph.handler = undefined;
  graph.aside++;
  // What it does belongs to the task that started it, whoever waits for that.
  l.activation = { isAwaited: true, leaveTo: undefined };
  const result = work();
  l.activation = activation;
  graph.handler = handler;
  graph.aside--;
  graph.continueAt(branch, false);
  return result;
}
