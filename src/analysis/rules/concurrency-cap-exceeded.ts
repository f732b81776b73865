import type { Finding } from '../../model/index.js';
import { isWithin } from '../../language/index.js';
import { ofKind } from '../model/effect.js';
import type { EffectGraph, EffectOf } from '../model/effect.js';
import { mayBeSame, shortName } from '../model/location.js';
import { leadsTo, passesOnlyBy, suspensionsFrom } from '../regions/order.js';
import { provenancesOf } from '../regions/provenance.js';
import type { Provenances } from '../regions/provenance.js';
import type { Study } from '../regions/study.js';
import { at, shortEntry, stretchFinding } from '../stretch.js';
import type { ModuleRule, ModuleView, RegionInQuestion, Rule } from './rule.js';

export const concurrencyCapExceeded: Rule & ModuleRule = {
  id: 'concurrency-cap-exceeded',
  category: 'atomicity',
  dependence: 'cap',
  summary: 'A count of what is under way is compared with a limit, the code is suspended, and only then is the count raised.',
  explanation:
    'All that come while the first is suspended find room too and are let in. ' +
    'Raise the count in the same turn as the comparison, or compare again after waiting (`while`).',
  accuses: (region) => region.candidate.dependence === 'guard' && takesAPlace(region) && isGivenBack(region),
  findingsIn: (view) => view.studies.flatMap((study) => unaskedIn(study, view)),
};

/** `if (busy >= most) await free(); busy++`, `if (free === 0) await freed(); free--`: whoever is woken counts itself in, though another may have come first. */
function unaskedIn(study: Study, view: ModuleView): Finding[] {
  const { entry, graph, writes } = study;
  if (!entry?.overlapsItself || !study.suspends) return [];
  const provenances = provenancesOf(graph.effects);
  return writes.flatMap((act) => {
    const { location } = act;
    const direction = directionOf([...provenances.of(act.value).makers]);
    if (direction === 0 || act.frame.fn.module !== view.model.module) return [];
    const asked = graph.effects.find((effect) => effect.kind === 'branch' && effect.frame === act.frame && waitOf(study, effect, act, direction, provenances) !== undefined);
    const wait = asked && waitOf(study, asked as Branch, act, direction, provenances);
    if (!asked || !wait || !((direction === 1 ? COUNTING : LEFT).test(shortName(location)) || standsInLine(wait, graph)) || !isTakenBack(study, act, direction, view)) return [];
    const message = `\`${shortName(location)}\` is compared at ${at(asked, view)}, \`${shortEntry(entry.point)}\` waits at ${at(wait, view)} and counts itself in at ${at(act, view)} without comparing again: another that comes before it is woken takes the same place.`;
    return [stretchFinding(concurrencyCapExceeded, view, { study, location, dependence: 'cap', from: [asked], suspensions: [wait], to: [act], intruders: [{ entry, effects: [act] }] }, message)];
  });
}

type Branch = EffectOf<'branch'>;

/** The suspension on one way from a comparison of the counted place to the act, if the place is not looked at again after it and the other way leads there too. */
function waitOf({ graph }: Study, branch: Branch, act: EffectOf<'write'>, direction: -1 | 1, provenances: Provenances): EffectOf<'suspend'> | undefined {
  const isLimit = branch.test.kind === 'comparison' && !branch.test.isEquality;
  if (!(isLimit || direction === -1) || !looksAt(graph, branch, act, provenances) || !isUndecided(branch, graph, act)) return undefined;
  return suspensionsFrom(graph, branch, act).find((wait) => (isLimit || isForOthers(wait)) && !leadsTo(graph, wait, branch) && !passesOnlyBy(graph, wait.id, (effect) => effect.kind === 'branch' && looksAt(graph, effect, act, provenances), act.id));
}

/** What is waited for is that somebody else says so: a promise that is settled from elsewhere. */
function isForOthers({ at, callee }: EffectOf<'suspend'>): boolean {
  const argument = at.type === 'AwaitExpression' ? at.argument : undefined;
  return argument?.type === 'NewExpression' || /^(?:wait|once|until|when|signal)/i.test(callee);
}

/** `await new Promise((resolve) => queue.push(resolve))`: whatever the count is called, who finds no room is let in by somebody who leaves. */
function standsInLine({ at, frame }: EffectOf<'suspend'>, { effects }: EffectGraph): boolean {
  const made = at.type === 'AwaitExpression' && at.argument.type === 'NewExpression' ? at.argument : undefined;
  return made !== undefined && ofKind(effects, 'write').some((write) => write.mode === 'grow' && write.frame.caller === frame && isWithin(write.at, made));
}

/** True if the act comes whatever the comparison gave. */
function isUndecided({ next }: Branch, graph: EffectGraph, act: EffectOf<'write'>): boolean {
  return next.length > 1 && next.every(({ to }) => to === act.id || leadsTo(graph, graph.effects[to]!, act));
}

function looksAt({ effects }: EffectGraph, { test }: Branch, { location }: EffectOf<'write'>, provenances: Provenances): boolean {
  return [...provenances.of(test).reads].some((read) => {
    const effect = effects[read]!;
    return effect.kind === 'read' && effect.location.id === location.id;
  });
}

/** The act takes one of a limited number of places: it counts up to the limit, or down to nothing. */
function takesAPlace({ candidate, makers }: RegionInQuestion): boolean {
  const { act, says, isRelative } = candidate;
  if (act.mode === 'grow') return says.has('other');
  return isRelative && (says.has('other') || says.has('full')) && directionOf(makers()) !== 0;
}

function directionOf(makers: readonly string[]): -1 | 0 | 1 {
  if (makers.includes('++') || makers.includes('+')) return 1;
  return makers.includes('--') || makers.includes('-') ? -1 : 0;
}

const COUNTING = /active|running|in_?flight|pending|busy|concurren|outstanding|ongoing|open(?!ed)|permits?|tokens?|slots?|workers?|in_?use|current(?:Count|Jobs|Tasks)|jobs|executing|processing/i;

/** What is counted down to nothing. */
const LEFT = /free|avail|permit|token|slot|credit|remaining|capacity|count|left|value|room/i;

/** Whoever took a place gives it back, so that it is a number of places at one time, not a stock that is used up. */
function isGivenBack({ candidate, makers, study, view }: RegionInQuestion): boolean {
  const { act, location } = candidate;
  if (!COUNTING.test(shortName(location))) return false;
  return isTakenBack(study, act, act.mode === 'grow' ? 1 : directionOf(makers()), view);
}

function isTakenBack(study: Study, act: EffectOf<'write'>, direction: number, view: ModuleView): boolean {
  const { location } = act;
  return view.studiesAround(location).some((other) => other.writes.some((write) => {
    if (!mayBeSame(write.location, location) || write.at === act.at) return false;
    if (direction === 1 && write.mode === 'shrink') return true;
    return directionOf([...provenancesOf(other.graph.effects).of(write.value).makers]) === -direction && (other !== study || leadsTo(study.graph, act, write));
  }));
}
