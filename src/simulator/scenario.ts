import type { Assumption, Exploration, ExplorationOptions, Limit, Outcome, OutsideUse, OutsideUses, Scenario, Schedule, Trace } from '../model/index.js';
import { explore, exploreBySwitches, exploreSerialClasses, exploreSerially, NondeterminismError, replay, Tabulation, type Path, type SearchSummary } from './explore/index.js';
import { RegionJudge, minimise, outcomeKey } from './oracle/index.js';
import { createRealm, ScenarioRunner, SubjectFailure, type Failure, type RunResult, type Subject } from './runtime/runner.js';

/** Executions that a search by switches may take, and that minimising may take, beside the exploration itself. */
const sideBudget = 3_000;
/** Turns of one execution; a longer one has started something that does not end by itself. */
const maxTurns = 300;
/** The share of the time that the exploration itself may take; the searches beside it have the rest. */
const mainShare = 0.6;
const mostSwitches = 3;
/** Serial executions, and milliseconds for them, from which is learnt what else the code asks of the outside. */
const mostSerial = 20;
const mostSerialTime = 1_000;
/** Serial executions of a glance: one for each of two tasks that may come first, as long as each has one way to end. */
const mostGlances = 2;

/**
 * Explores a scenario as far as its options allow and judges every outcome (design, sections 5.3 to 5.5). Serial runs come
 * first, since they say what is expected; a space too large for its budget is searched by the number of switches instead.
 */
export function exploreScenario(scenario: Scenario, subject: Subject, options: ExplorationOptions, realm = createRealm()): Exploration {
  return new ScenarioExploration(options, new ScenarioRunner(scenario, subject, realm)).run();
}

/** Runs one schedule and writes down its steps. @throws ScheduleError if the schedule does not fit. */
export function replaySchedule(scenario: Scenario, subject: Subject, schedule: Schedule, realm = createRealm()): Trace {
  const runner = new ScenarioRunner(scenario, subject, realm);
  return replay(() => runner.start(true), schedule).result.trace!;
}

/** Runs one schedule, and the tasks one after the other, and tells what is done with values from outside. @throws ScheduleError if the schedule does not fit. */
export function studySchedule(scenario: Scenario, subject: Subject, schedule: Schedule, realm = createRealm()): OutsideUses {
  let uses: OutsideUse[] = [];
  const runner = new ScenarioRunner(scenario, subject, realm, (use) => void uses.push(use));
  replay(() => runner.start(), schedule);
  const witness = uses;
  uses = [];
  exploreSerially(() => runner.startApart(), { maxTurns, maxExecutions: mostSerial, signal: after(mostSerialTime) }, () => 'continue');
  return { witness, serial: uses, assumptions: [...runner.asked.values()] };
}

class ScenarioExploration {
  readonly #options: ExplorationOptions;
  readonly #runner: ScenarioRunner;
  readonly #judge: RegionJudge;
  readonly #mainSignal: { readonly aborted: boolean };
  readonly #sideSignal: { readonly aborted: boolean };
  readonly #serial = new Map<string, Outcome>();
  #firstTorn: Schedule | undefined;
  #isTruncated = false;
  /** Ends of which nobody can tell whether they are right, unless others that are end so too. */
  readonly #doubtful = new Map<string, Outcome>();

  constructor(options: ExplorationOptions, runner: ScenarioRunner) {
    this.#options = options;
    this.#runner = runner;
    this.#judge = new RegionJudge(runner.scenario.effects === 'all');
    this.#mainSignal = after(options.maxMilliseconds * mainShare);
    this.#sideSignal = after(options.maxMilliseconds);
  }

  run(): Exploration {
    try {
      return this.#explore();
    } catch (error) {
      if (error instanceof SubjectFailure) return this.#failed(error.failure);
      if (error instanceof NondeterminismError) return this.#failed({ reason: error.message });
      throw error;
    }
  }

  #explore(): Exploration {
    const { start } = new Tabulation(() => this.#runner.start());
    const apart = this.#runner.scenario.together === true ? new Tabulation(() => this.#runner.startApart()).start : start;
    const bounds = { maxTurns, maxExecutions: this.#options.maxExecutions, signal: this.#mainSignal };
    let failure: Failure | undefined;
    let isGlance = this.#options.onlyIfReached === true;
    let glances = 0;
    const serial = exploreSerialClasses(apart, { ...bounds, maxExecutions: sideBudget }, (result) => {
      if (result.failure) { failure = result.failure; return 'stop'; }
      if (!this.#isSuspect(result)) this.#addSerial(result.outcome);
      if (isGlance && this.#runner.isReached) isGlance = false;
      return isGlance && ++glances >= mostGlances ? 'stop' : 'continue';
    });
    if (failure) return this.#failed(failure);
    if (isGlance) return this.#glance(serial);
    // As long as not all is known that may be expected, nothing is wrong.
    if (!serial.exhaustive || this.#knowsNothing) return this.#base({ ...serial, executions: 0 });
    const summary = explore(this.#meetsFew ? () => this.#runner.start() : start, { ...bounds, strategy: this.#options.strategy, seed: this.#runner.scenario.seed }, (result, path) => this.#note(result, path));
    if (!summary.exhaustive && this.#judge.wrongOutcomes().length === 0) this.#searchBySwitches(start);
    return this.#conclude(start, summary);
  }

  /** The search meets few states that the others meet; one that ends at the first witness has most of its few executions in common with them. */
  get #meetsFew(): boolean {
    return this.#options.strategy === 'optimal' && !this.#options.stopAtFirst;
  }

  /** Even one after the other the tasks tear a region, so nobody can say how they should end. */
  get #knowsNothing(): boolean {
    const { oracle, regions } = this.#runner.scenario;
    return oracle === undefined && regions.length > 0 && this.#serial.size === 0;
  }

  /** What the first serial executions show. */
  #glance({ limit, ...serial }: SearchSummary): Exploration {
    const outcomes = [...this.#serial.values()].map((outcome) => ({ outcome, count: 1, expected: true }));
    return { ...this.#base({ ...serial, limit: limit === 'stopped' ? undefined : limit }), exhaustive: false, outcomes, isGlance: true };
  }

  #addSerial(outcome: Outcome): void {
    this.#judge.addExpected(outcome);
    this.#serial.set(outcomeKey(outcome), outcome);
  }

  /** True if nothing but what was flagged can have led to this end. */
  #isSuspect({ torn, outcome, isBounded, isHeld }: RunResult): boolean {
    const { oracle } = this.#runner.scenario;
    if (oracle === 'order') return outcome.results['order'] === 'broken';
    if (oracle === 'held') return !isBounded && isHeld;
    if (oracle !== 'stuck') return torn.some(({ isDoubtful }) => isDoubtful !== true);
    return !isBounded && Object.values(outcome.results).includes('never finished');
  }

  #searchBySwitches(start: () => ReturnType<ScenarioRunner['start']>): void {
    for (let switches = 1; switches <= mostSwitches && this.#judge.wrongOutcomes().length === 0; switches++) {
      exploreBySwitches(start, switches, { maxTurns, maxExecutions: Math.min(sideBudget, this.#options.maxExecutions), signal: this.#sideSignal }, (result, path) => this.#note(result, path, false));
    }
  }

  #note(result: RunResult, path: Path, isCounted = true): 'continue' | 'stop' {
    if (path.isTruncated) { this.#isTruncated = true; return 'continue'; }
    if (result.isBounded) this.#isTruncated = true;
    const isSuspect = this.#isSuspect(result);
    if (!isSuspect && result.torn.length > 0 && this.#runner.scenario.oracle === undefined) {
      this.#doubtful.set(outcomeKey(result.outcome), result.outcome);
      return 'continue';
    }
    this.#judge.add({ outcome: result.outcome, torn: isSuspect });
    if (isSuspect && !this.#judge.isExpected(result.outcome)) {
      this.#firstTorn ??= path.schedule();
      if (this.#options.stopAtFirst && isCounted) return 'stop';
    }
    return 'continue';
  }

  #conclude(start: () => ReturnType<ScenarioRunner['start']>, summary: SearchSummary): Exploration {
    const exploration = { ...this.#base(summary), wrong: this.#judge.wrongExecutions };
    if (this.#judge.wrongOutcomes().length === 0) return exploration;
    const isWrong = this.#judge.wrong();
    const witness = minimise(start, (result: RunResult) => this.#isSuspect(result) && isWrong(result.outcome), { maxTurns, maxExecutions: sideBudget, signal: this.#sideSignal, ...(this.#firstTorn && { fallback: this.#firstTorn }) });
    if (!witness) return exploration;
    const { result } = replay(() => this.#runner.start(true), witness.schedule);
    return {
      ...exploration,
      witness: { schedule: witness.schedule, switches: witness.switches, outcome: result.outcome, expectedOutcomes: this.#judge.expectedOutcomes(), trace: result.trace!, assumptions: result.asked.map(({ text, condition, value }) => ({ text, condition, value })) },
    };
  }

  #base(summary?: SearchSummary): Exploration {
    const limit = this.#limitOf(summary);
    return {
      exhaustive: summary !== undefined && limit === undefined, ...(limit && { limit }), executions: summary?.executions ?? 0, transitions: summary?.transitions ?? 0, wrong: 0,
      outcomes: this.#judge.tallies(), serial: [...this.#serial.values()], asked: this.#asked(), reached: [...this.#runner.reached], passed: this.#runner.passed, contended: this.#runner.isContended, coherent: this.#runner.isCoherent, spanning: this.#runner.isSpanning, torn: this.#runner.isTorn, suspended: this.#runner.isSuspended, outside: [...this.#runner.outside], crossed: this.#runner.isCrossed, doubtful: [...this.#doubtful.values()].some((outcome) => !this.#judge.isExpected(outcome)), unmodelled: [...this.#runner.unmodelled],
    };
  }

  #limitOf(summary: SearchSummary | undefined): Limit | undefined {
    if (summary?.limit === 'signal') return 'time';
    return summary?.limit ?? (this.#isTruncated ? 'turns' : undefined);
  }

  #failed(failure: Failure): Exploration {
    return { ...this.#base(), failure, ...(failure.limit && { limit: failure.limit }) };
  }

  #asked(): Assumption[] {
    return [...this.#runner.asked.values()];
  }
}

function after(milliseconds: number): { readonly aborted: boolean } {
  const end = performance.now() + milliseconds;
  return { get aborted() { return performance.now() > end; } };
}
