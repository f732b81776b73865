import type { Limit, RaceOptions } from '../model/index.js';
import { exploreSerially, type Execution, type Path, type SearchSummary } from './explore/index.js';
import { fairExecution, Tally } from './oracle/index.js';
import type { RacePart } from './race-part.js';
import type { RaceEnd, RaceRunner } from './races/race-end.js';
import type { SubjectFailure } from './runtime/runner.js';
import { mostOutcomes, SeenOutcomes } from './seen-outcomes.js';

/** Events of one execution. */
export const maxTurns = 2_000;
/** Executions that telling what is expected, and looking for a shorter witness, may take. */
export const sideBudget = 20_000;

/** What exploring one part finds. */
export class Findings {
  readonly #runner: RaceRunner;
  readonly #tally: Tally;
  readonly #watchesRegions: boolean;
  readonly #outcomes: SeenOutcomes;
  #isBounded = false;

  constructor(runner: RaceRunner, watchesRegions: boolean) {
    this.#runner = runner;
    this.#tally = new Tally(runner.asks);
    this.#watchesRegions = watchesRegions;
    this.#outcomes = new SeenOutcomes(this.#needsSerial ? Infinity : mostOutcomes);
  }

  get #needsSerial(): boolean {
    return this.#watchesRegions || this.#runner.asks.serializable === true;
  }

  /** What is looked at before the search: `isWhole`: as one part does for all. */
  prepare(start: () => Execution<RaceEnd>, signal: { readonly aborted: boolean }, isWhole: boolean): void {
    if (this.#needsSerial) exploreSerially(start, { maxTurns, maxExecutions: sideBudget, signal }, (end) => this.#addSerial(end));
    if (isWhole) this.#addFair(start);
  }

  #addSerial(end: RaceEnd): 'continue' {
    this.#tally.addSerial(end);
    this.#outcomes.of(end)!.isSerial = true;
    return 'continue';
  }

  /** Searches let one task run as long as it can, so tasks that keep each other from getting on show only where all take turns. */
  #addFair(start: () => Execution<RaceEnd>): void {
    const { result, schedule } = fairExecution(start, maxTurns);
    if (result.isTruncated && this.#tally.judge(result).some(({ kind }) => kind === 'livelock')) this.#tally.add(result, () => schedule);
  }

  /** True if something is wrong with it for sure; a torn region may still turn out to do no harm. */
  add(end: RaceEnd, path: Path): boolean {
    if (end.isBounded) this.#isBounded = true;
    const problems = this.#tally.add(end, () => path.schedule());
    if (path.isTruncated) return problems.length > 0;
    const seen = this.#outcomes.of(end);
    if (seen === undefined) return problems.length > 0;
    const isTorn = end.torn.length > 0;
    seen.count++;
    if (isTorn) {
      seen.torn++;
      if (problems.length === 0) seen.onlyTorn++;
      seen.tornBy ??= path.schedule();
    } else if (problems.length === 0) seen.sound++;
    return problems.length > 0 || (isTorn && !seen.isSerial && seen.sound === 0);
  }

  part({ executions, transitions }: Pick<SearchSummary, 'executions' | 'transitions'>, limit: Limit | undefined): RacePart {
    const met = limit ?? (this.#isBounded ? 'turns' : this.#tally.undecided > 0 ? 'histories' : undefined);
    return {
      executions, transitions, ...(met !== undefined && { limit: met }), tallies: [this.#tally.state], outcomes: this.#outcomes.kept(), otherOutcomes: this.#outcomes.others,
      asked: [...this.#runner.asked.values()], unmodelled: [...this.#runner.unmodelled],
    };
  }

  failed(failure: SubjectFailure['failure']): RacePart {
    return { ...this.part({ executions: 0, transitions: 0 }, failure.limit), failure };
  }
}

export function limitOf({ limit }: SearchSummary, { strategy, preemptionBound }: RaceOptions): Limit | undefined {
  if (limit === 'signal') return 'time';
  if (limit === 'executions' && (strategy === 'pct' || strategy === 'random')) return 'sampling';
  return limit ?? (preemptionBound === undefined ? undefined : 'preemptions');
}

/** Aborts so many milliseconds from now. */
export function after(milliseconds: number): { readonly aborted: boolean } {
  const end = performance.now() + milliseconds;
  return { get aborted() { return performance.now() > end; } };
}
