import type { Finding } from '../../model/index.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectOf, Frame } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { squiggleOf } from '../places.js';
import { holderOf, mayBeSame, shortName } from '../model/location.js';
import { isCovered, leadsTo, passesOnlyBy, suspensionsFrom } from '../regions/order.js';
import type { Study } from '../regions/study.js';
import { at, intrudersOf, nameOf, shortEntry, stretchFinding } from '../stretch.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const unstableIteration: ModuleRule = {
  id: 'unstable-iteration',
  category: 'atomicity',
  summary: 'A loop over a shared collection suspends between its elements while others add to the collection or remove from it.',
  explanation:
    'What is removed before the loop comes to it shifts the rest: an element is skipped, or met twice, or is no longer there. ' +
    'Go through a copy (`for (const item of [...items])`), or guard the loop and the changes with a mutex.',
  findingsIn: (view) => view.studies.flatMap((study) => iterationsIn(study, view)),
};

type Step = EffectOf<'step'>;
type Write = EffectOf<'write'>;

function iterationsIn(study: Study, view: ModuleView): Finding[] {
  const { entry, graph } = study;
  if (!entry || !study.suspends) return [];
  return ofKind(graph.effects, 'step').flatMap((step) => {
    if (step.frame.fn.module !== view.model.module) return [];
    const suspensions = suspensionsFrom(graph, step, step).filter((suspension) => isDuring(suspension.frame, step.frame) && leadsTo(graph, suspension, step) && !startsAnew(study, suspension, step));
    if (suspensions.length === 0 || isCovered(study, suspensions[0]!, step)) return [];
    const intruders = intrudersOf(study, step.location, view, (other) => changesOf(other, step));
    if (!intruders.some(({ effects }) => disturbs(step, effects as readonly Write[])) && !(intruders.some(({ effects }) => takesAny(effects)) && addsUp(study, step, suspensions[0]!))) return [];
    const others = intruders.filter(({ entry: other }) => other !== entry).sort((a, b) => Number(takesAny(b.effects)) - Number(takesAny(a.effects)));
    if (others.length === 0) return [];
    const message = `\`${shortName(holderOf(step.location))}\` is gone through at ${at(step, view)}, \`${shortEntry(entry.point)}\` suspends at ${at(suspensions[0]!, view)} within the loop, and ${nameOf(others[0]!, study)} can change it at ${at(others[0]!.effects[0]!, view)} before the next element.`;
    const finding = stretchFinding(unstableIteration, view, { study, location: step.location, dependence: 'update', from: [step], suspensions, to: workIn(study, suspensions), intruders: others }, message);
    return [{ ...finding, range: squiggleOf(step, view.model) }];
  });
}

/** What is done with each element: the calls that are waited for. */
function workIn({ graph }: Study, suspensions: readonly EffectOf<'suspend'>[]): Effect[] {
  return suspensions.map((suspension) => graph.effects.findLast((effect) => effect.kind === 'call' && effect.id < suspension.id && effect.callee === suspension.callee && effect.frame === suspension.frame) ?? suspension);
}

/** True if `outer` has yet to end while `inner` runs: a loop of a function that has returned does not go on. */
function isDuring(inner: Frame, outer: Frame): boolean {
  return inner.id === outer.id || (inner.caller !== undefined && isDuring(inner.caller, outer));
}

/** True if the loop that comes after the suspension is another one, over what the collection then is. */
function startsAnew({ graph }: Study, suspension: EffectOf<'suspend'>, step: Step): boolean {
  return passesOnlyBy(graph, suspension.id, (effect) => effect.kind === 'read' && effect.at === step.at, step.id);
}

/** Writes that change which elements the collection has, or where they stand. */
function changesOf({ writes }: Study, step: Step): Write[] {
  // That the loop turns the list round itself, for `of list.reverse()`, is no change by others.
  return writes.filter((write) => mayBeSame(write.location, step.location) && (write.mode !== 'replace' || (isRearranged(write) && write.at !== step.at)));
}

function isRearranged({ at: node, mode }: Write): boolean {
  return mode === 'replace' && node.type === 'CallExpression';
}

function isPutInFront({ at: node, mode }: Write): boolean {
  return mode === 'grow' && node.type === 'CallExpression' && calleeText(node.callee) === 'unshift';
}

function takesAny(effects: readonly Effect[]): boolean {
  return effects.some((effect) => effect.kind === 'write' && (effect.mode === 'shrink' || effect.mode === 'clear'));
}

/** Positions move when something is taken out of an array, or put in front. In maps and sets what is taken out and put back goes to the end. */
function disturbs({ collection }: Step, changes: readonly Write[]): boolean {
  if (collection === 'map' || collection === 'set') return changes.some((taken) => taken.mode === 'shrink' && changes.some((put) => put.id > taken.id && put.location.id === taken.location.id && (put.mode === 'grow' || put.mode === 'replace') && put.frame === taken.frame));
  return takesAny(changes) || changes.some((change) => isRearranged(change) || isPutInFront(change));
}

/** The loop makes one number of all elements, which is then none that there ever was. */
function addsUp({ graph }: Study, step: Step, suspension: EffectOf<'suspend'>): boolean {
  return graph.effects.some((effect) => effect.kind === 'assign' && effect.value.kind === 'mix' && /^\+\+?$/.test(effect.value.name ?? '') && leadsTo(graph, suspension, effect) && leadsTo(graph, effect, step));
}
