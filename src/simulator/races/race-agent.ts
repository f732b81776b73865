import type { Scenario } from '../../model/index.js';
import type { Footprint } from '../explore/footprint.js';
import { NOTHING_YET, type AgentCode, type AgentInstance, type AgentReport, type FinalAnswer, type LocalStep } from '../agents/agent.js';
import type { AgentHost } from '../agents/operations.js';
import type { EventLoop, LoopEvent } from '../runtime/loop.js';
import type { WorkerEntry } from '../host/messages/index.js';
import type { ProcessEntry } from '../host/processes/index.js';
import { isAbort } from '../runtime/loop-abort.js';
import type { Recording } from '../runtime/recording.js';
import { render } from '../runtime/render.js';
import { SubjectFailure } from '../runtime/runner.js';
import { isTimer, TimerChains } from '../runtime/timer-chains.js';
import { Tracing } from '../runtime/tracing.js';
import { agent, AgentTask, planOf, scenario, ScenarioError, scenarioIn, type DeclaredScenario, type Plan } from './declared.js';
import { stepLimit } from '../runtime/scenario-execution.js';
import type { Loaded, ProgramHost } from './program-host.js';
import { createRecorded, returned, threw } from './recorded.js';

/** What an agent of a scenario is there for. */
export type Role =
  /** Tasks that are plain functions, and what is asked at the end. */
  | { readonly kind: 'main' }
  /** One task that is `agent(function)`. */
  | { readonly kind: 'task'; readonly task: string }
  /** A file that another agent has started. */
  | { readonly kind: 'worker'; readonly entry: WorkerEntry }
  /** The main thread of a process that another one has started. */
  | { readonly kind: 'process'; readonly entry: ProcessEntry };

/** Events that set-up may need; what is pending after that stays pending. */
const setUpEvents = 500;

/** An agent of a scenario file. */
export class RaceAgent implements AgentCode {
  readonly name: string;
  readonly #host: ProgramHost;
  readonly #role: Role;
  readonly #secret: number;

  constructor(name: string, host: ProgramHost, role: Role, secret: number) {
    this.name = name;
    this.#host = host;
    this.#role = role;
    this.#secret = secret;
  }

  instance(port: AgentHost): RaceInstance {
    return new RaceInstance(this.name, this.#host, this.#role, this.#secret, port);
  }
}

/** One run of an agent: its program is loaded anew, set-up included, in a heap of its own. */
export class RaceInstance implements AgentInstance {
  readonly #name: string;
  readonly #host: ProgramHost;
  readonly #role: Role;
  readonly #secret: number;
  readonly #loaded: Loaded;
  readonly #chains = new TimerChains();
  readonly #results: Record<string, string> = {};
  readonly #steps: LocalStep[] = [];
  readonly #own = new Set<string>();
  /** What an agent's own function throws reaches nobody. */
  readonly #uncaught: { readonly task: string; readonly text: string }[] = [];
  #report: AgentReport = NOTHING_YET;
  #failure: SubjectFailure | undefined;
  declared: DeclaredScenario | undefined;
  plan: Plan | undefined;

  constructor(name: string, host: ProgramHost, role: Role, secret: number, port: AgentHost, traced?: Scenario) {
    this.#name = name;
    this.#host = host;
    this.#role = role;
    this.#secret = secret;
    const recorded = createRecorded({ port, opaque: host.opaque, task: () => host.loop.task, note: (step) => void this.#steps.push(step) });
    this.#loaded = host.prepare({ port, raceproof: ({ primitives }) => ({ __esModule: true, scenario, agent, recorded, ...primitives }), ...(role.kind === 'worker' && { worker: role.entry }), ...(role.kind === 'process' && { process: role.entry }), pipeCapacity: () => this.declared?.pipeCapacity, ...(traced && { traced }) });
  }

  get loop(): EventLoop {
    return this.#host.loop;
  }

  start(): LoopEvent | undefined {
    const { loop } = this;
    if (this.#role.kind === 'worker' || this.#role.kind === 'process') {
      this.#host.beginTasks(false);
      return loop.addTask({ task: this.#name, label: `${this.#name} starts`, fire: () => void this.#loaded.load() });
    }
    this.#setUp();
    if (this.#role.kind === 'task') return this.#task(this.#role.task, this.plan!.tasks.get(this.#role.task)!);
    for (const [name, task] of this.plan!.tasks) if (!(task instanceof AgentTask)) this.#task(name, task);
    return undefined;
  }

  /** @throws SubjectFailure */
  #setUp(): void {
    const { loop, opaque } = this.#host;
    let exports: unknown;
    this.#guarded('loading the file', () => loop.setup(() => { exports = this.#loaded.load(); }));
    this.#drain();
    this.#guarded('set-up', () => {
      loop.fire(loop.addTask({ task: 'set-up', label: 'set-up', fire: () => {
        this.declared = scenarioIn(exports, this.#host.program.file);
        this.plan = planOf(this.declared.setUp(this.declared.secrets[this.#secret]));
      } }));
    });
    this.#drain();
    this.#host.beginTasks(this.declared?.hasFaults === true);
    if (this.plan === undefined) throw this.#failed(new Error(`set-up gave nothing (${render(exports, opaque)})`), 'set-up');
  }

  #task(name: string, task: AgentTask | (() => unknown)): LoopEvent {
    const { loop, realm: { promise: { core } }, opaque } = this.#host;
    const { recorder } = this.#loaded;
    this.#own.add(name);
    const settle = (text: string): void => {
      this.#results[name] = text;
      if (task instanceof AgentTask && text.startsWith('threw')) this.#uncaught.push({ task: name, text: text.slice('threw '.length) });
      loop.finish(name);
      if (recorder instanceof Tracing) recorder.finished(name, text.startsWith('threw') ? 'throw' : 'return', text);
      this.#steps.push({ kind: 'end', task: name, site: this.site });
    };
    const run = task instanceof AgentTask ? task.run : task;
    return loop.addTask({ task: name, label: `${name} starts`, fire: () => {
      this.#steps.push({ kind: 'start', task: name, site: this.site });
      if (recorder instanceof Tracing) recorder.started({ id: name, name, path: { root: 'default', steps: [] }, arguments: [] });
      try {
        const value = run();
        if (core.isPromise(value) || opaque.promiseOf(value)) core.await(value, { resume: (isRejected, result) => settle(isRejected ? threw(result, opaque) : returned(result, opaque)) });
        else settle(returned(value, opaque));
      } catch (error) {
        if (isAbort(error)) throw error;
        settle(threw(error, opaque));
      }
    } });
  }

  enabled(): readonly LoopEvent[] {
    const enabled = this.loop.enabled() as readonly LoopEvent[];
    if (this.#chains.areNone) return enabled;
    // A lock may run one task's function in a timer of another's, so nothing is over before all are.
    for (const task of this.#own) if (!this.loop.isFinished(task)) return enabled;
    return enabled.filter((event) => this.#chains.isFollowed(event, () => true));
  }

  fire(event: LoopEvent): Footprint {
    this.#chains.noteFired(event);
    return this.loop.fire(event);
  }

  get recorder(): Recording {
    return this.#loaded.recorder;
  }

  get site(): number {
    return this.#loaded.recorder.lastSite ?? -1;
  }

  get report(): AgentReport {
    const { loop, opaque } = this.#host;
    const { recorder } = this.#loaded;
    const known = this.#report;
    const unhandled = loop.errors.length === 0 ? [] : loop.errors.filter(({ task }) => this.#role.kind === 'worker' || this.#role.kind === 'process' || this.#own.has(task)).map(({ task, reason }) => ({ task, text: render(reason, opaque) }));
    unhandled.push(...this.#uncaught);
    const isSame = known.finished.size === loop.finished.size && known.unhandled.length === unhandled.length && known.torn.length === recorder.torn.length && known.isBounded === (loop.bounded !== undefined) && Object.keys(known.results).length === Object.keys(this.#results).length;
    if (isSame) return known;
    return (this.#report = {
      finished: new Set(loop.finished), results: { ...this.#results }, torn: [...recorder.torn], effects: recorder.effects(), isBounded: loop.bounded !== undefined,
      unhandled,
    });
  }

  takeSteps(): readonly LocalStep[] {
    return this.#steps.length === 0 ? NO_STEPS : this.#steps.splice(0);
  }

  evaluate(): FinalAnswer {
    return answerOf(this.plan!, this.#host.opaque, (question) => question());
  }

  /** What a question of a scenario without agents gives, or its promise comes to: nothing else goes on any more. */
  ask(question: () => unknown): unknown {
    const { loop } = this;
    this.#host.realm.faults.turnOff();
    let given: { readonly value: unknown } | { readonly error: unknown } | undefined;
    loop.fire(loop.addTask({ task: 'the final check', label: 'the final check', fire: () => {
      try {
        given = { value: question() };
        if (this.#isPromise(given.value)) loop.noteHandled(given.value);
      } catch (error) {
        if (isAbort(error)) throw error;
        given = { error };
      }
    } }));
    if (given === undefined || 'error' in given) throw given?.error;
    return this.#isPromise(given.value) ? this.#settled(given.value) : given.value;
  }

  #isPromise(value: unknown): value is object {
    return typeof value === 'object' && value !== null && this.loop.lookAtPromise(value) !== undefined;
  }

  #settled(promise: object): unknown {
    const { loop } = this;
    for (let count = 0; loop.lookAtPromise(promise)!.state === 'pending' && count < setUpEvents; count++) {
      const event = loop.enabled()[0];
      if (event === undefined) break;
      loop.fire(event);
    }
    const { state, result } = loop.lookAtPromise(promise)!;
    if (state === 'pending') throw new Error('it waits for something that does not come');
    if (state === 'rejected') throw result;
    return result;
  }

  /** Lets set-up come to rest; a timer that it has started stays pending. */
  #drain(): void {
    for (let count = 0; count < setUpEvents; count++) {
      const event = this.loop.enabled().find((pending) => !isTimer(pending));
      if (!event) break;
      this.#guarded('set-up', () => this.loop.fire(event));
    }
    const error = this.loop.errors.find(({ kind }) => kind === 'uncaught');
    if (error) throw this.#failed(error.reason, 'set-up');
  }

  #guarded(what: string, run: () => unknown): void {
    try {
      run();
    } catch (error) {
      throw this.#failed(error, what);
    }
    const error = this.loop.errors.find(({ kind }) => kind === 'uncaught');
    if (error) throw this.#failed(error.reason, what);
  }

  #failed(error: unknown, what: string): SubjectFailure {
    if (error instanceof SubjectFailure) return error;
    const place = this.#loaded.recorder.lastSite === undefined ? undefined : this.#host.program.sites[this.#loaded.recorder.lastSite];
    const reason = isAbort(error) ? (error.limit === 'steps' ? `${what} ran ${stepLimit} steps without coming to rest` : error.limit)
      : error instanceof ScenarioError ? error.message : `${what} threw ${render(error, this.#host.opaque)}`;
    return (this.#failure ??= new SubjectFailure({ reason, ...(place && !(error instanceof ScenarioError) && { range: place.range }), ...(isAbort(error) && error.overrun && { limit: error.overrun }) }));
  }
}

const NO_STEPS: readonly LocalStep[] = [];

/** What a scenario says of a state at rest. */
export function answerOf({ invariant, observe, observer }: Plan, opaque: Parameters<typeof render>[1], ask: (question: () => unknown) => unknown): FinalAnswer {
  return {
    ...(observe && { state: observedState(ask(observe), opaque) }),
    ...(invariant && { invariant: invariantOf(() => ask(invariant), opaque) }),
    ...(observer && { observed: render(ask(observer), opaque) }),
  };
}

/** The fields of a plain object each for itself. */
function observedState(value: unknown, opaque: Parameters<typeof render>[1]): Record<string, string> {
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && !opaque.is(value);
  return isPlain ? Object.fromEntries(Object.entries(value).map(([name, field]) => [name, render(field, opaque)])) : { observed: render(value, opaque) };
}

function invariantOf(invariant: () => unknown, opaque: Parameters<typeof render>[1]): { readonly holds: boolean; readonly message: string } {
  try {
    const said = invariant();
    return said === false ? { holds: false, message: 'the invariant does not hold' } : { holds: true, message: '' };
  } catch (error) {
    if (isAbort(error)) throw error;
    return { holds: false, message: `the invariant threw ${render(error, opaque)}` };
  }
}
