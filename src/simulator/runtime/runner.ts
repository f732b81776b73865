import type { OutsideUse, Region, Scenario } from '../../model/index.js';
import { partOf, sitesAt, heldSites } from '../oracle/sites.js';
import type { Execution } from '../explore/execution.js';
import { isOfFiles } from '../host/kept-files.js';
import { createGlobals, mayBeGlobal } from '../host/globals.js';
import { createModules } from '../host/modules.js';
import { Platform } from '../host/platform.js';
import type { Assumptions } from './assumptions.js';
import type { HookRun } from './hook-world.js';
import { Hooks, renew } from './hooks.js';
import { onlyReads } from './effects.js';
import { EventLoop } from './loop.js';
import { Outcomes } from './outcomes.js';
import { PathWalker } from './paths.js';
import { PlatformGlobals } from './platform-globals.js';
import { textOf } from './program-names.js';
import { Presumptions } from './presumptions.js';
import { ProgramRealm } from './program-realm.js';
import { Recording, RecordingPlan } from './recording.js';
import { ScenarioExecution, stepLimit, type Prepared, type RunResult } from './scenario-execution.js';
import { ScenarioTask } from './scenario-task.js';
import { Tracing } from './tracing.js';

export { SubjectFailure, type Failure, type RunResult } from './scenario-execution.js';

/** The evaluated text of `Program.code`. */
export type Subject = (hooks: object, ...values: unknown[]) => unknown;

/** A realm for scenarios, which takes longer to make than many executions. */
export function createRealm(): ProgramRealm {
  return new ProgramRealm(new EventLoop(), {}, { unmodelled: () => undefined });
}

/** Runs one scenario, again and again, from the start. One event loop serves all executions. */
export class ScenarioRunner {
  readonly #scenario: Scenario;
  readonly #subject: Subject;
  readonly #loop: EventLoop;
  readonly #realm: ProgramRealm;
  #hooks: Hooks | undefined;
  #globals: ReturnType<typeof createGlobals> | undefined;
  /** The arguments of the subject, hooks first. */
  readonly #given: unknown[];
  #exported: Record<string, unknown> | undefined;
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
  readonly #showsPool: boolean;
  readonly asked: Assumptions['asked'] = new Map();
  readonly unmodelled = new Set<string>();
  /** See `Recording.isContended`; true if it was so in any run. */
  isContended = false;
  isCoherent = false;
  isSpanning = false;
  /** Some run tore a region. */
  isTorn = false;
  isCrossed = false;

  /** `realm`: one that no other runner uses any more; `used` is told of what is done with values from outside. */
  constructor(scenario: Scenario, subject: Subject, realm = createRealm(), used?: (use: OutsideUse) => void) {
    this.#scenario = scenario;
    this.#subject = subject;
    this.#realm = realm;
    this.#loop = realm.loop;
    realm.renew(subject, scenario.assumptions, { unmodelled: (what) => void this.unmodelled.add(what), ...(used && { used }) });
    const { program, regions, tasks, effects, countsOutside } = scenario;
    realm.opaque.untold = new Set(scenario.untold);
    const watched = regions.map((region) => ({ reads: sitesAt(program.sites, region.reads), acts: sitesAt(program.sites, region.acts), isPart: (part: number, whole: number) => partOf(program.sites[part]!, program.sites[whole]!), isUpdate: region.dependence === 'update', isOfContents: region.location.endsWith('[*]'), ...(isKind(region.dependence) && { kind: region.dependence }) }));
    this.taskIds = new Set(tasks.map(({ id }) => id));
    this.#plan = new RecordingPlan(watched, this.taskIds, effects === 'all' ? () => true : (name) => !onlyReads(name), program.sites.length, countsOutside, sitesAt(program.sites, scenario.landmarks ?? []), scenario.oracle === 'order', scenario.oracle === 'held' ? regions.map((region) => heldSites(program.sites, region)) : undefined);
    this.#recording = new Recording(this.#loop, this.#realm.opaque, this.#plan);
    ({ names: this.#names, showsPool: this.#showsPool } = textOf(program));
    this.#given = new Array<unknown>(this.#names.length + 1).fill(undefined);
  }

  /** As the scenario says. */
  start(isTraced = false): Execution<RunResult> {
    return new ScenarioExecution(this, this.#prepare(isTraced, this.#scenario.together === true));
  }

  /** With tasks that start in turns of their own, as they do when they run one after the other. */
  startApart(): Execution<RunResult> {
    return new ScenarioExecution(this, this.#prepare(false, false));
  }

  /** Everything of one execution that is not shared with the others, made anew or emptied. */
  #prepare(isTraced: boolean, isTogether: boolean): Prepared {
    const loop = this.#loop;
    const opaque = this.#realm.opaque;
    const assumptions = this.#realm.assumptions;
    loop.reset({ steps: stepLimit, intervalFirings: 1 });
    this.#realm.timers.reset();
    this.#realm.rendering.reset();
    assumptions.reset();
    opaque.reset();
    const recorder = isTraced ? new Tracing(loop, opaque, this.#plan, this.#scenario) : this.#recording;
    recorder.reset();
    this.#realm.moment = () => recorder.moment();
    this.#realm.recorder = recorder;
    this.#realm.faults.reset((label) => recorder.failed(label));
    const hooks = this.#open(recorder);
    this.#walker ??= new PathWalker({ scenario: this.#scenario, hooks, opaque, rendering: this.#realm.rendering, exports: () => this.#exports });
    this.#walker.reset();
    this.#tasks ??= this.#makeTasks(this.#walker);
    return { loop, assumptions, opaque, recorder, faults: this.#realm.faults, outcomes: this.#outcomes, ...this.#tasks, load: this.#load, isTogether };
  }

  /** The names and hooks of an execution. */
  #open(recorder: Recording): Hooks {
    const loop = this.#loop;
    const opaque = this.#realm.opaque;
    const { Promise } = this.#realm.promise;
    const { files } = this.#scenario;
    if (files !== undefined) this.#realm.files.reset(files);
    const modules = createModules(opaque, this.#realm.models, (name, outside) => (files !== undefined && isOfFiles(name) ? this.#realm.files.module(name, outside) : outside));
    this.#realm.platform = new Platform({ loop, opaque, timers: this.#realm.timers, Promise, showsPool: this.#showsPool });
    this.#globals = createGlobals({ loop, opaque, assumptions: this.#realm.assumptions, timers: this.#realm.timers, Promise, require: modules, seed: this.#scenario.seed, disposal: this.#realm.disposal, platform: this.#realm.platform });
    return this.#hooksOf({ recorder, importModule: (name) => this.#realm.complete(`import of ${String(name)} completes`, () => modules(name)) });
  }

  readonly #load = (): void => {
    const names = this.#names;
    this.#given[0] = this.#hooks;
    for (let index = 0; index < names.length; index++) {
      const name = names[index];
      if (name !== undefined) this.#given[index + 1] = this.#globals!(name);
    }
    this.#exported = undefined;
    this.#exported = Reflect.apply(this.#subject, undefined, this.#given) as Record<string, unknown> | undefined;
  };

  /** A program of several files gives the exports of the one that is run. */
  get #exports(): Record<string, unknown> {
    return this.#exported ?? (this.#globals!('module') as { readonly exports: Record<string, unknown> }).exports;
  }

  #makeTasks(walker: PathWalker): Pick<Prepared, 'prelude' | 'tasks'> {
    const { prelude, tasks } = this.#scenario;
    const world = { loop: this.#loop, core: this.#realm.promise.core, walker, opaque: this.#realm.opaque };
    const made = tasks.map((plan) => new ScenarioTask(plan, world));
    this.sortedTasks = [...made].sort((a, b) => (a.plan.id < b.plan.id ? -1 : 1));
    return { prelude: prelude.map((plan) => new ScenarioTask(plan, world)), tasks: made };
  }

  #hooksOf(run: HookRun): Hooks {
    if (this.#hooks === undefined) this.#hooks = new Hooks({ loop: this.#loop, opaque: this.#realm.opaque, assumptions: this.#realm.assumptions, helpers: this.#realm.helpers, lasting: (callable) => (callable === this.#realm.timers.setInterval ? this.#realm.timers.isEnded : undefined), presumptions: this.#presumptions(), platformGlobals: this.#platformGlobals(), rendering: this.#realm.rendering, mayBeBundled: true, ...run });
    else renew(this.#hooks, run);
    return this.#hooks;
  }

  #platformGlobals(): PlatformGlobals {
    const { opaque, assumptions } = this.#realm;
    return new PlatformGlobals({ opaque, assumptions, mayBeGlobal, isExempt: (site, name) => this.#isExempt(site, name) });
  }

  #isExempt(site: number, key: PropertyKey): boolean {
    return this.#plan.isWatched(site) || this.#scenario.regions.some(({ location }) => location.endsWith(String(key)));
  }

  #presumptions(): Presumptions | undefined {
    const { presumes = false, program } = this.#scenario;
    if (!presumes) return undefined;
    const { opaque, assumptions } = this.#realm;
    return new Presumptions({
      opaque, assumptions, textOf: (site) => program.sites[site]!.text, isTask: () => this.taskIds.has(this.#loop.task), isStanding: (object) => this.#realm.rendering.isRef(object),
      isExempt: (site, key) => this.#isExempt(site, key),
    });
  }

  /** How many landmarks any run has come to. */
  get passed(): number {
    return this.#plan.passed.size;
  }

  /** Some region was come to from its beginning to its end, or there is none. */
  get isReached(): boolean {
    const isAt = (sites: ReadonlySet<number>): boolean => [...sites].some((site) => this.#plan.reached.has(site));
    return this.#plan.regions.length === 0 || this.#plan.regions.some(({ reads, acts }) => isAt(reads) && isAt(acts));
  }

  /** Sites of the regions that any run has executed. */
  get reached(): ReadonlySet<number> {
    return this.#plan.reached;
  }

  get outside(): ReadonlySet<number> {
    return this.#plan.outside;
  }

  get isSuspended(): boolean {
    return this.#plan.isSuspended;
  }

  get scenario(): Scenario {
    return this.#scenario;
  }
}

function isKind(dependence: Region['dependence']): dependence is 'pair' | 'response' | 'cap' {
  return dependence === 'pair' || dependence === 'response' || dependence === 'cap';
}
