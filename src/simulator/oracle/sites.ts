import { comparePositions, containsRange, isWait, type Region, type Site, type SourceRange } from '../../model/index.js';
import type { HeldSites } from './held.js';

/** Indices of the sites that stand exactly at one of `ranges`. */
export function sitesAt(sites: readonly Site[], ranges: readonly SourceRange[]): Set<number> {
  const table = tableOf(sites);
  return new Set(ranges.flatMap((range) => table.get(keyOf(range)) ?? []).sort((a, b) => a - b));
}

/** A program is asked about in all of its scenarios. */
const tables = new WeakMap<readonly Site[], Map<string, number[]>>();

function tableOf(sites: readonly Site[]): ReadonlyMap<string, number[]> {
  let table = tables.get(sites);
  if (table !== undefined) return table;
  tables.set(sites, (table = new Map()));
  for (let index = 0; index < sites.length; index++) {
    const key = keyOf(sites[index]!.range);
    const known = table.get(key);
    if (known === undefined) table.set(key, [index]);
    else known.push(index);
  }
  return table;
}

function keyOf({ file, start, end }: SourceRange): string {
  return `${start.line}:${start.column}-${end.line}:${end.column} ${file}`;
}

/** Indices of the innermost `await` around each of `ranges`. */
function waitsAround(sites: readonly Site[], ranges: readonly SourceRange[]): Set<number> {
  return new Set(ranges.flatMap((range) => {
    const around = [...sites.keys()].filter((index) => isWait(sites[index]!) && containsRange(sites[index]!.range, range));
    return around.sort((a, b) => (containsRange(sites[a]!.range, sites[b]!.range) ? 1 : -1)).slice(0, 1);
  }));
}

/** Where a lock is waited for and left held, as a finding says. */
export function heldSites(sites: readonly Site[], { reads, acts }: Pick<Region, 'reads' | 'acts'>): HeldSites {
  const out = [...sitesAt(sites, acts)];
  return { entries: waitsAround(sites, reads), exits: new Set(out.filter((site) => isWait(sites[site]!))), ways: new Set(out.filter((site) => !isWait(sites[site]!))) };
}

/** An access chain reads a part of what its beginning reads: `a.b` of `a`; `size`: how much there is in it. */
export function partOf({ range: part, text }: Site, { range: whole }: Site): 'size' | 'field' | undefined {
  const isPart = part.file === whole.file && comparePositions(part.start, whole.start) === 0 && comparePositions(part.end, whole.end) > 0;
  if (!isPart) return undefined;
  return /\.(?:length|size)$/.test(text) ? 'size' : 'field';
}
