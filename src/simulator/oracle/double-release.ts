import type { Problem } from '../../model/index.js';
import type { Asks } from './asks.js';
import type { ExecutionEnd } from './execution-end.js';
import { stepPlace } from './wording.js';

/** Releases of what was not held: a second unlock, or an unlock of another task's lock. */
export function doubleRelease(end: ExecutionEnd, asks: Asks): Problem | undefined {
  if (end.misuses.length === 0) return undefined;
  // Steps are dear to write down, so they are only asked for here.
  const { misuses, steps } = end;
  const lines = misuses.map(({ step, text }) => `${text} (${stepPlace(steps[step]!, asks)})`);
  return { kind: 'double-release', message: lines.join('\n'), steps: misuses.map(({ step }) => step) };
}
