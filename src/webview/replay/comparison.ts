import type { Trace } from '../../model/index.js';

export type ReplayResult = 'same' | 'other-steps' | 'other-outcome';

/** How a replayed run stands to the one that is shown. */
export function compareRuns(shown: Trace, replayed: Trace): ReplayResult {
  if (!isEqual(shown.outcome, replayed.outcome)) return 'other-outcome';
  return isEqual(shown.steps, replayed.steps) ? 'same' : 'other-steps';
}

/** Plain data, key by key; a key that is undefined counts as absent, as it does after a journey through JSON. */
function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const [left, right] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Array.isArray(a) === Array.isArray(b) && [...keys].every((key) => isEqual(left[key], right[key]));
}
