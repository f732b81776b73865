import { checkModule, distancesTo, sourcesOf, type ReadModule, type SourceText } from '../language/index.js';
import type { Region } from '../model/index.js';
import type { Claim } from './prove.js';

type Overlaps = Claim['overlaps'];

/**
 * The same pairs, those first whose first task has the shortest way to the region, as far as the text tells: the more there is on the way, the more has to be so before a run comes through. Pairs of
 * one task with itself stay where such pairs stood.
 */
export function nearestFirst(overlaps: Overlaps, regions: readonly Region[], source: SourceText, read?: ReadModule): Overlaps {
  const starts = new Map(overlaps.map(([{ range }]) => [JSON.stringify(range), range]));
  if (starts.size < 2) return overlaps;
  const module = read ? sourcesOf(read).check(source) : checkModule(source);
  const distances = distancesTo(module, [...starts.values()], regions.flatMap(({ acts, reads }) => [...acts, ...reads]));
  const distanceOf = new Map([...starts.keys()].map((key, index) => [key, distances[index] ?? Infinity]));
  const sorted = [true, false].map((isSame) => overlaps.filter((pair) => isOfOne(pair) === isSame).sort(([a], [b]) => compare(distanceOf.get(JSON.stringify(a.range))!, distanceOf.get(JSON.stringify(b.range))!)));
  const next = sorted.map((pairs) => pairs.values());
  return overlaps.map((pair) => next[isOfOne(pair) ? 0 : 1]!.next().value!);
}

function isOfOne([first, second]: Overlaps[number]): boolean {
  return first.name === second.name;
}

/** Infinite ones, too, are alike. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
