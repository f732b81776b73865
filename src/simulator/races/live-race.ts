import type { Outcome, Scenario, TaskPlan } from '../../model/index.js';
import type { AgentHost } from '../agents/index.js';
import type { Execution, Footprint, PendingEvent } from '../explore/index.js';
import type { LoopEvent } from '../runtime/loop.js';
import { isAbort } from '../runtime/loop-abort.js';
import { observe } from '../runtime/observation.js';
import { SubjectFailure } from '../runtime/runner.js';
import { Tracing } from '../runtime/tracing.js';
import { localKinds } from '../host/kinds.js';
import { LocalHost } from '../host/messages/index.js';
import { stepLimit } from '../runtime/scenario-execution.js';
import { ProgramHost } from './program-host.js';
import { answerOf, RaceInstance } from './race-agent.js';
import type { RaceEnd } from './race-end.js';
import type { RaceParts } from './race-runner.js';

/** A scenario whose tasks all run in one agent: turns are atomic, and each execution runs it from the start. */
export class LiveRace {
  readonly #parts: RaceParts;
  readonly #host: ProgramHost;
  readonly #tasks: readonly TaskPlan[];

  constructor(parts: RaceParts) {
    this.#parts = parts;
    const names = [...parts.plan.tasks.keys()];
    this.#host = new ProgramHost(parts.race, parts.subject, 'main', new Set(names));
    this.#tasks = names.map((id) => ({ id, name: id, path: { root: 'default', steps: [] }, arguments: [] }));
  }

  start(secret: number, isTraced: boolean): Execution<RaceEnd> {
    const port = localPort(this.#host);
    const instance = new RaceInstance('main', this.#host, { kind: 'main' }, secret, port, isTraced ? this.#scenario : undefined);
    instance.start();
    return new LiveExecution(instance, this.#host, this.#parts, secret, this.#scenario);
  }

  /** What a trace and the names of locations have to know. */
  get #scenario(): Scenario {
    const { program, regions, assumptions, seed } = this.#parts.race;
    return { version: 1, program, setup: {}, prelude: [], tasks: this.#tasks, regions, effects: 'all', assumptions, seed };
  }
}

/** There is but one agent: channels are its own, and nothing else is shared. */
function localPort({ loop }: ProgramHost): AgentHost {
  return new LocalHost(loop, localKinds);
}

class LiveExecution implements Execution<RaceEnd> {
  readonly #instance: RaceInstance;
  readonly #host: ProgramHost;
  readonly #parts: RaceParts;
  readonly #secret: number;
  readonly #scenario: Scenario;

  constructor(instance: RaceInstance, host: ProgramHost, parts: RaceParts, secret: number, scenario: Scenario) {
    this.#instance = instance;
    this.#host = host;
    this.#parts = parts;
    this.#secret = secret;
    this.#scenario = scenario;
  }

  enabled(): readonly PendingEvent[] {
    return this.#instance.enabled();
  }

  fire(event: PendingEvent): Footprint {
    try {
      return this.#instance.fire(event as LoopEvent);
    } catch (error) {
      if (!isAbort(error)) throw error;
      const range = this.#host.program.sites[this.#instance.site]?.range;
      throw new SubjectFailure({ reason: error.limit === 'steps' ? `the code ran ${stepLimit} steps without coming to rest` : error.limit, ...(range && { range }), ...(error.overrun && { limit: error.overrun }) });
    }
  }

  isFinished(task: string): boolean {
    return this.#host.loop.isFinished(task);
  }

  result(): RaceEnd {
    const { report, plan, recorder } = this.#instance;
    const { opaque, assumptions, unmodelled, keepers } = this.#host;
    for (const [condition, assumption] of assumptions.asked) this.#parts.asked.set(condition, assumption);
    for (const what of unmodelled) this.#parts.unmodelled.add(what);
    const unfinished = [...plan!.tasks.keys()].filter((task) => !report.finished.has(task));
    // A task that nobody seems to go on with may be gone on with by what has no model.
    if (unfinished.length > 0) for (const what of keepers) this.#parts.unmodelled.add(`${what} keeps functions that it is given`);
    const isTruncated = this.#instance.enabled().length > 0;
    const answer = answerOf(plan!, opaque, (question) => this.#instance.ask(question));
    const results: Record<string, string> = { ...report.results };
    for (const task of unfinished) results[task] = 'never finished';
    if (report.unhandled.length > 0) results['unhandled'] = report.unhandled.map(({ text }) => text).sort().join('; ');
    const state = answer.state ?? Object.fromEntries(observe(recorder, this.#scenario, opaque));
    const outcome: Outcome = { state: sorted(state), results: sorted(results), effects: recorder.effects() };
    return {
      outcome, steps: [], holds: [], misuses: [], unhandled: report.unhandled, isTruncated, secret: this.#secret, torn: report.torn, isBounded: report.isBounded,
      blocked: isTruncated ? [] : unfinished.map((task) => ({ agent: 'main', task, site: -1, waits: 'nothing' as const, resource: '' })),
      ...(answer.invariant && { invariant: answer.invariant }), ...(answer.observed !== undefined && { observed: answer.observed }),
      asked: [...assumptions.asked.values()], ...(recorder instanceof Tracing && { trace: recorder.trace(outcome) }),
    };
  }
}

function sorted(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
