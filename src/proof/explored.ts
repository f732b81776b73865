import { isSameRange, pathKey, type Exploration, type Scenario, type SourceRange } from '../model/index.js';

/** One explored scenario; `isReached` if some run executed both ends of a region, and suspended between them where a suspension was flagged. */
export interface Explored {
  readonly scenario: Scenario;
  readonly exploration: Exploration;
  readonly isReached: boolean;
  /** Both ends were executed, on whatever way. */
  readonly isTouched: boolean;
}

/** The other task came to the place, or would have, being the same as the first, but for what the first has done. */
export function isMet({ exploration: { contended, coherent }, scenario: { tasks } }: Explored): boolean {
  const [first, second] = tasks.map(({ path }) => pathKey(path, path.steps.length));
  return contended || (coherent && first === second);
}

/** Every act of a region was executed, be it by one task or the other. */
export function isReachedByAll({ exploration: { reached }, scenario: { regions, program } }: Explored): boolean {
  return regions.some(({ acts }) => acts.every((act) => reached.some((site) => isSameRange(act, program.sites[site]!.range))));
}

export function isWitnessed({ exploration }: Explored): boolean {
  return exploration.witness !== undefined && exploration.unmodelled.length === 0;
}

/** Both ends of a region were executed. */
export function isRegionReached({ regions, program }: Scenario, { reached, failure }: Exploration): boolean {
  if (failure) return false;
  if (regions.length === 0) return true;
  const isAt = (ranges: readonly SourceRange[]): boolean => reached.some((site) => ranges.some((range) => isSameRange(range, program.sites[site]!.range)));
  // A fix may leave nothing that is read before.
  return regions.some(({ reads, acts }) => (reads.length === 0 || isAt(reads)) && isAt(acts));
}
