import type { Node } from '../../language/index.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { unwrap } from '../model/unwrap.js';
import { holderOf, isAtOrAbove, mayBeSame } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { Slot, Value } from '../model/value.js';
import { candidate, isOwnEntry, isUndoing, split } from './candidate.js';
import type { Candidate } from './candidate.js';
import { locationOf, saysOf } from './solve.js';
import type { Solution } from './solve.js';
import type { Facts, Says } from './facts.js';
import type { State } from './state.js';

export function guardCandidate(graph: EffectGraph, solution: Solution, act: EffectOf<'write'>, state: State): Candidate | undefined {
  if (isUndoing(graph, act) || isOwnEntry(graph, act)) return undefined;
  const reads = new Map<number, Set<Says>>();
  const branches: number[] = [];
  let isChangeGuard = false;
  let isMeasured = false;
  const value = state.factsOf(act.value);
  for (const [branch, guard] of state.decidingGuards()) {
    if (isActedOn(graph, branch, guard.facts, act, state) || isAskedOfOne(graph, guard.facts, act) || isAskedOfLock(graph.effects[branch]!.at)) continue;
    for (const [read, says] of saysOf(guard)) {
      if (!decidesOn(graph.effects, locationOf(graph.effects, read), act)) continue;
      reads.set(read, new Set([...(reads.get(read) ?? []), says]));
      branches.push(branch);
    }
    isChangeGuard ||= guard.facts.isEquality && comparesWith(graph, branch, act);
    isMeasured ||= isMeasuredBy(graph, branch, act);
  }
  const { stale, renewed } = split(reads.keys(), state);
  if (stale.length === 0) return undefined;
  const says = new Set(stale.flatMap((read) => [...reads.get(read)!]));
  return candidate(graph, solution, 'guard', act, state, value, stale, renewed, says, branches, { isChangeGuard, isMeasured });
}

/** `if (open.length + opening < most) { opening++; …`: what was compared with the place has been changed by the task itself, so that others compare anew. */
function isActedOn({ effects }: EffectGraph, branch: number, { data }: Facts, act: EffectOf<'write'>, state: State): boolean {
  const decides = (read: number): boolean => decidesOn(effects, locationOf(effects, read), act);
  const comparisons = operandsOf(effects[branch]!).map((operand) => state.factsOf(operand).data).filter((compared) => [...compared].some(decides));
  // What stands beside it in the same condition, `open < most && waiting.length > 0`, is another question.
  return (comparisons.length > 0 ? comparisons : [data]).some((compared) => [...compared].some((read) => state.read(read)?.isSpent && !decides(read)));
}

function operandsOf(effect: Effect): readonly Value[] {
  return effect.kind === 'branch' && effect.test.kind === 'choice' ? effect.test.parts : [];
}

/** True if whether to write there was decided by what was read here. */
function decidesOn(effects: readonly Effect[], read: Location, act: EffectOf<'write'>): boolean {
  const written = act.location;
  if (read.id === written.id) return true;
  if (written.path.at(-1)?.kind === 'element') return read.path.at(-1)?.kind === 'element' && (isKeptUnderItsOwnName(effects, act) ? holderOf(read).id === holderOf(written).id : mayBeSame(read, written)) && !isNarrower(read, written);
  return isAtOrAbove(written, read);
}

/** `open.set(session.id, session)`: what was not found under the name that it was asked for by is made, and put there under the name that it has. */
function isKeptUnderItsOwnName(effects: readonly Effect[], { key, value }: EffectOf<'write'>): boolean {
  if (!key || value.kind !== 'slot' || !isNew(effects, value, new Set())) return false;
  const assigned = key.kind === 'slot' ? valuesOf(effects, key.slot) : [key];
  return assigned.length > 0 && assigned.every((part) => part.kind === 'part' && part.of.kind === 'slot' && part.of.slot === value.slot);
}

function isNew(effects: readonly Effect[], value: Value, seen: Set<Slot>): boolean {
  if (value.kind !== 'slot') return value.kind === 'mix' && value.name?.startsWith('new ') === true;
  if (seen.has(value.slot)) return false;
  seen.add(value.slot);
  return valuesOf(effects, value.slot).some((assigned) => isNew(effects, assigned, seen));
}

function valuesOf(effects: readonly Effect[], slot: Slot): Value[] {
  return effects.flatMap((effect) => (effect.kind === 'assign' && effect.slot === slot ? [effect.value] : []));
}

/** `for (const item of [...list]) if (await send(item)) list = list.filter(…)`: what is answered about one of a list says nothing of the list. */
function isAskedOfOne({ effects }: EffectGraph, { isAnswer, data }: Facts, act: EffectOf<'write'>): boolean {
  return isAnswer && [...data].some((read) => {
    const asked = locationOf(effects, read);
    const last = asked.path.at(-1);
    return last?.kind === 'element' && last.key === undefined && holderOf(asked).id === act.location.id;
  });
}

/** `if (!mutex.isLocked()) locks.delete(key)`: a lock answers for now, whenever it was looked up. */
function isAskedOfLock(test: Node): boolean {
  const asked = unwrap(test);
  if (asked.type === 'UnaryExpression') return isAskedOfLock(asked.argument);
  return asked.type === 'CallExpression' && asked.callee.type === 'MemberExpression' && calleeText(asked.callee) === 'isLocked';
}

/** The first of a list is what `shift` takes. */
function isEnd(key: string): boolean {
  return key === '0' || key === '-1';
}

/** A question about one element says nothing about all of them. */
function isNarrower(read: Location, written: Location): boolean {
  const [asked, touched] = [read.path.at(-1), written.path.at(-1)];
  return asked?.kind === 'element' && touched?.kind === 'element' && asked.key !== undefined && touched.key === undefined && !isEnd(asked.key);
}

/** `if (this.theme !== theme) { …; this.theme = theme }`: the same slot is compared and written. */
function comparesWith(graph: EffectGraph, branch: number, act: EffectOf<'write'>): boolean {
  const effect = graph.effects[branch]!;
  if (effect.kind !== 'branch' || act.value.kind !== 'slot') return false;
  const { slot } = act.value;
  const mentions = (value: typeof act.value | (EffectOf<'branch'>)['test']): boolean => {
    switch (value.kind) {
      case 'slot': return value.slot === slot;
      case 'not': case 'emptiness': case 'part': return mentions(value.of);
      case 'comparison': case 'choice': case 'mix': case 'answer': return value.parts.some(mentions);
      default: return false;
    }
  };
  return mentions(effect.test);
}

function isMeasuredBy(graph: EffectGraph, branch: number, act: EffectOf<'write'>): boolean {
  const effect = graph.effects[branch]!;
  if (effect.kind !== 'branch') return false;
  const measured = new Set<Slot>();
  const measure = (value: Value): void => {
    if (value.kind === 'not' || value.kind === 'choice') (value.kind === 'not' ? [value.of] : value.parts).forEach(measure);
    if (value.kind === 'comparison' && !value.isEquality && !value.withTime) value.parts.forEach((part) => slotsIn(part).forEach((slot) => measured.add(slot)));
  };
  measure(effect.test);
  return slotsIn(act.value).some((slot) => measured.has(slot));
}

function slotsIn(value: Value): Slot[] {
  switch (value.kind) {
    case 'slot': return [value.slot];
    case 'part': case 'not': case 'emptiness': return slotsIn(value.of);
    case 'mix': case 'choice': return value.parts.flatMap(slotsIn);
    default: return [];
  }
}
