import type { Outcome } from '../../model/index.js';

/** How often an outcome was seen, and whether it is one of the expected. */
export interface OutcomeTally {
  readonly outcome: Outcome;
  readonly count: number;
  readonly expected: boolean;
}

interface Entry {
  readonly outcome: Outcome;
  count: number;
  isExpected: boolean;
}

/**
 * Tells wrong outcomes from expected ones (design, section 5.4). Expected are the outcomes of executions in which no region is torn,
 * and serial ones; an outcome that only torn regions produce is wrong. So nothing is decided before the last execution, except that
 * an expected outcome stays expected.
 */
export class RegionJudge {
  readonly #entries = new Map<string, Entry>();
  readonly #mayCoalesce: boolean;
  /** Entries of outcomes that were seen as the same objects before. */
  readonly #known = new WeakMap<Outcome, Entry>();

  /** @param mayCoalesce Where the effects are the work that should be done once: then an end is as good as another one that it takes less work to come to. */
  constructor(mayCoalesce = false) {
    this.#mayCoalesce = mayCoalesce;
  }

  /** An explored execution. */
  add(run: { readonly outcome: Outcome; readonly torn: boolean }): void {
    const entry = this.#entry(run.outcome);
    entry.count++;
    if (!run.torn) entry.isExpected = true;
  }

  /** The outcome of a serial execution: expected, not counted. */
  addExpected(outcome: Outcome): void {
    this.#entry(outcome).isExpected = true;
  }

  #entry(outcome: Outcome): Entry {
    const known = this.#known.get(outcome);
    if (known !== undefined) return known;
    const entry = this.#entryOf(outcome);
    this.#known.set(outcome, entry);
    return entry;
  }

  #entryOf(outcome: Outcome): Entry {
    const key = outcomeKey(outcome);
    let entry = this.#entries.get(key);
    if (entry === undefined) this.#entries.set(key, (entry = { outcome, count: 0, isExpected: false }));
    return entry;
  }

  /** Expected so far; final if true. */
  isExpected(outcome: Outcome): boolean {
    const entry = this.#known.get(outcome) ?? this.#entries.get(outcomeKey(outcome));
    return entry !== undefined && this.#isExpected(entry);
  }

  /** Tells, from what is known by now, the outcomes that were seen and are not expected. */
  wrong(): (outcome: Outcome) => boolean {
    const wrong = new Set([...this.#entries.values()].filter((entry) => !this.#isExpected(entry)));
    return (outcome) => {
      const entry = this.#known.get(outcome) ?? this.#entries.get(outcomeKey(outcome));
      return entry !== undefined && wrong.has(entry);
    };
  }

  /** Outcomes that were seen and are not expected, in the order in which they were first seen. */
  wrongOutcomes(): Outcome[] {
    return this.#list((entry) => !this.#isExpected(entry));
  }

  expectedOutcomes(): Outcome[] {
    return this.#list((entry) => this.#isExpected(entry));
  }

  /** Explored executions that ended in a wrong outcome. */
  get wrongExecutions(): number {
    let count = 0;
    for (const entry of this.#entries.values()) if (!this.#isExpected(entry)) count += entry.count;
    return count;
  }

  /** All outcomes, expected ones first. */
  tallies(): OutcomeTally[] {
    const all = [...this.#entries.values()].map((entry) => ({ outcome: entry.outcome, count: entry.count, expected: this.#isExpected(entry) }));
    return [...all.filter(({ expected }) => expected), ...all.filter(({ expected }) => !expected)];
  }

  #isExpected(entry: Entry): boolean {
    return entry.isExpected || (this.#mayCoalesce && [...this.#entries.values()].some((other) => other.isExpected && isReachedWithLess(entry.outcome, other.outcome)));
  }

  #list(matches: (entry: Entry) => boolean): Outcome[] {
    return [...this.#entries.values()].filter(matches).map((entry) => entry.outcome);
  }
}

/** The same end, and no effect more often. */
function isReachedWithLess({ state, results, effects }: Outcome, other: Outcome): boolean {
  return Object.entries(effects).every(([label, count]) => count <= (other.effects[label] ?? 0)) && outcomeKey({ state, results, effects: {} }) === outcomeKey({ ...other, effects: {} });
}

/** Text that is the same for equal outcomes, whatever the order of their fields. */
export function outcomeKey(outcome: Outcome): string {
  return JSON.stringify([sorted(outcome.state), sorted(outcome.results), sorted(outcome.effects)]);
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
