import type { Problem } from '../../model/index.js';
import type { ExecutionEnd } from './execution-end.js';

/** Rejections that nobody handled and errors that nobody caught. */
export function unhandled(end: ExecutionEnd): Problem | undefined {
  if (end.unhandled.length === 0) return undefined;
  const lines = end.unhandled.map(({ task, text }) => `${task}: ${text}, which nobody handles`);
  return { kind: 'unhandled', message: lines.join('\n'), steps: [] };
}
