import { isSameRange, type Site, type SourceRange } from '../../model/index.js';

/** Indices of the sites that stand exactly at one of `ranges`. */
export function sitesAt(sites: readonly Site[], ranges: readonly SourceRange[]): Set<number> {
  return new Set(sites.flatMap((site, index) => (ranges.some((range) => isSameRange(range, site.range)) ? [index] : [])));
}
