import { asksBehind, waitsBefore, type CompiledSubject } from '../language/index.js';
import { containsRange, isSameRange, type Region } from '../model/index.js';

/**
 * A region that is about an answer, as the program at hand can show it: where the request is made in a file that takes no part, it is the call
 * whose answer the subject's own file waits for that asks.
 */
export function homeward(region: Region, { module, program: { sites } }: Pick<CompiledSubject, 'module' | 'program'>): Region {
  const [act] = region.acts;
  if (region.dependence !== 'response' || act?.file !== module.file) return region;
  if (region.reads.some((read) => sites.some(({ range }) => isSameRange(range, read)))) return region;
  const reads = asksBehind(module, act);
  return reads.length === 0 ? region : { ...region, reads };
}

/** The same region with the calls that the function of its act waits for, before the act, as what asks; itself if there are none, or the region is about no answer. */
export function askedNearby(region: Region, { module }: Pick<CompiledSubject, 'module'>): Region {
  const [act] = region.acts;
  if (region.dependence !== 'response' || act?.file !== module.file) return region;
  const behind = asksBehind(module, act);
  const reads = behind.length > 0 ? behind : waitsBefore(module, act).filter((call) => region.suspensions.some((wait) => isSameRange(wait, call) || containsRange(wait, call)));
  return reads.length === 0 || reads.every((read) => region.reads.some((known) => isSameRange(known, read))) ? region : { ...region, reads };
}
