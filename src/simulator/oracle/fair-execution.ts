import type { Schedule } from '../../model/index.js';
import { scheduleOf, type Execution, type PathStep, type PendingEvent } from '../explore/execution.js';

export interface FairExecution<R> {
  readonly result: R;
  readonly schedule: Schedule;
}

/**
 * One execution in which the tasks take turns: next comes whoever has waited longest. Searches prefer to let one task run, so tasks
 * that keep each other busy (livelock) show in such an execution first. It is cut after `maxTurns`.
 */
export function fairExecution<R>(start: () => Execution<R>, maxTurns: number): FairExecution<R> {
  const execution = start();
  const lastTurns = new Map<string, number>();
  const steps: PathStep[] = [];
  for (let turn = 0; turn < maxTurns; turn++) {
    const event = longestWaiting(execution.enabled(), lastTurns);
    if (event === undefined) break;
    const { id, task, label } = event;
    const isSwitch = steps.length > 0 && steps[steps.length - 1]!.task !== task;
    steps.push({ id, task, label, isSwitch });
    lastTurns.set(task, turn);
    execution.fire(event);
  }
  return { result: execution.result(), schedule: scheduleOf(steps) };
}

function longestWaiting(enabled: readonly PendingEvent[], lastTurns: ReadonlyMap<string, number>): PendingEvent | undefined {
  let chosen: PendingEvent | undefined;
  for (const event of enabled) {
    if (chosen === undefined || (lastTurns.get(event.task) ?? -1) < (lastTurns.get(chosen.task) ?? -1)) chosen = event;
  }
  return chosen;
}
