import type { Assumption, Outcome, Scenario, SourceRange, TaskPlan, Trace } from '../../model/index.js';
import { sitesAt } from '../oracle/sites.js';
import type { TornRegion, WatchedRegion } from '../oracle/region.js';
import type { Execution } from '../explore/execution.js';
import { createAsyncMutex } from '../host/async-mutex.js';
import { createGlobals } from '../host/globals.js';
import { createModules } from '../host/modules.js';
import { Assumptions } from './assumptions.js';
import { createAsyncHelpers } from './async.js';
import { emitHelpers } from './emit-helpers.js';
import { Hooks } from './hooks.js';
import { onlyReads } from './effects.js';
import { EventLoop } from './loop.js';
import { isAbort } from './loop-abort.js';
import { OpaqueValues } from './opaque.js';
import { observe } from './observation.js';
import { PathError, PathWalker } from './paths.js';
import { createPromise } from './promise.js';
import { Recording } from './recording.js';
import { render } from './render.js';
import { seal } from './sealed.js';
import { createTimers } from './timers.js';
import { isTimer, TimerChains } from './timer-chains.js';
import { Tracing } from './tracing.js';

/** The evaluated text of `Program.code`. */
export type Subject = (hooks: object, ...values: unknown[]) => void;

export interface RunResult {
  readonly outcome: Outcome;
  readonly torn: readonly TornRegion[];
  /** What this run took for granted. */
  readonly asked: readonly Assumption[];
  readonly failure?: Failure;
  readonly trace?: Trace;
  /** The environment was cut short, such as an interval that would go on. */
  readonly isBounded: boolean;
}

export interface Failure {
  readonly reason: string;
  readonly range?: SourceRange;
}

/** An execution could not go on; no other one of the scenario is worth trying. */
export class SubjectFailure extends Error {
  override readonly name = 'SubjectFailure';
  constructor(readonly failure: Failure) {
    super(failure.reason);
  }
}

/** Steps that one execution may take: a loop without suspensions ends here. */
const stepLimit = 200_000;
/** Events that set-up may need; what is pending after that stays pending. */
const setupEvents = 500;

/** Runs one scenario, again and again, from the start. One event loop serves all executions. */
export class ScenarioRunner {
  readonly #scenario: Scenario;
  readonly #subject: Subject;
  readonly #loop = new EventLoop();
  readonly #opaqueOfRun: { current: OpaqueValues | undefined } = { current: undefined };
  readonly #promise;
  readonly #helpers;
  readonly #timers;
  readonly #regions: readonly WatchedRegion[];
  /** Sites of the regions that any run has executed. */
  readonly reached = new Set<number>();
  readonly asked: Assumptions['asked'] = new Map();
  readonly unmodelled = new Set<string>();

  constructor(scenario: Scenario, subject: Subject) {
    this.#scenario = scenario;
    this.#subject = subject;
    this.#promise = createPromise(this.#loop, { isExternal: (value) => this.#opaqueOfRun.current?.promiseOf(value) as Promise<unknown> | undefined });
    this.#timers = createTimers(this.#loop);
    this.#helpers = Object.freeze({ ...createAsyncHelpers(this.#loop, this.#promise.core), ...emitHelpers((value) => this.#opaqueOfRun.current?.is(value) ?? false) });
    seal(this.#promise.Promise, this.#helpers, ...Object.values(this.#helpers as Record<string, object>), ...Object.values(this.#timers));
    this.#regions = scenario.regions.map((region) => ({ reads: sitesAt(scenario.program.sites, region.reads), acts: sitesAt(scenario.program.sites, region.acts) }));
  }

  start(isTraced = false): Execution<RunResult> {
    return new ScenarioExecution(this, isTraced);
  }

  /** Everything of one execution that is not shared with the others. */
  prepare(isTraced: boolean): Prepared {
    const loop = this.#loop;
    const { Promise, core } = this.#promise;
    loop.reset({ steps: stepLimit, intervalFirings: 1 });
    this.#timers.reset();
    const assumptions = new Assumptions(this.#scenario.assumptions);
    const opaque = new OpaqueValues({
      assumptions,
      complete: (label, value) => {
        const promise = core.create();
        loop.addEvent({ label: `${label} completes`, fire: () => core.resolve(promise, value()) });
        return promise;
      },
      later: (label, callback) => void loop.addEvent({ label, fire: callback }),
      effect: () => undefined,
      unmodelled: (what) => void this.unmodelled.add(what),
    });
    this.#opaqueOfRun.current = opaque;
    const tasks = new Set(this.#scenario.tasks.map(({ id }) => id));
    const countsEffect = this.#scenario.effects === 'all' ? () => true : (name: string) => !onlyReads(name);
    const recorder = isTraced
      ? new Tracing(loop, opaque, this.#regions, this.reached, countsEffect, tasks, this.#scenario)
      : new Recording(loop, opaque, this.#regions, this.reached, countsEffect, tasks);
    const models = {
      'async-mutex': () => createAsyncMutex({ Promise, awaiter: this.#helpers.__awaiter as never, setTimeout: this.#timers.setTimeout as never, clearTimeout: this.#timers.clearTimeout as never }),
    };
    const modules = createModules(opaque, models);
    const hooks: Hooks = new Hooks({
      loop, opaque, assumptions, recorder, helpers: this.#helpers,
      importModule: (name) => {
        const promise = core.create();
        loop.addEvent({ label: `import of ${String(name)} completes`, fire: () => core.resolve(promise, modules(name)) });
        return promise;
      },
    });
    const globals = createGlobals({ loop, opaque, assumptions, timers: this.#timers, Promise, require: modules, seed: this.#scenario.seed });
    const walker = new PathWalker(this.#scenario, hooks, opaque, () => (globals('module') as { exports: Record<string, unknown> }).exports);
    return { loop, core, assumptions, opaque, recorder, walker, results: new Map(), load: () => this.#subject(hooks, ...this.#scenario.program.names.map(globals)) };
  }

  get scenario(): Scenario {
    return this.#scenario;
  }
}

interface Prepared {
  readonly loop: EventLoop;
  readonly core: ReturnType<typeof createPromise>['core'];
  readonly assumptions: Assumptions;
  readonly opaque: OpaqueValues;
  readonly recorder: Recording;
  readonly walker: PathWalker;
  readonly results: Map<string, string>;
  readonly load: () => void;
}

interface Target {
  readonly receiver: unknown;
  readonly callee: (...args: unknown[]) => unknown;
}

class ScenarioExecution implements Execution<RunResult> {
  readonly #runner: ScenarioRunner;
  readonly #run: Prepared;
  readonly #chains = new TimerChains();
  readonly #tasks: ReadonlySet<string>;
  #failure: Failure | undefined;

  constructor(runner: ScenarioRunner, isTraced: boolean) {
    this.#runner = runner;
    this.#run = runner.prepare(isTraced);
    this.#tasks = new Set(runner.scenario.tasks.map(({ id }) => id));
    const { loop, load } = this.#run;
    const { prelude, tasks } = runner.scenario;
    this.#guarded('loading the module', () => loop.setup(load));
    this.#drain();
    for (const plan of prelude) {
      this.#start(plan, this.#walk(plan));
      this.#drain();
    }
    // All receivers are made before any task may start.
    const targets = tasks.map((plan) => this.#walk(plan));
    tasks.forEach((plan, index) => this.#start(plan, targets[index]));
  }

  enabled(): ReturnType<EventLoop['enabled']> {
    if (this.#failure) return [];
    const enabled = this.#run.loop.enabled();
    const isOver = (task: string): boolean => !this.#tasks.has(task) || this.isFinished(task);
    return enabled.every((event) => this.#chains.isFollowed(event, isOver)) ? enabled : enabled.filter((event) => this.#chains.isFollowed(event, isOver));
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

  isFinished(task: string): boolean {
    return this.#run.loop.isFinished(task);
  }

  result(): RunResult {
    const { loop, opaque, recorder, assumptions, results } = this.#run;
    for (const [condition, assumption] of assumptions.asked) this.#runner.asked.set(condition, assumption);
    for (const { id } of this.#runner.scenario.tasks) if (!results.has(id)) results.set(id, 'never finished');
    const unhandled = loop.errors.filter(({ task }) => this.#tasks.has(task)).map(({ reason }) => render(reason, opaque));
    if (unhandled.length > 0) results.set('unhandled', unhandled.sort().join('; '));
    const outcome: Outcome = { state: observe(recorder, this.#runner.scenario, opaque), results: Object.fromEntries([...results].sort(([a], [b]) => (a < b ? -1 : 1))), effects: recorder.effects() };
    const trace = recorder instanceof Tracing ? recorder.trace(outcome) : undefined;
    return { outcome, torn: recorder.torn, asked: [...assumptions.asked.values()], isBounded: loop.bounded !== undefined, ...(this.#failure && { failure: this.#failure }), ...(trace && { trace }) };
  }

  /** Follows the path of `plan`, making what stands on the way, until set-up has come to rest. */
  #walk(plan: TaskPlan): Target | undefined {
    const { loop, core, walker, opaque } = this.#run;
    if (this.#failure) return undefined;
    let target: Target | undefined;
    // `loop.setup` may be used once, so walking is an event of its own that is fired at once.
    const walking = loop.addTask({ task: `set-up of ${plan.id}`, label: 'set-up', fire: () => {
      const steps = walker.callee(plan.path);
      const go = (value: unknown): void => {
        const step = steps.next(value);
        if (step.done) target = step.value;
        else if (core.isPromise(step.value) || opaque.promiseOf(step.value)) core.await(step.value, { resume: (isRejected, value) => { if (isRejected) throw value; go(value); } });
        else go(step.value);
      };
      go(undefined);
    } });
    this.#guarded('set-up', () => loop.fire(walking));
    this.#drain();
    this.#checkErrors();
    if (!target) this.#failure ??= { reason: `set-up of ${plan.name} never finished` };
    return target;
  }

  #start(plan: TaskPlan, target: Target | undefined): void {
    const { loop, core, walker, results, opaque, recorder } = this.#run;
    if (!target) return;
    const settle = (text: string, how: 'return' | 'throw'): void => {
      if (this.#tasks.has(plan.id)) results.set(plan.id, text);
      loop.finish(plan.id);
      if (recorder instanceof Tracing) recorder.finished(plan.id, how, text);
    };
    const returned = (value: unknown): void => settle(`returned ${render(value, opaque)}`, 'return');
    const threw = (error: unknown): void => settle(`threw ${render(error, opaque)}`, 'throw');
    loop.addTask({ task: plan.id, label: `${plan.id} starts`, fire: () => {
      if (recorder instanceof Tracing) recorder.started(plan);
      try {
        const value: unknown = Reflect.apply(target.callee, target.receiver, plan.arguments.map((argument) => walker.value(argument)));
        if (core.isPromise(value) || opaque.promiseOf(value)) core.await(value, { resume: (isRejected, result) => (isRejected ? threw(result) : returned(result)) });
        else returned(value);
      } catch (error) {
        if (isAbort(error)) throw error;
        threw(error);
      }
    } });
  }

  /** Lets set-up come to rest; a timer that it has started stays pending. */
  #drain(): void {
    const { loop } = this.#run;
    for (let count = 0; count < setupEvents && !this.#failure; count++) {
      const event = loop.enabled().find((pending) => !isTimer(pending));
      if (!event) return;
      this.#guarded('set-up', () => loop.fire(event));
    }
  }

  #checkErrors(): void {
    // What set-up leaves unhandled in the background does not keep the tasks from starting.
    const error = this.#run.loop.errors.find(({ kind }) => kind === 'uncaught');
    if (error && !this.#failure) this.#fail('set-up', error.reason);
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
    const place = recorder.lastSite === undefined ? undefined : this.#runner.scenario.program.sites[recorder.lastSite];
    const reason = isAbort(error)
      ? error.limit === 'steps' ? `the code ran ${stepLimit} steps without coming to rest` : String(error.limit)
      : error instanceof PathError ? error.message : `${what} threw ${render(error, opaque)}`;
    this.#failure = { reason, ...(place && { range: place.range }) };
  }
}
