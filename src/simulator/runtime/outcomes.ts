import type { Outcome } from '../../model/index.js';

/** Outcomes that are kept, so that equal ones are one object. */
const mostKept = 10_000;

/** Makes outcomes from their parts, and gives the same object for the same parts again: most executions end alike. */
export class Outcomes {
  readonly #known = new Map<string, Outcome>();

  /** `state` and `results` are sorted by name. */
  of(state: readonly (readonly [string, string])[], results: readonly (readonly [string, string])[], effects: Readonly<Record<string, number>>): Outcome {
    const key = `${textOf(state)}\u0001${textOf(results)}\u0001${effectsText(effects)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const outcome: Outcome = { state: Object.fromEntries(state), results: Object.fromEntries(results), effects };
    if (this.#known.size < mostKept) this.#known.set(key, outcome);
    return outcome;
  }
}

function textOf(entries: readonly (readonly [string, string])[]): string {
  let text = '';
  for (let index = 0; index < entries.length; index++) text += `${entries[index]![0]}\u0000${entries[index]![1]}\u0000`;
  return text;
}

function effectsText(effects: Readonly<Record<string, number>>): string {
  let text = '';
  for (const label in effects) text += `${label}\u0000${effects[label]}\u0000`;
  return text;
}
