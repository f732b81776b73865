import { ofKind } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import type { Candidate } from '../regions/candidate.js';
import type { Study } from '../regions/study.js';
import { isNamed } from './guarding.js';
import { excludes, heldIn } from './held.js';
import type { Acquire } from './held.js';
import { looseIn } from './loose.js';
import type { Loose } from './loose.js';

/** Work that is started under a lock which is given back before it has ended. */
export interface Abandoned {
  /** Who starts it. */
  readonly study: Study;
  readonly work: Loose;
  readonly acquire: Acquire;
}

const known = new WeakMap<readonly Study[], readonly Abandoned[]>();

/** All such work of a module. */
export function abandonedIn(studies: readonly Study[]): readonly Abandoned[] {
  let found = known.get(studies);
  if (!found) known.set(studies, (found = studies.flatMap(abandonedBy)));
  return found;
}

function abandonedBy(study: Study): Abandoned[] {
  const { effects } = study.graph;
  if (!study.entry || ofKind(effects, 'acquire').length === 0) return [];
  const held = heldIn(study.graph);
  return looseIn(effects).flatMap((work) => {
    const [acquire] = [...(held[work.start.id] ?? [])].flatMap(([lock, taken]) => (isNamed(lock) && taken.every(excludes) && work.isLeftBy(lock) ? [taken.at(-1)!] : []));
    return acquire ? [{ study, work, acquire }] : [];
  });
}

/** The work that a region is part of, if the lock that was held when it was started no longer covers it. */
export function abandonedRegion(studies: readonly Study[], study: Study, { stale, act }: Candidate): Abandoned | undefined {
  return abandonedIn(studies).find((one) => startedBy(one) === study.fn || (one.study === study && one.work.ids.has(act.id) && stale.every((read) => one.work.ids.has(read.id) || isBetween(read.id, one))));
}

/** Read under the lock, before the work was started. */
function isBetween(read: number, { study, acquire }: Abandoned): boolean {
  return heldIn(study.graph)[read]?.has(acquire.lock) === true;
}

export function startedBy({ work: { start } }: Abandoned): FunctionInfo | undefined {
  return start.kind === 'spawn' ? start.started : undefined;
}
