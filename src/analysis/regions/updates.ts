import { isWithin } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { isMaking, isWaiting } from '../catalog/work.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { keyName } from '../model/functions.js';
import { isInHookState } from '../model/hook-states.js';
import { holderOf, isAtOrAbove, shortName } from '../model/location.js';
import type { Location } from '../model/location.js';
import { unwrap } from '../model/unwrap.js';
import type { Value } from '../model/value.js';
import { candidate, isRelative, isUndoing, split } from './candidate.js';
import type { Candidate } from './candidate.js';
import { isFieldPutBack, readAgain } from './fields-put-back.js';
import { leadsInOneTurn, leadsTo } from './order.js';
import { provenancesOf } from './provenance.js';
import { locationOf } from './solve.js';
import type { Solution } from './solve.js';
import type { State } from './state.js';

/** A write whose value, or whose sense, comes from readings of the place that others may have overtaken. */
export function updateCandidate(graph: EffectGraph, solution: Solution, act: EffectOf<'write'>, state: State): Candidate | undefined {
  const overtaken = overtakenCandidate(graph, solution, act, state);
  const appended = !overtaken || overtaken.renewed.length > 0 ? appendCandidate(graph, solution, act, state) : undefined;
  return appended ?? overtaken ?? emptyingCandidate(graph, solution, act, state) ?? renewalCandidate(graph, solution, act, state) ?? advanceCandidate(graph, solution, act, state);
}

function overtakenCandidate(graph: EffectGraph, solution: Solution, act: EffectOf<'write'>, state: State): Candidate | undefined {
  const value = state.factsOf(act.value);
  const reads = [...value.data].filter((read) => flowsInto(locationOf(graph.effects, read), act));
  const moved = positionsOf(graph, act, state);
  const copied = value.isCopy ? reads.filter((read) => state.read(read)?.isOvertaken && isChangedAtOnce(graph, read, act)) : [];
  if (copied.length > 0) return candidate(graph, solution, 'update', act, state, value, copied, [], new Set(), [], { isPutBack: true });
  const { stale, renewed } = split([...reads, ...moved], state);
  // What is looked up anew at an old position may be somebody else's.
  if (split(moved, state).stale.length > 0) return candidate(graph, solution, 'update', act, state, value, stale, [], new Set(), []);
  const shown = stale.length === 0 && isInHookState(act.location) ? reads.filter((read) => !value.isCopy && state.read(read)?.isOvertaken) : [];
  // What a component was shown with stays as old as it was, however often it is made into something new.
  if (shown.length > 0) return candidate(graph, solution, 'update', act, state, value, shown, [], new Set(), []);
  return stale.length === 0 ? undefined : candidate(graph, solution, 'update', act, state, value, stale, seenAnew(graph, act, stale, isFieldPutBack(graph, act, stale) ? readAgain(graph, act, stale, renewed, state) : renewed), new Set(), []);
}

/**
 * `const before = depth; depth = before + 1; …; depth = before`: true if the turn that copied a count or flag, or contents, gave it another value too.
 * Contents that were given by somebody else as a whole are taken back as a whole.
 */
function isChangedAtOnce(graph: EffectGraph, read: number, act: EffectOf<'write'>): boolean {
  return graph.effects.some((effect) => effect.kind === 'write' && effect !== act && effect.mode === 'replace' && effect.location.id === act.location.id
    && (isCountOrFlag(effect.value) || isChangedContent(graph, effect, read)) && leadsInOneTurn(graph, graph.effects[read]!, effect) && leadsTo(graph, effect, act));
}

/** `todos = before.map(…)`, `todos = [...before, todo]`: a change of what was there, and others change it too. A component goes back to what it was shown with. */
function isChangedContent({ effects }: EffectGraph, { value, location }: EffectOf<'write'>, read: number): boolean {
  if (isInHookState(location)) return false;
  const { reads, asked, makers } = provenancesOf(effects).of(value);
  return reads.has(read) && !asked.has(read) && [...makers].some((name) => CHANGING_CONTENT.test(name));
}

const CHANGING_CONTENT = /^(?:literal|snapshot|concat|map|filter|toSpliced|toSorted|with|assign)$/;

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
  return stale.length === 0 || renewed.length > 0 || isGoneThroughBefore(act, graph) ? undefined : candidate(graph, solution, 'update', act, state, state.factsOf(act.value), stale, [], new Set(), [], { isEmptying: true });
}

/** `queued.forEach(copy); queued = []`: all that has come by then is looked at in the turn that drops it. */
function isGoneThroughBefore(act: EffectOf<'write'>, graph: EffectGraph): boolean {
  return ofKind(graph.effects, 'read').some((read) => read.location.path.at(-1)?.kind === 'element' && read.frame === act.frame && isAtOrAbove(act.location, read.location) && leadsInOneTurn(graph, read, act));
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

/**
 * `const page = await list(items.at(-1)); items = items.concat(page)`: more is asked for by where the list ends, and the list is looked at anew
 * to append it; but two who ask at the same time append the same.
 */
function appendCandidate(graph: EffectGraph, solution: Solution, act: EffectOf<'write'>, state: State): Candidate | undefined {
  if (!isAppending(act, state)) return undefined;
  const { asked, makers } = provenancesOf(graph.effects).of(act.value);
  if (asked.size === 0 || [...makers].some((name) => SORTED_OUT.test(name)) || isLookedThrough(graph, act)) return undefined;
  const { stale } = split([...asked].filter((read) => isEndOf(graph.effects[read]!, act)), state);
  return stale.length === 0 ? undefined : candidate(graph, solution, 'update', act, state, state.factsOf(act.value), stale, [], new Set(), [], { isAppended: true });
}

/** `items = items.concat(page)`, `items = [...items, ...page]`, `items.push(...page)` */
function isAppending({ mode, value, location, at }: EffectOf<'write'>, state: State): boolean {
  if (mode === 'grow') return at.type === 'CallExpression' && at.arguments.some(({ type }) => type === 'SpreadElement');
  if (mode !== 'replace' || location.path.at(-1)?.kind === 'element' || value.kind !== 'mix') return false;
  if (value.name !== 'concat' && !(value.name === 'literal' && isOfTwoLists(at))) return false;
  return [...state.factsOf(value).data].some((read) => state.read(read)?.isOvertaken === false);
}

/** `[...items, ...page]`: what is added is a list, and no answer to the last. */
function isOfTwoLists({ parent }: Node): boolean {
  const made = parent?.type === 'AssignmentExpression' ? unwrap(parent.right) : undefined;
  return made?.type === 'ArrayExpression' && made.elements.filter((element) => element?.type === 'SpreadElement').length > 1;
}

/** What is there already may be left out of what has come. */
const SORTED_OUT = /filter|uniq|union|dedup|merge|slice|splice|difference|new (?:Set|Map)$/i;

/** True if the list is looked at anew for more than to append to it: whoever does so may well see that what has come is there already. */
function isLookedThrough(graph: EffectGraph, act: EffectOf<'write'>): boolean {
  const isAdding = ({ at, frame }: Effect): boolean => act.mode === 'replace' && frame === act.frame && act.at.parent !== undefined && isWithin(at, act.at.parent);
  const list = holderOf(act.location);
  return graph.effects.some((effect) => effect.kind === 'read' && (holderOf(effect.location).id === list.id || holderOf(effect.location).id === act.location.id) && effect.location.id !== list.id
    && !isAdding(effect) && ofKind(graph.effects, 'suspend').some((suspension) => leadsInOneTurn(graph, suspension, effect)) && leadsInOneTurn(graph, effect, act));
}

/** True of a reading of how long the list is, or of its last element; the list may be had from an accessor. */
function isEndOf(effect: Effect, { location }: EffectOf<'write'>): boolean {
  if (effect.kind !== 'read') return false;
  const list = location.path.at(-1)?.kind === 'element' ? holderOf(location) : location;
  const { location: read, at, frame } = effect;
  if (read.id === list.id && frame.caller) return [frame.at.parent, frame.at.parent?.parent].some((node) => node && isEnd(node));
  return read.path.length > list.path.length && holderOf(read).id === list.id && isEnd(at);
}

function isEnd(node: Node): boolean {
  return isCount(node) || isLast(node);
}

/** `items.at(-1)`, `items[items.length - 1]` */
function isLast(node: Node): boolean {
  if (node.type === 'CallExpression') {
    const [index] = node.arguments;
    return node.callee.type === 'MemberExpression' && keyName(node.callee.property, node.callee.computed) === 'at' && index?.type === 'UnaryExpression' && index.operator === '-';
  }
  return node.type === 'MemberExpression' && node.computed && node.property.type === 'BinaryExpression' && node.property.operator === '-' && isCount(node.property.left);
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
