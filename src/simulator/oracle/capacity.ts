import type { Sighting } from './noninterference.js';

const mostRounds = 10_000;
/** Bits within which the answer is told. */
const precision = 1e-6;

/**
 * How many bits of the secret the observer learns from one execution at most: the capacity of the channel from secrets to sightings, if of
 * each secret's executions one is as likely as any other. Found by the algorithm of Blahut and Arimoto (1972).
 */
export function capacityOf(seen: readonly Sighting[]): number {
  const rows = likelihoods(seen);
  if (rows.length < 2) return 0;
  let inputs = rows.map(() => 1 / rows.length);
  for (let round = 0; round < mostRounds; round++) {
    const gains = rows.map((row) => divergence(row, mixed(rows, inputs)));
    const sum = gains.reduce((total, gain, rank) => total + inputs[rank]! * 2 ** gain, 0);
    const lower = Math.log2(sum);
    if (Math.max(...gains) - lower < precision) return Math.max(0, lower);
    inputs = inputs.map((input, rank) => (input * 2 ** gains[rank]!) / sum);
  }
  return 0;
}

/** By secret: how likely each sighting is. */
function likelihoods(seen: readonly Sighting[]): number[][] {
  const sightings = [...new Set(seen.map(({ observed }) => observed))];
  return [...new Set(seen.map(({ secret }) => secret))].map((secret) => {
    const own = seen.filter((sighting) => sighting.secret === secret);
    const all = own.reduce((sum, { executions }) => sum + executions, 0);
    return sightings.map((observed) => (own.find((sighting) => sighting.observed === observed)?.executions ?? 0) / all);
  });
}

function mixed(rows: readonly (readonly number[])[], inputs: readonly number[]): number[] {
  return rows[0]!.map((_, at) => rows.reduce((sum, row, rank) => sum + inputs[rank]! * row[at]!, 0));
}

/** Kullback and Leibler's, in bits. */
function divergence(row: readonly number[], mean: readonly number[]): number {
  return row.reduce((sum, likelihood, at) => (likelihood === 0 ? sum : sum + likelihood * Math.log2(likelihood / mean[at]!)), 0);
}
