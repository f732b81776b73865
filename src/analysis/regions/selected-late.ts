import { ofKind } from '../model/effect.js';
import type { EffectOf } from '../model/effect.js';
import type { Location } from '../model/location.js';
import { isCovered, isValidatedAt, leadsInOneTurn, leadsTo, suspensionsFrom } from './order.js';
import { PARAMETER, provenancesOf } from './provenance.js';
import type { Study } from './study.js';

/** An answer that is put under what is selected by the time it comes, though it was asked for before, with what the caller gave. */
export interface SelectedLate {
  readonly again: EffectOf<'read'>;
  readonly suspensions: readonly EffectOf<'suspend'>[];
  readonly act: EffectOf<'write'>;
}

/** `const corrected = await spellcheck(text); this.notes.set(this.currentNote, corrected)`, where nothing has looked at the selection before. */
export function selectedLateIn(study: Study, isSelection: (location: Location) => boolean): SelectedLate | undefined {
  const { graph } = study;
  const [start] = graph.effects;
  const provenances = provenancesOf(graph.effects);
  for (const act of study.writes) {
    const again = act.mode === 'replace' && act.key?.kind === 'read' ? graph.effects[act.key.read] : undefined;
    if (again?.kind !== 'read' || !isSelection(again.location) || leadsInOneTurn(graph, start!, again) || isCovered(study, start!, act) || isValidatedAt(study, act)) continue;
    if (isKnownBefore(study, again)) continue;
    const { makers } = provenances.of(act.value);
    const suspensions = suspensionsFrom(graph, start!, again).filter(({ callee, frame }) => makers.has(callee) && frame === act.frame);
    if (suspensions.length > 0 && suspensions.every(({ awaited }) => awaited.kind === 'answer' && provenances.of(awaited).makers.has(PARAMETER))) return { again, suspensions, act };
  }
  return undefined;
}

/** True if the run has looked at the selection before, or selects itself: then that says which one is meant. */
function isKnownBefore({ graph, writes }: Study, again: EffectOf<'read'>): boolean {
  const isOf = (location: Location): boolean => location.id === again.location.id;
  return writes.some(({ location }) => isOf(location)) || ofKind(graph.effects, 'read').some((read) => read !== again && isOf(read.location) && leadsTo(graph, read, again));
}
