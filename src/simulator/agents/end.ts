import type { Outcome } from '../../model/index.js';
import type { BlockedTask, ExecutionEnd } from '../oracle/execution-end.js';
import { areSameOutcomes, outcomeDigest } from '../oracle/outcome-digest.js';
import type { TornRegion } from '../oracle/region.js';
import type { AgentReport, FinalAnswer } from './agent.js';
import type { AgentsExecution, Fired } from './execution.js';
import { logOf, type ExecutionLog } from './log.js';
import type { Slot } from './memory.js';
import type { ElementValue } from './operations.js';
import { memoryState, sorted } from './outcomes.js';
import type { Player } from './player.js';
import type { AgentSystem } from './system.js';

/** What an execution of agents ends with; its steps are written down when somebody asks for them, which must be before it goes on. */
export interface AgentsEnd extends ExecutionEnd {
  readonly torn: readonly TornRegion[];
  /** The environment was cut short, such as an interval that would go on. */
  readonly isBounded: boolean;
  /** No verdict can be built on it: code that never came to rest. */
  readonly failure?: { readonly reason: string; readonly site: number };
}

export function endOf(system: AgentSystem, execution: AgentsExecution): AgentsEnd {
  return new EndOfAgents(system, execution);
}

/** Most executions end with nothing to tell, and in an outcome that is only counted: what is long to make is made when asked for. */
class EndOfAgents implements AgentsEnd {
  readonly blocked: readonly BlockedTask[];
  readonly isTruncated: boolean;
  readonly cutOff?: readonly string[];
  readonly invariant?: NonNullable<FinalAnswer['invariant']>;
  readonly observed?: string;
  readonly failure?: NonNullable<AgentsEnd['failure']>;
  readonly #system: AgentSystem;
  readonly #fired: readonly Fired[];
  readonly #reports: readonly AgentReport[];
  readonly #answer: FinalAnswer;
  readonly #areLocksFree: boolean;
  readonly #hasMixedSizes: boolean;
  readonly #deeds: Deeds;
  /** What the elements that were written hold. */
  readonly #values: readonly ElementValue[];
  readonly #observed: Readonly<Record<string, string>> | undefined;
  #outcome: Outcome | undefined;
  /** The state is what elements hold and nothing else, and no two of them share a name. */
  #isSum = false;
  #log: ExecutionLog | undefined;

  constructor(system: AgentSystem, execution: AgentsExecution) {
    const { players, world } = system;
    this.#system = system;
    this.#fired = execution.fired.slice();
    this.#reports = players.map(reportOf);
    this.#answer = system.finalAnswer();
    this.#deeds = deedsOf(this.#fired);
    this.#values = this.#deeds.written.map(valueOf);
    this.#observed = observedIn(system);
    this.#areLocksFree = world.locks.areFree;
    this.#hasMixedSizes = world.memory.hasMixedSizes;
    const left = execution.enabled();
    this.isTruncated = left.length > 0;
    this.blocked = blockedTasks(system, this.isTruncated);
    if (this.isTruncated) this.cutOff = [...new Set(left.map(({ task }) => task))];
    if (this.#answer.invariant) this.invariant = this.#answer.invariant;
    if (this.#answer.observed !== undefined) this.observed = this.#answer.observed;
    if (execution.failure) this.failure = execution.failure;
  }

  get outcome(): Outcome {
    if (this.#outcome !== undefined) return this.#outcome;
    const { results, effects } = this.#system.outcomes.results(this.#reports);
    const state = this.#answer.state === undefined ? memoryState(this.#deeds.written, this.#values) : sorted(this.#answer.state);
    return (this.#outcome = { state: this.#observed === undefined ? state : sorted({ ...state, ...this.#observed }), results, effects });
  }

  get digest(): number {
    const { outcomes } = this.#system;
    const digest = this.#answer.state === undefined && this.#observed === undefined ? outcomes.resultsDigest(this.#reports) : undefined;
    if (digest === undefined || !outcomes.addValues(digest, this.#deeds.written, this.#values)) return outcomeDigest(this.outcome);
    this.#isSum = true;
    return digest.value;
  }

  /** It ends so. Once its digest was asked for, the outcome need not be built for that. */
  hasOutcome(outcome: Outcome): boolean {
    const { outcomes } = this.#system;
    if (this.#outcome !== undefined || !this.#isSum) return areSameOutcomes(this.outcome, outcome);
    const { results, effects } = outcomes.results(this.#reports);
    return outcomes.isState(outcome.state, this.#deeds.written, this.#values) && areSameOutcomes({ state: outcome.state, results, effects }, outcome);
  }

  get steps(): ExecutionLog['steps'] {
    return this.#written().steps;
  }

  get holds(): ExecutionLog['holds'] {
    return this.#areLocksFree && this.blocked.length === 0 ? NOTHING : this.#written().holds;
  }

  get misuses(): ExecutionLog['misuses'] {
    return this.#deeds.haveMisuse ? this.#written().misuses : NOTHING;
  }

  get mayRace(): boolean {
    return this.#hasMixedSizes || this.#deeds.havePlain;
  }

  get unhandled(): AgentReport['unhandled'] {
    return this.#reports.some(({ unhandled }) => unhandled.length > 0) ? this.#reports.flatMap(({ unhandled }) => unhandled) : NOTHING;
  }

  get torn(): readonly TornRegion[] {
    return this.#reports.some(({ torn }) => torn.length > 0) ? this.#reports.flatMap(({ torn }) => torn) : NOTHING;
  }

  get isBounded(): boolean {
    return this.#reports.some(({ isBounded }) => isBounded);
  }

  #written(): ExecutionLog {
    const { players, options } = this.#system;
    return (this.#log ??= logOf(players.slice(0, options.agents.length).map(({ name, table }) => ({ agent: name, root: table.root })), this.#fired, (player) => players[player]!.name));
  }
}

/** What has to be known of an execution before anybody asks for its log. */
interface Deeds {
  /** Each element once. */
  readonly written: Slot[];
  havePlain: boolean;
  haveMisuse: boolean;
}

function reportOf({ node }: Player): AgentReport {
  return node.value.report;
}

function valueOf(slot: Slot): ElementValue {
  return slot.get();
}

let ends = 0;

function deedsOf(fired: readonly Fired[]): Deeds {
  const deeds: Deeds = { written: [], havePlain: false, haveMisuse: false };
  const end = ++ends;
  for (let index = 0; index < fired.length; index++) {
    const { event: { kind, standing }, result } = fired[index]!;
    if (kind !== 'op') continue;
    const { isPlain, writes } = standing!.action;
    if (writes !== undefined && writes.countedBy !== end) {
      writes.countedBy = end;
      deeds.written.push(writes);
    }
    if (isPlain) deeds.havePlain = true;
    if (result === 'not-held' || result === 'held-by-another') deeds.haveMisuse = true;
  }
  return deeds;
}

/** What was written to logs. */
function observedIn({ world, options }: AgentSystem): Record<string, string> | undefined {
  let observed: Record<string, string> | undefined;
  if (world.observed.size === 0) return undefined;
  for (const [log, lines] of world.observed) if (lines.value.length > 0 && options.isHidden?.(log) !== true) (observed ??= {})[log] = lines.value.join(', ');
  return observed;
}

function blockedTasks(system: AgentSystem, isTruncated: boolean): readonly BlockedTask[] {
  let blocked: BlockedTask[] | undefined;
  for (const player of system.players) for (const task of blockedOf(player, system, isTruncated)) (blocked ??= []).push(task);
  if (blocked === undefined) return NOTHING;
  // What a started thread has asked for matters to tasks that never end; by itself it may rightly wait for ever.
  return [...blocked, ...system.players.flatMap(({ name, isAlive }) => (isAlive.value && !system.tasksOf.has(name) ? askedFor(name, system, isTruncated) : NOTHING))];
}

/** Of an execution that was cut nobody knows whether a task waits for what it has asked for. */
function askedFor(agent: string, { world }: AgentSystem, isTruncated: boolean): readonly BlockedTask[] {
  return isTruncated ? NOTHING : world.waitsAt(agent).map((wait) => ({ agent, ...wait }));
}

function blockedOf({ name, node: { value: node }, actor, isAlive }: Player, system: AgentSystem, isTruncated: boolean): readonly BlockedTask[] {
  const { tasksOf, world } = system;
  const { next, report } = node;
  if (!isAlive.value) return NOTHING;
  if (next?.kind === 'op') {
    const isStuck = actor.suspension.value !== undefined || !next.action.isEnabled();
    return isStuck ? [{ agent: name, task: next.task, site: next.action.op.site, waits: next.action.waits, resource: next.action.resource }] : NOTHING;
  }
  const stuck = world.stuckAt(name);
  if (stuck !== undefined) return [{ agent: name, task: name, site: -1, ...stuck }];
  const tasks = tasksOf.get(name);
  if (tasks === undefined || haveFinished(tasks, report)) return NOTHING;
  const asked = askedFor(name, system, isTruncated);
  return tasks.filter((id) => !report.finished.has(id)).map((id) => asked.find(({ task }) => task === id) ?? { agent: name, task: id, site: -1, waits: 'nothing', resource: '' });
}

function haveFinished(tasks: readonly string[], { finished }: AgentReport): boolean {
  for (let rank = 0; rank < tasks.length; rank++) if (!finished.has(tasks[rank]!)) return false;
  return true;
}

const NOTHING: readonly never[] = [];
