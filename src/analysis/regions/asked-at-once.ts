import { isWithin, walk } from '../../language/index.js';
import type { EffectGraph } from '../model/effect.js';
import type { Candidate } from './candidate.js';
import { successors } from './reach.js';

/**
 * True if the condition that guards an act is asked in the very turn of the act, whatever an earlier round has read: in `if (!item || seen.has(item)) continue; seen.add(item); await load(item)` a round
 * that does not come to the second question does not rest on the answer of the round before.
 */
export function isAskedAtOnce({ dependence, stale, branches, act }: Candidate, { effects }: EffectGraph): boolean {
  return dependence === 'guard' && branches.length > 0 && branches.every((id) => {
    const branch = effects[id]!;
    return branch.frame === act.frame && stale.every(({ at, frame }) => frame === branch.frame && isWithin(at, branch.at)) && !waitsIn(branch.at) && !suspendsBetween(id, act.id, effects);
  });
}

function waitsIn(test: Candidate['act']['at']): boolean {
  let waits = false;
  walk(test, (node) => { waits ||= node.type === 'AwaitExpression' || node.type === 'YieldExpression'; });
  return waits;
}

/** True if a way leads from one effect over a suspension to another without coming back to the first. */
function suspendsBetween(from: number, to: number, effects: EffectGraph['effects']): boolean {
  const seen = new Set<string>();
  const pending = successors(effects[from]!).map((id) => ({ id, isLater: false }));
  for (let at = pending.pop(); at; at = pending.pop()) {
    if (at.id === to && at.isLater) return true;
    if (at.id === from || at.id === to || seen.has(`${at.id} ${at.isLater}`)) continue;
    seen.add(`${at.id} ${at.isLater}`);
    const isLater = at.isLater || effects[at.id]!.kind === 'suspend';
    for (const id of successors(effects[at.id]!)) pending.push({ id, isLater });
  }
  return false;
}
