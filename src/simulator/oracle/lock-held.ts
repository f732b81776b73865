import type { Problem } from '../../model/index.js';
import type { ExecutionEnd } from './execution-end.js';
import { holdsAsLocks, wasEverReleased } from './semaphore-use.js';
import { stepNumber } from './wording.js';

/** Locks that tasks kept when they ended. What a blocked task holds is not kept: it belongs to the deadlock. */
export function lockHeld(end: ExecutionEnd): Problem | undefined {
  if (end.isTruncated || end.holds.length === 0) return undefined;
  const kept = holdsAsLocks(end).filter(({ task, resource, of }) => !end.blocked.some((blocked) => blocked.task === task) && of !== 'web-lock' && (of !== 'semaphore' || wasEverReleased(end, resource)));
  if (kept.length === 0) return undefined;
  const lines = kept.map(({ task, resource, step }) => `${task} ended and still holds ${resource} (acquired in ${stepNumber(step)})`);
  return { kind: 'lock-held', message: lines.join('\n'), steps: kept.map(({ step }) => step) };
}
