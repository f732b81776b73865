import { isFunction } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import type { Finding } from '../../model/index.js';
import { isEnding, isWaiting } from '../catalog/work.js';
import { isWithin } from '../model/effect.js';
import type { EffectOf } from '../model/effect.js';
import { holderOf, isAtOrAbove, shortName } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { unwrap } from '../model/unwrap.js';
import type { Slot } from '../model/value.js';
import { isCovered, isValidatedAt, leadsInOneTurn, leadsTo, suspensionsFrom } from '../regions/order.js';
import { provenancesOf } from '../regions/provenance.js';
import { isRefusal } from '../regions/turned-away.js';
import { slotsIn } from '../regions/slots.js';
import type { Study } from '../regions/study.js';
import { lateUsesIn } from '../regions/vanishing.js';
import type { LateUse } from '../regions/vanishing.js';
import { at, intrudersOf, nameOf, shortEntry, stretchFinding } from '../stretch.js';
import type { Intruder } from '../stretch.js';
import { isGiven } from './double-initialization.js';
import type { ModuleRule, ModuleView, RegionInQuestion, Rule } from './rule.js';

export const checkThenAct: Rule & ModuleRule = {
  id: 'check-then-act',
  category: 'atomicity',
  summary: 'A condition on a shared place is checked, the code is suspended, and then it acts as if the condition still held.',
  explanation:
    'Another task can change the place while this one is suspended, and both act on the same check: the last seat is sold twice. ' +
    'Check again after the last suspension, act in the same turn as the check, or guard both with a mutex.',
  accuses: (region) => region.candidate.dependence === 'guard' && (region.candidate.isChangeGuard ? isAskedBeforeItsTurn(region) : region.candidate.isMeasured || (asksForThePlaceItself(region) && restsOnTheCheck(region) && !isOneMore(region))),
  findingsIn: vanishedIn,
};

interface Vanished extends LateUse {
  readonly study: Study;
  readonly intruders: readonly [Intruder, ...Intruder[]];
}

/** One finding for each place, which names the other uses of it that may come too late. */
function vanishedIn(view: ModuleView): Finding[] {
  const byPlace = new Map<string, [Vanished, ...Vanished[]]>();
  for (const study of view.studies) {
    for (const late of study.entry && study.suspends ? lateUsesIn(study.graph) : []) {
      const vanished = vanishedAt(study, late, view);
      const others = byPlace.get(late.use.location.id);
      if (vanished && others) others.push(vanished);
      else if (vanished) byPlace.set(late.use.location.id, [vanished]);
    }
  }
  return [...byPlace.values()].flatMap((all) => {
    const others = all.filter(({ use }) => use.at !== all[0].use.at);
    // All who come to the first use meet in one finding.
    return all.filter((one) => !others.includes(one)).map((one) => vanishedFinding(one, others, view));
  });
}

/** `if (!this.socket) return; await flush(); this.socket.end()`: whoever closes it meanwhile leaves nothing there to use. */
function vanishedAt(study: Study, late: LateUse, view: ModuleView): Vanished | undefined {
  const { check, use } = late;
  if (use.frame.fn.module !== view.model.module || isCovered(study, check, use) || isValidatedAt(study, use)) return undefined;
  const [first, ...more] = intrudersOf(study, use.location, view, ({ writes }) => writes.filter((write) => isTakingAway(write, use.location)));
  return first && { ...late, study, intruders: [first, ...more] };
}

function vanishedFinding({ study, check, suspensions, use, intruders }: Vanished, others: readonly Vanished[], view: ModuleView): Finding {
  const { location } = use;
  const more = [...new Set(others.map((other) => at(other.use, view)))];
  const message = `\`${shortName(location)}\` is checked at ${at(check, view)}, \`${shortEntry(study.entry!.point)}\` suspends at ${at(suspensions.at(-1)!, view)}, and ${nameOf(intruders[0], study)} can leave nothing there before it is used at ${at(use, view)}.${more.length === 0 ? '' : ` So it is with ${more.join(', ')}.`}`;
  return stretchFinding(checkThenAct, view, { study, location, dependence: 'guard', from: [check], suspensions, to: [use], intruders }, message);
}

/** The place is emptied for good: nothing is put there in the same breath. */
function isTakingAway({ location, mode, value }: EffectOf<'write'>, place: Location): boolean {
  if (mode === 'clear' || mode === 'shrink') return place.path.at(-1)?.kind === 'element' && holderOf(location).id === holderOf(place).id;
  return mode === 'replace' && location.id === place.id && value.kind === 'constant' && /^(?:undefined|null)$/.test(value.text);
}

/**
 * `if (on === this.on) return; await this.switching; this.switching = begin(); this.on = on`: what the run before is about to set is not there yet, so that
 * whoever asks for what still is goes away with nothing, and what two ask for is done twice.
 */
function isAskedBeforeItsTurn({ candidate: { act, suspensions }, study: { graph } }: RegionInQuestion): boolean {
  return suspensions.some((suspension) => {
    const awaited = suspension.awaited.kind === 'read' ? graph.effects[suspension.awaited.read] : undefined;
    return awaited?.kind === 'read' && graph.effects.some((effect) => effect.kind === 'write' && effect.frame === act.frame && effect.mode === 'replace' && raises(effect) && effect.location.id !== act.location.id && isAtOrAbove(effect.location, awaited.location) && leadsTo(graph, suspension, effect));
  });
}

/** The act makes sense only while the check holds: it takes from, adds to, or moves on what was checked. */
function restsOnTheCheck(region: RegionInQuestion): boolean {
  const { candidate } = region;
  const { act, says, value, isRelative } = candidate;
  if (says.has('other')) return isRelative || isMovedOn(region) || act.mode === 'grow' || (value.isConstant && !value.isEmpty && act.mode === 'replace');
  if (says.has('empty')) return isGiven(region) || isRefused(region);
  if (says.has('full')) return isElementRemoval(candidate) ? isConsumed(region) : isRelative || isSettledLate(region);
  return false;
}

/**
 * `const idle = pool.find((one) => !one.busy); if (idle) { idle.busy = true; return idle; } pool.push({ …, busy: true })`: whoever finds a free one takes it in
 * that turn, and who finds none makes one of its own. Two of them do not come into each other's way.
 */
function isOneMore({ candidate: { act, stale }, study: { graph } }: RegionInQuestion): boolean {
  if (act.mode !== 'grow' || !isAnyElement(act.location)) return false;
  const isTaking = ({ location, mode, value }: EffectOf<'write'>): boolean => mode === 'replace' && value.kind === 'constant' && location.path.length === act.location.path.length + 1 && isAtOrAbove(act.location, location);
  return graph.effects.some((effect) => effect.kind === 'write' && isTaking(effect) && !leadsTo(graph, effect, act) && stale.some((read) => leadsInOneTurn(graph, read, effect)));
}

/** `if (used >= most) throw …; await lock(); used += await measure()`: what is written is made of the place as it was found after the check. */
function isMovedOn({ candidate: { act, location, stale }, study: { graph } }: RegionInQuestion): boolean {
  const { reads, makers } = provenancesOf(graph.effects).of(act.value);
  const isLater = (read: number): boolean => {
    const effect = graph.effects[read];
    return effect?.kind === 'read' && effect.location.id === location.id && stale.some((old) => old.id !== read && suspensionsFrom(graph, old, effect).length > 0);
  };
  return ['+', '-'].some((name) => makers.has(name)) && [...reads].some(isLater);
}

/**
 * `if (!dirty) return; await save(text); dirty = false`, while others do `text = …; dirty = true`: what they have changed since it was handed
 * over is taken for saved.
 */
function isSettledLate({ candidate: { act, frame, location, suspensions }, study, view }: RegionInQuestion): boolean {
  if (act.mode !== 'replace' || act.value.kind !== 'constant' || !act.value.isEmpty || location.path.at(-1)?.kind === 'element') return false;
  // Whoever ends something does not care what comes meanwhile.
  if ([study.fn, frame.fn, act.frame.fn].some(({ ownName }) => isEnding(ownName.replace(/^on(?=[A-Z])/, '')))) return false;
  const handed = study.graph.effects.flatMap((effect) => (effect.kind === 'read' && effect.location.id !== location.id && suspensions.some(({ at }) => isHandedTo(effect.at, at, view.model)) ? [effect.location] : []));
  return handed.length > 0 && raisers(location, view).some(({ writes }) => writes.some((write) => handed.some((place) => write.location.id === place.id || isAtOrAbove(place, write.location))));
}

/** True for what stands in an argument of the call that is waited for, or in the constant that such an argument names. */
function isHandedTo(read: Node, wait: Node, { scopes }: ModuleModel): boolean {
  const call = wait.type === 'AwaitExpression' ? unwrap(wait.argument) : undefined;
  if (call?.type !== 'CallExpression') return false;
  return call.arguments.some((argument) => {
    // What a callback looks at is not handed over.
    if (isFunction(argument)) return false;
    const definition = argument.type === 'Identifier' ? scopes.variableOf(argument)?.defs[0] : undefined;
    const made = definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.id.type === 'Identifier' ? definition.node.init : undefined;
    return [argument, made].some((node) => node && node.range[0] <= read.range[0] && read.range[1] <= node.range[1]);
  });
}

/** Those who set the flag again. */
function raisers(location: Location, view: ModuleView): readonly Study[] {
  return view.studiesAround(location).filter(({ entry, writes }) => entry && writes.some((write) => write.location.id === location.id && raises(write)));
}

/** True for a write that says that there is something again. */
export function raises({ mode, value }: EffectOf<'write'>): boolean {
  return mode === 'replace' && !(value.kind === 'constant' && value.isEmpty);
}

/** `if (taken.has(name)) throw …; await …; taken.add(name)`: who finds it there is turned away, so that a second one is let in who should not be. */
function isRefused(region: RegionInQuestion): boolean {
  const { candidate: { act, location }, work } = region;
  // Whoever only waits for its turn has something else that says whose turn it is.
  if (location.path.at(-1)?.kind !== 'element' || work.every(isWaiting)) return false;
  if (act.mode === 'grow') return turnsAway(region, 'throws');
  // What is kept under a key is lost to the second one: either says so, or has brought something of its own.
  return act.mode === 'replace' && (turnsAway(region, 'throws') || (turnsAway(region, 'answers') && bringsItsOwn(region)));
}

/** `if (!codes.has(code)) throw …; await …; codes.delete(code); granted += 1`: what one may have once is given twice. */
function isConsumed(region: RegionInQuestion): boolean {
  const { candidate: { act, frame, suspensions }, study: { graph } } = region;
  if (!turnsAway(region, 'throws') && !turnsAway(region, 'answers')) return false;
  const adds = ({ mode, value, location }: EffectOf<'write'>): boolean => (mode === 'grow' ? isAnyElement(location) : mode === 'replace' && value.kind === 'mix' && /^\+\+?$/.test(value.name ?? ''));
  return graph.effects.some((effect) => effect.kind === 'write' && adds(effect) && holderOf(effect.location).id !== holderOf(act.location).id && isWithin(effect.frame, frame) && suspensions.some((suspension) => leadsTo(graph, suspension, effect)) && (leadsTo(graph, act, effect) || leadsTo(graph, effect, act)));
}

/** `list.push(…)`: not the entry of one key, which is the same however often it is made. */
function isAnyElement({ path }: Location): boolean {
  const last = path.at(-1);
  return last?.kind === 'element' && last.key === undefined;
}

/** How the guard's other way ends: with an exception, or with an answer that is not made of what was found. */
function turnsAway({ candidate: { branches, location }, study: { graph } }: RegionInQuestion, how: 'throws' | 'answers'): boolean {
  return branches.some((branch) => {
    const { at } = graph.effects[branch]!;
    const holder = at.parent;
    if (holder?.type !== 'IfStatement' || holder.test !== at) return false;
    const { consequent } = holder;
    const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
    if (how === 'throws') return isRefusal(consequent);
    if (last?.type !== 'ReturnStatement' || !last.argument || !TELLS.test(last.argument.type)) return false;
    const [from, to] = consequent.range;
    return !graph.effects.some((effect) => effect.kind === 'read' && from <= effect.at.range[0] && effect.at.range[1] <= to && holderOf(effect.location).id === holderOf(location).id);
  });
}

/** `{ error: 'taken' }`, `'taken'`, `false` */
const TELLS = /^(?:ObjectExpression|Literal|TemplateLiteral)$/;

/** What is written is made of something else that the task was asked with than what it is kept under. */
function bringsItsOwn({ candidate: { act }, study: { graph } }: RegionInQuestion): boolean {
  const isGivenSlot = (slot: Slot): boolean => 'defs' in slot && slot.defs[0]?.type === 'Parameter';
  const keys = new Set(act.key ? slotsIn(act.key, graph.effects) : []);
  return act.key !== undefined && slotsIn(act.value, graph.effects).some((slot) => isGivenSlot(slot) && !keys.has(slot));
}

/** Asking for one field decides nothing about replacing the whole object. */
function asksForThePlaceItself({ candidate }: RegionInQuestion): boolean {
  return candidate.stale.some(({ location }) => location.path.length === candidate.location.path.length);
}

/** Deleting a key that is there, or is not any more, ends the same. */
function isElementRemoval({ act }: RegionInQuestion['candidate']): boolean {
  return act.mode === 'shrink' && act.location.path.at(-1)?.kind === 'element' && act.value.kind === 'unknown';
}
