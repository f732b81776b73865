import { approachTo, type CompiledSubject } from '../language/index.js';
import { containsRange, type EntryPoint, type Region, type Site, type SourceRange } from '../model/index.js';

/** What is known of the way to a region before anything is run: it decides what is tried first, and nothing else. */
export interface Guide {
  /** The functions on the way. */
  readonly landmarks: readonly SourceRange[];
  /** Whether a condition that is asked at a place (an index of the program's sites) may decide whether the way is gone. */
  readonly decides: (site: number | undefined) => boolean;
}

export function guideTo(regions: readonly Region[], overlaps: readonly (readonly [EntryPoint, EntryPoint])[], { module, linked, moduleAt, program: { sites } }: CompiledSubject): Guide {
  const others = linked.filter((file) => !file.endsWith('.json')).map(moduleAt).filter((other) => other !== undefined);
  const approach = approachTo([module, ...others], overlaps.map(([first]) => first.range), regions.flatMap(({ acts, reads }) => [...acts, ...reads]), overlaps[0]?.[0].path?.root ?? '');
  if (!approach) return { landmarks: [], decides: () => false };
  const { functions, conditions } = approach;
  const known = new Map<number, boolean>();
  const decides = (site: number | undefined): boolean => {
    if (site === undefined) return false;
    let answer = known.get(site);
    if (answer === undefined) known.set(site, (answer = conditions.some((condition) => isWithin(sites[site]!, condition))));
    return answer;
  };
  return { landmarks: functions, decides };
}

function isWithin({ range }: Site, condition: SourceRange): boolean {
  return containsRange(condition, range);
}
