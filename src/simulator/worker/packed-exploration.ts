import type { RaceExploration } from '../../model/index.js';
import { packOutcomes, unpackOutcomes, type PackedOutcomes } from './packed-outcomes.js';

/** An exploration as it is answered: its outcomes, and of each the count of executions and whether it is expected. */
export interface PackedExploration extends Omit<RaceExploration, 'outcomes'> {
  readonly outcomes: { readonly packed: PackedOutcomes; readonly counts: Float64Array; readonly expected: readonly boolean[] };
}

export function packExploration({ outcomes, ...exploration }: RaceExploration): PackedExploration {
  return { ...exploration, outcomes: { packed: packOutcomes(outcomes.map(({ outcome }) => outcome)), counts: Float64Array.from(outcomes, ({ count }) => count), expected: outcomes.map(({ expected }) => expected) } };
}

export function unpackExploration({ outcomes: { packed, counts, expected }, ...exploration }: PackedExploration): RaceExploration {
  return { ...exploration, outcomes: unpackOutcomes(packed).map((outcome, rank) => ({ outcome, count: counts[rank]!, expected: expected[rank]! })) };
}
