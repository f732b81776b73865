import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { suspensionsBetween } from './between.js';
import { predecessorsOf, successors } from './reach.js';
import type { Study } from './study.js';

/** The suspensions between two effects of one run, none if the one does not lead to the other over a suspension. */
export function suspensionsFrom({ effects }: EffectGraph, first: Effect, act: Effect): readonly EffectOf<'suspend'>[] {
  return suspensionsBetween(effects, [first.id], act.id);
}

/** True if one lock covers both ends of a stretch: it is held at either, and nobody gives it away in between. */
export function isCovered(study: Study, first: Effect, act: Effect): boolean {
  const [from, to] = [study.stateAt(first.id), study.stateAt(act.id)];
  return from !== undefined && to !== undefined && [...from.locks].some((lock) => to.locks.has(lock));
}

/** True if the task made sure, after the last suspension before `act`, that it is still the one that counts. */
export function isValidatedAt(study: Study, act: Effect): boolean {
  return study.stateAt(act.id)?.decidingGuards().some(([, guard]) => guard.validates && !guard.isOvertaken) ?? false;
}

/** True if `first` leads to `act` in the same turn on some way. */
export function leadsInOneTurn({ effects }: EffectGraph, first: Effect, act: Effect): boolean {
  const seen = new Set<number>([first.id]);
  const pending = [...successors(first)];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === act.id) return true;
    if (seen.has(id) || effects[id]!.kind === 'suspend') continue;
    seen.add(id);
    pending.push(...successors(effects[id]!));
  }
  return false;
}

/** True if control can come to `act` only by way of one of `through`, once it has left `first`. */
export function passesOnlyBy({ effects }: EffectGraph, first: number, through: (effect: Effect) => boolean, act: number): boolean {
  const seen = new Set<number>();
  const pending = [...predecessorsOf(effects)[act]!];
  let comes = false;
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === first) comes = true;
    if (seen.has(id) || id === first || through(effects[id]!)) continue;
    seen.add(id);
    pending.push(...predecessorsOf(effects)[id]!);
  }
  return !comes;
}

/** True if control can come from `first` to `act`. */
export function leadsTo({ effects }: Pick<EffectGraph, 'effects'>, first: Effect, act: Effect): boolean {
  const seen = new Set<number>();
  const pending = [...successors(first)];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === act.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    pending.push(...successors(effects[id]!));
  }
  return false;
}
