import type { Schedule } from '../../model/index.js';
import { scheduleOf, type Execution, type Path, type PathStep, type PendingEvent } from './execution.js';
import type { Footprint } from './footprint.js';
import { NondeterminismError } from './nondeterminism.js';

/** What was seen before a choice, to be seen again whenever the same past is replayed. */
export interface Fork {
  /** Ids of the enabled events. */
  readonly enabled: readonly string[];
}

/** An execution under way, with the path it took. */
export class Run<R> implements Path {
  readonly execution: Execution<R>;
  readonly steps: PathStep[] = [];
  switches = 0;
  isTruncated = false;

  constructor(execution: Execution<R>) {
    this.execution = execution;
  }

  /** Whether firing an event of `task` now leaves a task that could go on. */
  isSwitchTo(task: string, enabled: readonly PendingEvent[] = this.execution.enabled()): boolean {
    const last = this.steps[this.steps.length - 1];
    if (last === undefined || last.task === task) return false;
    if (this.execution.isFinished?.(last.task) === true) return false;
    return enabled.some((event) => event.task === last.task);
  }

  fire(event: PendingEvent): Footprint {
    const isSwitch = this.isSwitchTo(event.task);
    if (isSwitch) this.switches++;
    this.steps.push({ id: event.id, task: event.task, label: event.label, isSwitch });
    return this.execution.fire(event);
  }

  /** Fires the event that was chosen at `fork` when this past was seen before. */
  replay(fork: Fork, id: string): Footprint {
    return this.fire(this.eventAt(fork, id));
  }

  /** The event to fire at a choice that was seen before. */
  eventAt(fork: Fork, id: string): PendingEvent {
    const enabled = this.execution.enabled();
    if (isSame(enabled, fork.enabled)) for (let i = 0; i < enabled.length; i++) if (enabled[i]!.id === id) return enabled[i]!;
    throw this.#diverged(fork.enabled, enabled);
  }

  #diverged(recorded: readonly string[], enabled: readonly PendingEvent[]): NondeterminismError {
    return new NondeterminismError(this.schedule(), recorded, idsOf(enabled));
  }

  schedule(): Schedule {
    return scheduleOf(this.steps);
  }
}

export function idsOf(events: readonly PendingEvent[]): string[] {
  return events.map((event) => event.id);
}

function isSame(events: readonly PendingEvent[], ids: readonly string[]): boolean {
  if (events.length !== ids.length) return false;
  for (let i = 0; i < ids.length; i++) if (events[i]!.id !== ids[i]) return false;
  return true;
}
