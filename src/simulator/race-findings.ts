import type { Limit } from '../model/index.js';
import type { Path, SearchSummary } from './explore/index.js';
import { Tally, type FairExecution } from './oracle/index.js';
import type { RacePart } from './race-part.js';
import type { RaceEnd, RaceRunner } from './races/race-end.js';
import type { SubjectFailure } from './runtime/runner.js';
import { mostOutcomes, SeenOutcomes } from './seen-outcomes.js';

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
    this.#outcomes = new SeenOutcomes(this.needsSerial ? Infinity : mostOutcomes);
  }

  get needsSerial(): boolean {
    return this.#watchesRegions || this.#runner.asks.serializable === true;
  }

  addSerial(end: RaceEnd): 'continue' {
    this.#tally.addSerial(end);
    this.#outcomes.of(end)!.isSerial = true;
    return 'continue';
  }

  /** Searches let one task run as long as it can, so tasks that keep each other from getting on show only where all take turns. */
  addFair({ result, schedule }: FairExecution<RaceEnd>): void {
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
