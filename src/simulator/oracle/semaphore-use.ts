import type { ExecutionEnd, Hold } from './execution-end.js';

/**
 * The holds that somebody waits for, or that nobody gave back. A semaphore is used as a lock while only tasks that hold a unit
 * release one; where others release it counts signals or free places, and who acquired last is no holder.
 */
export function holdsAsLocks(end: ExecutionEnd): readonly Hold[] {
  if (end.holds.every(({ of }) => of !== 'semaphore')) return end.holds;
  const signals = releasedByOthers(end);
  return end.holds.filter(({ of, resource }) => of !== 'semaphore' || !signals.has(resource));
}

function releasedByOthers({ steps }: ExecutionEnd): ReadonlySet<string> {
  const units = new Map<string, number>();
  const signals = new Set<string>();
  for (const { kind, task, resource } of steps) {
    if (resource === undefined || (kind !== 'acquire' && kind !== 'release')) continue;
    const key = `${task}\n${resource}`;
    const held = (units.get(key) ?? 0) + (kind === 'acquire' ? 1 : -1);
    if (held < 0) signals.add(resource);
    units.set(key, held);
  }
  return signals;
}

/** Somebody has given it back before, so that keeping it is unusual. */
export function wasEverReleased({ steps }: ExecutionEnd, resource: string): boolean {
  return steps.some((step) => step.kind === 'release' && step.resource === resource);
}
