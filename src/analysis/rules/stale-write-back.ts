import type { Value } from '../model/value.js';
import { isNamedLock } from '../regions/lock-sets.js';
import { provenancesOf } from '../regions/provenance.js';
import type { RegionInQuestion, Rule } from './rule.js';

export const staleWriteBack: Rule = {
  id: 'stale-write-back',
  category: 'atomicity',
  summary: 'A copy of an object is taken, the code is suspended, and then the copy, changed in part, is written back.',
  explanation:
    'What others changed in the object meanwhile is put back to what it was when the copy was taken; a lock that is taken only after the copy does not help. ' +
    'Take the copy after the last suspension, and inside the lock, or write only what has changed.',
  accuses: (region) => region.candidate.dependence === 'update' && !region.candidate.isRenewal && !region.candidate.isAdvance && !region.candidate.isAppended && !region.candidate.value.isCopy && (isTakenBeforeTheLock(region) || isSnapshotWritten(region)),
};

/** The act is guarded by a lock that was not held all the time since the object was read. */
function isTakenBeforeTheLock({ candidate }: RegionInQuestion): boolean {
  return [...candidate.locksAtAct].some((lock) => isNamedLock(lock) && !candidate.locks.has(lock));
}

/** A copy that was made by itself, not in the statement that writes it back. */
function isSnapshotWritten({ candidate, makers, study }: RegionInQuestion): boolean {
  const copying = makers().filter((name) => COPYING.test(name));
  if (candidate.renewed.length > 0 || copying.length === 0 || (copying.every((name) => name === SPREAD) && !isCopied(candidate, study))) return false;
  const statement = candidate.act.at.parent;
  return candidate.stale.some(({ at }) => !statement || at.range[0] < statement.range[0] || at.range[1] > statement.range[1]);
}

/** What `{ ...object }` is called as a maker. */
const SPREAD = 'snapshot';

/** True if what was read is what was copied: `states.get(key) ?? { ...defaults }` makes a copy of something else. */
function isCopied({ stale, act }: RegionInQuestion['candidate'], { graph: { effects } }: RegionInQuestion['study']): boolean {
  const provenances = provenancesOf(effects);
  const isOfStale = (value: Value): boolean => {
    if (value.kind === 'mix' && value.name === SPREAD && stale.some(({ id }) => provenances.of(value).reads.has(id))) return true;
    return 'parts' in value ? value.parts.some(isOfStale) : value.kind === 'part' && isOfStale(value.of);
  };
  return isOfStale(act.value) || effects.some((effect) => effect.kind === 'assign' && isOfStale(effect.value));
}

const COPYING = /^(?:snapshot|structuredClone|clone|cloneDeep|deepClone|deepCopy|assign)$/;
