import type { Execution, OnExecution, PendingEvent, SearchOptions, SearchSummary } from './execution.js';
import { randomNumbers, sample, type Scheduler } from './random.js';

const DEFAULT_DEPTH = 3;

/**
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010): tasks get random priorities, the
 * highest that can goes on, and at `depth` - 1 random points the running one drops below all others. A bug that needs `depth`
 * ordered events among n tasks and k turns shows with a chance of at least 1 / (n k^(depth - 1)) in each execution.
 */
export function explorePct<R>(start: () => Execution<R>, options: SearchOptions & { readonly depth?: number }, onExecution: OnExecution<R>): SearchSummary {
  const random = randomNumbers(options.seed ?? 1);
  const drops = (options.depth ?? DEFAULT_DEPTH) - 1;
  let longest = 1;
  return sample(start, () => priorities(random, drops, longest), options, (result, path) => {
    longest = Math.max(longest, path.steps.length);
    return onExecution(result, path);
  });
}

function priorities(random: () => number, drops: number, length: number): Scheduler {
  const ofTask = new Map<string, number>();
  const dropsAt = new Set(Array.from({ length: drops }, () => Math.floor(random() * length)));
  let lowest = 0;
  const priority = (event: PendingEvent): number => {
    let known = ofTask.get(event.task);
    if (known === undefined) ofTask.set(event.task, (known = random()));
    return known;
  };
  const highest = (enabled: readonly PendingEvent[]): PendingEvent[] => {
    const most = Math.max(...enabled.map(priority));
    return enabled.filter((event) => priority(event) === most);
  };
  return (enabled, step) => {
    if (dropsAt.has(step)) ofTask.set(highest(enabled)[0]!.task, --lowest);
    const first = highest(enabled);
    return first[Math.floor(random() * first.length)]!;
  };
}
