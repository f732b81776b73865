import { isEnding } from '../catalog/work.js';
import { describeLocation, shortName } from '../model/location.js';
import type { Location } from '../model/location.js';
import { guardOf, isNamed, touches } from '../locks/guarding.js';
import type { Guarding } from '../locks/guarding.js';
import { heldIn } from '../locks/held.js';
import { regionOf } from '../findings.js';
import type { EffectOf } from '../model/effect.js';
import { mayMeet } from '../overlap.js';
import { lineOf, placeOf, squiggleOf } from '../places.js';
import type { Candidate } from '../regions/candidate.js';
import type { Study } from '../regions/study.js';
import type { Finding } from '../../model/index.js';
import type { ModuleRule, ModuleView, Rule } from './rule.js';

/** Regions that another rule accuses are told under this name where others guard the place; what is written into a guarded region is found here. */
export const missingLock: Rule & ModuleRule = {
  id: 'missing-lock',
  category: 'locking',
  summary: 'A place that is guarded by a lock elsewhere is touched here without it.',
  explanation:
    'A lock keeps out only those who take it: whoever writes without it overwrites, or is overwritten by, those who rely on it. ' +
    'Take the same lock, with the same key, around every access of the place.',
  accuses: () => false,
  findingsIn(view) {
    const found = new Map<unknown, Finding>();
    for (const study of view.studies) {
      for (const candidate of study.candidates) {
        const lock = guardedBy(candidate);
        if (lock === undefined || !study.entry) continue;
        for (const [intruder, write] of intrudersOf(view, study, candidate.location, lock)) {
          if (!found.has(write.at)) found.set(write.at, findingOf(view, study, candidate, lock, intruder, write));
        }
      }
    }
    return [...found.values()];
  },
};

/** Who else writes the place of a region under a lock that the region does without. */
export function guardMissingIn(view: ModuleView, study: Study, location: Location): Guarding | undefined {
  return guardOf(location, view.studiesAround(location).filter((other) => other !== study && other.entry));
}

/** The lock over a region that rests on it: what is written was made from what was read. */
function guardedBy({ dependence, locks, value, renewed, act }: Candidate): string | undefined {
  if (dependence !== 'update' || value.isCopy || renewed.length > 0 || act.mode !== 'replace') return undefined;
  return [...locks].find(isNamed);
}

function intrudersOf(view: ModuleView, study: Study, location: Location, lock: string): [Study, EffectOf<'write'>][] {
  return view.studiesAround(location).flatMap((other) => {
    if (other === study || !other.entry || isEnding(other.fn.ownName) || !mayMeet(study.entry!, other.entry, location, view.model)) return [];
    const held = heldIn(other.graph);
    const write = other.writes.find((one) => one.frame.fn.module === view.model.module && touches(one.location, location) && held[one.id] !== undefined && held[one.id]!.size === 0);
    return write && !held.some((one) => one?.has(lock)) ? [[other, write] as [Study, EffectOf<'write'>]] : [];
  });
}

function findingOf(view: ModuleView, study: Study, candidate: Candidate, lock: string, intruder: Study, write: EffectOf<'write'>): Finding {
  const { model } = view;
  const name = shortName(candidate.location);
  const last = candidate.suspensions.at(-1)!;
  return {
    rule: missingLock.id, category: missingLock.category, oracle: 'region', location: describeLocation(candidate.location),
    message: `\`${name}\` is read at ${lineOf(candidate.stale[0]!, model)} and written at ${lineOf(candidate.act, model)} under \`${lock}\`, but \`${intruder.fn.ownName || intruder.entry!.point.name}\` writes it at ${lineOf(write, model)} without it, also while \`${study.fn.ownName || study.entry!.point.name}\` is suspended at ${lineOf(last, model)}.`,
    range: squiggleOf(write, model),
    accesses: [
      { kind: 'read', range: placeOf(candidate.stale[0]!), function: candidate.stale[0]!.frame.fn.name, locks: [lock] },
      { kind: 'write', range: placeOf(candidate.act), function: candidate.act.frame.fn.name, locks: [lock] },
      { kind: 'write', range: placeOf(write), function: write.frame.fn.name, locks: [] },
    ],
    region: regionOf([candidate]),
    overlaps: [[study.entry!.point, intruder.entry!.point]],
  };
}
