import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { mayBeSame, shortName } from '../model/location.js';
import type { Location } from '../model/location.js';
import { graphIn } from '../promises/graphs.js';
import { passesOnlyBy } from '../regions/order.js';
import { provenancesOf } from '../regions/provenance.js';
import type { Study } from '../regions/study.js';
import type { ModuleView } from '../rules/rule.js';
import type { Acquire } from './held.js';
import { isSurelyHeld } from './locked-waits.js';
import type { LockedWait } from './locked-waits.js';

/** `await this.refreshing` under the lock that the work behind it has yet to take. */
export function keptWork(view: ModuleView, study: Study, acquire: Acquire, wait: Effect): LockedWait | undefined {
  const place = wait.kind === 'suspend' && wait.callee === '' ? placeAwaited(study.graph, wait) : undefined;
  if (!place) return undefined;
  const studies = view.studiesAround(place);
  const works = studies.flatMap((other) => keptIn(other, place).map((spawn) => ({ ender: other, spawn, end: entranceOf(graphIn(view, spawn.started), acquire.lock) })));
  const [first] = works;
  if (!first?.end || works.some(({ end }) => !end) || studies.some((other) => isOtherwiseWritten(other, place))) return undefined;
  return { study, acquire, wait, text: `the work in \`${shortName(place)}\``, ending: `finishes \`${first.spawn.started.name}\``, ender: first.ender, end: first.end };
}

function placeAwaited({ effects }: EffectGraph, { awaited }: EffectOf<'suspend'>): Location | undefined {
  const provenance = provenancesOf(effects).of(awaited);
  const [read, ...others] = [...provenance.reads].map((id) => effects[id]!);
  return read?.kind === 'read' && others.every((other) => other.kind === 'read' && other.location.id === read.location.id) && provenance.makers.size === 0 ? read.location : undefined;
}

function keptIn({ graph }: Study, place: Location): EffectOf<'spawn'>[] {
  return graph.effects.filter((effect): effect is EffectOf<'spawn'> => effect.kind === 'spawn' && effect.kept !== undefined && mayBeSame(effect.kept, place));
}

/** Where work takes the lock, if it does so whatever happens. */
function entranceOf(graph: EffectGraph, lock: string): Acquire | undefined {
  if (graph.isPartial) return undefined;
  const isEntrance = (effect: Effect): effect is Acquire => effect.kind === 'acquire' && effect.lock === lock && isSurelyHeld(effect) && !effect.aside;
  const ends = graph.effects.filter(({ next, kind, aside }) => next.length === 0 && kind !== 'throw' && !aside);
  return ends.every(({ id }) => passesOnlyBy(graph, 0, isEntrance, id)) ? graph.effects.find(isEntrance) : undefined;
}

/** True if something else than such work, or nothing, is put there. */
function isOtherwiseWritten(study: Study, place: Location): boolean {
  const spawns = keptIn(study, place);
  return study.writes.some(({ at, location, value }) => {
    const holder = at.parent;
    return mayBeSame(location, place) && !(value.kind === 'constant' && value.isEmpty) && !spawns.some((spawn) => holder !== undefined && holder.range[0] <= spawn.at.range[0] && spawn.at.range[1] <= holder.range[1]);
  });
}
