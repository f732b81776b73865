import type { Outcome, Scenario, TaskPlan, Trace, TraceStep, TraceStepKind } from '../../model/index.js';
import type { Moment } from '../host/react/index.js';
import { SETUP, type EventLoop } from './loop.js';
import { wholeContents, type AccessKind } from './locations.js';
import { describeLocation } from './observation.js';
import type { OpaqueValues } from './opaque.js';
import { Recording, type RecordingPlan } from './recording.js';
import { render } from './render.js';

interface DraftStep {
  readonly kind: TraceStepKind;
  readonly task: string;
  readonly turn: number;
  readonly site: number;
  readonly text: string;
  /** Its number within the execution. */
  readonly location?: number;
  readonly name?: string;
  readonly before?: string;
  readonly after?: string;
  /** Rank among all recorded accesses, as the oracle counts them. */
  readonly rank?: number;
}

/** A recording that also writes down every step, for a person to read. */
export class Tracing extends Recording {
  readonly #drafts: DraftStep[] = [];
  readonly #last = new Map<number, string>();
  readonly #scenario: Scenario;
  readonly #bodies = new Map<string, number>();
  /** Where each task was suspended last. */
  readonly #suspensions = new Map<string, number>();

  constructor(loop: EventLoop, opaque: OpaqueValues, plan: RecordingPlan, scenario: Scenario) {
    super(loop, opaque, plan);
    this.#scenario = scenario;
  }

  started(plan: TaskPlan): void {
    this.#drafts.push({ kind: 'start', task: plan.id, turn: this.loop.turn, site: -1, text: `starts ${plan.name}` });
  }

  finished(task: string, kind: 'return' | 'throw', text: string): void {
    this.#drafts.push({ kind, task, turn: this.loop.turn, site: this.#bodies.get(task) ?? -1, text });
  }

  override enter(site: number): void {
    super.enter(site);
    const { task } = this.loop;
    if (!this.#bodies.has(task)) this.#bodies.set(task, site);
  }

  override access(site: number, kind: AccessKind, object: object, key: PropertyKey, value: unknown): void {
    const rank = this.steps;
    super.access(site, kind, object, key, value);
    const location = this.locationOf(object, key).number;
    const name = describeLocation(object, key, this.#scenario.program.sites[site]!.text);
    const after = render(key === wholeContents ? object : value, this.opaque);
    const before = this.#last.get(location);
    this.#last.set(location, after);
    const text = kind === 'read' ? `reads ${name}: ${after}` : `${kind === 'write' ? 'writes' : 'updates'} ${name}: ${before === undefined || before === after ? '' : `${before} → `}${after}`;
    this.#step(kind, site, text, { location, name, rank, ...(kind !== 'read' && before !== undefined && { before }), after });
  }

  override shown(site: number, object: object, key: PropertyKey, value: unknown, since: Moment): void {
    const rank = this.steps;
    super.shown(site, object, key, value, since);
    const name = this.#scenario.program.sites[site]!.text;
    const after = render(value, this.opaque);
    this.#step('read', site, `reads ${name} as it was rendered: ${after}`, { location: this.locationOf(object, key).number, name, rank, after });
  }

  override call(site: number, label: string, name: string, isUndone?: () => boolean): void {
    const rank = this.steps;
    super.call(site, label, name, isUndone);
    this.#step('call', site, `calls ${label}`, { rank });
  }

  override suspend(site: number, awaited: unknown): void {
    super.suspend(site, awaited);
    this.#suspensions.set(this.loop.task, site);
    const what = this.opaque.is(awaited) ? this.opaque.labelOf(awaited) : this.#scenario.program.sites[site]!.text.replace(/^(await|yield)\s+/, '');
    this.#step('suspend', site, `waits for ${what}`, {});
  }

  override resume(site: number, value: unknown): void {
    super.resume(site, value);
    const event = this.loop.turnEvent;
    this.#step('resume', site, event ? `goes on: ${event.label}` : 'goes on', {});
  }

  /** No `resume` comes: the code goes on in a `catch`, or behind it. */
  override failed(label: string): void {
    super.failed(label);
    this.#step('resume', this.#suspensions.get(this.loop.task) ?? -1, `goes on: ${label}`, {});
  }

  trace(outcome: Outcome): Trace {
    const isOurs = new Set(this.#scenario.tasks.map(({ id }) => id));
    const shared = this.#sharedLocations(isOurs);
    const shown = this.#drafts.filter((draft) => isOurs.has(draft.task) && (draft.location === undefined || shared.has(draft.location)));
    // Set-up has turns of its own, which nobody is shown.
    const turns = [...new Set(shown.map(({ turn }) => turn))];
    const steps = shown.map((draft, index): TraceStep => {
      const range = this.#rangeOf(draft);
      const { kind, task, text } = draft;
      const turn = turns.indexOf(draft.turn) + 1;
      const before = shown[index - 1];
      // A task that goes on in a turn in which another one has just run owes it to that one: a promise settled, a lock released.
      const isCaused = kind === 'resume' && before?.turn === draft.turn && before.task !== task;
      return { index, turn, task, kind, ...range, text, ...(draft.name !== undefined && { location: draft.name }), ...(draft.before !== undefined && { before: draft.before }), ...(draft.after !== undefined && { after: draft.after }), locks: [], ...(isCaused && { cause: index - 1 }) };
    });
    const torn = this.torn[0];
    const place = (rank: number): number => shown.findIndex((draft) => draft.rank === rank);
    const conflict = torn && ([writtenFrom(shown, place(torn.act.step)), place(torn.write.step)] as const);
    return {
      tasks: this.#scenario.tasks.map(({ id, name }) => ({ id, name, agent: this.loop.agent })),
      steps, outcome,
      ...(conflict && conflict[0] >= 0 && conflict[1] >= 0 && { conflict }),
    };
  }

  /** Locations of the regions, and those that one task writes and another one uses. */
  #sharedLocations(isOurs: ReadonlySet<string>): Set<number> {
    const users = new Map<number, Set<string>>();
    const written = new Set<number>();
    for (const { location, task, kind } of this.#drafts) {
      if (location === undefined || !isOurs.has(task)) continue;
      users.set(location, (users.get(location) ?? new Set()).add(task));
      if (kind !== 'read') written.add(location);
    }
    const shared = [...users].filter(([location, tasks]) => tasks.size > 1 && written.has(location)).map(([location]) => location);
    return new Set([...shared, ...this.observed.map(({ number }) => number)]);
  }

  #rangeOf({ site, task }: DraftStep): Pick<TraceStep, 'file' | 'start' | 'end'> {
    const place = this.#scenario.program.sites[site >= 0 ? site : this.#bodies.get(task) ?? 0];
    const range = place?.range ?? { file: this.#scenario.program.file, start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
    if (site >= 0 && !this.#isBody(site)) return range;
    // A function as a whole is marked at its head.
    return { file: range.file, start: range.start, end: range.start.line === range.end.line ? range.end : { line: range.start.line, column: range.start.column + 1 } };
  }

  #isBody(site: number): boolean {
    return [...this.#bodies.values()].includes(site);
  }

  #step(kind: TraceStepKind, site: number, text: string, more: Partial<DraftStep>): void {
    if (this.loop.task === SETUP) return;
    this.#drafts.push({ kind, site, text, task: this.loop.task, turn: this.loop.turn, ...more });
  }
}

/** The write of a compound act such as `balance -= amount`, whose read has the same place and comes first. */
function writtenFrom(steps: readonly DraftStep[], act: number): number {
  const step = steps[act];
  if (step?.kind !== 'read') return act;
  const write = steps.findIndex(({ kind, site, task, turn }, index) => index > act && kind !== 'read' && site === step.site && task === step.task && turn === step.turn);
  return write === -1 ? act : write;
}
