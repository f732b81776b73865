import { isFunction, isWithin, walk } from '../../language/index.js';
import type { FunctionNode, Node } from '../../language/index.js';
import { unwrap } from '../flow/places.js';
import { isRegistering } from '../catalog/callbacks.js';
import type { Effect, EffectGraph } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { textIn } from '../model/text.js';
import { successors } from '../regions/reach.js';
import type { Holdings, Standpoint } from './holdings.js';
import type { Spending } from './spending.js';
import { handoverOf } from './transfer-calls.js';
import { spentUseAt } from './uses.js';

/** A function that is made somewhere in a run, to be called in a later turn. */
interface Handler {
  readonly made: Effect;
  readonly fn: FunctionNode;
  /** What it handles the events of: `worker` of `worker.on(…)` and `worker.onmessage = …`. */
  readonly emitter: Node | undefined;
}

/** Uses in functions that are called when the turn has ended: what the turn gave away is gone by then. */
export function usesInHandlers(graph: EffectGraph, run: Spending): { readonly transfer: Effect; readonly use: Pick<Effect, 'at' | 'frame'> }[] {
  return handlersIn(graph).flatMap((handler) => {
    const at = run.standpoint(handler.made.frame);
    for (const now of [run.before(handler.made.id), ...answeredIn(handler, graph, at).map((transfer) => run.after(transfer))]) {
      const use = now && useIn(handler.fn, at, now);
      if (use) return [{ transfer: graph.effects[use.spentBy]!, use: { at: use.node, frame: handler.made.frame } }];
    }
    return [];
  });
}

function handlersIn(graph: EffectGraph): Handler[] {
  const found = new Map<FunctionNode, Handler>();
  for (const made of graph.effects) {
    for (const handler of handlersMadeAt(made)) if (!found.has(handler.fn)) found.set(handler.fn, handler);
  }
  return [...found.values()];
}

function handlersMadeAt(made: Effect): Handler[] {
  const { kind, at } = made;
  if (kind === 'call' && at.type === 'CallExpression') {
    const callee = unwrap(at.callee);
    if (!isRegistering(calleeText(callee))) return [];
    const emitter = callee.type === 'MemberExpression' ? callee.object : undefined;
    return at.arguments.filter((argument) => isFunction(argument)).map((fn) => ({ made, fn, emitter }));
  }
  const holder = at.parent;
  const isProperty = kind === 'mention' && at.type === 'MemberExpression' && /^on[a-z]+$/.test(calleeText(at)) && holder?.type === 'AssignmentExpression' && holder.left === at;
  return isProperty && isFunction(holder.right) ? [{ made, fn: holder.right, emitter: at.object }] : [];
}

/** Transfers to the very thing whose events a handler waits for, later in the run: an event that answers comes after them. */
function answeredIn({ made, emitter }: Handler, graph: EffectGraph, { model }: Standpoint): Effect[] {
  const text = textIn(model);
  if (!emitter) return [];
  const later = reachedFrom(made, graph);
  return graph.effects.filter(({ id, kind, at, frame }) => {
    if (kind !== 'call' || !later.has(id) || frame !== made.frame || at.type !== 'CallExpression' || !handoverOf(at)) return false;
    const callee = unwrap(at.callee);
    return callee.type === 'MemberExpression' && text(callee.object) === text(emitter);
  });
}

function reachedFrom(start: Effect, { effects }: EffectGraph): Set<number> {
  const seen = new Set(successors(start));
  for (const id of seen) for (const to of successors(effects[id]!)) seen.add(to);
  return seen;
}

/** The first use in a function's body of what was captured in a variable that keeps its value. */
function useIn(fn: FunctionNode, at: Standpoint, now: Holdings): ReturnType<typeof spentUseAt> {
  let found: ReturnType<typeof spentUseAt>;
  walk(fn.body, (node) => {
    const variable = !found && node.type === 'Identifier' ? at.model.scopes.variableOf(node) : undefined;
    if (variable && at.model.sharing.isConstant(variable) && !isWithin(variable.scope.block as Node, fn)) found = spentUseAt(node, at, now);
  });
  return found;
}
