import { rangeOf } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import type { Finding } from '../../model/index.js';
import { isRunning } from '../catalog/work.js';
import { ofKind } from '../model/effect.js';
import type { EffectOf } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { answersRequests } from '../model/request-handlers.js';
import { describeLocation, isAtOrAbove, shortName } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { Slot, Value } from '../model/value.js';
import { nodeFinding } from '../node-finding.js';
import { reselectedEditorsIn } from '../promises/reselected-editors.js';
import type { ReselectedEditor } from '../promises/reselected-editors.js';
import { reusedObjectsIn } from '../promises/reused-objects.js';
import type { ReusedObject } from '../promises/reused-objects.js';
import { handedOnIn } from '../regions/handed-on.js';
import type { HandedOn } from '../regions/handed-on.js';
import { isCovered, isValidatedAt, leadsInOneTurn, leadsTo, suspensionsFrom } from '../regions/order.js';
import { partedIn } from '../regions/parted.js';
import { PARAMETER, provenancesOf } from '../regions/provenance.js';
import type { Provenances } from '../regions/provenance.js';
import { selectedLateIn } from '../regions/selected-late.js';
import { slotsIn } from '../regions/slots.js';
import { latchName } from '../regions/solve.js';
import type { Study } from '../regions/study.js';
import { textAt } from '../places.js';
import { at, intrudersOf, nameOf, shortEntry, stretchFinding } from '../stretch.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const staleContext: ModuleRule = {
  id: 'stale-context',
  category: 'atomicity',
  summary: 'What is selected at the moment is read once to ask for something, and once more after a suspension to say where the answer belongs.',
  explanation:
    'Somebody can select another one while the answer is on its way: it then lands under the wrong name. ' +
    'Keep what was selected in a local variable before the suspension, or check afterwards that it still is.',
  findingsIn: (view) => [
    ...view.studies.flatMap((study) => {
      const reselected = reselectionsIn(study, view);
      if (reselected.length > 0) return reselected;
      const overridden = overriddenIn(study, view);
      if (overridden.length > 0) return overridden;
      const parted = partingIn(study, view);
      return parted.length > 0 ? parted : lateSelectionsIn(study, view);
    }),
    ...reusedObjectsIn(view.model).map((reused) => reusedFinding(reused, view)),
    ...handedOnIn(view).map((handed) => handedOnFinding(handed, view)),
    ...reselectedEditorsIn(view.model).map((reselected) => editorFinding(reselected, view)),
  ],
};

function reusedFinding({ name, renewal, work, fn }: ReusedObject, { model }: ModuleView): Finding {
  return nodeFinding(staleContext, model, {
    fn, location: name, dependence: 'update', from: renewal, waits: [work], to: work, accesses: [['write', renewal], ['read', work]],
    message: `\`${name.replace(/^this\./, '')}\` is made ready by each call at line ${renewal.loc.start.line}, and \`${calleeText(work.callee)}\`, which works with it at line ${work.loc.start.line}, is waited for: another call makes it ready for its own meanwhile.`,
  });
}

function handedOnFinding({ study, own, next, reader, again }: HandedOn, view: ModuleView): Finding {
  const message = `\`${shortName(own.location)}\` is set for one request at ${at(own, view)}, and \`${shortEntry(reader.entry!.point)}\` reads it at ${at(again, view)}: another request can set its own in between.`;
  const stretch = { study, location: own.location, dependence: 'update', from: [own], suspensions: [], to: [next], intruders: [{ entry: study.entry!, effects: [own] }, { entry: reader.entry!, effects: [again] }] } as const;
  return { ...stretchFinding(staleContext, view, stretch, message), oracle: 'none', range: rangeOf(own.at, view.model.file), location: describeLocation(own.location) };
}

function editorFinding({ asked, again, wait, act, fn }: ReselectedEditor, { model }: ModuleView): Finding {
  const location = calleeText(asked);
  return nodeFinding(staleContext, model, {
    fn, location, dependence: 'update', from: asked, waits: [wait], to: act, accesses: [['read', asked], ['read', again]],
    message: `\`${location}\` is read at line ${asked.loc.start.line}, \`${fn.ownName || fn.name}\` suspends at line ${wait.loc.start.line}, and the user can turn to another editor before it is read again at line ${again.loc.start.line}: the answer lands in the wrong one.`,
  });
}

type Act = EffectOf<'write'> | EffectOf<'call'>;
type Read = EffectOf<'read'>;

function reselectionsIn(study: Study, view: ModuleView): Finding[] {
  const { entry, graph } = study;
  if (!entry || !study.suspends) return [];
  const readings = ofKind(graph.effects, 'read').filter((effect) => effect.location.path.at(-1)?.kind !== 'element');
  if (readings.length < 2) return [];
  const provenances = provenancesOf(graph.effects);
  for (const act of graph.effects) {
    if ((act.kind !== 'write' && act.kind !== 'call') || act.frame.fn.module !== view.model.module) continue;
    for (const [result, again] of answersAndSelections(act, readings, provenances, study)) {
      const asked = readings.find((read) => read !== again && read.location.id === again.location.id && (isAskedWith(result, read, study) || isBegun(read, act, study)) && isReselected(study, read, again, act));
      const finding = asked && reselectionFinding(study, view, asked, again, act);
      if (finding) return [finding];
    }
  }
  return [];
}

/** `currentUser = await authenticate(request); await parse(request); save(currentUser)`: what a run has selected for itself is another's by the time it is used. */
function overriddenIn(study: Study, view: ModuleView): Finding[] {
  const { entry, graph, writes } = study;
  if (!entry?.overlapsItself || !study.suspends) return [];
  const provenances = provenancesOf(graph.effects);
  const isOfARequest = study.fn.module === view.model.module && answersRequests(study.fn, view.model);
  for (const own of writes) {
    if (own.mode !== 'replace' || own.frame.fn.module !== view.model.module || !isOfTheCaller(own.value, provenances)) continue;
    const isPersonal = isOfARequest && isOfOneCaller(own.location);
    const isUsed = (read: Read): boolean => ((isPersonal || (own.frame.fn === study.fn && isSelection(own.location))) && isHandedOn(read, provenances, study)) || (read.frame === own.frame && isMixedUp(read, own, study));
    const again = graph.effects.find((effect): effect is Read => effect.kind === 'read' && effect.location.id === own.location.id && (isPersonal || effect.frame === own.frame) && isOvertaken(study, own, effect) && isUsed(effect));
    const intruders = again ? intrudersOf(study, own.location, view, (other) => (other === study ? [own] : [])) : [];
    if (!again || intruders.length === 0) continue;
    const suspensions = suspensionsFrom(graph, own, again);
    const message = `\`${shortName(own.location)}\` is set at ${at(own, view)}, \`${shortEntry(entry.point)}\` suspends at ${at(suspensions.at(-1)!, view)}, and ${nameOf(intruders[0]!, study)} can set another before it is read at ${at(again, view)}: the run goes on with what belongs to the other.`;
    return [{ ...stretchFinding(staleContext, view, { study, location: own.location, dependence: 'update', from: [own], suspensions, to: [again], intruders }, message), oracle: 'none', location: describeLocation(own.location) }];
  }
  return [];
}

/** `this.selected = document; await this.load(document); this.watcher = new Watcher(document)`: two who select at a time can leave one's watcher with the other's document. */
function partingIn(study: Study, view: ModuleView): Finding[] {
  const { entry } = study;
  const parted = entry?.overlapsItself && study.suspends && !isRunning(study.fn.ownName) ? partedIn(study, isSelection) : undefined;
  if (!parted || parted.later.frame.fn.module !== view.model.module || parted.selected.frame.fn.module !== view.model.module) return [];
  const { selected, suspensions, later } = parted;
  const intruders = intrudersOf(study, selected.location, view, (other) => (other === study ? [selected] : []));
  if (intruders.length === 0) return [];
  const message = `\`${shortName(selected.location)}\` is set at ${at(selected, view)}, \`${shortEntry(entry!.point)}\` suspends at ${at(suspensions.at(-1)!, view)}, and ${nameOf(intruders[0]!, study)} can select another before \`${shortName(later.location)}\` is set at ${at(later, view)} for the one before.`;
  return [{ ...stretchFinding(staleContext, view, { study, location: selected.location, dependence: 'update', from: [selected], suspensions, to: [later], intruders }, message), oracle: 'none', location: describeLocation(selected.location) }];
}

function lateSelectionsIn(study: Study, view: ModuleView): Finding[] {
  const { entry } = study;
  const late = entry && study.suspends ? selectedLateIn(study, isSelection) : undefined;
  if (!late || late.act.frame.fn.module !== view.model.module) return [];
  const { again, suspensions, act } = late;
  const intruders = intrudersOf(study, again.location, view, (other) => (other === study ? [] : other.writes.filter((write) => write.location.id === again.location.id && isOfTheCaller(write.value, provenancesOf(other.graph.effects)))));
  if (intruders.length === 0) return [];
  const message = `\`${shortEntry(entry!.point)}\` suspends at ${at(suspensions.at(-1)!, view)} with what it was asked with, and only then reads \`${shortName(again.location)}\` at ${at(again, view)}: ${nameOf(intruders[0]!, study)} can select another meanwhile, and the answer lands under the wrong one.`;
  return [{ ...stretchFinding(staleContext, view, { study, location: again.location, dependence: 'update', from: [suspensions[0]!], suspensions, to: [act], intruders }, message), oracle: 'none', location: describeLocation(again.location) }];
}

/** What one request after the other brings with it: whose it is, and in which language. Where it is kept for all of them, by name. */
function isOfOneCaller({ root, path }: Location): boolean {
  const last = path.at(-1);
  if (last ? last.kind !== 'member' : root.kind !== 'variable') return false;
  return OF_ONE_CALLER.test(last?.kind === 'member' ? last.name : root.kind === 'variable' ? root.variable.name : '');
}

const OF_ONE_CALLER = /(?:locale|lang(?:uage)?|tenant|user|userId|viewer|customer|session|request|req|account|organi[sz]ation|workspace)$/i;

function isOvertaken(study: Study, own: EffectOf<'write'>, again: Read): boolean {
  const { graph } = study;
  // Who found the place free and took it in one turn keeps the others out until it is given back.
  if (study.stateAt(again.id)?.locks.has(latchName(own.location))) return false;
  return !leadsInOneTurn(graph, own, again) && suspensionsFrom(graph, own, again).length > 0 && !leadsTo(graph, again, own) && !isCovered(study, own, again) && !isValidatedAt(study, again);
}

/** Made of what the caller came with, so that each run selects its own. */
function isOfTheCaller(value: Value, provenances: Provenances): boolean {
  return provenances.of(value).makers.has(PARAMETER);
}

/** True if what was read is given to somebody, and not only looked at: itself, or what is kept under it, `texts[locale]`. */
function isHandedOn(read: Read, provenances: Provenances, study: Study): boolean {
  return isGivenAway(read, provenances, study) || ofKind(study.graph.effects, 'read').some((found) => found.frame === read.frame && isKeyIn(found.location, read) && isGivenAway(found, provenances, study));
}

function isGivenAway({ id }: Read, provenances: Provenances, { graph }: Study): boolean {
  return graph.effects.some((effect) => (effect.kind === 'call' ? effect.values.some((value) => provenances.of(value).reads.has(id)) : effect.kind === 'return' && provenances.of(effect.value).reads.has(id)));
}

/**
 * `this.details = detailsOf(event); await check(this.details); this.events.set(this.details, event)`: what the place holds by now, of whichever run, goes with what this
 * run was asked with. What is done once in the life of an object has no other run.
 */
function isMixedUp({ id }: Read, own: EffectOf<'write'>, { fn, graph }: Study): boolean {
  if (own.location.path.at(-1)?.kind === 'element' || isRunning(fn.ownName) || isRunning(own.frame.fn.ownName)) return false;
  const given = new Set(slotsIn(own.value, graph.effects).filter(isParameter));
  const isItself = (value: Value | undefined): boolean => value !== undefined && isReading(value, id);
  const isGiven = (value: Value | undefined): boolean => value?.kind === 'slot' && given.has(value.slot);
  return given.size > 0 && graph.effects.some((act) => {
    if (act.kind === 'write') return (isItself(act.key) && isGiven(act.value)) || (isGiven(act.key) && isItself(act.value));
    return act.kind === 'call' && act.values.some(isItself) && act.values.some(isGiven);
  });
}

function isParameter(slot: Slot): boolean {
  return 'defs' in slot && slot.defs[0]?.type === 'Parameter';
}

const SELECTING = /current|active|selected|selection|focus(?:ed)?|chosen/i;

/** True if the place says which of several things is meant at the moment, by its name. */
function isSelection({ root, path }: Location): boolean {
  const last = path.at(-1);
  if (path.some((step) => step.kind === 'member' && SELECTING.test(step.name))) return last?.kind === 'member';
  return root.kind === 'variable' && SELECTING.test(root.variable.name) && last?.kind !== 'element';
}

/**
 * What an act puts away was asked for with some readings; another reading says where it goes.
 * What is both asked for and the key of the answer selects, whatever its name.
 */
function* answersAndSelections(act: Act, readings: readonly Read[], provenances: Provenances, { graph }: Study): Generator<readonly [asked: ReadonlySet<number>, again: Read]> {
  const selected = (value: Value): Read[] => readings.filter(({ id }) => isReading(handedOver(value, graph), id));
  // `trail.push({ user: currentUser.id, result })`
  for (const fields of literalsIn(act.kind === 'call' ? act.values : [act.value], graph)) {
    for (const field of fields) for (const again of selected(field)) if (isSelection(again.location)) yield [new Set(fields.flatMap((other) => (other === field ? [] : [...provenances.of(other).asked]))), again];
  }
  if (act.kind === 'call') {
    for (const value of act.values) for (const again of selected(value)) if (isSelection(again.location)) yield [new Set(act.values.flatMap((other) => (other === value ? [] : [...provenances.of(other).asked]))), again];
    return;
  }
  const { asked, makers } = provenances.of(act.value);
  if (makers.size === 0) return;
  for (const again of act.key ? selected(act.key) : []) yield [asked, again];
  // `rooms[this.current].push(message)`
  for (const again of readings) if (isKeyIn(act.location, again) && again.frame === act.frame && leadsTo(graph, again, act)) yield [asked, again];
  // `this.current.text = text`: the object that is written is whichever is selected now.
  for (const again of readings) if (isSelection(again.location) && again.location.path.length < act.location.path.length && isAtOrAbove(again.location, act.location) && isSelectedItself(again.location) && leadsTo(graph, again, act)) yield [asked, again];
}

/** The fields of the objects that are written or handed over as they are made, and of objects that a list is made of. */
function literalsIn(values: readonly Value[], graph: Study['graph']): (readonly Value[])[] {
  return values.flatMap((value) => {
    const made = handedOver(value, graph);
    if (made.kind !== 'mix' || (made.name !== undefined && made.name !== 'literal')) return [];
    const parts = made.parts.map((part) => (part.kind === 'mix' && !part.name && part.parts.length === 1 ? part.parts[0]! : part));
    return made.name ? [parts] : literalsIn(made.parts, graph);
  });
}

/** What the parameter of a function that is followed stands for: `put(this.current, image)`. */
function handedOver(value: Value, { effects }: Study['graph']): Value {
  const definition = value.kind === 'slot' && 'defs' in value.slot ? value.slot.defs[0] : undefined;
  if (value.kind !== 'slot' || definition?.type !== 'Parameter') return value;
  const given = ofKind(effects, 'assign').filter(({ slot }) => slot === value.slot);
  return given.length === 1 ? given[0]!.value : value;
}

function isKeyIn({ path }: Location, read: Read): boolean {
  return path.some((step) => step.kind === 'element' && step.key !== undefined && step.key === textAt(read));
}

/** True if the answer was asked for with the reading, or with what lay under it as a key: `fetch(tabs[active].url)`. */
function isAskedWith(asked: ReadonlySet<number>, read: Read, { graph }: Study): boolean {
  return asked.has(read.id) || [...asked].some((id) => {
    const effect = graph.effects[id]!;
    return effect.kind === 'read' && effect.frame === read.frame && isKeyIn(effect.location, read) && leadsInOneTurn(graph, read, effect);
  });
}

/** `this.active.messages.push(question); const answer = await ask(question); this.active.messages.push(answer)`: what was asked with stands where the answer belongs. */
function isBegun(read: Read, act: Act, { graph }: Study): boolean {
  if (act.kind !== 'write' || !isSelectedItself(read.location)) return false;
  const { effects } = graph;
  const { makers } = provenancesOf(effects).of(act.value);
  return ofKind(effects, 'write').some((begun) => {
    if (begun === act || begun.location.id !== act.location.id || begun.frame !== act.frame || !leadsInOneTurn(graph, read, begun)) return false;
    const put = new Set(slotsIn(begun.value, effects));
    return ofKind(effects, 'suspend').some((asking) => makers.has(asking.callee) && leadsTo(graph, begun, asking) && leadsTo(graph, asking, act) && slotsIn(asking.awaited, effects).some((slot) => put.has(slot)));
  });
}

/** True if the value is one reading and nothing else. */
function isReading(value: Value, read: number): boolean {
  return (value.kind === 'read' && value.read === read) || (value.kind === 'choice' && value.parts.some((part) => isReading(part, read)));
}

function isSelectedItself({ root, path }: Location): boolean {
  const last = path.at(-1);
  return last ? last.kind === 'member' && SELECTING.test(last.name) : root.kind === 'variable' && SELECTING.test(root.variable.name);
}

function isReselected(study: Study, asked: Read, again: Read, act: Act): boolean {
  const { graph } = study;
  return suspensionsFrom(graph, asked, again).length > 0 && leadsTo(graph, again, act) && !leadsTo(graph, again, asked) && !isCovered(study, asked, act) && !isValidatedAt(study, act);
}

/** `const plugin = plugins.get(id); … plugin.id`: the variable keeps the element, whatever becomes of the collection. */
function isOfHeld({ at: node, location: { root, path } }: Read): boolean {
  const holder = objectOf(node);
  return holder.type === 'Identifier' && !(root.kind === 'variable' && root.variable.name === holder.name) && path[path.length - stepsOf(node) - 1]?.kind === 'element';
}

function objectOf(node: Node): Node {
  return node.type === 'MemberExpression' ? objectOf(node.object) : node;
}

function stepsOf(node: Node): number {
  return node.type === 'MemberExpression' ? 1 + stepsOf(node.object) : 0;
}

function reselectionFinding(study: Study, view: ModuleView, asked: Read, again: Read, act: Act): Finding | undefined {
  const { location } = asked;
  const held = isOfHeld(asked) && isOfHeld(again) ? location.path.length - stepsOf(again.at) : -1;
  const intruders = intrudersOf(study, location, view, ({ writes }) => writes.filter((write) => write.location.path.length > held && isAtOrAbove(write.location, location)));
  if (intruders.length === 0) return undefined;
  const suspensions = suspensionsFrom(study.graph, asked, again);
  const message = `\`${shortName(location)}\` is read at ${at(asked, view)}, \`${shortEntry(study.entry!.point)}\` suspends at ${at(suspensions.at(-1)!, view)}, and ${nameOf(intruders[0]!, study)} can select another before ${at(again, view)}: the answer lands under the wrong one.`;
  // What a helper does with it is the caller's doing.
  const to = act.frame === again.frame ? act : again;
  return { ...stretchFinding(staleContext, view, { study, location, dependence: 'update', from: [asked], suspensions, to: [to], intruders }, message), location: describeLocation(location) };
}
