import type { Outcome } from '../../model/index.js';
import type { Asks } from './asks.js';
import type { LoggedStep } from './execution-end.js';

/** Steps have numbers from 1 wherever a person sees them. */
export function stepNumber(index: number): string {
  return `step ${index + 1}`;
}

/** `step 4, at counter.race.ts:12`. */
export function stepPlace({ index, site }: LoggedStep, { placeOf }: Asks): string {
  const place = placeOf?.(site);
  return place === undefined ? stepNumber(index) : `${stepNumber(index)}, at ${place}`;
}

export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]!}`;
}

export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

/** `x = 1, alice returned 3`: an outcome on one line. */
export function outcomeText({ state, results, effects }: Outcome): string {
  const parts = [
    ...Object.entries(state).map(([name, value]) => `${name} = ${value}`),
    ...Object.entries(results).filter(([, result]) => result !== 'returned undefined').map(([task, result]) => `${task} ${result}`),
    ...Object.entries(effects).map(([effect, count]) => (count === 1 ? effect : `${effect} ${times(count)}`)),
  ];
  return parts.length === 0 ? 'nothing to see' : parts.join(', ');
}
