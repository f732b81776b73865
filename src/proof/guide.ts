import { approachTo, type CompiledSubject } from '../language/index.js';
import { containsRange, type EntryPoint, type Region, type SourceRange } from '../model/index.js';

/** What is known of the way to a region before anything is run: it decides what is tried first, and nothing else. */
export interface Guide {
  /** The functions on the way. */
  readonly landmarks: readonly SourceRange[];
  /** Names of fields and variables that decide whether the way is gone. */
  readonly state: ReadonlySet<string>;
  /** Whether a condition that is asked at a place may decide whether the way is gone. */
  readonly decides: (place: SourceRange | undefined) => boolean;
}

export function guideTo(regions: readonly Region[], overlaps: readonly (readonly [EntryPoint, EntryPoint])[], { module, linked, moduleAt }: CompiledSubject): Guide {
  const others = linked.filter((file) => !file.endsWith('.json')).map(moduleAt).filter((other) => other !== undefined);
  const approach = approachTo([module, ...others], overlaps.map(([first]) => first.range), regions.flatMap(({ acts, reads }) => [...acts, ...reads]), overlaps[0]?.[0].path?.root ?? '');
  if (!approach) return { landmarks: [], state: new Set(), decides: () => false };
  const { functions, conditions, state } = approach;
  const known = new Map<SourceRange, boolean>();
  const decides = (place: SourceRange | undefined): boolean => {
    if (place === undefined) return false;
    let answer = known.get(place);
    if (answer === undefined) known.set(place, (answer = conditions.some((condition) => containsRange(condition, place))));
    return answer;
  };
  return { landmarks: functions, state, decides };
}
