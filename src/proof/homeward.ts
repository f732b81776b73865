import { asksBehind, type CompiledSubject } from '../language/index.js';
import { isSameRange, type Region } from '../model/index.js';

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
