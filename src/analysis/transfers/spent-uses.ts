import { isFunction, walk } from '../../language/index.js';
import { graphOf, graphOfBody } from '../flow/graph.js';
import type { Effect, EffectGraph } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import type { Study } from '../regions/study.js';
import { usesInHandlers } from './handlers.js';
import { Holdings } from './holdings.js';
import { lastingOf, namesGivenElsewhere } from './lasting.js';
import { mayExclude } from './conditions.js';
import { sourceOf } from './sources.js';
import { Spending } from './spending.js';
import { handoverOf, TRANSFERRING_WORD } from './transfer-calls.js';
import { spentUseAt } from './uses.js';

/** Something is used that a call has given away, in the same run or in an earlier one of the same function. */
export interface UseOfSpent {
  readonly transfer: Effect;
  readonly use: Pick<Effect, 'at' | 'frame'>;
  readonly isNextRun: boolean;
}

/** All that can be seen from a module, in its own functions or in what these call. */
export function spentUsesIn(model: ModuleModel, studies: readonly Study[]): UseOfSpent[] {
  return graphsWith(model, studies).flatMap((graph) => usesIn(graph, model)).filter(({ transfer, use }) => !mayExclude(transfer.at, use.at));
}

function graphsWith(model: ModuleModel, studies: readonly Study[]): EffectGraph[] {
  const functions = new Set<FunctionInfo>(studies.filter(({ graph }) => graph.effects.some((effect) => effect.kind === 'call' && handoverOf(effect.at))).map(({ fn }) => fn));
  let isAnywhere = false;
  if (TRANSFERRING_WORD.test(model.module.source.text)) {
    walk(model.module.program, (node) => {
      if (!handoverOf(node)) return;
      isAnywhere = true;
      const around = model.table.around(node);
      if (around) functions.add(around);
    });
  }
  return [...[...functions].map((fn) => graphOf(model, fn, true)), ...(isAnywhere ? [graphOfBody(model)] : [])];
}

function usesIn(graph: EffectGraph, model: ModuleModel): UseOfSpent[] {
  const elsewhere = namesGivenElsewhere(graph, model.links);
  const run = new Spending(graph, model.links, elsewhere);
  const own = [...usesAt(graph, run), ...usesInHandlers(graph, run)].map((use) => ({ ...use, isNextRun: false }));
  const left = lastingOf(run.spentAtEnd, graph, model);
  if (left.size === 0) return own;
  const next = new Spending(graph, model.links, elsewhere, new Holdings([], [], left));
  const known = new Set(own.map(({ use }) => use.at));
  return [...own, ...usesAt(graph, next).filter(({ use }) => !known.has(use.at)).map((use) => ({ ...use, isNextRun: true }))];
}

function usesAt(graph: EffectGraph, run: Spending): Omit<UseOfSpent, 'isNextRun'>[] {
  return graph.effects.flatMap((effect) => {
    const now = effect.kind === 'mention' ? run.before(effect.id) : undefined;
    if (!now || isFunction(effect.at) || sourceOf(effect.at, effect.frame)) return [];
    const use = spentUseAt(effect.at, run.standpoint(effect.frame), now);
    return use ? [{ transfer: graph.effects[use.spentBy]!, use: { at: use.node, frame: effect.frame } }] : [];
  });
}

