import { AgentSystem, type AgentCode, type AgentsEnd, type AgentsExecution, type SpawnPlan } from '../agents/index.js';
import type { Execution, Footprint, PendingEvent } from '../explore/index.js';
import { agentKinds } from '../host/kinds.js';
import type { WorkerEntry } from '../host/messages/index.js';
import type { ProcessEntry } from '../host/processes/index.js';
import { SubjectFailure } from '../runtime/runner.js';
import { traceOf } from './agents-trace.js';
import { AgentTask } from './declared.js';
import { stepLimit } from '../runtime/scenario-execution.js';
import { ProgramHost } from './program-host.js';
import { isHistory } from './recorded.js';
import { RaceAgent, type Role } from './race-agent.js';
import type { RaceEnd } from './race-end.js';
import type { RaceParts } from './race-runner.js';

/** A scenario with agents or shared memory: every agent is tabulated. */
export class AgentsRace {
  readonly #parts: RaceParts;
  readonly #systems = new Map<number, AgentSystem>();
  readonly #hosts: ProgramHost[] = [];

  constructor(parts: RaceParts) {
    this.#parts = parts;
  }

  start(secret: number, isTraced: boolean): Execution<RaceEnd> {
    let system = this.#systems.get(secret);
    if (system === undefined) this.#systems.set(secret, (system = this.#system(secret)));
    return new RaceExecution(system.start(), (end) => this.#ended(end, secret, isTraced));
  }

  get #tasks(): { readonly id: string; readonly agent: string }[] {
    return [...this.#parts.plan.tasks].map(([id, task]) => ({ id, agent: task instanceof AgentTask ? id : 'main' }));
  }

  #system(secret: number): AgentSystem {
    const { race, plan } = this.#parts;
    const tasks = this.#tasks;
    const apart = tasks.filter(({ agent }) => agent !== 'main');
    const main = new Set(tasks.filter(({ agent }) => agent === 'main').map(({ id }) => id));
    return new AgentSystem({
      memoryModel: race.memoryModel, tasks, kinds: agentKinds,
      agents: [this.#agent('main', { kind: 'main' }, main, secret), ...apart.map(({ id }) => this.#agent(id, { kind: 'task', task: id }, new Set([id]), secret))],
      spawned: (spawn) => this.#spawned(spawn, secret),
      isHidden: isHistory,
      hasFinalQuestions: plan.invariant !== undefined || plan.observe !== undefined || plan.observer !== undefined,
    });
  }

  #agent(name: string, role: Role, tasks: ReadonlySet<string>, secret: number): AgentCode {
    const { race, subject } = this.#parts;
    const host = new ProgramHost(race, subject, name, tasks);
    this.#hosts.push(host);
    return new RaceAgent(name, host, role, secret);
  }

  #spawned({ agent, entry }: SpawnPlan, secret: number): AgentCode {
    const given = entry as WorkerEntry | ProcessEntry;
    return this.#agent(agent, 'process' in given ? { kind: 'process', entry: given } : { kind: 'worker', entry: given }, new Set([agent]), secret);
  }

  #ended(end: AgentsEnd, secret: number, isTraced: boolean): RaceEnd {
    const { asked, unmodelled, race } = this.#parts;
    if (end.failure) {
      const range = race.program.sites[end.failure.site]?.range;
      const isEndless = end.failure.reason === 'steps';
      throw new SubjectFailure({ reason: isEndless ? `the code ran ${stepLimit} steps without coming to rest` : end.failure.reason, ...(range && { range }), ...(isEndless && { limit: 'steps' as const }) });
    }
    for (const { assumptions, unmodelled: unknown } of this.#hosts) {
      if (assumptions.asked.size > 0) for (const [condition, assumption] of assumptions.asked) asked.set(condition, assumption);
      if (unknown.size > 0) for (const what of unknown) unmodelled.add(what);
    }
    // Its steps are written down only when somebody asks for them, so the object itself is passed on.
    const told = end as { -readonly [K in keyof RaceEnd]: RaceEnd[K] };
    told.asked = asked.size === 0 ? NOTHING : [...asked.values()];
    told.secret = secret;
    if (isTraced) told.trace = traceOf(end, this.#tasks, race.program);
    return told;
  }
}

const NOTHING: readonly never[] = [];

/** An execution of agents whose end says what the file's oracles need. */
class RaceExecution implements Execution<RaceEnd> {
  readonly #execution: AgentsExecution;
  readonly #ended: (end: AgentsEnd) => RaceEnd;

  constructor(execution: AgentsExecution, ended: (end: AgentsEnd) => RaceEnd) {
    this.#execution = execution;
    this.#ended = ended;
  }

  enabled(): readonly PendingEvent[] {
    return this.#execution.enabled();
  }

  blocked(): readonly PendingEvent[] {
    return this.#execution.blocked();
  }

  fire(event: PendingEvent): Footprint {
    return this.#execution.fire(event as Parameters<AgentsExecution['fire']>[0]);
  }

  rewind(depth: number): void {
    this.#execution.rewind(depth);
  }

  isFinished(task: string): boolean {
    return this.#execution.isFinished(task);
  }

  result(): RaceEnd {
    return this.#ended(this.#execution.result());
  }
}
