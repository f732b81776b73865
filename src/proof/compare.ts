import type { Exploration, Outcome } from '../model/index.js';

/**
 * What the changed code does in a scenario that it should not, in one sentence: an end that is wrong, other ends of the tasks one after
 * the other, a state in the end to which no serial order leads. `isStuck`: the old code may not even come to its end serially. `isAnswered`: tasks
 * give what they have asked for, so that what they give counts, too.
 */
export function differenceBetween(before: Exploration, after: Exploration, { isStuck, isAnswered }: { readonly isStuck: boolean; readonly isAnswered: boolean }): string | undefined {
  const { failure, unmodelled, exhaustive, wrong, executions } = after;
  if (failure) return `the changed code fails: ${failure.reason}`;
  if (unmodelled.length > 0) return `${unmodelled[0]}, and has no model`;
  if (wrong > 0) return `${wrong} of ${executions} interleavings of the changed code still go wrong`;
  if (!exhaustive) return 'not all interleavings of the changed code could be tried';
  const serial = new Set(after.serial.map(keyOf));
  // Where a task that fails leaves a lock held, not even one after the other all come to their end: that is what is cured.
  const expected = new Set(before.serial.filter((outcome) => !isStuck || !Object.values(outcome.results).includes('never finished')).map(keyOf));
  if (![...expected].every((key) => serial.has(key)) || (!isStuck && serial.size !== expected.size)) return 'one after the other the tasks end differently than before';
  const states = new Set(after.serial.map(stateOf));
  if (!after.outcomes.every(({ outcome }) => states.has(stateOf(outcome)))) return 'an interleaving of the changed code ends in a state to which no serial order leads';
  const results = new Set(after.serial.map(resultsOf));
  return isAnswered && !after.outcomes.every(({ outcome }) => results.has(resultsOf(outcome))) ? 'in an interleaving of the changed code a task gives what it gives in no serial order' : undefined;
}

/** True if every interleaving ends, effects and all, as some serial order does. */
export function isSerializable({ outcomes, serial }: Exploration): boolean {
  const keys = new Set(serial.map(keyOf));
  return outcomes.every(({ outcome }) => keys.has(keyOf(outcome)));
}

function keyOf({ state, results, effects }: Outcome): string {
  return JSON.stringify([sorted(state), sorted(results), sorted(effects)]);
}

function stateOf({ state }: Outcome): string {
  return JSON.stringify(sorted(state));
}

function resultsOf({ results }: Outcome): string {
  return JSON.stringify(sorted(results));
}

function sorted(record: Readonly<Record<string, string | number>>): [string, string | number][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
