import type { FunctionSubject } from '../analysis/index.js';
import { CompileError, type ReadModule, type SourceText } from '../language/index.js';
import type { Finding, Scenario } from '../model/index.js';
import { claimOf, compileClaim } from './prove.js';
import { candidateScenarios } from './scenarios.js';

/** The scenario that a proof of it would try first, whatever comes of it; undefined if there is no way to start the tasks. */
export function likelyScenario(subject: Finding | FunctionSubject, source: SourceText, read?: ReadModule): Scenario | undefined {
  const claim = claimOf(subject);
  if (!claim.overlaps.some((pair) => pair.every(({ path }) => path))) return undefined;
  try {
    const compiled = compileClaim(claim, { source, ...(read && { read }) }, new Set());
    return candidateScenarios({ subject: compiled, regions: claim.regions, effects: 'changing', overlaps: claim.overlaps }).likely()[0];
  } catch (error) {
    if (error instanceof CompileError) return undefined;
    throw error;
  }
}
