import type { Execution, OnExecution, PendingEvent, SearchOptions, SearchSummary } from './execution.js';
import { searchDepthFirst, type Rules } from './depth-first.js';
import type { Footprint } from './footprint.js';
import type { Run } from './run.js';
import { TraceClass } from './trace-class.js';

/**
 * The tasks one after the other, in every order: a task starts when none that has started can go on. (One that waits for a task
 * which has not started is left waiting.)
 */
export function exploreSerially<R>(start: () => Execution<R>, options: SearchOptions, onExecution: OnExecution<R>): SearchSummary {
  return searchDepthFirst(start, { choices: serialChoices }, options, onExecution);
}

/**
 * As `exploreSerially`, but of orders that are equivalent and end with the same task only one is followed: nothing else decides what may
 * come next. So a task that waits for n things at once has not n! ways to end.
 */
export function exploreSerialClasses<R>(start: () => Execution<R>, options: SearchOptions, onExecution: OnExecution<R>): SearchSummary {
  const classes = new TraceClass();
  const seen = new Set<string>();
  const isWorthwhile = (_run: Run<R>, depth: number, event: PendingEvent, footprint: Footprint): boolean => {
    classes.add(depth, event, footprint);
    const place = classes.name(depth + 1) + event.task;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  };
  const rules: Rules<R> = { choices: serialChoices, isWorthwhile };
  return searchDepthFirst(start, rules, options, onExecution);
}

function serialChoices<R>(run: Run<R>, enabled: readonly PendingEvent[]): readonly PendingEvent[] {
  const current = run.task;
  const own = enabled.filter((event) => event.task === current);
  if (own.length > 0) return own;
  const begun = enabled.filter((event) => event.id !== event.task);
  return begun.length > 0 ? begun : enabled;
}
