import type { Program, RaceFile, Scenario } from '../../model/index.js';
import type { AgentHost } from '../agents/operations.js';
import { createSharedMemory, sharedViewPlan, type SharedMemoryOfAgent } from '../agents/shared-memory.js';
import type { BufferPlan } from '../agents/shared-buffer.js';
import { createGlobals } from '../host/globals.js';
import type { CloneRealm, WorkerEntry } from '../host/messages/index.js';
import type { ProcessEntry } from '../host/processes/index.js';
import { createModules } from '../host/modules.js';
import { Platform } from '../host/platform.js';
import { Hooks } from '../runtime/hooks.js';
import { EventLoop } from '../runtime/loop.js';
import { textOf } from '../runtime/program-names.js';
import { ProgramRealm } from '../runtime/program-realm.js';
import { Recording, RecordingPlan } from '../runtime/recording.js';
import { seal, sealClasses } from '../runtime/sealed.js';
import { Tracing } from '../runtime/tracing.js';
import type { Subject } from '../runtime/runner.js';
import { stepLimit } from '../runtime/scenario-execution.js';
import { sitesAt } from '../oracle/sites.js';

/** What one load of the program is given. */
export interface Loading {
  readonly port: AgentHost;
  /** Exports of the module `raceproof`, given the blocking primitives. */
  readonly raceproof: (shared: SharedMemoryOfAgent) => object;
  /** What a worker was started with: it runs another file than the scenario's own. */
  readonly worker?: WorkerEntry;
  /** What a process was started with. */
  readonly process?: ProcessEntry;
  /** Bytes that a pipe to a child holds, if the scenario says so. */
  readonly pipeCapacity?: () => number | undefined;
  /** Steps are written down for a person to read, with the names that this scenario gives. */
  readonly traced?: Scenario;
}

export interface Loaded {
  readonly recorder: Recording;
  readonly shared: SharedMemoryOfAgent;
  /** Runs the entry's module; gives its exports. */
  load(): unknown;
}

/** Everything that loads of one program in one agent have in common: a loop, its promises and timers, values from outside. One load is in use at a time. */
export class ProgramHost {
  readonly realm: ProgramRealm;
  readonly unmodelled = new Set<string>();
  /** Values from outside that were given functions, which they may call at any time. */
  readonly keepers = new Set<string>();
  readonly #race: RaceFile;
  readonly #subject: Subject;
  readonly #plan: RecordingPlan;
  /** The names of the program's parameters that its text mentions, each with its place among what the program is given. */
  readonly #names: readonly (readonly [place: number, name: string])[];
  /** What the program is given, hooks first. */
  readonly #given: unknown[];
  readonly #models: Readonly<Record<string, () => unknown>>;
  readonly #showsPool: boolean;
  readonly #shared: SharedMemoryOfAgent;
  readonly #cloning: CloneRealm;
  #port: AgentHost | undefined;
  #raceproof: (() => object) | undefined;

  constructor(race: RaceFile, subject: Subject, agent: string, tasks: ReadonlySet<string>) {
    this.#race = race;
    this.#subject = subject;
    this.realm = new ProgramRealm(new EventLoop({ agent }), race.assumptions, { unmodelled: (what) => void this.unmodelled.add(what), keeps: (what) => void this.keepers.add(what), hasMachine: true });
    const { program, regions } = race;
    const { names, showsPool } = textOf(program);
    this.#names = names.flatMap((name, rank) => (name === undefined ? [] : [[rank + 1, name] as const]));
    this.#given = new Array<unknown>(names.length + 1).fill(undefined);
    this.#showsPool = showsPool;
    this.#shared = createSharedMemory(this.#currentPort(), { Promise: this.realm.promise.Promise, tick: () => this.loop.tick() });
    const { Mutex, Semaphore, Condition, blockUntil } = this.#shared.primitives;
    sealClasses(this.#shared.globals['SharedArrayBuffer'] as { readonly prototype: object }, Mutex, Semaphore, Condition);
    seal(blockUntil);
    this.#cloning = cloneRealm(this.#shared);
    this.#models = { ...this.realm.models, raceproof: () => this.#raceproof!() };
    this.#plan = new RecordingPlan(regions.map(({ reads, acts }) => ({ reads: sitesAt(program.sites, reads), acts: sitesAt(program.sites, acts) })), tasks, () => true, program.sites.length);
  }

  /** The port of the load at hand, for what all loads have in common. */
  #currentPort(): AgentHost {
    const port = (): AgentHost => this.#port!;
    return {
      get agent() { return port().agent; },
      get site() { return port().site; },
      perform: (op) => port().perform(op),
      identify: (kind) => port().identify(kind),
      onInput: (address, handler) => port().onInput(address, handler),
      noteElements: (buffer, bytes) => port().noteElements?.(buffer, bytes),
    };
  }

  get loop(): EventLoop {
    return this.realm.loop;
  }

  get opaque(): ProgramRealm['opaque'] {
    return this.realm.opaque;
  }

  get assumptions(): ProgramRealm['assumptions'] {
    return this.realm.assumptions;
  }

  get program(): Program {
    return this.#race.program;
  }

  /** Set-up is over: what tasks ask of the outside may fail, if the scenario says so or who runs it. */
  beginTasks(hasFaults: boolean): void {
    if (hasFaults || this.#race.faults === true) this.realm.faults.turnOn();
  }

  /** Forgets the load before. */
  prepare({ port, raceproof, worker, process, pipeCapacity, traced }: Loading): Loaded {
    const { realm, loop, opaque, assumptions } = this;
    const { timers, helpers, disposal, promise: { Promise } } = realm;
    loop.reset({ steps: stepLimit, intervalFirings: 1, areTimersLate: this.#race.areTimersLate });
    timers.reset();
    assumptions.reset();
    opaque.reset();
    const recorder = traced ? new Tracing(loop, opaque, this.#plan, traced) : new Recording(loop, opaque, this.#plan);
    realm.faults.reset((label) => recorder.failed(label));
    const shared = this.#shared;
    this.#port = port;
    shared.forgetNames();
    const platform = new Platform({ loop, opaque, timers, Promise, faults: realm.faults, host: port, hasMachine: true, seed: this.#race.seed, showsPool: this.#showsPool, realm: this.#cloning, ...(worker && { worker }), ...(process && { process }), ...(pipeCapacity && { pipeCapacity }) });
    realm.platform = platform;
    this.#raceproof = () => raceproof(shared);
    const modules = createModules(opaque, this.#models);
    const globals = createGlobals({ loop, opaque, assumptions, timers, Promise, require: modules, seed: this.#race.seed, disposal, platform });
    const value = (name: string): unknown => (Object.hasOwn(shared.globals, name) ? shared.globals[name] : globals(name));
    const hooks = new Hooks({
      loop, opaque, assumptions, recorder, helpers,
      importModule: (name, load) => realm.complete(`import of ${String(name)} completes`, () => (load ? load() : modules(name))),
      named: (name, made) => shared.name(made, name),
      spin: (site, condition) => shared.spin(site, condition),
      ...((worker ?? process) && { entry: (worker ?? process)!.file }),
    });
    const load = (): unknown => {
      platform.begin(helpers);
      this.#given[0] = hooks;
      for (const [place, name] of this.#names) this.#given[place] = value(name);
      return Reflect.apply(this.#subject, undefined, this.#given);
    };
    return { recorder, shared, load };
  }
}

/** Shared memory passes from agent to agent as what it is. */
function cloneRealm(shared: SharedMemoryOfAgent): CloneRealm {
  return {
    kinds: [{ name: 'SharedArrayBuffer', isTransferred: false, is: (value) => shared.planOf(value) !== undefined, plan: (value) => shared.planOf(value), adopt: (plan) => shared.adopt(plan as BufferPlan) }],
    viewOf: (value) => {
      const plan = sharedViewPlan(value);
      return plan && { type: plan.constructor, buffer: plan.buffer, byteOffset: plan.byteOffset, ...(plan.length !== undefined && { length: plan.length }) };
    },
    views: shared.globals as Readonly<Record<string, new (...args: never[]) => object>>,
  };
}
