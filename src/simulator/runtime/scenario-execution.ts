import { jointStart, type Assumption, type Limit, type Outcome, type SourceRange, type Trace } from '../../model/index.js';
import type { Execution } from '../explore/execution.js';
import type { TornRegion } from '../oracle/region.js';
import type { Assumptions } from './assumptions.js';
import type { Faults } from './faults.js';
import type { EventLoop, TaskStart } from './loop.js';
import { isAbort, missingCode } from './loop-abort.js';
import { observe } from './observation.js';
import type { OpaqueValues } from './opaque.js';
import type { Outcomes } from './outcomes.js';
import { PathError } from './paths.js';
import type { Recording } from './recording.js';
import { render } from './render.js';
import type { ScenarioRunner } from './runner.js';
import type { ScenarioTask } from './scenario-task.js';
import { isTimer, TimerChains } from './timer-chains.js';
import { Tracing } from './tracing.js';

export interface RunResult {
  readonly outcome: Outcome;
  readonly torn: readonly TornRegion[];
  /** What this run took for granted. */
  readonly asked: readonly Assumption[];
  readonly failure?: Failure;
  readonly trace?: Trace;
  /** See `ScenarioOracle`. */
  readonly isHeld: boolean;
  /** The environment was cut short, such as an interval that would go on. */
  readonly isBounded: boolean;
}

export interface Failure {
  readonly reason: string;
  readonly range?: SourceRange;
  /** The limit that the code overran. */
  readonly limit?: Limit;
  /** It came to code that was left out of the program. */
  readonly isIncomplete?: true;
}

/** An execution could not go on; no other one of the scenario is worth trying. */
export class SubjectFailure extends Error {
  override readonly name = 'SubjectFailure';
  constructor(readonly failure: Failure) {
    super(failure.reason);
  }
}

/** Steps that one execution may take: a loop without suspensions ends here. */
export const stepLimit = 200_000;
/** Events that set-up may need; what is pending after that stays pending. */
const setupEvents = 500;

/** What an execution runs in. */
export interface Prepared {
  readonly loop: EventLoop;
  readonly assumptions: Assumptions;
  readonly faults: Faults;
  readonly opaque: OpaqueValues;
  readonly recorder: Recording;
  readonly outcomes: Outcomes;
  /** Those of the prelude, and those that may overlap, both in the order of the scenario. */
  readonly prelude: readonly ScenarioTask[];
  readonly tasks: readonly ScenarioTask[];
  readonly load: () => void;
  /** The tasks are called in one turn. */
  readonly isTogether: boolean;
}

export class ScenarioExecution implements Execution<RunResult> {
  readonly #runner: ScenarioRunner;
  readonly #run: Prepared;
  readonly #chains: TimerChains;
  readonly #isOver = (task: string): boolean => !this.#runner.taskIds.has(task) || this.isFinished(task);
  #failure: Failure | undefined;

  constructor(runner: ScenarioRunner, run: Prepared) {
    this.#runner = runner;
    this.#run = run;
    this.#chains = new TimerChains();
    const { loop, load, prelude, tasks } = run;
    this.#guarded('loading the module', () => loop.setup(load));
    this.#checkErrors('loading the module');
    if (!this.#startsAtOnce) this.#drain();
    for (const task of prelude) {
      this.#walk(task);
      this.#start(task);
      this.#drain();
    }
    // All receivers are made before any task may start.
    for (const task of tasks) this.#walk(task);
    if (run.isTogether) this.#startTogether(tasks);
    else for (const task of tasks) this.#start(task);
    if (runner.scenario.faults === true) run.faults.turnOn();
  }

  /** Where it counts that tasks wait for set-up, they start before it has come to rest. */
  get #startsAtOnce(): boolean {
    return this.#runner.scenario.oracle === 'order';
  }

  enabled(): ReturnType<EventLoop['enabled']> {
    if (this.#failure) return [];
    const enabled = this.#run.loop.enabled();
    const chains = this.#chains;
    if (chains.areNone) return enabled;
    return enabled.every((event) => chains.isFollowed(event, this.#isOver)) ? enabled : enabled.filter((event) => chains.isFollowed(event, this.#isOver));
  }

  fire(event: Parameters<EventLoop['fire']>[0]): ReturnType<EventLoop['fire']> {
    this.#chains.noteFired(event);
    try {
      return this.#run.loop.fire(event);
    } catch (error) {
      this.#fail('running', error);
      throw new SubjectFailure(this.#failure!);
    }
  }

  refire(event: Parameters<EventLoop['fire']>[0]): void {
    this.#chains.noteFired(event);
    try {
      this.#run.loop.refire(event);
    } catch (error) {
      this.#fail('running', error);
      throw new SubjectFailure(this.#failure!);
    }
  }

  isFinished(task: string): boolean {
    return this.#run.loop.isFinished(task);
  }

  result(): RunResult {
    const { loop, opaque, recorder, assumptions, outcomes } = this.#run;
    this.#noteAsked();
    if (!this.#runner.isContended) this.#runner.isContended = recorder.isContended;
    if (!this.#runner.isCoherent) this.#runner.isCoherent = recorder.isCoherent;
    if (!this.#runner.isCrossed) this.#runner.isCrossed = recorder.isCrossed;
    if (!this.#runner.isSpanning) this.#runner.isSpanning = recorder.isSpanning;
    if (recorder.torn.length > 0) this.#runner.isTorn = true;
    const outcome = outcomes.of(observe(recorder, this.#runner.scenario, opaque), this.#results(), recorder.effects());
    const asked = assumptions.asked.size === 0 ? nothing : [...assumptions.asked.values()];
    const result: RunResult = { outcome, torn: recorder.torn, asked, isHeld: recorder.isHeld, isBounded: loop.bounded !== undefined };
    if (this.#failure === undefined && !(recorder instanceof Tracing)) return result;
    return { ...result, ...(this.#failure && { failure: this.#failure }), ...(recorder instanceof Tracing && { trace: recorder.trace(outcome) }) };
  }

  #noteAsked(): void {
    for (const [condition, assumption] of this.#run.assumptions.asked) this.#runner.asked.set(condition, assumption);
  }

  /** How each task ended, and what nobody handled, by name. */
  #results(): [string, string][] {
    const { loop, opaque } = this.#run;
    const results = this.#runner.sortedTasks.map(({ plan, result }): [string, string] => [plan.id, result ?? 'never finished']);
    if (!this.#run.recorder.isDisordered && loop.errors.length === 0) return results;
    if (this.#run.recorder.isDisordered) results.push(['order', 'broken']);
    const unhandled = loop.errors.filter(({ task }) => this.#runner.taskIds.has(task)).map(({ reason }) => render(reason, opaque));
    if (unhandled.length > 0) results.push(['unhandled', unhandled.sort().join('; ')]);
    return results.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Follows the path of a task, making what stands on the way, until set-up has come to rest. */
  #walk(task: ScenarioTask): void {
    const { loop, recorder } = this.#run;
    task.begin(recorder instanceof Tracing ? recorder : undefined);
    if (this.#failure) return;
    // `loop.setup` may be used once, so walking is an event of its own that is fired at once.
    const go = (step: TaskStart): void => {
      const event = loop.addTask(step);
      this.#guarded('set-up', () => loop.refire(event));
      this.#drain(() => this.#startsAtOnce && task.target !== undefined);
    };
    go(task.walking);
    if (!task.target && !this.#failure && task.canPass) go(task.passing);
    this.#checkErrors();
    if (!task.target) this.#failure ??= { reason: `set-up of ${task.plan.name} never finished` };
  }

  #start(task: ScenarioTask): void {
    if (task.target) this.#run.loop.addTask(task.starting);
  }

  /** One call right after the other, with nothing in between: what each leaves to be done runs for its own task. */
  #startTogether(tasks: readonly ScenarioTask[]): void {
    const { loop } = this.#run;
    if (!tasks.every(({ target }) => target)) return;
    const id = jointStart(tasks.map(({ plan }) => plan));
    const fire = (): void => { for (const { starting } of tasks) loop.runAs(starting.task, starting.fire); };
    loop.addTask({ task: id, label: `${tasks.map(({ plan }) => plan.id).join(' and ')} start in one turn`, fire });
  }

  /** Lets set-up come to rest; a timer that it has started stays pending. */
  #drain(isEnough = (): boolean => false): void {
    const { loop } = this.#run;
    for (let count = 0; count < setupEvents && !this.#failure && !isEnough(); count++) {
      const event = loop.enabled().find((pending) => !isTimer(pending));
      if (!event) return;
      this.#guarded('set-up', () => loop.refire(event));
    }
  }

  #checkErrors(what = 'set-up'): void {
    // What set-up leaves unhandled in the background does not keep the tasks from starting.
    const error = this.#run.loop.errors.find(({ kind }) => kind === 'uncaught');
    if (error && !this.#failure) this.#fail(what, error.reason);
  }

  #guarded(what: string, run: () => unknown): void {
    if (this.#failure) return;
    try {
      run();
    } catch (error) {
      this.#fail(what, error);
    }
  }

  #fail(what: string, error: unknown): void {
    const { opaque, recorder } = this.#run;
    // What was taken for granted may be why it failed.
    this.#noteAsked();
    const place = recorder.lastSite === undefined ? undefined : this.#runner.scenario.program.sites[recorder.lastSite];
    const reason = isAbort(error)
      ? error.limit === 'steps' ? `the code ran ${stepLimit} steps without coming to rest` : String(error.limit)
      : error instanceof PathError ? error.message : `${what} threw ${render(error, opaque)}`;
    this.#failure = { reason, ...(place && { range: place.range }), ...(isAbort(error) && error.overrun && { limit: error.overrun }), ...(isAbort(error) && error.limit === missingCode && { isIncomplete: true }) };
  }
}

const nothing: readonly Assumption[] = [];
