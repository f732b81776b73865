import { ofKind } from '../model/effect.js';
import type { EffectGraph } from '../model/effect.js';
import type { Candidate } from './candidate.js';
import { guardCandidate } from './guards.js';
import type { Solution } from './solve.js';
import { updateCandidate } from './updates.js';

/** All writes of a graph that rest on earlier reads, with a suspension between. */
export function candidatesIn(graph: EffectGraph, solution: Solution): Candidate[] {
  return ofKind(graph.effects, 'write').flatMap((effect) => {
    const state = solution.before[effect.id];
    if (!state) return [];
    const candidates = [updateCandidate(graph, solution, effect, state), guardCandidate(graph, solution, effect, state)];
    return candidates.filter((candidate) => candidate !== undefined);
  });
}
