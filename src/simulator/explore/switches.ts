import type { Execution, OnExecution, PendingEvent, SearchOptions, SearchSummary } from './execution.js';
import { searchDepthFirst, type Rules } from './depth-first.js';
import type { Footprint } from './footprint.js';
import type { Run } from './run.js';
import { TraceClass } from './trace-class.js';

/**
 * Explores the orders with at most a given number of switches. Equivalent prefixes lead to the same state, so of those that also
 * ended with the same task only the one with the fewest switches is followed; a class is reported once.
 */
class SwitchBound<R> implements Rules<R> {
  readonly #most: number;
  readonly #class = new TraceClass();
  readonly #fewest = new Map<string, number>();
  readonly #reported = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  choices(run: Run<R>, enabled: readonly PendingEvent[]): readonly PendingEvent[] {
    const { task } = run;
    const other = enabled.find((event) => event.task !== task);
    // To leave a task is a switch wherever one goes from it.
    if (other === undefined || !run.isSwitchTo(other.task, enabled)) return enabled;
    const stay = enabled.filter((event) => event.task === task);
    return run.switches >= this.#most ? stay : stay.concat(enabled.filter((event) => event.task !== task));
  }

  isWorthwhile(run: Run<R>, depth: number, event: PendingEvent, footprint: Footprint): boolean {
    this.#class.add(depth, event, footprint);
    const place = this.#class.name(depth + 1) + event.task;
    const known = this.#fewest.get(place);
    if (known !== undefined && known <= run.switches) return false;
    this.#fewest.set(place, run.switches);
    return true;
  }

  isReported(run: Run<R>): boolean {
    const name = this.#class.name(run.length);
    if (this.#reported.has(name)) return false;
    this.#reported.add(name);
    return true;
  }
}

/** Every class that has an order with at most `most` switches, once. */
export function exploreBySwitches<R>(start: () => Execution<R>, most: number, options: SearchOptions, onExecution: OnExecution<R>): SearchSummary {
  return searchDepthFirst(start, new SwitchBound<R>(most), options, onExecution);
}
