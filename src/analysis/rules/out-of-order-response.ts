import type { Finding } from '../../model/index.js';
import { isEnding, isStarting, mayAsk } from '../catalog/work.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { isComponentEffect } from '../model/effects.js';
import { isInHookState } from '../model/hook-states.js';
import { calleeText } from '../model/functions.js';
import { isAtOrAbove, shortName } from '../model/location.js';
import type { Location } from '../model/location.js';
import { ownNodes } from '../model/shared-memory.js';
import { unwrap } from '../model/unwrap.js';
import { isDecidedByAnswer } from '../regions/decided.js';
import { forgottenIn } from '../regions/forgotten.js';
import { outlivedIn } from '../regions/outlived.js';
import { revivedIn } from '../regions/revived.js';
import { isCovered, isValidatedAt, leadsTo } from '../regions/order.js';
import { PARAMETER, provenancesOf } from '../regions/provenance.js';
import type { Provenances } from '../regions/provenance.js';
import type { Study } from '../regions/study.js';
import { at, intrudersOf, nameOf, shortEntry, stretchFinding } from '../stretch.js';
import type { Stretch } from '../stretch.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const outOfOrderResponse: ModuleRule = {
  id: 'out-of-order-response',
  category: 'atomicity',
  summary: 'The answer to a request is put into a place that shows the latest one, whichever request it answers.',
  explanation:
    'Answers come in any order: that of an earlier request can be the last to arrive, and what was asked for later is overwritten. ' +
    'Compare a sequence number, or what is asked for now, after the last suspension, or abort the earlier request.',
  findingsIn: (view) => view.studies.flatMap((study) => [...responsesOf(study, view), ...forgottenOf(study, view), ...revivedOf(study, view), ...outlivedOf(study, view)]),
};

/** What an object is there for is done once in its life. */
const ONCE = /^#?_?(?:run|start|init|open|connect|set_?up|boot|main|restore|execute)/i;

/** What brings an object into another form, or out of one, is done by whoever has the object. */
const OTHER_FORM = /^#?_?(?:(?:de)?seriali[sz]e|parse|encode|decode|encrypt|decrypt|sign|merge)(?![a-z])/;

/** The late end of an earlier run drops what a later one has put into the place. */
function forgottenOf(study: Study, view: ModuleView): Finding[] {
  if (!study.entry?.overlapsItself || isEnding(study.fn.ownName)) return [];
  return forgottenIn(study).flatMap(({ own, suspensions, end, hasLooked }) => {
    // What a component shows says how far the latest has come.
    if ((ONCE.test(study.fn.ownName) && !hasLooked) || end.frame.fn.module !== view.model.module || isInHookState(own.location)) return [];
    const name = shortName(own.location);
    const intruders = intrudersOf(study, own.location, view, (other) => (other === study ? [own] : []));
    const readers = view.studiesAround(own.location).filter((other) => other.graph.effects.some((effect) => effect.kind === 'read' && effect.location.id === own.location.id));
    if (intruders.length === 0 || readers.length === 0) return [];
    const stretch: Stretch = { study, location: own.location, dependence: 'response', isLate: true, from: [own], suspensions, to: [end], intruders };
    return [stretchFinding(outOfOrderResponse, view, stretch, `\`${name}\` is set at ${at(own, view)}, \`${nameOfRun(study)}\` suspends at ${at(suspensions.at(-1)!, view)}, and ${nameOf(intruders[0]!, study)} can set its own before ${at(end, view)} empties the place: that of the later one is forgotten while it still runs.`)];
  });
}

function revivedOf(study: Study, view: ModuleView): Finding[] {
  if (!study.entry) return [];
  return revivedIn(study, view.studies).flatMap(({ begun, suspensions, done, ended, ender }) => {
    if (done.frame.fn.module !== view.model.module || begun.frame.fn.module !== view.model.module) return [];
    // What comes after a delay was to come then, whatever it was begun with.
    if (suspensions.at(-1)!.callee === 'setTimeout') return [];
    const intruders = intrudersOf(study, done.location, view, (other) => (other === ender ? [ended] : []));
    if (intruders.length === 0) return [];
    const stretch: Stretch = { study, location: done.location, dependence: 'response', isLate: true, from: [begun], suspensions, to: [done], intruders };
    return [stretchFinding(outOfOrderResponse, view, stretch, `\`${shortName(done.location)}\` is set at ${at(begun, view)}, \`${nameOfRun(study)}\` suspends at ${at(suspensions.at(-1)!, view)}, and ${nameOf(intruders[0]!, study)} can end it before ${at(done, view)}: what was ended goes on.`)];
  });
}

/** `this.watcher = await watch(path)`, though `dispose` found nothing to end there while it waited. */
function outlivedOf(study: Study, view: ModuleView): Finding[] {
  const outlived = study.entry ? outlivedIn(study, view.studies) : undefined;
  if (!outlived || outlived.kept.frame.fn.module !== view.model.module || revivedIn(study, view.studies).length > 0) return [];
  const { kept, suspensions, ended, ender } = outlived;
  const intruders = intrudersOf(study, kept.location, view, (other) => (other === ender ? [ended] : []));
  if (intruders.length === 0) return [];
  const stretch: Stretch = { study, location: kept.location, dependence: 'response', isLate: true, from: [suspensions[0]!], suspensions, to: [kept], intruders };
  const what = kept.value.kind === 'constant' ? 'what was ended goes on' : ender === study ? 'one of what both put there is lost' : 'nobody ends what is put there';
  return [stretchFinding(outOfOrderResponse, view, stretch, `\`${nameOfRun(study)}\` suspends at ${at(suspensions.at(-1)!, view)} before it sets \`${shortName(kept.location)}\` at ${at(kept, view)}, and ${nameOf(intruders[0]!, study)} can end it all meanwhile: ${what}.`)];
}

function nameOfRun({ entry, fn }: Study): string {
  return entry ? shortEntry(entry.point) : fn.name;
}

function responsesOf(study: Study, view: ModuleView): Finding[] {
  const { entry, graph } = study;
  if (!entry?.overlapsItself || !study.suspends || !study.writes.some(showsTheLatest) || isStarting(study.fn.ownName) || OTHER_FORM.test(study.fn.ownName) || abortsAnEarlierOne(study) || staysOn(study) || isComponentEffect(study.fn, view.model)) return [];
  const provenances = provenancesOf(graph.effects);
  const found: Finding[] = [];
  for (const write of study.writes) {
    if (!showsTheLatest(write) || isFailureAlone(write, study) || write.frame.fn.module !== view.model.module || found.some(({ location }) => location === shortName(write.location))) continue;
    const request = graph.effects.find((effect): effect is EffectOf<'suspend'> => effect.kind === 'suspend' && isAnswerTo(effect, write, provenances, study, view) && leadsTo(graph, effect, write));
    if (!request || isCovered(study, request, write) || isValidatedAt(study, write) || isDecidedByItself(study, write)) continue;
    const intruders = intrudersOf(study, write.location, view, (other) => (other === study ? [write] : []));
    if (intruders.length === 0) continue;
    const stretch: Stretch = { study, location: write.location, dependence: 'response', from: [callOf(study, request)], suspensions: [request], to: [write], intruders };
    found.push(stretchFinding(outOfOrderResponse, view, stretch, messageOf(stretch, request, write, view)));
  }
  return found.slice(0, 1);
}

/** Who somebody is does not change with the question. */
const CREDENTIAL = /auth|token|credential|session/i;

function showsTheLatest({ location, mode, value }: EffectOf<'write'>): boolean {
  return mode === 'replace' && value.kind !== 'constant' && location.path.every(({ kind }) => kind === 'member') && !CREDENTIAL.test(shortName(location));
}

/** A place that only keeps what went wrong, whoever asked: no run clears it, or says that all went well. */
function isFailureAlone({ location }: EffectOf<'write'>, { writes }: Study): boolean {
  return location.path.some((step) => step.kind === 'member' && /^(?:\w+E|e)rrors?\$?$/.test(step.name)) && writes.filter((other) => other.location.id === location.id).length === 1;
}

/** True if `write` puts away what `request` answered to a question that the caller asked, or that somebody else can change. */
function isAnswerTo(request: EffectOf<'suspend'>, write: EffectOf<'write'>, provenances: Provenances, study: Study, view: ModuleView): boolean {
  const { graph } = study;
  const question = questionOf(request, graph, provenances);
  if (!(mayAsk(question) || asksProvider(request)) || !(provenances.of(write.value).makers.has(question) || isDecidedByAnswer(graph, request, write))) return false;
  if (graph.effects.some((effect) => effect.kind === 'read' && effect.location.id === write.location.id && provenances.of(write.value).reads.has(effect.id))) return false;
  const { makers, reads } = provenances.of(request.awaited);
  return makers.has(PARAMETER) || [...reads].some((read) => isChosen(graph.effects[read]!, write, study, view));
}

/** What is asked: the work that is waited for itself, or, where a promise is waited for by its name or as the end of a chain, what gave it. */
function questionOf({ callee, awaited }: EffectOf<'suspend'>, { effects }: EffectGraph, provenances: Provenances): string {
  if (callee !== '') return callee;
  const { makers } = provenances.of(awaited);
  return ofKind(effects, 'call').find((call) => makers.has(call.callee) && mayAsk(call.callee))?.callee ?? '';
}

/** `commands.executeCommand('vscode.executeDocumentSymbolProvider', uri)` */
function asksProvider({ callee, awaited }: EffectOf<'suspend'>): boolean {
  return callee === 'executeCommand' && awaited.kind === 'answer' && awaited.parts.some((part) => part.kind === 'constant' && /^vscode\.execute\w*Provider$|^vscode\.provide/.test(part.text));
}

/** A place that says what is asked for: what the user types, or what another entry is called with to set it. */
function isChosen(read: Effect, write: EffectOf<'write'>, study: Study, view: ModuleView): boolean {
  // What is put away in the chosen object itself goes astray with it.
  if (read.kind !== 'read' || isAtOrAbove(read.location, write.location)) return false;
  const { location } = read;
  if (isInput(location)) return true;
  return intrudersOf(study, location, view, (other) => (other === study ? [] : other.writes.filter((write) => write.location.id === location.id && provenancesOf(other.graph.effects).of(write.value).makers.has(PARAMETER)))).length > 0;
}

const INPUT = /(?:input|field|textarea|textbox|searchbox)(?:el(?:ement)?)?$/i;

/** `document.querySelector('#name').value`, or that of what is called an input: a parameter, or a field of an object. */
function isInput({ root, path }: Location): boolean {
  const step = path.at(-1);
  if (step?.kind !== 'member' || step.name !== 'value') return false;
  const holder = path.at(-2);
  if (root.kind !== 'variable') return path.length === 2 && holder?.kind === 'member' && INPUT.test(holder.name);
  if (path.length !== 1) return false;
  const definition = root.variable.defs[0];
  if (definition?.type === 'Parameter') return INPUT.test(root.variable.name);
  const init = definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init) : undefined;
  return init?.type === 'CallExpression' && /^(?:querySelector|getElementById)$/.test(calleeText(init.callee));
}

/** The call that asks, where it is seen apart from the waiting. */
function callOf({ graph }: Study, request: EffectOf<'suspend'>): Effect {
  return graph.effects.findLast((effect) => effect.kind === 'call' && effect.id < request.id && effect.callee === request.callee && effect.frame === request.frame) ?? request;
}

/** The place itself says whether to write it: a cache, a first time. */
function isDecidedByItself(study: Study, write: EffectOf<'write'>): boolean {
  const { effects } = study.graph;
  return study.stateAt(write.id)?.decidingGuards().some(([, { facts }]) => [...facts.data].some((read) => {
    const effect = effects[read]!;
    return effect.kind === 'read' && effect.location.id === write.location.id;
  })) ?? false;
}

/** What goes on for as long as something lasts, `for await (const change of watch(path))`, is started once for it. */
function staysOn({ fn }: Study): boolean {
  return ownNodes(fn.node).some((node) => node.type === 'ForOfStatement' && node.await);
}

/** Whoever asks anew first gives up the request before. */
function abortsAnEarlierOne({ graph }: Study): boolean {
  return graph.effects.some((effect) => effect.kind === 'call' && /^(?:abort|cancel|unsubscribe|cancelPrevious|switchMap)/.test(effect.callee));
}

function messageOf({ study, intruders }: Stretch, request: EffectOf<'suspend'>, write: EffectOf<'write'>, view: ModuleView): string {
  const provenances = provenancesOf(study.graph.effects);
  const question = questionOf(request, study.graph, provenances);
  const isAnswer = provenances.of(write.value).makers.has(question);
  return `\`${shortName(write.location)}\` ${isAnswer ? 'gets' : 'is set by'} the answer of \`${question}\` at ${at(write, view)}, waited for at ${at(request, view)}; ${nameOf(intruders[0]!, study)} that asks later can be answered first, and its answer is overwritten.`;
}
