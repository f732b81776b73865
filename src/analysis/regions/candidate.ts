import type { Node } from '../../language/index.js';
import { isMaking, isWaiting } from '../catalog/work.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf, Frame } from '../model/effect.js';
import { keyName } from '../model/functions.js';
import { isHookState } from '../model/hook-states.js';
import { holderOf, isAtOrAbove, mayBeSame, shortName, stepInto } from '../model/location.js';
import type { Location } from '../model/location.js';
import { unwrap } from '../model/unwrap.js';
import type { Slot, Value } from '../model/value.js';
import { suspensionsBetween } from './between.js';
import { leadsInOneTurn, leadsTo } from './order.js';
import { provenancesOf } from './provenance.js';
import { locationOf, saysOf } from './solve.js';
import type { Solution } from './solve.js';
import type { Facts, Says } from './facts.js';
import type { State } from './state.js';

/**
 * A write of a shared place that rests on an earlier read of the same place, with a suspension between.
 * What rules need to tell a race from an idiom is answered here, from the flow.
 */
export interface Candidate {
  readonly dependence: 'update' | 'guard';
  readonly location: Location;
  /** Reads that were overtaken. */
  readonly stale: readonly EffectOf<'read'>[];
  /** Reads of the place for the same purpose that were not: a re-check. */
  readonly renewed: readonly EffectOf<'read'>[];
  readonly suspensions: readonly EffectOf<'suspend'>[];
  readonly act: EffectOf<'write'>;
  /** The written value. */
  readonly value: Facts;
  /** What the guards say of the place. */
  readonly says: ReadonlySet<Says>;
  /** The act itself reads the place afresh: `x -= 1`, `list.pop()`. */
  readonly isRelative: boolean;
  /** A guard compares the place with the value that is written. */
  readonly isChangeGuard: boolean;
  /** A guard measures the place against what the written value is made of: `if (bid > highest) …; highest = bid`. */
  readonly isMeasured: boolean;
  /** After the last suspension the task made sure that it is still the one that counts. */
  readonly isValidated: boolean;
  /** The same, and what it looked at was the place itself. */
  readonly isCompared: boolean;
  /** Locks held from the reads to the act. Of several checks one that is covered is enough, of several readings all must be. */
  readonly locks: ReadonlySet<string>;
  /** Locks held at the act, and at the first stale read. */
  readonly locksAtAct: ReadonlySet<string>;
  readonly locksAtRead: ReadonlySet<string>;
  /** The innermost activation that the whole region lies in. */
  readonly frame: Frame;
  readonly branches: readonly number[];
  /** The act drops what was handed over before, and whatever came since. */
  readonly isEmptying: boolean;
  /** A count or a flag that the task changed when it had copied it, and puts back as it was: whatever others have counted since. */
  readonly isPutBack: boolean;
  /** The value is part of the answer to a question that was asked with the old one: a cursor, a token that is spent. */
  readonly isRenewal: boolean;
  /** A position that was asked with is moved on once the answer is there: `await list(page); page++`. */
  readonly isAdvance: boolean;
}

export function candidatesIn(graph: EffectGraph, solution: Solution): Candidate[] {
  return ofKind(graph.effects, 'write').flatMap((effect) => {
    const state = solution.before[effect.id];
    if (!state) return [];
    const candidates = [updateCandidate(graph, solution, effect, state) ?? emptyingCandidate(graph, solution, effect, state) ?? renewalCandidate(graph, solution, effect, state) ?? advanceCandidate(graph, solution, effect, state), guardCandidate(graph, solution, effect, state)];
    return candidates.filter((candidate) => candidate !== undefined);
  });
}

interface Split {
  readonly stale: number[];
  readonly renewed: number[];
}

/** Tells reads that were overtaken from those that were not; what was acted on already counts for neither. */
function split(reads: Iterable<number>, state: State): Split {
  const parts: Split = { stale: [], renewed: [] };
  for (const read of reads) {
    const at = state.read(read);
    if (!at) continue;
    if (!at.isOvertaken) parts.renewed.push(read);
    else if (!at.isSpent) parts.stale.push(read);
  }
  return parts;
}

function updateCandidate(graph: EffectGraph, solution: Solution, act: EffectOf<'write'>, state: State): Candidate | undefined {
  const value = state.factsOf(act.value);
  const reads = [...value.data].filter((read) => flowsInto(locationOf(graph.effects, read), act));
  const moved = positionsOf(graph, act, state);
  const copied = value.isCopy ? reads.filter((read) => state.read(read)?.isOvertaken && isChangedAtOnce(graph, read, act)) : [];
  if (copied.length > 0) return candidate(graph, solution, 'update', act, state, value, copied, [], new Set(), [], { isPutBack: true });
  const { stale, renewed } = split([...reads, ...moved], state);
  // What is looked up anew at an old position may be somebody else's.
  if (split(moved, state).stale.length > 0) return candidate(graph, solution, 'update', act, state, value, stale, [], new Set(), []);
  const shown = stale.length === 0 && isOfHookState(act.location) ? reads.filter((read) => !value.isCopy && state.read(read)?.isOvertaken) : [];
  // What a component was shown with stays as old as it was, however often it is made into something new.
  if (shown.length > 0) return candidate(graph, solution, 'update', act, state, value, shown, [], new Set(), []);
  return stale.length === 0 ? undefined : candidate(graph, solution, 'update', act, state, value, stale, seenAnew(graph, act, stale, isFieldPutBack(graph, act, stale) ? readAgain(graph, stale, renewed) : renewed), new Set(), []);
}

/** `state = { ...state, n: before + 1 }`: that all of it is looked at anew is no use to the fields that are made of what was read before. */
function isFieldPutBack({ effects }: EffectGraph, act: EffectOf<'write'>, stale: readonly number[]): boolean {
  const assignment = act.at.parent;
  const literal = assignment?.type === 'AssignmentExpression' && assignment.left === act.at ? unwrap(assignment.right) : undefined;
  if (literal?.type !== 'ObjectExpression') return false;
  return stale.every((read) => {
    const { path } = locationOf(effects, read);
    const step = path.length === act.location.path.length + 1 ? path.at(-1) : undefined;
    return step?.kind === 'member' && literal.properties.some((property) => property.type === 'Property' && keyName(property.key, property.computed) === step.name);
  });
}

function readAgain({ effects }: EffectGraph, stale: readonly number[], renewed: readonly number[]): number[] {
  return renewed.filter((again) => stale.some((read) => locationOf(effects, read).id === locationOf(effects, again).id));
}

/** `const before = depth; depth = before + 1; …; depth = before`: true if the turn that copied a count or flag gave it another value too. */
function isChangedAtOnce(graph: EffectGraph, read: number, act: EffectOf<'write'>): boolean {
  return graph.effects.some((effect) => effect.kind === 'write' && effect.at !== act.at && effect.mode === 'replace' && effect.location.id === act.location.id
    && isCountOrFlag(effect.value) && leadsInOneTurn(graph, graph.effects[read]!, effect) && leadsTo(graph, effect, act));
}

function isCountOrFlag(value: Value): boolean {
  if (value.kind === 'constant') return /^(?:true|false|\d+)$/.test(value.text);
  return value.kind === 'mix' && /^(?:\+\+|--|\+|-)$/.test(value.name ?? '') && value.parts.length === 1;
}

/**
 * `await write(buffer); buffer = []`: what was handed to the work that was waited for is dropped, and with it whatever was added meanwhile.
 * The act rests on the contents as they were handed over.
 */
function emptyingCandidate(graph: EffectGraph, solution: Solution, act: EffectOf<'write'>, state: State): Candidate | undefined {
  if (!isEmptying(act, state)) return undefined;
  const contents = holderOf(act.location);
  const handed = graph.effects.flatMap((effect) => {
    const before = effect.kind === 'suspend' && isAskedWith(effect.awaited) ? solution.before[effect.id] : undefined;
    return effect.kind === 'suspend' && before ? [...before.factsOf(effect.awaited).data].filter((read) => holderOf(locationOf(graph.effects, read)).id === contents.id) : [];
  });
  const { stale, renewed } = split(new Set(handed), state);
  return stale.length === 0 || renewed.length > 0 ? undefined : candidate(graph, solution, 'update', act, state, state.factsOf(act.value), stale, [], new Set(), [], { isEmptying: true });
}

/** True of work that is given something: `write(items)`, `Promise.all(items.map(send))`. */
function isAskedWith(awaited: Value): boolean {
  return awaited.kind === 'answer' || (awaited.kind === 'mix' && awaited.name === 'all');
}

function isEmptying({ mode, value, location }: EffectOf<'write'>, state: State): boolean {
  return mode === 'clear' || (mode === 'replace' && location.path.at(-1)?.kind !== 'element' && value.kind === 'constant' && /^(?:\[\]|\{\})$/.test(value.text) && state.factsOf(value).isEmpty);
}

/** `const page = await list({ after: this.cursor }); this.cursor = page.next` */
function renewalCandidate(graph: EffectGraph, solution: Solution, act: EffectOf<'write'>, state: State): Candidate | undefined {
  if (act.mode !== 'replace' || act.value.kind === 'constant' || ofKind(graph.effects, 'suspend').length === 0) return undefined;
  const { asked, reads } = provenancesOf(graph.effects).of(act.value);
  const isOfPlace = (read: number): boolean => flowsInto(locationOf(graph.effects, read), act);
  if (asked.size === 0 || [...reads].some((read) => !asked.has(read) && isOfPlace(read))) return undefined;
  const { stale, renewed } = split([...asked].filter(isOfPlace), state);
  return stale.length === 0 || renewed.length > 0 ? undefined : candidate(graph, solution, 'update', act, state, state.factsOf(act.value), stale, [], new Set(), [], { isRenewal: true });
}

/**
 * `const items = await list(this.page); this.page++`: the position is looked at anew as it is moved, but the answer is to a question
 * that was asked with an old one: two who ask at the same time get the same answer, and together skip the next. So it is with a number
 * that is handed out: `await send(this.next, order); this.next++`.
 */
function advanceCandidate(graph: EffectGraph, solution: Solution, act: EffectOf<'write'>, state: State): Candidate | undefined {
  const { value: step } = act;
  const value = state.factsOf(step);
  if (TRIES.test(shortName(act.location)) || act.mode !== 'replace' || step.kind !== 'mix' || !/^(?:\+\+|\+)$/.test(step.name ?? '') || !isRelative(graph, act, state, value) || isUndoing(graph, act)) return undefined;
  const asked = graph.effects.flatMap((effect) => {
    const before = effect.kind === 'suspend' && (isAnswerUsed(effect) || isHandedOut(effect, step)) ? solution.before[effect.id] : undefined;
    return effect.kind === 'suspend' && before ? [...before.factsOf(effect.awaited).data].filter((read) => locationOf(graph.effects, read).id === act.location.id) : [];
  });
  const { stale } = split(new Set(asked), state);
  return stale.length === 0 ? undefined : candidate(graph, solution, 'update', act, state, value, stale, [], new Set(), [], { isAdvance: true });
}

/** True of a question whose answer is kept: what is only told (a log, a progress) may be told twice. */
function isAnswerUsed({ awaited, at, callee }: EffectOf<'suspend'>): boolean {
  return awaited.kind === 'answer' && at.parent?.type !== 'ExpressionStatement' && !isWaiting(callee);
}

/** Work that leaves something behind under the number that it was given, which is then moved on to the next. */
function isHandedOut({ awaited, callee }: EffectOf<'suspend'>, step: Extract<Value, { kind: 'mix' }>): boolean {
  return awaited.kind === 'answer' && isMaking(callee) && step.parts.length === 1;
}

/** How often something has been tried says how long to wait, and is no position. */
const TRIES = /attempt|retr(?:y|ies)|tries|backoff|fail|error/i;

/** The reads that say where in its collection an act takes place. */
function positionsOf({ effects }: EffectGraph, act: EffectOf<'write'>, state: State): number[] {
  const index = act.index && state.factsOf(act.index);
  const looked = index && (index.isPosition || index.isCopy) ? [...index.data] : [];
  // `const number = list.length + 1; …; list.push(number)`
  const counted = act.mode === 'grow' ? [...state.factsOf(act.value).data].filter((read) => isCount(effects[read]!.at)) : [];
  return [...looked, ...counted].filter((read) => isContentsOf(locationOf(effects, read), act.location));
}

function isOfHookState({ root }: Location): boolean {
  return root.kind === 'variable' && isHookState(root.variable);
}

function isCount(node: Node): boolean {
  return node.type === 'MemberExpression' && /^(?:length|size)$/.test(keyName(node.property, node.computed) ?? '');
}

/** Where the whole is replaced by what was made of an older whole, looking into that one again is not looking at the place again. */
function seenAnew({ effects }: EffectGraph, act: EffectOf<'write'>, stale: readonly number[], renewed: readonly number[]): readonly number[] {
  const isWhole = (read: number): boolean => locationOf(effects, read).id === act.location.id;
  return stale.some(isWhole) && !renewed.some(isWhole) ? [] : renewed;
}

/** True if what was read there is (part of) what the write replaces. */
function flowsInto(read: Location, act: EffectOf<'write'>): boolean {
  if (act.mode !== 'replace') return false;
  if (read.id === act.location.id) return true;
  const last = act.location.path.at(-1);
  if (last?.kind === 'element') return false;
  return isAtOrAbove(act.location, read) && read.path.length > act.location.path.length;
}

function isContentsOf(read: Location, written: Location): boolean {
  return read.path.at(-1)?.kind === 'element' && holderOf(read).id === holderOf(written).id;
}

function guardCandidate(graph: EffectGraph, solution: Solution, act: EffectOf<'write'>, state: State): Candidate | undefined {
  if (isUndoing(graph, act)) return undefined;
  const reads = new Map<number, Set<Says>>();
  const branches: number[] = [];
  let isChangeGuard = false;
  let isMeasured = false;
  const value = state.factsOf(act.value);
  for (const [branch, guard] of state.decidingGuards()) {
    if (isActedOn(graph, guard.facts, act, state) || isAskedOfOne(graph, guard.facts, act)) continue;
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

/** `left--; if (!(await take())) left++`: the task takes back its own step, whatever others have counted since. */
function isUndoing(graph: EffectGraph, act: EffectOf<'write'>): boolean {
  const step = stepOf(act);
  return step !== 0 && graph.effects.some((effect) => effect.kind === 'write' && effect.location.id === act.location.id && stepOf(effect) === -step && leadsTo(graph, effect, act));
}

function stepOf({ mode, value }: EffectOf<'write'>): -1 | 0 | 1 {
  if (mode !== 'replace' || value.kind !== 'mix') return 0;
  return value.name === '++' || value.name === '+' ? 1 : value.name === '--' || value.name === '-' ? -1 : 0;
}

/** `if (open.length + opening < most) { opening++; …`: what was compared with the place has been changed by the task itself, so that others compare anew. */
function isActedOn({ effects }: EffectGraph, { data }: Facts, act: EffectOf<'write'>, state: State): boolean {
  return [...data].some((read) => state.read(read)?.isSpent && !decidesOn(effects, locationOf(effects, read), act));
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

function candidate(
  graph: EffectGraph, solution: Solution, dependence: Candidate['dependence'], act: EffectOf<'write'>, state: State, value: Facts,
  stale: readonly number[], renewed: readonly number[], says: ReadonlySet<Says>, branches: readonly number[], { isChangeGuard = false, isMeasured = false, isEmptying = false, isPutBack = false, isRenewal = false, isAdvance = false } = {},
): Candidate {
  const read = (id: number): EffectOf<'read'> => graph.effects[id] as EffectOf<'read'>;
  let suspensions: EffectOf<'suspend'>[] | undefined;
  const held = stale.map((id) => state.read(id)!.locks);
  const effects: Effect[] = [...stale.map(read), act];
  return {
    dependence,
    location: isEmptying ? (stepInto(holderOf(act.location), { kind: 'element' }) ?? act.location) : act.location,
    stale: stale.map(read),
    renewed: renewed.map(read),
    get suspensions() { return (suspensions ??= suspensionsBetween(graph.effects, stale, act.id)); },
    act,
    value,
    says,
    isRelative: act.mode === 'shrink' || isRelative(graph, act, state, value),
    isChangeGuard,
    isMeasured,
    isValidated: state.decidingGuards().some(([, guard]) => guard.validates && !guard.isOvertaken),
    isCompared: state.decidingGuards().some(([, guard]) => guard.validates && !guard.isOvertaken && [...guard.facts.data].some((read) => isAtOrAbove(act.location, locationOf(graph.effects, read)))),
    locks: dependence === 'guard' ? new Set(held.flatMap((locks) => [...locks])) : new Set([...(held[0] ?? [])].filter((lock) => held.every((locks) => locks.has(lock)))),
    locksAtAct: state.locks,
    locksAtRead: solution.before[stale[0]!]?.locks ?? new Set(),
    frame: commonFrame(effects.map(({ frame }) => frame)),
    branches,
    isEmptying,
    isPutBack,
    isRenewal,
    isAdvance,
  };
}

function isRelative(graph: EffectGraph, act: EffectOf<'write'>, state: State, value: Facts): boolean {
  return [...value.data].some((read) => locationOf(graph.effects, read).id === act.location.id && state.read(read)?.isOvertaken === false);
}

/** The innermost activation that all of `frames` lie in. */
export function commonFrame(frames: readonly Frame[]): Frame {
  const chains = frames.map(chainOf);
  const [first = []] = chains;
  return first.findLast((frame) => chains.every((chain) => chain.includes(frame))) ?? first[0]!;
}

/** The activations around a frame, outermost first, itself last. */
function chainOf(frame: Frame): Frame[] {
  return frame.caller ? [...chainOf(frame.caller), frame] : [frame];
}
