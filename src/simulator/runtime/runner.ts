import type { Scenario } from '../../model/index.js';
import { sitesAt } from '../oracle/sites.js';
import type { Execution } from '../explore/execution.js';
import { createAsyncMutex } from '../host/async-mutex.js';
import { createGlobals } from '../host/globals.js';
import { createModules } from '../host/modules.js';
import { Platform, platformModels } from '../host/platform.js';
import { Assumptions } from './assumptions.js';
import { createAsyncHelpers, createDisposableStacks } from './async.js';
import { emitHelpers } from './emit-helpers.js';
import { Hooks, renew, type HookRun } from './hooks.js';
import { onlyReads } from './effects.js';
import { EventLoop } from './loop.js';
import { OpaqueValues } from './opaque.js';
import { Outcomes } from './outcomes.js';
import { PathWalker } from './paths.js';
import { mentionedNames } from './program-names.js';
import { createPromise } from './promise.js';
import { Recording, RecordingPlan } from './recording.js';
import { ScenarioExecution, stepLimit, type Prepared, type RunResult } from './scenario-execution.js';
import { ScenarioTask } from './scenario-task.js';
import { seal, sealClasses } from './sealed.js';
import { createTimers } from './timers.js';
import { Tracing } from './tracing.js';

export { SubjectFailure, type Failure, type RunResult } from './scenario-execution.js';

/** The evaluated text of `Program.code`. */
export type Subject = (hooks: object, ...values: unknown[]) => void;

/** Runs one scenario, again and again, from the start. One event loop serves all executions. */
export class ScenarioRunner {
  readonly #scenario: Scenario;
  readonly #subject: Subject;
  readonly #loop = new EventLoop();
  readonly #assumptions: Assumptions;
  readonly #opaque: OpaqueValues;
  readonly #promise;
  readonly #helpers;
  readonly #timers;
  readonly #disposal;
  #platform: Platform | undefined;
  readonly #models;
  #hooks: Hooks | undefined;
  #globals: ReturnType<typeof createGlobals> | undefined;
  /** The arguments of the subject, hooks first. */
  readonly #given: unknown[];
  #walker: PathWalker | undefined;
  #tasks: Pick<Prepared, 'prelude' | 'tasks'> | undefined;
  readonly #recording: Recording;
  readonly #outcomes = new Outcomes();
  readonly taskIds: ReadonlySet<string>;
  /** The tasks by their ids. */
  sortedTasks: readonly ScenarioTask[] = [];
  readonly #plan: RecordingPlan;
  /** The names of the program's parameters; undefined for those that its text does not mention. */
  readonly #names: readonly (string | undefined)[];
  readonly asked: Assumptions['asked'] = new Map();
  readonly unmodelled = new Set<string>();

  constructor(scenario: Scenario, subject: Subject) {
    this.#scenario = scenario;
    this.#subject = subject;
    this.#promise = createPromise(this.#loop, { isExternal: (value) => this.#opaque.promiseOf(value) as Promise<unknown> | undefined });
    this.#timers = createTimers(this.#loop);
    this.#assumptions = new Assumptions(scenario.assumptions);
    this.#opaque = new OpaqueValues({
      assumptions: this.#assumptions,
      complete: (label, value) => this.#complete(label, value),
      later: (label, callback) => void this.#loop.addEvent({ label, fire: callback }),
      effect: () => undefined,
      unmodelled: (what) => void this.unmodelled.add(what),
    });
    this.#helpers = Object.freeze({ ...createAsyncHelpers(this.#loop, this.#promise.core), ...emitHelpers((value) => this.#opaque.is(value)) });
    this.#disposal = createDisposableStacks({ loop: this.#loop, core: this.#promise.core, hooks: {} });
    sealClasses(this.#promise.Promise, ...Object.values(this.#disposal));
    seal(this.#helpers, ...Object.values(this.#helpers as Record<string, object>), ...Object.values(this.#timers));
    this.#models = {
      'async-mutex': () => createAsyncMutex({ Promise: this.#promise.Promise, awaiter: this.#helpers.__awaiter as never, setTimeout: this.#timers.setTimeout as never, clearTimeout: this.#timers.clearTimeout as never }),
      ...platformModels(() => this.#platform!, this.#helpers),
    };
    const { program, regions, tasks, effects } = scenario;
    const watched = regions.map((region) => ({ reads: sitesAt(program.sites, region.reads), acts: sitesAt(program.sites, region.acts) }));
    this.taskIds = new Set(tasks.map(({ id }) => id));
    this.#plan = new RecordingPlan(watched, this.taskIds, effects === 'all' ? () => true : (name) => !onlyReads(name), program.sites.length);
    this.#recording = new Recording(this.#loop, this.#opaque, this.#plan);
    this.#names = mentionedNames(program);
    this.#given = new Array<unknown>(this.#names.length + 1).fill(undefined);
  }

  start(isTraced = false): Execution<RunResult> {
    return new ScenarioExecution(this, this.#prepare(isTraced));
  }

  /** Everything of one execution that is not shared with the others, made anew or emptied. */
  #prepare(isTraced: boolean): Prepared {
    const loop = this.#loop;
    const opaque = this.#opaque;
    const assumptions = this.#assumptions;
    loop.reset({ steps: stepLimit, intervalFirings: 1 });
    this.#timers.reset();
    assumptions.reset();
    opaque.reset();
    const recorder = isTraced ? new Tracing(loop, opaque, this.#plan, this.#scenario) : this.#recording;
    recorder.reset();
    const hooks = this.#open(recorder);
    this.#walker ??= new PathWalker(this.#scenario, hooks, opaque, () => (this.#globals!('module') as { exports: Record<string, unknown> }).exports);
    this.#walker.reset();
    this.#tasks ??= this.#makeTasks(this.#walker);
    return { loop, assumptions, opaque, recorder, outcomes: this.#outcomes, ...this.#tasks, load: this.#load };
  }

  /** The names and hooks of an execution. */
  #open(recorder: Recording): Hooks {
    const loop = this.#loop;
    const opaque = this.#opaque;
    const { Promise } = this.#promise;
    const modules = createModules(opaque, this.#models);
    this.#platform = new Platform({ loop, opaque, timers: this.#timers, Promise });
    this.#globals = createGlobals({ loop, opaque, assumptions: this.#assumptions, timers: this.#timers, Promise, require: modules, seed: this.#scenario.seed, disposal: this.#disposal, platform: this.#platform });
    return this.#hooksOf({ recorder, importModule: (name) => this.#complete(`import of ${String(name)} completes`, () => modules(name)) });
  }

  readonly #load = (): void => {
    const names = this.#names;
    this.#given[0] = this.#hooks;
    for (let index = 0; index < names.length; index++) {
      const name = names[index];
      if (name !== undefined) this.#given[index + 1] = this.#globals!(name);
    }
    Reflect.apply(this.#subject, undefined, this.#given);
  };

  #makeTasks(walker: PathWalker): Pick<Prepared, 'prelude' | 'tasks'> {
    const { prelude, tasks } = this.#scenario;
    const world = { loop: this.#loop, core: this.#promise.core, walker, opaque: this.#opaque };
    const made = tasks.map((plan) => new ScenarioTask(plan, world));
    this.sortedTasks = [...made].sort((a, b) => (a.plan.id < b.plan.id ? -1 : 1));
    return { prelude: prelude.map((plan) => new ScenarioTask(plan, world)), tasks: made };
  }

  #hooksOf(run: HookRun): Hooks {
    if (this.#hooks === undefined) this.#hooks = new Hooks({ loop: this.#loop, opaque: this.#opaque, assumptions: this.#assumptions, helpers: this.#helpers, ...run });
    else renew(this.#hooks, run);
    return this.#hooks;
  }

  /** A promise that an event settles. */
  #complete(label: string, value: () => unknown): Promise<unknown> {
    const { core } = this.#promise;
    const promise = core.create();
    this.#loop.addEvent({ label, fire: () => core.resolve(promise, value()) });
    return promise;
  }

  /** Sites of the regions that any run has executed. */
  get reached(): ReadonlySet<number> {
    return this.#plan.reached;
  }

  get scenario(): Scenario {
    return this.#scenario;
  }
}
