import type { Schedule } from '../../model/index.js';
import { scheduleOf, type Execution, type Path, type PathStep, type PendingEvent } from './execution.js';
import type { Footprint } from './footprint.js';
import { put } from './lists.js';
import { NondeterminismError } from './nondeterminism.js';

/** What was seen before a choice, to be seen again whenever the same past is replayed. */
export interface Fork {
  /** The enabled events. */
  readonly enabled: readonly PendingEvent[];
}

/** An execution under way, with the path it took. It serves a whole search: the execution is rewound, or another one takes its place. */
export class Run<R> implements Path {
  execution: Execution<R>;
  readonly canRewind: boolean;
  switches = 0;
  isTruncated = false;
  /** How many events were fired, whether they were taken back or not. */
  fired = 0;
  /** Fired events; what is taken back, or belongs to the execution before, stays until it is overwritten. */
  readonly #events: PendingEvent[] = [];
  readonly #isSwitch: boolean[] = [];
  length = 0;

  constructor(execution: Execution<R>) {
    this.execution = execution;
    this.canRewind = execution.rewind !== undefined;
  }

  /** The task of the last fired event. */
  get task(): string | undefined {
    return this.length === 0 ? undefined : this.#events[this.length - 1]!.task;
  }

  get steps(): readonly PathStep[] {
    return this.#events.slice(0, this.length).map(({ id, task, label }, index) => ({ id, task, label, isSwitch: this.#isSwitch[index]! }));
  }

  /** Whether firing an event of `task` now leaves a task that could go on. */
  isSwitchTo(task: string, enabled: readonly PendingEvent[] = this.execution.enabled()): boolean {
    const last = this.task;
    if (last === undefined || last === task || this.execution.isFinished?.(last) === true) return false;
    for (let i = 0; i < enabled.length; i++) if (enabled[i]!.task === last) return true;
    return this.execution.blocked?.().some((event) => event.task === last && event.isSpinning === true) ?? false;
  }

  fire(event: PendingEvent): Footprint {
    const isSwitch = this.isSwitchTo(event.task);
    if (isSwitch) this.switches++;
    put(this.#events, this.length, event);
    put(this.#isSwitch, this.length++, isSwitch);
    this.fired++;
    return this.execution.fire(event);
  }

  /** Back to the state before the event at `depth`; only where `canRewind`. */
  rewind(depth: number): void {
    for (let at = depth; at < this.length; at++) if (this.#isSwitch[at]) this.switches--;
    this.length = depth;
    this.isTruncated = false;
    this.execution.rewind!(depth);
  }

  /** Starts again, in a fresh execution; it can be led along the path of the one before. */
  restart(execution: Execution<R>): void {
    this.execution = execution;
    this.length = 0;
    this.switches = 0;
    this.isTruncated = false;
  }

  /** Fires the event that the execution before fired after the same past, at `fork`. */
  replay(fork: Fork): void {
    const at = this.length;
    const event = this.eventAt(fork, this.#events[at]!.id);
    this.#events[at] = event;
    if (this.#isSwitch[at]) this.switches++;
    this.length++;
    this.fired++;
    if (this.execution.refire === undefined) this.execution.fire(event);
    else this.execution.refire(event);
  }

  /** The event to fire at a choice that was seen before. */
  eventAt(fork: Fork, id: string): PendingEvent {
    const enabled = this.execution.enabled();
    if (isSame(enabled, fork.enabled)) for (let i = 0; i < enabled.length; i++) if (enabled[i]!.id === id) return enabled[i]!;
    throw new NondeterminismError(this.schedule(), idsOf(fork.enabled), idsOf(enabled));
  }

  schedule(): Schedule {
    return scheduleOf(this.steps);
  }
}

export function idsOf(events: readonly PendingEvent[]): string[] {
  return events.map((event) => event.id);
}

function isSame(events: readonly PendingEvent[], others: readonly PendingEvent[]): boolean {
  if (events.length !== others.length) return false;
  for (let i = 0; i < others.length; i++) if (events[i] !== others[i] && events[i]!.id !== others[i]!.id) return false;
  return true;
}
