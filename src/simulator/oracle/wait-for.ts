import type { BlockedTask, ExecutionEnd, Hold } from './execution-end.js';
import { holdsAsLocks } from './semaphore-use.js';

/** A blocked task, and the holds of what it waits for; none if no release can help it. */
export interface Wait {
  readonly blocked: BlockedTask;
  readonly holds: readonly Hold[];
}

/** In a cycle: the task waits for what the next one holds. */
export interface CycleLink {
  readonly blocked: BlockedTask;
  /** The next one's hold of it. */
  readonly hold: Hold;
}

export function waitsOf(end: ExecutionEnd): readonly Wait[] {
  const holds = holdsAsLocks(end);
  return end.blocked.map((blocked) => ({ blocked, holds: isReleasable(blocked) ? holds.filter(({ resource }) => resource === blocked.resource) : [] }));
}

function isReleasable({ waits }: BlockedTask): boolean {
  return waits === 'lock' || waits === 'semaphore';
}

/** A shortest wait-for cycle, told from its earliest acquisition on. */
export function findCycle(waits: readonly Wait[]): readonly CycleLink[] | undefined {
  let shortest: readonly CycleLink[] | undefined;
  for (const wait of waits) {
    const cycle = shortestCycleThrough(wait, waits);
    if (cycle !== undefined && (shortest === undefined || cycle.length < shortest.length)) shortest = cycle;
  }
  return shortest && fromEarliest(shortest);
}

/** Breadth first, from a task back to itself. */
function shortestCycleThrough(start: Wait, waits: readonly Wait[]): readonly CycleLink[] | undefined {
  const reached = new Set<Wait>();
  let paths: { readonly at: Wait; readonly links: readonly CycleLink[] }[] = [{ at: start, links: [] }];
  while (paths.length > 0) {
    const longer: typeof paths = [];
    for (const { at, links } of paths) {
      for (const hold of at.holds) {
        const next = [...links, { blocked: at.blocked, hold }];
        if (hold.task === start.blocked.task) return next;
        const holder = waits.find(({ blocked }) => blocked.task === hold.task);
        if (holder !== undefined && !reached.has(holder)) longer.push({ at: holder, links: next });
        if (holder !== undefined) reached.add(holder);
      }
    }
    paths = longer;
  }
  return undefined;
}

/** The first link's task made the earliest acquisition. Its hold stands in the last link, whose task waits for it. */
function fromEarliest(cycle: readonly CycleLink[]): readonly CycleLink[] {
  const steps = cycle.map(({ hold }) => hold.step);
  const last = steps.indexOf(Math.min(...steps));
  return [...cycle.slice(last + 1), ...cycle.slice(0, last + 1)];
}
