import type { Finding } from '../../model/index.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectOf, Frame } from '../model/effect.js';
import { isInHookState } from '../model/hook-states.js';
import { holderOf, isAtOrAbove, mayBeSame, shortName } from '../model/location.js';
import type { Location } from '../model/location.js';
import { isValidatedAt, leadsInOneTurn, leadsTo, suspensionsFrom } from '../regions/order.js';
import { isNamedLock } from '../regions/lock-sets.js';
import { PARAMETER, provenancesOf } from '../regions/provenance.js';
import type { Provenances } from '../regions/provenance.js';
import type { Slot, Value } from '../model/value.js';
import { isGuardedFree } from '../regions/solve.js';
import type { Study } from '../regions/study.js';
import { at, intrudersOf, nameOf, shortEntry, stretchFinding } from '../stretch.js';
import type { Intruder } from '../stretch.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const tornUpdate: ModuleRule = {
  id: 'torn-update',
  category: 'atomicity',
  summary: 'What belongs together is written in two parts with a suspension between, and others read it half written.',
  explanation:
    'While the task is suspended everybody sees the first part without the second: a table that is empty, a sum that does not add up. ' +
    'Do the slow work first and write all of it in one turn, or build it aside and put it in place at the end.',
  findingsIn: (view) => view.studies.flatMap((study) => tornIn(study, view)),
};

type Write = EffectOf<'write'>;

function tornIn(study: Study, view: ModuleView): Finding[] {
  const { entry, graph, writes } = study;
  if (!entry || !study.suspends || writes.length < 2) return [];
  for (const first of writes) {
    for (const second of writes) {
      if (first === second || second.frame.fn.module !== view.model.module || isRendered(first)) continue;
      const isRefill = isEmptied(first, second) && !isFirstOfAll(study, first);
      if (isRefill ? !isOneJob(first.frame, second.frame) : (first.frame !== second.frame && !isMove(study, first, second)) || !areParts(first, second) || !areOneChange(study, first, second, view) || leadsTo(graph, second, first)) continue;
      const suspensions = isTorn(study, first, second) ? suspensionsFrom(graph, first, second) : [];
      if (suspensions.length === 0) continue;
      const intruders = isRefill ? lookersUp(study, first, second, view) : readersOfBoth(study, first, second, view);
      if (intruders.length === 0 && isRefill && isFilledTwice(study, first, second)) return [filledTwiceFinding(study, view, first, second, suspensions)];
      if (intruders.length === 0) continue;
      const message = messageOf(study, view, first, second, isRefill, intruders[0]!, suspensions[0]!);
      return [stretchFinding(tornUpdate, view, { study, location: first.location, dependence: 'pair', from: [first], suspensions, to: [second], intruders }, message)];
    }
  }
  return [];
}

/** True if the two writes are one run's, with a suspension between and no lock over them. */
function isTorn(study: Study, first: Write, second: Write): boolean {
  const { graph } = study;
  return leadsTo(graph, first, second) && !leadsInOneTurn(graph, first, second) && !isLocked(study, first, second) && !isValidatedAt(study, second);
}

/** A component reads what it shows when it is rendered: it has all of it anew. */
function isRendered({ location }: Write): boolean {
  return isInHookState(location);
}

/** True if one activation has both writes, itself or through a helper that it calls. */
function isOneJob(first: Frame, second: Frame): boolean {
  return first === second || first.caller === second || second.caller === first;
}

/**
 * What makes two writes one change: both move an amount from what was there, both take what the caller gave or what one request
 * brought, or somebody else does both in one turn, and elsewhere: an error can take these two past what is waited for.
 */
function areOneChange(study: Study, first: Write, second: Write, view: ModuleView): boolean {
  const provenances = provenancesOf(study.graph.effects);
  if ([first, second].every((write) => isRelative(study, write, provenances)) && !areCounts(first, second) || [first, second].every((write) => isGiven(write, provenances))) return true;
  if (isOfOneAnswer(first, second, provenances, study) || isWorkedOut(first, second, provenances, study) || isAskedWithIt(first, second, provenances, study) || isOfOneGift(first, second)) return true;
  return view.studiesAround(first.location).some((other) => other.entry !== study.entry && other.writes.some((one) => one.location.id === first.location.id && one.value.kind !== 'constant' && other.writes.some((two) => two.location.id === second.location.id && two.value.kind !== 'constant' && two.frame === one.frame && (one.at !== first.at || two.at !== second.at) && (leadsInOneTurn(other.graph, one, two) || leadsInOneTurn(other.graph, two, one)))));
}

function isRelative({ graph }: Study, { value, location }: Write, provenances: Provenances): boolean {
  const { reads, makers } = provenances.of(value);
  return [...makers].some((name) => /^[-+]/.test(name)) && [...reads].some((read) => isAt(graph.effects[read]!, location));
}

/** `debit(amount); await note(amount); credit(amount)`: two helpers of one activation, or one and itself, take an amount from here and put it there. */
function isMove(study: Study, first: Write, second: Write): boolean {
  const provenances = provenancesOf(study.graph.effects);
  if (![first, second].every((write) => isRelative(study, write, provenances))) return false;
  const [one, other] = [signOf(first.value), signOf(second.value)];
  if (one === undefined || other === undefined || one === other || (isStep(first.value) && isStep(second.value) && JSON.stringify(first.location.path.at(-1)) === JSON.stringify(second.location.path.at(-1)))) return false;
  return isOneJob(first.frame, second.frame) || (first.frame.caller !== undefined && first.frame.caller === second.frame.caller);
}

/** `entry.users += 1`, and `-= 1` later: a count of each entry by itself, and no amount that moves from one to another. */
function isStep(value: Value): boolean {
  return value.kind === 'mix' && value.parts.every(({ kind }) => kind === 'constant' || kind === 'read');
}

function signOf(value: Value): string | undefined {
  return value.kind === 'mix' ? /^[-+]/.exec(value.name ?? '')?.[0] : undefined;
}

/** `started++; await work(); finished++`: that one runs ahead of the other is what they are for. What moves from one to the other goes up here and down there. */
function areCounts({ at: { parent: first } }: Write, { at: { parent: second } }: Write): boolean {
  return first?.type === 'UpdateExpression' && second?.type === 'UpdateExpression' && first.operator === second.operator;
}

/** `this.text = text; this.digest = await hash(text)`: the second is made, while it is waited for, from what was put into the first. */
function isWorkedOut(first: Write, second: Write, provenances: Provenances, { graph }: Study): boolean {
  const { value } = first;
  if (value.kind !== 'slot' || !isGiven(first, provenances)) return false;
  const { makers } = provenances.of(second.value);
  return graph.effects.some((effect) => effect.kind === 'suspend' && effect.frame === first.frame && effect.awaited.kind === 'answer' && makers.has(effect.callee) && effect.awaited.parts.some((part) => part.kind === 'slot' && part.slot === value.slot) && leadsTo(graph, first, effect));
}

/** `this.revision = await head(); this.flags = await flagsAt(this.revision)`: the second is asked for with what has just been put into the first. */
function isAskedWithIt(first: Write, second: Write, provenances: Provenances, { graph }: Study): boolean {
  const { reads, makers } = provenances.of(first.value);
  if (first.mode !== 'replace' || second.mode !== 'replace' || makers.size === 0 || [...reads].some((read) => isAt(graph.effects[read]!, first.location))) return false;
  return [...provenances.of(second.value).asked].some((id) => {
    const read = graph.effects[id]!;
    // `this.page = await this.browser.newPage()`: what an object gives comes after the object.
    const isReceiver = read.at.parent?.type === 'MemberExpression' && read.at.parent.object === read.at;
    return isAt(read, first.location) && !isReceiver && read.frame === first.frame && leadsInOneTurn(graph, first, read);
  });
}

/** `token = grant.token; expiresAt = (await now()) + grant.ttl`: parts of one thing that the caller gave, the second with what had to be waited for. */
function isOfOneGift(first: Write, second: Write): boolean {
  const given = new Set(partsOfParameters(first.value));
  return first.value.kind === 'part' && partsOfParameters(second.value).some((slot) => given.has(slot));
}

/** The parameters whose parts a value is made of, not those that its answer was asked with. */
function partsOfParameters(value: Value): Slot[] {
  if (value.kind === 'part') return value.of.kind === 'slot' && 'defs' in value.of.slot && value.of.slot.defs[0]?.type === 'Parameter' ? [value.of.slot] : [];
  return value.kind === 'mix' || value.kind === 'choice' ? value.parts.flatMap(partsOfParameters) : [];
}

/** `etag = response.headers.get('etag'); flags = await response.json()` */
function isOfOneAnswer(first: Write, second: Write, provenances: Provenances, { graph }: Study): boolean {
  const makers = provenances.of(second.value).makers;
  const made = [...provenances.of(first.value).makers].filter((name) => makers.has(name));
  return graph.effects.some((effect) => effect.kind === 'suspend' && effect.frame === first.frame && made.includes(effect.callee) && leadsTo(graph, effect, first));
}

function isAt(effect: Effect, location: Location): boolean {
  return effect.kind === 'read' && effect.location.id === location.id;
}

function isGiven({ value }: Write, provenances: Provenances): boolean {
  const { makers, reads } = provenances.of(value);
  return makers.size === 1 && makers.has(PARAMETER) && reads.size === 0;
}

/** True if a mutex is held at both. A latch, or a queue, only keeps others from doing the same; it keeps nobody from reading. */
function isLocked(study: Study, first: Write, second: Write): boolean {
  const locks = study.stateAt(second.id)?.locks ?? new Set<string>();
  return [...(study.stateAt(first.id)?.locks ?? [])].some((lock) => isNamedLock(lock) && locks.has(lock));
}

/** A collection is emptied, and later something is put into it. */
function isEmptied(first: Write, second: Write): boolean {
  const empties = first.mode === 'clear' ? first.location.path.at(-1)?.kind === 'element' : first.mode === 'replace' && isEmptyCollection(first);
  if (!empties || second.mode === 'clear' || second.mode === 'shrink' || isEmptyCollection(second)) return false;
  const emptied = holderOf(first.location);
  return isAtOrAbove(emptied, second.location) && second.location.path.length <= emptied.path.length + 2;
}

/** `if (!this.lists[key]) this.lists[key] = []`: there was nothing that could be lost. */
function isFirstOfAll(study: Study, { id, location }: Write): boolean {
  const state = study.stateAt(id);
  return state !== undefined && isGuardedFree(location, state, study.graph.effects);
}

function isEmptyCollection({ value }: Write): boolean {
  if (value.kind === 'constant') return value.text === '[]' || value.text === '{}';
  if (value.kind !== 'mix') return false;
  return value.name === 'new Array' || (/^new (?:Map|Set)$/.test(value.name ?? '') && value.parts.length === 0);
}

/** Entries that look something up in the collection, and would find it gone. */
function lookersUp(study: Study, first: Write, _second: Write, view: ModuleView): Intruder[] {
  const emptied = holderOf(first.location);
  return intrudersOf(study, emptied, view, (other) => (other.entry === study.entry ? [] : other.graph.effects.filter((effect) => effect.kind === 'read' && effect.location.path.length > emptied.path.length && isAtOrAbove(emptied, effect.location))));
}

/** `this.rows = []; for (const id of ids) this.rows.push(await load(id))`: a second run empties the list before the first has filled it, and then both do. */
function isFilledTwice({ entry, graph }: Study, first: Write, second: Write): boolean {
  return entry?.overlapsItself === true && second.mode === 'grow' && second.key === undefined && holderOf(second.location).id === holderOf(first.location).id && !graph.effects.some((effect) => effect.kind === 'write' && effect !== first && isEmptied(effect, second) && leadsTo(graph, first, effect) && !leadsTo(graph, effect, first));
}

function filledTwiceFinding(study: Study, view: ModuleView, first: Write, second: Write, suspensions: readonly EffectOf<'suspend'>[]): Finding {
  const name = shortName(holderOf(first.location));
  const message = `\`${name}\` is emptied at ${at(first, view)}, \`${shortEntry(study.entry!.point)}\` suspends at ${at(suspensions[0]!, view)}, and another run can empty it too before it is filled at ${at(second, view)}: then both fill it.`;
  return stretchFinding(tornUpdate, view, { study, location: first.location, dependence: 'pair', from: [first], suspensions, to: [second], intruders: [{ entry: study.entry!, effects: [first] }] }, message);
}

/** Two places side by side: two fields of one object, two elements of one collection, the same field of two of its elements. */
function areParts({ location: a, mode, value }: Write, second: Write): boolean {
  const b = second.location;
  if (a.id === b.id || a.root.kind !== b.root.kind || a.path.length !== b.path.length || mode === 'clear' || second.mode === 'clear') return false;
  if (value.kind === 'constant' || second.value.kind === 'constant') return false;
  return areNeighbours(a, b) && differences(a, b) === 1;
}

/** Variables stand side by side; what they hold, and what objects hold, only with its like. */
function areNeighbours(a: Location, b: Location): boolean {
  if (a.root.kind === 'variable') return b.root.kind === 'variable' && (a.path.length === 0 || a.root.variable === b.root.variable);
  return b.root.kind !== 'variable' && a.root.owner === b.root.owner;
}

function differences(a: Location, b: Location): number {
  const roots = a.root.kind === 'variable' && b.root.kind === 'variable' && a.root.variable !== b.root.variable ? 1 : 0;
  return roots + a.path.filter((step, index) => JSON.stringify(step) !== JSON.stringify(b.path[index])).length;
}

/** Entries that make one value from both places in one turn: to them the two belong together. */
function readersOfBoth(study: Study, first: Write, second: Write, view: ModuleView): Intruder[] {
  return intrudersOf(study, first.location, view, (other) => (other.entry === study.entry ? [] : jointReads(other, first.location, second.location)));
}

function jointReads({ graph }: Study, a: Location, b: Location): EffectOf<'read'>[] {
  const reads = graph.effects.filter((effect) => effect.kind === 'read');
  const ofFirst = reads.filter((read) => isSeenBy(read.location, a));
  const ofSecond = reads.filter((read) => isSeenBy(read.location, b));
  if (ofFirst.length === 0 || ofSecond.length === 0) return [];
  const provenances = provenancesOf(graph.effects);
  for (const effect of graph.effects) {
    const value = effect.kind === 'return' ? effect.value : effect.kind === 'branch' ? effect.test : undefined;
    const made = value && provenances.of(value).reads;
    const one = made && ofFirst.find(({ id }) => made.has(id));
    const other = made && ofSecond.find((read) => made.has(read.id) && (read !== one || read.location.path.at(-1)?.kind === 'element'));
    if (one && other && (one === other || leadsInOneTurn(graph, one, other) || leadsInOneTurn(graph, other, one))) return one === other ? [one] : [one, other];
  }
  return decidedReads(graph, ofFirst, ofSecond, provenances) ?? decidedReads(graph, ofSecond, ofFirst, provenances) ?? [];
}

/** `if (this.expiresAt > now) return this.token`: whether one is given is decided by the other. */
function decidedReads(graph: Study['graph'], asked: readonly EffectOf<'read'>[], given: readonly EffectOf<'read'>[], provenances: Provenances): EffectOf<'read'>[] | undefined {
  for (const branch of ofKind(graph.effects, 'branch')) {
    // Whoever only asks whether it is there is prepared to find half of it.
    if (branch.test.kind !== 'comparison' || branch.test.isEquality) continue;
    const test = provenances.of(branch.test).reads;
    const one = asked.find(({ id }) => test.has(id));
    const other = one && ofKind(graph.effects, 'return').flatMap(({ value }) => given.filter(({ id }) => id !== one.id && provenances.of(value).reads.has(id))).find((read) => leadsInOneTurn(graph, branch, read));
    if (one && other) return [one, other];
  }
  return undefined;
}

/** True if who reads `read` sees what is written at `written`: the place itself, all that it is one of, or something in it. */
function isSeenBy(read: Location, written: Location): boolean {
  if (written.path.at(-1)?.kind === 'member' && read.path.length > written.path.length && isAtOrAbove(written, read)) return true;
  if (mayBeSame(read, written)) return read.path.at(-1)?.kind !== 'element' || isWhole(read) || read.id === written.id;
  return isWhole(read) && isAtOrAbove(read, written);
}

function isWhole({ path }: Location): boolean {
  const last = path.at(-1);
  return last?.kind === 'element' && last.key === undefined;
}

function messageOf(study: Study, view: ModuleView, first: Write, second: Write, isRefill: boolean, intruder: Intruder, suspension: EffectOf<'suspend'>): string {
  const name = shortName(holderOf(first.location));
  const began = isRefill ? `\`${name}\` is emptied at ${at(first, view)}` : `\`${name}\` is written at ${at(first, view)}`;
  const rest = isRefill ? 'it is filled again' : `\`${shortName(holderOf(second.location))}\` follows`;
  return `${began}, \`${shortEntry(study.entry!.point)}\` suspends at ${at(suspension, view)}, and ${nameOf(intruder, study)} can read it before ${rest} at ${at(second, view)}.`;
}
