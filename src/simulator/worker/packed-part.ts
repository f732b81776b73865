import type { Schedule } from '../../model/index.js';
import type { RacePart, SeenOutcome } from '../race-part.js';
import { packOutcomes, unpackOutcomes, type PackedOutcomes } from './packed-outcomes.js';

/** What exploring a part has found, as it goes from one worker to another: its outcomes are rows of numbers, as in `PackedExploration`. */
export interface PackedPart extends Omit<RacePart, 'outcomes'> {
  readonly outcomes: {
    readonly packed: PackedOutcomes;
    /** Of each outcome, one after the other: its digest (NaN: not known), `count`, `torn`, `onlyTorn`, `sound`, and 1 if it is serial. */
    readonly numbers: Float64Array;
    /** Of those that have one, by rank. */
    readonly tornBy: readonly (readonly [rank: number, schedule: Schedule])[];
  };
}

const columns = 6;

export function packPart({ outcomes, ...part }: RacePart): PackedPart {
  const numbers = new Float64Array(outcomes.length * columns);
  const tornBy: [number, Schedule][] = [];
  outcomes.forEach((seen, rank) => {
    numbers.set([seen.digest ?? NaN, seen.count, seen.torn, seen.onlyTorn, seen.sound, Number(seen.isSerial)], rank * columns);
    if (seen.tornBy !== undefined) tornBy.push([rank, seen.tornBy]);
  });
  return { ...part, outcomes: { packed: packOutcomes(outcomes.map(({ outcome }) => outcome)), numbers, tornBy } };
}

export function unpackPart({ outcomes: { packed, numbers, tornBy }, ...part }: PackedPart): RacePart {
  const schedules = new Map(tornBy);
  const outcomes = unpackOutcomes(packed).map((outcome, rank): SeenOutcome => {
    const [digest, count, torn, onlyTorn, sound, serial] = numbers.subarray(rank * columns, (rank + 1) * columns) as unknown as [number, number, number, number, number, number];
    const schedule = schedules.get(rank);
    return { outcome, ...(!Number.isNaN(digest) && { digest }), count, torn, onlyTorn, sound, isSerial: serial === 1, ...(schedule && { tornBy: schedule }) };
  });
  return { ...part, outcomes };
}
