import type { Trace, TraceStep } from '../../model/index.js';

/** What one task is doing at one step of the run. */
export type TaskStatus =
  | { readonly kind: 'not-started' }
  | { readonly kind: 'running'; readonly line: number; readonly locks: readonly string[] }
  | { readonly kind: 'waiting'; readonly line: number; readonly text: string; readonly locks: readonly string[] }
  | { readonly kind: 'finished'; readonly text: string; readonly failed: boolean };

export const notStarted: TaskStatus = { kind: 'not-started' };

/** The status of a task that has just made this step. */
export function applyStep({ kind, text, start, locks }: TraceStep): TaskStatus {
  if (kind === 'return' || kind === 'throw') return { kind: 'finished', text, failed: kind === 'throw' };
  return kind === 'suspend' || kind === 'wait' ? { kind: 'waiting', line: start.line, text, locks } : { kind: 'running', line: start.line, locks };
}

/** How a task stands that was left in the middle: a thread of its own may be stopped anywhere. */
export function leftAt(trace: Trace, task: string): string {
  return isThread(trace, task) ? 'is interrupted' : 'is suspended';
}

/** Agents beside the main one can be stopped anywhere. */
export function isThread({ tasks }: Trace, task: string): boolean {
  return tasks.some(({ id, agent }) => id === task && agent !== 'main');
}

/** Every task's status right after the step at `index`, in the order of the lanes. */
export function statusesAt(trace: Trace, index: number): readonly TaskStatus[] {
  const last = new Map<string, TraceStep>();
  for (const step of trace.steps.slice(0, index + 1)) last.set(step.task, step);
  const current = trace.steps[index]?.task;
  return trace.tasks.map(({ id }) => {
    const step = last.get(id);
    const status = step ? applyStep(step) : notStarted;
    const wasLeft = status.kind === 'running' && id !== current;
    return wasLeft ? { ...status, kind: 'waiting', text: leftAt(trace, id) } : status;
  });
}
