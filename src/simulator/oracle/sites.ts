import { comparePositions, isSameRange, type Site, type SourceRange } from '../../model/index.js';

/** Indices of the sites that stand exactly at one of `ranges`. */
export function sitesAt(sites: readonly Site[], ranges: readonly SourceRange[]): Set<number> {
  return new Set(sites.flatMap((site, index) => (ranges.some((range) => isSameRange(range, site.range)) ? [index] : [])));
}

/** An access chain reads a part of what its beginning reads: `a.b` of `a`; `size`: how much there is in it. */
export function partOf({ range: part, text }: Site, { range: whole }: Site): 'size' | 'field' | undefined {
  const isPart = part.file === whole.file && comparePositions(part.start, whole.start) === 0 && comparePositions(part.end, whole.end) > 0;
  if (!isPart) return undefined;
  return /\.(?:length|size)$/.test(text) ? 'size' : 'field';
}
