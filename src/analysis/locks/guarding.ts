import type { Effect } from '../model/effect.js';
import type { Location } from '../model/location.js';
import { isAtOrAbove, mayBeSame } from '../model/location.js';
import { SCOPE, isNamedLock } from '../regions/lock-sets.js';
import type { Study } from '../regions/study.js';
import { excludes, heldIn } from './held.js';

/** A write of a place under a lock. */
export interface Guarding {
  readonly lock: string;
  readonly write: Effect;
}

/** The lock that others hold when they write a place, if there is one. */
export function guardOf(location: Location, studies: readonly Study[]): Guarding | undefined {
  for (const { graph, writes } of studies) {
    if (!graph.effects.some(({ kind }) => kind === 'acquire')) continue;
    const held = heldIn(graph);
    for (const write of writes) {
      const lock = [...(held[write.id] ?? [])].find(([name, taken]) => isNamed(name) && taken.some(excludes))?.[0];
      if (lock !== undefined && touches(write.location, location)) return { lock, write };
    }
  }
  return undefined;
}

export function touches(written: Location, place: Location): boolean {
  return mayBeSame(written, place) || isAtOrAbove(written, place);
}

/** `@Synchronized of SeatMap` */
const OF_OBJECT = /^@[\w$]+ of /;

/** A lock that a person knows by its name; a decorator stands for as many locks as it has methods, unless it says that each object has one. */
export function isNamed(lock: string): boolean {
  return isNamedLock(lock) && (!lock.startsWith('@') || OF_OBJECT.test(lock)) && !lock.startsWith(SCOPE);
}
