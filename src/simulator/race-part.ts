import type { Assumption, Limit, Outcome, Schedule } from '../model/index.js';
import type { Subtree } from './explore/index.js';
import type { TallyState } from './oracle/index.js';
import type { Failure } from './runtime/runner.js';
import { mostOutcomes, SeenOutcomes } from './seen-outcomes.js';

/** A part of the exploration of a scenario file: a subtree of the choices, with one of the secrets. */
export interface RaceSubtree {
  /** Rank of the secret; 0 if there is none. */
  readonly secret: number;
  /** What is looked at once, beside the search, is looked at here. */
  readonly isFirst: boolean;
  readonly subtree: Subtree;
}

/** How often an outcome was seen, and how. */
export interface SeenOutcome {
  readonly outcome: Outcome;
  /** See `outcomeDigest`; told along, since there may be thousands to be put together. */
  readonly digest?: number;
  readonly count: number;
  /** Executions in which a region was torn. */
  readonly torn: number;
  /** Those of them in which nothing else was wrong. */
  readonly onlyTorn: number;
  /** Executions in which nothing at all was wrong. */
  readonly sound: number;
  /** A serial execution gave it. */
  readonly isSerial: boolean;
  /** A schedule with a torn region that leads to it. */
  readonly tornBy?: Schedule;
}

/** What exploring a part has found: plain data, to be put together with other parts before it is judged. */
export interface RacePart {
  readonly executions: number;
  readonly transitions: number;
  readonly limit?: Limit;
  readonly tallies: readonly TallyState[];
  readonly outcomes: readonly SeenOutcome[];
  /** Executions with outcomes beyond the first so many different ones, which are not kept. */
  readonly otherOutcomes: number;
  readonly asked: readonly Assumption[];
  readonly unmodelled: readonly string[];
  readonly failure?: Failure;
}

export function mergeParts(parts: readonly RacePart[]): RacePart {
  if (parts.length === 1) return parts[0]!;
  const isWhole = parts.every(({ outcomes }) => outcomes.some(({ isSerial }) => isSerial));
  const outcomes = new SeenOutcomes(isWhole ? Infinity : mostOutcomes);
  for (const part of parts) outcomes.add(part.outcomes);
  const limit = parts.find((part) => part.limit !== undefined)?.limit;
  const failure = parts.find((part) => part.failure !== undefined)?.failure;
  return {
    executions: sum(parts.map(({ executions }) => executions)),
    transitions: sum(parts.map(({ transitions }) => transitions)),
    tallies: parts.flatMap(({ tallies }) => tallies),
    outcomes: outcomes.kept(),
    otherOutcomes: outcomes.others + sum(parts.map(({ otherOutcomes }) => otherOutcomes)),
    asked: [...new Map(parts.flatMap(({ asked }) => asked).map((assumption) => [assumption.condition, assumption])).values()],
    unmodelled: [...new Set(parts.flatMap(({ unmodelled }) => unmodelled))],
    ...(limit !== undefined && { limit }),
    ...(failure !== undefined && { failure }),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
