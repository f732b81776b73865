import type { Access, Category, EntryPoint, Finding, Region, SourceRange } from '../model/index.js';
import { lineOf, placeOf, squiggleOf } from './places.js';
import { uniqueRanges } from './findings.js';
import type { Effect, EffectOf } from './model/effect.js';
import type { Entry } from './model/entries.js';
import { describeLocation } from './model/location.js';
import type { Location } from './model/location.js';
import { mayMeet } from './overlap.js';
import type { Study } from './regions/study.js';
import type { ModuleView } from './rules/index.js';

/** The stretch of a run between two of its effects that somebody else should not come into. */
export interface Stretch {
  readonly study: Study;
  readonly location: Location;
  readonly dependence: Region['dependence'];
  /** See `Region.isLate`. */
  readonly isLate?: true;
  readonly from: readonly Effect[];
  readonly suspensions: readonly EffectOf<'suspend'>[];
  readonly to: readonly Effect[];
  readonly intruders: readonly Intruder[];
}

/** An entry that may come in between, and what it does there. */
export interface Intruder {
  readonly entry: Entry;
  readonly effects: readonly Effect[];
}

/** Entries that can run while `runner` is suspended and touch `location` then, the runner itself first. */
export function intrudersOf(runner: Study, location: Location, view: ModuleView, touches: (study: Study) => readonly Effect[]): Intruder[] {
  const { entry } = runner;
  if (!entry) return [];
  const found = new Map<Entry, Effect[]>();
  for (const study of view.studiesAround(location)) {
    if (!study.entry || !mayMeet(entry, study.entry, location, view.model)) continue;
    const effects = touches(study);
    if (effects.length > 0) found.set(study.entry, [...(found.get(study.entry) ?? []), ...effects]);
  }
  return [...found].map(([other, effects]) => ({ entry: other, effects })).sort((a, b) => Number(b.entry === entry) - Number(a.entry === entry));
}

export function stretchFinding(rule: { readonly id: string; readonly category: Category }, { model }: ModuleView, stretch: Stretch, message: string): Finding {
  const { study, location, intruders } = stretch;
  const ranges = (effects: readonly Effect[]): SourceRange[] => uniqueRanges(effects.map(placeOf));
  const access = (effect: Effect, kind: Access['kind']): Access => ({ kind, range: placeOf(effect), function: effect.frame.fn.name || study.fn.name, locks: [] });
  return {
    rule: rule.id,
    category: rule.category,
    oracle: 'region',
    message,
    range: squiggleOf(stretch.to[0]!, model),
    location: describeLocation(location),
    accesses: [access(stretch.from[0]!, kindOf(stretch.from[0]!)), access(stretch.to[0]!, kindOf(stretch.to[0]!)), ...intruders.flatMap(({ effects }) => effects.slice(0, 3).map((effect) => access(effect, kindOf(effect))))],
    region: { location: describeLocation(location), dependence: stretch.dependence, ...(stretch.isLate && { isLate: true }), reads: ranges(stretch.from), suspensions: ranges(stretch.suspensions), acts: ranges(stretch.to) },
    overlaps: intruders.map(({ entry }) => [study.entry!.point, entry.point] as const),
  };
}

function kindOf({ kind }: Effect): Access['kind'] {
  return kind === 'write' ? 'write' : 'read';
}

/** `line 4`, as this module's reader counts. */
export function at(effect: Effect, { model }: ModuleView): string {
  return lineOf(effect, model);
}

/** `` another `load` ``, or the other entry by its name. */
export function nameOf({ entry }: Intruder, runner: Study): string {
  return entry === runner.entry ? `another \`${shortEntry(entry.point)}\`` : `\`${shortEntry(entry.point)}\``;
}

export function shortEntry({ name }: EntryPoint): string {
  if (name.includes(' ')) return name;
  // A method under a symbol has no name of its own.
  return name.split('.').at(-1) || `a method of ${name.slice(0, -1)}`;
}
