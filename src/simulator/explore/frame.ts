import type { PendingEvent } from './execution.js';
import { put, shorten } from './lists.js';
import type { Fork } from './run.js';
import type { Branch, Sleeper } from './wakeup-tree.js';

export const NO_EVENTS: readonly PendingEvent[] = [];

/** A choice on the current path: what sleeps there, what is being explored, what is to be explored after that. */
export class Frame implements Fork {
  /** Noted where the execution cannot be rewound, to be compared with what it offers when it is run again. */
  enabled: readonly PendingEvent[] = NO_EVENTS;
  readonly sleep: Sleeper[] = [];
  /** The first of those that fell asleep here: the ones before it did so at earlier choices. */
  inherited = 0;
  /** The branch being explored, or about to be. */
  current: Branch | undefined;
  /** What is to be explored after it. */
  readonly branches: Branch[] = [];
  /** Events that another may push aside, those of channels and cancellable ones: which of them are enabled, which wait for their guards. */
  movable: readonly PendingEvent[] = NO_EVENTS;
  waiting: readonly PendingEvent[] = NO_EVENTS;
  /** Those that the fired event pushed aside. */
  disabled: readonly PendingEvent[] = NO_EVENTS;
  /** Executions reported before the choice came up; how many branches of it are done. */
  executionsBefore = 0;
  branchesDone = 0;

  /** The choice comes up, in an execution that offers these events; `blocked` is empty where nothing can be pushed aside. */
  open(enabled: readonly PendingEvent[], blocked: readonly PendingEvent[], canRewind: boolean, executions: number): void {
    this.enabled = canRewind ? NO_EVENTS : enabled.slice();
    this.movable = movableOf(enabled);
    this.waiting = movableOf(blocked);
    this.disabled = NO_EVENTS;
    this.executionsBefore = executions;
    this.branchesDone = 0;
  }

  /** What is to be explored is this, and nothing else. */
  plan(branches: readonly Branch[]): void {
    for (let i = 0; i < branches.length; i++) put(this.branches, i, branches[i]!);
    shorten(this.branches, branches.length);
  }

  get hasMovable(): boolean {
    return this.movable.length > 0 || this.waiting.length > 0;
  }

  isAsleep(number: number): boolean {
    for (let i = 0; i < this.sleep.length; i++) if (this.sleep[i]!.number === number) return true;
    return false;
  }

  /** `fired` has been fired, and these are there now. */
  noteDisabled(fired: PendingEvent, enabled: readonly PendingEvent[], blocked: readonly PendingEvent[]): void {
    const isMissing = (event: PendingEvent): boolean => event !== fired && find(enabled, event.id) === undefined && find(blocked, event.id) === undefined;
    this.disabled = [...this.movable.filter(isMissing), ...this.waiting.filter(isMissing)];
  }
}

export function find(events: readonly PendingEvent[], id: string): PendingEvent | undefined {
  for (let i = 0; i < events.length; i++) if (events[i]!.id === id) return events[i];
  return undefined;
}

function movableOf(enabled: readonly PendingEvent[]): readonly PendingEvent[] {
  for (let i = 0; i < enabled.length; i++) if (isMovable(enabled[i]!)) return enabled.filter(isMovable);
  return NO_EVENTS;
}

/** More than its own past decides whether it can be fired. */
export function isMovable(event: PendingEvent): boolean {
  return event.channel !== undefined || event.isCancellable === true;
}
