import type { Trace, TraceStep } from '../../model/index.js';

/** What a shared location holds at one step of the run. */
export interface LocationValue {
  readonly location: string;
  /** Absent as long as no step has told it. */
  readonly value?: string;
  /** What it held before this very step, if the step has changed it. */
  readonly previous?: string;
}

/** Every location's value right after the step at `index`, in the order in which the run first touches them. */
export function valuesAt(trace: Trace, index: number): readonly LocationValue[] {
  const values = new Map<string, string | undefined>();
  for (const step of trace.steps) if (step.location !== undefined && !values.has(step.location)) values.set(step.location, heldBefore(step));
  for (const step of trace.steps.slice(0, index + 1)) if (step.location !== undefined) values.set(step.location, heldAfter(step) ?? values.get(step.location));
  const current = trace.steps[index];
  return [...values].map(([location, value]) => ({
    location,
    ...(value === undefined ? {} : { value }),
    ...(current?.location === location && isChange(current) ? { previous: current.before } : {}),
  }));
}

/** True for a step after which its location holds something else. */
export function isChange(step: TraceStep): step is TraceStep & { readonly before: string; readonly after: string } {
  return isWrite(step) && step.before !== undefined && step.after !== undefined && step.before !== step.after;
}

/** True for an access whose location and value are known; its text says no more than these. */
export function isAccess(step: TraceStep): step is TraceStep & { readonly location: string; readonly after: string } {
  return (isWrite(step) || step.kind === 'read') && step.location !== undefined && step.after !== undefined;
}

function isWrite({ kind }: TraceStep): boolean {
  return kind === 'write' || kind === 'update';
}

function heldBefore(step: TraceStep): string | undefined {
  return step.before ?? (isWrite(step) ? undefined : step.after);
}

function heldAfter(step: TraceStep): string | undefined {
  return step.after ?? step.before;
}
