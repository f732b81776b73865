import type { History, MemoryAccess } from './history.js';

/** True if one may come before the other in a run: earlier in the text, or in another round of a loop around both. */
export function mayPrecede(one: MemoryAccess, other: MemoryAccess): boolean {
  return one.order < other.order || one.loops.some((loop) => other.loops.includes(loop));
}

export function isSameCell(a: MemoryAccess, b: MemoryAccess): boolean {
  return a.memory.key === b.memory.key && a.index !== undefined && a.index === b.index;
}

/** True if both may touch one cell. */
export function mayMeet(a: MemoryAccess, b: MemoryAccess): boolean {
  return a.memory.key === b.memory.key && (a.index === undefined || b.index === undefined || a.index === b.index || [a.index, b.index].includes('parameter'));
}

export function isPlain({ operation }: MemoryAccess): boolean {
  return operation === undefined;
}

export function writes({ kind }: MemoryAccess): boolean {
  return kind === 'write' || kind === 'update';
}

/** Atomic writes, and notifications, that publish what came before them. */
export function releasesIn({ accesses }: History): readonly MemoryAccess[] {
  return accesses.filter((access) => !isPlain(access) && access.kind !== 'read');
}

/** Atomic reads that learn what was published. */
export function acquiresIn({ accesses }: History): readonly MemoryAccess[] {
  return accesses.filter((access) => !isPlain(access) && (access.kind === 'read' || access.kind === 'update'));
}

/** True if the run of `later` may have learnt, from a cell that the run of `earlier` has written since, that it is over. */
export function isPublished(earlier: MemoryAccess, later: MemoryAccess): boolean {
  const releases = releasesIn(earlier.root).filter((release) => mayPrecede(earlier, release));
  return acquiresIn(later.root).some((acquire) => mayPrecede(acquire, later) && releases.some((release) => mayMeet(release, acquire)));
}
