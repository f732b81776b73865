import { asksBehind, waitsBefore, type CompiledSubject } from '../language/index.js';
import { containsRange, isSameRange, type Region, type Site, type SourceRange } from '../model/index.js';

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

/**
 * The same region, where a look at a part of the place (`this.items.length` of `this.items`) is a look at the place, too: another task may put something else there as a whole. Of what a container
 * holds nothing more is looked at by looking at the container.
 */
export function lookedThrough(region: Region, { program: { sites } }: Pick<CompiledSubject, 'program'>): Region {
  const { location, reads } = region;
  const name = /[#\w$]+$/.exec(location)?.[0].replace(/^\w+#/, '');
  if (name === undefined) return region;
  const isOfPlace = ({ text, range }: Site): boolean => text.endsWith(`.${name}`) && reads.some((read) => isBeginningOf(range, read)) && !reads.some((read) => isSameRange(read, range));
  const more = sites.filter(isOfPlace).map(({ range }) => range);
  return more.length === 0 ? region : { ...region, reads: [...reads, ...more.filter((range, index) => more.findIndex((other) => isSameRange(other, range)) === index)] };
}

/** The same region with the calls in a statement that leaves (`throw new Error(…)`) in its place: a run tells of these, and not of the statement. */
export function leftBy(region: Region, { program: { sites } }: Pick<CompiledSubject, 'program'>): Region {
  const acts = region.acts.flatMap((act) => (sites.some(({ range }) => isSameRange(range, act)) ? [act] : sites.filter(({ range }) => containsRange(act, range)).map(({ range }) => range)));
  return acts.length === 0 ? region : { ...region, acts };
}

function isBeginningOf(part: SourceRange, whole: SourceRange): boolean {
  return part.file === whole.file && part.start.line === whole.start.line && part.start.column === whole.start.column && containsRange(whole, part) && !isSameRange(part, whole);
}
