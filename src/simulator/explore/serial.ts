import type { Execution, OnExecution, PendingEvent, SearchOptions, SearchSummary } from './execution.js';
import { searchDepthFirst } from './depth-first.js';
import type { Run } from './run.js';

/**
 * The tasks one after the other, in every order: a task starts when none that has started can go on. (One that waits for a task
 * which has not started is left waiting.)
 */
export function exploreSerially<R>(start: () => Execution<R>, options: SearchOptions, onExecution: OnExecution<R>): SearchSummary {
  return searchDepthFirst(start, { choices: serialChoices }, options, onExecution);
}

function serialChoices<R>(run: Run<R>, enabled: readonly PendingEvent[]): readonly PendingEvent[] {
  const current = run.steps[run.length - 1]?.task;
  const own = enabled.filter((event) => event.task === current);
  if (own.length > 0) return own;
  const begun = enabled.filter((event) => event.id !== event.task);
  return begun.length > 0 ? begun : enabled;
}
