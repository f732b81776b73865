import type { Outcome } from '../../../src/model/index.js';
import type { ExecutionEnd, LoggedKind, LoggedStep } from '../../../src/simulator/oracle/index.js';

/** A step without its number. Each task runs in an agent of its own name. */
export type Step = Omit<LoggedStep, 'index'>;

export function step(task: string, kind: LoggedKind, resource?: string, more: Partial<Step> = {}): Step {
  return { agent: task, task, site: -1, kind, isAtomic: true, ...(resource !== undefined && { resource }), ...more };
}

/** A plain access of an element of four bytes, `x[0]` at byte 0, `x[1]` at byte 4; buffers are the letters. */
export function plain(task: string, kind: 'read' | 'write', resource: string, more: Partial<Step> = {}): Step {
  return step(task, kind, resource, { isAtomic: false, bytes: bytesOf(resource), ...more });
}

export function atomic(task: string, kind: 'read' | 'write' | 'update' | 'wait' | 'notify', resource: string, more: Partial<Step> = {}): Step {
  return step(task, kind, resource, { bytes: bytesOf(resource), ...more });
}

function bytesOf(resource: string): { buffer: string; offset: number; size: number } {
  const [, buffer, index] = /^(\w+)(?:\[(\d+)\])?$/.exec(resource)!;
  return { buffer: buffer!, offset: 4 * Number(index ?? 0), size: 4 };
}

export function numbered(steps: readonly Step[]): LoggedStep[] {
  return steps.map((each, index) => ({ index, ...each }));
}

export interface EndParts extends Partial<Omit<ExecutionEnd, 'steps'>> {
  readonly steps?: readonly Step[];
}

export function end({ steps = [], ...parts }: EndParts = {}): ExecutionEnd {
  return { outcome: outcome(), blocked: [], holds: [], misuses: [], unhandled: [], isTruncated: false, ...parts, steps: numbered(steps) };
}

export function outcome(state: Record<string, string> = {}, results: Record<string, string> = {}): Outcome {
  return { state, results, effects: {} };
}
