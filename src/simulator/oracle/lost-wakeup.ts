import type { Problem } from '../../model/index.js';
import type { Asks } from './asks.js';
import type { BlockedTask, ExecutionEnd, LoggedStep } from './execution-end.js';
import { dependsOnlyOn, waitText } from './deadlock.js';
import { waitsOf } from './wait-for.js';
import { stepPlace } from './wording.js';

/** A task that waits for good, and the notify that came too early for it. */
export interface LostWakeup {
  readonly blocked: BlockedTask;
  readonly wait: LoggedStep;
  readonly notify: LoggedStep;
}

/**
 * A task waits for a notify or a signal that was given while nobody waited: between its check and its wait, or where it checked
 * nothing at all. A notify of which its check took notice is not lost, however vainly the task waits; that is a plain deadlock.
 */
export function findLostWakeups(end: ExecutionEnd): readonly LostWakeup[] {
  if (end.isTruncated || end.blocked.length === 0) return [];
  return end.blocked.flatMap((blocked) => lostWakeupOf(end, blocked) ?? []);
}

function lostWakeupOf(end: ExecutionEnd, blocked: BlockedTask): LostWakeup | undefined {
  if (blocked.waits !== 'notify' && blocked.waits !== 'signal') return undefined;
  const { steps } = end;
  const at = steps.findLastIndex(({ kind, task, resource }) => kind === 'wait' && task === blocked.task && resource === blocked.resource);
  if (at < 0) return undefined;
  const woken = new Set(steps.map(({ kind, enabledBy }) => (kind === 'wake' ? enabledBy : undefined)));
  const notify = steps.findLast(({ kind, index, task, resource }) =>
    kind === 'notify' && index < at && task !== blocked.task && resource === blocked.resource && !woken.has(index) && !tookNotice(steps, blocked.task, at, index));
  return notify && { blocked, wait: steps[at]!, notify };
}

/**
 * Before it waited, the task read all that the notify told of: the places that the notifier wrote on its way to it and that the
 * task looks at. A notify that told of no such place went unseen.
 */
function tookNotice(steps: readonly LoggedStep[], task: string, wait: number, notify: number): boolean {
  const lastReads = new Map<string, number>();
  for (const step of steps.slice(0, wait)) if (step.task === task && isRead(step)) lastReads.set(step.resource!, step.index);
  const looked = [...writtenFor(steps, notify)].filter(([resource]) => lastReads.has(resource));
  return looked.length > 0 && looked.every(([resource, written]) => lastReads.get(resource)! > written);
}

/** What the notifier wrote since its last notify of the same kind, with the step of the last write. */
function writtenFor(steps: readonly LoggedStep[], notify: number): ReadonlyMap<string, number> {
  const { task, resource } = steps[notify]!;
  const written = new Map<string, number>();
  for (let at = notify - 1; at >= 0; at--) {
    const step = steps[at]!;
    if (step.task !== task) continue;
    if (step.kind === 'notify' && step.resource === resource) break;
    if ((step.kind === 'write' || step.kind === 'update') && step.resource !== undefined && !written.has(step.resource)) written.set(step.resource, at);
  }
  return written;
}

function isRead({ kind, resource }: LoggedStep): boolean {
  return resource !== undefined && (kind === 'read' || kind === 'update');
}

export function lostWakeup(end: ExecutionEnd, asks: Asks, lost: readonly LostWakeup[]): Problem | undefined {
  if (lost.length === 0) return undefined;
  const tasks = new Set(lost.map(({ blocked }) => blocked.task));
  const waits = waitsOf(end);
  const followers = waits.filter((wait) => !tasks.has(wait.blocked.task) && dependsOnlyOn(wait, tasks, waits));
  return {
    kind: 'lost-wakeup',
    message: [...lost.map((each) => lostText(each, asks)), ...followers.map((wait) => waitText(wait, end.blocked, asks))].join('\n'),
    steps: [...new Set(lost.flatMap(({ notify, wait }) => [notify.index, wait.index]))],
  };
}

function lostText({ blocked, wait, notify }: LostWakeup, asks: Asks): string {
  const what = blocked.waits === 'notify' ? 'notified' : 'signalled';
  return `${notify.task} ${what} ${blocked.resource} (${stepPlace(notify, asks)}) while nobody waited; ${blocked.task} began to wait afterwards (${stepPlace(wait, asks)}) and is never woken`;
}
