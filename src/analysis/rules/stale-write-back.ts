import { isNamedLock } from '../regions/lock-sets.js';
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
function isSnapshotWritten({ candidate, makers }: RegionInQuestion): boolean {
  if (candidate.renewed.length > 0 || !makers().some((name) => COPYING.test(name))) return false;
  const statement = candidate.act.at.parent;
  return candidate.stale.some(({ at }) => !statement || at.range[0] < statement.range[0] || at.range[1] > statement.range[1]);
}

const COPYING = /^(?:snapshot|structuredClone|clone|cloneDeep|deepClone|deepCopy|assign)$/;
