import type { EffectGraph, EffectOf } from '../model/effect.js';
import { isAtOrAbove } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { Slot, Value } from '../model/value.js';
import { isCovered, isValidatedAt, leadsInOneTurn, leadsTo, suspensionsFrom } from './order.js';
import { provenancesOf } from './provenance.js';
import { slotsIn } from './slots.js';
import type { Study } from './study.js';

/** A run selects what its caller came with, is suspended, and then sets another place for it, though another may be selected by now. */
export interface Parted {
  /** `this.selected = document` */
  readonly selected: EffectOf<'write'>;
  readonly suspensions: readonly EffectOf<'suspend'>[];
  /** `this.watcher = new Watcher(document)` */
  readonly later: EffectOf<'write'>;
}

/** The first two places of a run that belong together and that two runs can set for different callers. */
export function partedIn(study: Study, isSelection: (location: Location) => boolean): Parted | undefined {
  const { graph, writes } = study;
  for (const selected of writes) {
    const caller = selected.mode === 'replace' && selected.value.kind === 'slot' && isParameter(selected.value.slot) && isSelection(selected.location) ? selected.value.slot : undefined;
    const later = caller && writes.find((write) => isSetFor(write, caller, graph) && isApart(selected, write, study));
    if (later) return { selected, suspensions: suspensionsFrom(graph, selected, later), later };
  }
  return undefined;
}

/** True if what is put into the one place there is, is made of what the caller came with. */
function isSetFor({ mode, value, location }: EffectOf<'write'>, caller: Slot, { effects }: EffectGraph): boolean {
  return mode === 'replace' && value.kind !== 'constant' && location.path.length > 0 && location.path.every(({ kind }) => kind === 'member') && isMadeOf(value, caller, effects);
}

function isMadeOf(value: Value, caller: Slot, effects: EffectGraph['effects']): boolean {
  return slotsIn(value, effects).includes(caller);
}

function isApart(selected: EffectOf<'write'>, later: EffectOf<'write'>, study: Study): boolean {
  const { graph } = study;
  if (selected.location.root.kind !== later.location.root.kind || isAtOrAbove(selected.location, later.location) || isAtOrAbove(later.location, selected.location)) return false;
  // What an answer is put away by is another rule's.
  const { makers } = provenancesOf(graph.effects).of(later.value);
  if (suspensionsFrom(graph, selected, later).some(({ callee }) => makers.has(callee))) return false;
  return leadsTo(graph, selected, later) && !leadsInOneTurn(graph, selected, later) && !leadsTo(graph, later, selected) && !isCovered(study, selected, later) && !isValidatedAt(study, later);
}

function isParameter(slot: Slot): boolean {
  return 'defs' in slot && slot.defs[0]?.type === 'Parameter';
}
