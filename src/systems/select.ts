import { allOf, labelOf, type Catalogue, type Chosen } from './catalogue.js';

/** What names on a command line stand for; `unknown` are those that stand for nothing, each with the names that come near. */
export interface Selection {
  /** In the order of the catalogue, each once. */
  readonly chosen: readonly Chosen[];
  readonly unknown: readonly { readonly name: string; readonly near: readonly string[] }[];
}

/**
 * `peterson`, `exclusion/peterson`, `exclusion` (a family), each with `:variant` if only that is meant; `*` and `?` stand for any text.
 * No names: everything.
 */
export function select(catalogue: Catalogue, names: readonly string[], matcher: (pattern: string) => (text: string) => boolean): Selection {
  const all = allOf(catalogue);
  if (names.length === 0) return { chosen: all, unknown: [] };
  const found = names.map((name) => new Set(all.filter((each) => isMeant(each, name, matcher)).map(labelOf)));
  return {
    chosen: all.filter((each) => found.some((labels) => labels.has(labelOf(each)))),
    unknown: names.filter((_, at) => found[at]!.size === 0).map((name) => ({ name, near: nearTo(name, all) })),
  };
}

function isMeant({ system, variant }: Chosen, name: string, matcher: (pattern: string) => (text: string) => boolean): boolean {
  const [of, which] = split(name);
  const [family, short] = system.name.split('/') as [string, string];
  return [family, short, system.name].some(matcher(of)) && (which === undefined || matcher(which)(variant.name));
}

function split(name: string): [system: string, variant?: string] {
  const plain = name.replace(/^\.?\/*(systems\/)?/, '').replace(/\/+(?=$|:)/, '');
  const at = plain.indexOf(':');
  return at < 0 ? [plain] : [plain.slice(0, at), plain.slice(at + 1)];
}

const mostNear = 5;

/** Names of systems, families and variants that a slip of the fingers may have meant. */
function nearTo(name: string, all: readonly Chosen[]): string[] {
  const [of, which] = split(name);
  const isKnown = all.filter(({ system }) => [system.name, ...system.name.split('/')].includes(of));
  if (which !== undefined && isKnown.length > 0) return isKnown.map(labelOf).slice(0, 12);
  const names = [...new Set(all.flatMap(({ system }) => [system.name.split('/')[0]!, system.name]))];
  const distance = (each: string): number => Math.min(editDistance(of, each), editDistance(of, each.slice(each.indexOf('/') + 1)));
  const isNear = (each: string): boolean => distance(each) <= Math.max(1, Math.floor(of.length / 3)) || (of.length >= 3 && each.includes(of));
  return names.filter(isNear).sort((a, b) => distance(a) - distance(b)).slice(0, mostNear);
}

/** Levenshtein's: how many letters have to be put in, left out or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
