import type { Exploration, ExplorationOptions, Program, Scenario, SourceRange } from '../model/index.js';
import type { Simulator } from '../simulator/index.js';
import { Courses } from './courses.js';
import { isRegionReached, isWitnessed, type Explored } from './explored.js';
import { Frontier } from './frontier.js';
import type { Guide } from './guide.js';
import type { Candidates } from './scenarios.js';

export interface SearchResult {
  readonly explored: readonly Explored[];
  /** The first one with a witness. */
  readonly confirmed?: Explored;
  /** True if every scenario, under every assumption that was met, was explored. */
  readonly isComplete: boolean;
  /** The clock has ended it: how many scenarios were explored says something of the machine. */
  readonly isLate: boolean;
}

export interface SearchBudget {
  readonly exploration: ExplorationOptions;
  /** What all scenarios are run in. */
  readonly program: Program;
  /** Of a scenario with a witness the figures are those of the whole budget, not of the first look. */
  readonly countsAll: boolean;
  /** What was explored of these scenarios before, in a program from which code was left out that they do not need; filled here. */
  readonly known: Map<string, Explored>;
  /** Milliseconds for all of it. */
  readonly milliseconds: number;
  readonly signal?: AbortSignal;
  /** Scenarios in all, if fewer than usual. */
  readonly mostScenarios?: number;
  /** A suspension is flagged between the look at a place and the act: a way that has none says nothing of it. */
  readonly isSuspending?: boolean;
}

/** A run came to a function whose body was left out of its program, which has to be made anew with it. */
export class IncompleteProgram extends Error {
  override readonly name = 'IncompleteProgram';
  /** The function; undefined if nobody can say which. */
  readonly range: SourceRange | undefined;

  constructor({ reason, range }: NonNullable<Exploration['failure']>) {
    super(reason);
    this.range = range;
  }
}

/** Scenarios in all; what is beyond is not tried. Counted, so that a busy machine comes to the same verdict. */
const mostScenarios = 300;
/** As long as none has come to the region. */
const mostUnreached = 160;
/** Executions of first looks. */
const mostExecutions = 3_000;
/** Sets of assumptions for one candidate. */
const mostAssumptionSets = 40;
/** Sets of assumptions in a row that bring a candidate no further, before others are tried. */
const mostIdle = 5;
/** What one counts of these that turns round what decides about the way. */
const decisiveIdle = 0.4;
/** Further candidates, before more is taken for granted. */
const mostFurther = 12;

/** Of the first pair in the likeliest way, how much may be given that may be left out. */
const mostComplete = 2;

/** Scenarios that were glanced at, of which none has come to the region, that are explored. */
const mostGlancedAgain = 12;

/** What a first look at a scenario may take: most witnesses need no more. */
const firstLook = { maxExecutions: 100, share: 0.6 };

/**
 * Explores candidates until one has a witness, turning round the conditions that a run took for granted (design, section 5.1): first the likeliest
 * of each pair, briefly; if none comes to the region, with what may be left out given too, and after what may prepare them, then with more taken for granted; then the others; then those as far as the budget goes whose
 * region was reached and whose interleavings were too many. As long as no serial execution of a scenario comes to the region it is only glanced at.
 */
export async function searchCandidates(candidates: Candidates, guide: Guide, simulator: Simulator, budget: SearchBudget): Promise<SearchResult> {
  const search = new Search(guide, simulator, budget);
  const { likely, complete, prepared, plain, further, presuming, presumingMore, others, areSome } = candidates;
  // What keeps the first pair from the region keeps others from it, too.
  let isComplete = await search.look(() => likely().slice(0, 1));
  if (!search.isReached) isComplete = (await search.look(() => complete().slice(0, mostComplete))) && isComplete;
  if (search.isOpen) isComplete = (await search.look(prepared)) && isComplete;
  isComplete = (await search.look(likely)) && isComplete;
  if (!search.isReached) isComplete = (await search.look(complete)) && isComplete;
  if (search.isOpen) isComplete = (await search.look(presuming)) && isComplete;
  // Numbers that tell show more to a reader than what comes from outside; where no run has come to the region, what was left out may be what keeps it away.
  isComplete = (await search.look(() => (search.isReached ? [...plain(), ...complete()] : [...complete(), ...plain()]))) && isComplete;
  // Who interleaves only so does that in the likeliest way, too, and what comes after this may be more than the budget.
  await search.lookTogether(true);
  const isReached = search.isReached;
  // The plain ones had nothing to tell then: what is given otherwise counts there only.
  if (search.isOnlyPresumed) isComplete = (await search.look(presumingMore)) && isComplete;
  isComplete = (await search.look(() => (isReached ? further() : further().slice(0, mostFurther)))) && (isReached || search.isReached) && isComplete;
  if (search.isOpen) isComplete = await search.look(presumingMore);
  if (search.isReached) isComplete = (await search.look(others)) && !areSome && isComplete;
  isComplete = (await search.resume()) && isComplete;
  isComplete = (await search.lookAgain()) && isComplete;
  isComplete = (await search.lookTogether()) && isComplete;
  if (!search.confirmed) await search.deepen();
  return { explored: search.explored, ...(search.confirmed && { confirmed: search.confirmed }), isComplete: isComplete && !search.isOver, isLate: search.isLate };
}

/** A candidate whose conditions are turned round one after the other. */
interface Followed {
  readonly queue: Frontier;
  /** Sets of assumptions that were tried. */
  readonly count: number;
  /** It is followed to its end. */
  readonly isPatient: boolean;
}

class Search {
  readonly explored: Explored[] = [];
  confirmed: Explored | undefined;
  readonly #guide: Guide;
  readonly #simulator: Simulator;
  readonly #budget: SearchBudget;
  readonly #end: number;
  readonly #courses = new Courses();
  readonly #putOff: Followed[] = [];
  readonly #looked = new Set<Scenario>();
  /** Tried with the tasks called in one turn. */
  readonly #together = new Set<Scenario>();
  /** By tasks, whatever they are given: how far a run came at most, and under which assumptions. */
  readonly #furthest = new Map<string, { readonly reach: number; readonly assumptions: Scenario['assumptions'] }>();
  #executions = 0;

  constructor(guide: Guide, simulator: Simulator, budget: SearchBudget) {
    this.#guide = guide;
    this.#simulator = simulator;
    this.#budget = budget;
    this.#end = performance.now() + budget.milliseconds;
  }

  get isReached(): boolean {
    return this.explored.some((one) => one.isReached);
  }

  /** Some run has come to its end, so that it is the conditions that keep it from the region. */
  get isOpen(): boolean {
    return !this.confirmed && !this.isReached && this.explored.some(({ exploration }) => exploration.limit === undefined && !exploration.failure);
  }

  /** Runs have come to the region, but only where something was presumed. */
  get isOnlyPresumed(): boolean {
    const reached = this.confirmed ? [] : this.explored.filter((one) => one.isReached);
    return reached.length > 0 && reached.every(({ scenario }) => scenario.presumes === true);
  }

  /** The budget is spent. */
  get isOver(): boolean {
    return this.isLate || this.#executions >= mostExecutions || this.explored.length >= Math.min(this.isReached ? mostScenarios : mostUnreached, this.#budget.mostScenarios ?? Infinity);
  }

  get isLate(): boolean {
    return performance.now() > this.#end;
  }

  /** At each but those of before; true if every candidate was looked at under every set of assumptions that was met, and none has a witness. */
  async look(candidates: () => readonly Scenario[]): Promise<boolean> {
    if (this.confirmed) return false;
    let isComplete = true;
    for (const candidate of candidates()) {
      if (this.#looked.has(candidate)) continue;
      if (this.confirmed || this.isOver) return false;
      this.#looked.add(candidate);
      isComplete = (await this.#lookUnderAssumptions(candidate)) && isComplete;
    }
    return isComplete && !this.confirmed;
  }

  /** Explores what was only glanced at: where tasks overlap they may come where they do not come one after the other. */
  async lookAgain(): Promise<boolean> {
    const glanced = this.explored.filter(({ exploration: { isGlance, failure } }) => isGlance === true && !failure);
    const chosen = this.isReached ? glanced : [...glanced].sort((a, b) => b.exploration.passed - a.exploration.passed || b.exploration.asked.length - a.exploration.asked.length).slice(0, mostGlancedAgain);
    for (const before of chosen) {
      if (this.confirmed || this.isOver) return false;
      const result = await this.#lookOnce(before.scenario, false);
      if (!result) return false;
      this.explored.splice(this.explored.indexOf(before), 1);
      if (result.isReached && !(await this.#lookUnderAssumptions(before.scenario, false))) return false;
    }
    return true;
  }

  /** As `look`, at what was reached so far (`areFirst`: what each pair of tasks came there with first), with the tasks called in one turn: they may interleave where no event lies between. */
  async lookTogether(areFirst = false): Promise<boolean> {
    const pairs = new Set<string>();
    for (const { scenario, isReached } of [...this.explored]) {
      if (!isReached || scenario.together === true || hasNothingToJudge(scenario) || this.#together.has(scenario)) continue;
      if (areFirst && pairs.has(tasksOf(scenario))) continue;
      pairs.add(tasksOf(scenario));
      this.#together.add(scenario);
      for (const together of calledTogether(scenario)) {
        if (this.confirmed || this.isOver) return false;
        if (!(await this.#lookOnce(together, false))) return false;
      }
    }
    return !this.confirmed;
  }

  /** Explores what the first look left open with the whole budget. */
  async deepen(): Promise<void> {
    const open = [...this.explored.entries()].filter(([, { isReached, exploration: { limit } }]) => isReached && (limit === 'executions' || limit === 'time'));
    for (const [index, { scenario }] of open) {
      if (this.confirmed || performance.now() > this.#end) return;
      const result = await this.#explore(scenario, this.#budget.exploration);
      this.explored[index] = result;
      this.#confirm(result);
    }
  }

  /** Goes on with what was put off; as `look`. */
  async resume(): Promise<boolean> {
    let isComplete = true;
    for (const followed of this.#putOff.splice(0)) {
      if (this.confirmed || this.isOver) return false;
      isComplete = (await this.#follow({ ...followed, isPatient: true }, true)) && isComplete;
    }
    return isComplete && !this.confirmed;
  }

  #lookUnderAssumptions(candidate: Scenario, onlyIfReached = true): Promise<boolean> {
    const suggested = this.isReached && !this.isOnlyPresumed ? undefined : this.#furthest.get(tasksOf(candidate))?.assumptions;
    return this.#follow({ queue: new Frontier(candidate, this.#guide, suggested), count: 0, isPatient: false }, onlyIfReached);
  }

  /** As long as no run comes to the region, a candidate is put off after some conditions that have nothing to do with the way there brought it no further. */
  async #follow({ queue, isPatient, ...before }: Followed, onlyIfReached: boolean): Promise<boolean> {
    let { count } = before;
    let [reach, idle] = [0, 0];
    for (let variant = queue.next(); variant; variant = queue.next()) {
      if (count++ >= mostAssumptionSets || this.isOver) return false;
      const { scenario, from, isDecisive } = variant;
      const result = await this.#lookOnce(scenario, onlyIfReached);
      if (!result) return false;
      queue.addVariants(result, this.#courses.note(result, from));
      const now = queue.reachOf(result);
      this.#noteReach(scenario, now);
      idle = now > reach ? 0 : idle + (isDecisive ? decisiveIdle : 1);
      reach = Math.max(now, reach);
      if (isPatient || this.isReached || idle < mostIdle) continue;
      this.#putOff.push({ queue, count, isPatient });
      return true;
    }
    return true;
  }

  #noteReach(scenario: Scenario, reach: number): void {
    const tasks = tasksOf(scenario);
    const known = this.#furthest.get(tasks);
    if (known === undefined || reach > known.reach) this.#furthest.set(tasks, { reach, assumptions: scenario.assumptions });
  }

  /** Undefined if that has confirmed it. */
  async #lookOnce(scenario: Scenario, onlyIfReached: boolean): Promise<Explored | undefined> {
    const { exploration, countsAll } = this.#budget;
    const brief = { ...exploration, maxExecutions: Math.min(exploration.maxExecutions, firstLook.maxExecutions), maxMilliseconds: firstLook.share * exploration.maxMilliseconds };
    const result = await this.#explore(scenario, { ...brief, onlyIfReached });
    this.explored.push(result);
    this.#executions += result.exploration.executions;
    if (!isWitnessed(result)) return result;
    const whole = result.exploration.exhaustive || exploration.stopAtFirst || !countsAll ? result : await this.#explore(scenario, exploration);
    this.#confirm(isWitnessed(whole) ? whole : result);
    return undefined;
  }

  async #explore({ program: _, ...closed }: Scenario, options: ExplorationOptions): Promise<Explored> {
    const { program, known, signal, isSuspending = false } = this.#budget;
    const key = keyOf(closed, options);
    const before = known.get(key);
    if (before) return before;
    const scenario = { ...closed, program };
    const exploration = await this.#simulator.explore(scenario, options, signal);
    if (exploration.failure?.isIncomplete === true) throw new IncompleteProgram(exploration.failure);
    const isTouched = isRegionReached(scenario, exploration);
    const explored = { scenario, exploration, isTouched, isReached: isTouched && (!isSuspending || exploration.crossed) };
    known.set(key, explored);
    return explored;
  }

  #confirm(result: Explored): void {
    if (isWitnessed(result)) this.confirmed = result;
  }
}

/** What tells the scenarios of one search apart. */
function keyOf({ setup, prelude, tasks, assumptions, presumes, together, files }: Omit<Scenario, 'program'>, options: ExplorationOptions): string {
  return JSON.stringify([setup, prelude, tasks, assumptions, presumes, together, files, options]);
}

function tasksOf({ tasks, presumes = false }: Scenario): string {
  return JSON.stringify([tasks.map(({ path }) => path), presumes]);
}

function hasNothingToJudge({ regions, oracle }: Scenario): boolean {
  return regions.length === 0 && oracle === undefined;
}

/**
 * The same with the tasks called in one turn; in both orders, if it is not the same which comes first. Nobody can be seen to call a handler twice
 * in one turn: whoever has it calls it when something happens.
 */
function calledTogether(scenario: Scenario): Scenario[] {
  const { tasks } = scenario;
  if (tasks.length < 2 || tasks.some(({ path }) => path.steps.some(({ kind }) => kind === 'closure'))) return [];
  const [one, ...others] = tasks.map(({ path, arguments: given }) => JSON.stringify([path, given]));
  const together = { ...scenario, together: true };
  return others.every((other) => other === one) ? [together] : [together, { ...together, tasks: [...tasks].reverse() }];
}
