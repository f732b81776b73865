import type { Effect, EffectOf } from '../model/effect.js';
import { predecessorsOf, successors } from './reach.js';

/** The suspensions on some way from one of the reads to the act that does not come by that read again. */
export function suspensionsBetween(effects: readonly Effect[], reads: readonly number[], act: number): EffectOf<'suspend'>[] {
  const backward = predecessorsOf(effects);
  const between = new Set<number>();
  for (const read of reads) {
    const before = reachAround(act, (id) => backward[id]!, read);
    for (const id of reachAround(read, (at) => successors(effects[at]!), read)) if (before.has(id)) between.add(id);
  }
  return [...between].sort((a, b) => a - b).flatMap((id) => effects[id]!.kind === 'suspend' ? [effects[id] as EffectOf<'suspend'>] : []);
}

/** Everything that `next` leads to from `start`, without going on from `barrier` once it was left. */
function reachAround(start: number, next: (id: number) => readonly number[], barrier: number): Set<number> {
  const seen = new Set<number>();
  const pending = [...next(start)];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (seen.has(id) || id === barrier) continue;
    seen.add(id);
    pending.push(...next(id));
  }
  return seen;
}
