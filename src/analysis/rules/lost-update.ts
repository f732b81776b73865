import { isWithin } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { isMaking } from '../catalog/work.js';
import type { Effect, Frame } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { shortName } from '../model/location.js';
import { leadsTo } from '../regions/order.js';
import { provenancesOf } from '../regions/provenance.js';
import { isReadThrough } from './double-initialization.js';
import type { RegionInQuestion, Rule } from './rule.js';

export const lostUpdate: Rule = {
  id: 'lost-update',
  category: 'atomicity',
  summary: 'A shared place is read, the code is suspended, and then a value made from the old reading is written back.',
  explanation:
    'Another task can write the place while this one is suspended; what it wrote is overwritten with a value that does not know of it. ' +
    'Read the place again after the last suspension (`const step = await f(); n += step`), or guard the whole of it with a mutex.',
  accuses: (region) => {
    const { candidate } = region;
    if (candidate.dependence !== 'update' || candidate.renewed.length > 0 || SCROLLED.test(shortName(candidate.location))) return false;
    if (isDefault(region) || (isKeptOrFetched(region) && isReadThrough(region))) return false;
    return candidate.isRenewal ? isSpent(region) : candidate.isPutBack || !(isRestored(candidate.value) || isKeptOrNew(region));
  },
};

/** `this.mode = await settings.get('mode', this.mode)`: what to answer if there is nothing; the answer is not made from it. */
function isDefault({ candidate: { act, stale } }: RegionInQuestion): boolean {
  return act.value.kind !== 'mix' && stale.every(({ at }) => at.parent?.type === 'CallExpression' && at.parent.arguments.length === 2 && at.parent.arguments[1] === at && /^(?:get|load)(?![a-z])/.test(calleeText(at.parent.callee)));
}

/** `cache.set(key, cache.get(key) ?? (await load(key)))`: what is there is kept, and only what is missing is waited for. */
function isKeptOrFetched({ candidate: { stale, suspensions } }: RegionInQuestion): boolean {
  return stale.every((read) => {
    let kept: Node | undefined = read.at;
    while (kept && !(kept.parent?.type === 'LogicalExpression' && kept.parent.left === kept && kept.parent.operator !== '&&')) kept = kept.parent;
    const choice = kept?.parent;
    return choice?.type === 'LogicalExpression' && suspensions.every((suspension) => isWithin(nodeIn(read.frame, suspension), choice.right));
  });
}

/** Where an effect is in a frame: itself, or the call that comes to it. */
function nodeIn(frame: Frame, effect: Effect): Node {
  let { at } = effect;
  for (let one: Frame | undefined = effect.frame; one?.caller && one !== frame; one = one.caller) at = one.at;
  return at;
}

/** What is scrolled is put back to where it was once there is more above it. */
const SCROLLED = /(?:^|\.)scroll(?:Top|Left)$/;

/** To ask twice with the same value does harm: it is used up by the first, or what came with the answer is kept twice. */
function isSpent({ candidate: { act, suspensions }, work, study: { graph } }: RegionInQuestion): boolean {
  if (work.some(isMaking)) return true;
  const provenances = provenancesOf(graph.effects);
  const { makers } = provenances.of(act.value);
  return graph.effects.some((effect) => effect.kind === 'write' && effect.mode === 'grow' && effect.frame === act.frame && suspensions.some((suspension) => leadsTo(graph, suspension, effect)) && work.some((name) => makers.has(name) && provenances.of(effect.value).makers.has(name)));
}

/** `const old = this.mode; …; this.mode = old` puts back what was there: it undoes, it does not update. Of counts and flags others may have counted meanwhile. */
function isRestored(value: { readonly isCopy: boolean }): boolean {
  return value.isCopy;
}

/** `let token = state.token; if (!valid(token)) token = await ask(); state.token = token`: what is there, or something that does not rest on it. */
function isKeptOrNew({ candidate: { act, stale, isAppended, isAdvance }, study: { graph: { effects } } }: RegionInQuestion): boolean {
  const { value } = act;
  if (value.kind !== 'slot' || isAppended || isAdvance) return false;
  const provenances = provenancesOf(effects);
  const isStale = (read: number): boolean => stale.some(({ id }) => id === read);
  const given = effects.flatMap((effect) => (effect.kind === 'assign' && effect.slot === value.slot ? [effect.value] : []));
  return given.length > 1 && given.every((one) => (one.kind === 'read' && isStale(one.read)) || ![...provenances.of(one).reads].some(isStale));
}
