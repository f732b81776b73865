import type { Problem } from '../../model/index.js';
import type { ExecutionEnd } from './execution-end.js';
import { outcomeText } from './wording.js';

/** The scenario's own condition on the end; an execution that was cut has none. */
export function invariant(end: ExecutionEnd): Problem | undefined {
  const said = end.invariant;
  if (said === undefined || said.holds || end.isTruncated) return undefined;
  return { kind: 'invariant', message: `${said.message || 'the invariant does not hold'} (${outcomeText(end.outcome)})`, steps: [] };
}
