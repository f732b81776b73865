import type { Finding } from '../../model/index.js';
import { rangeOf } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { isEnding, isSending } from '../catalog/work.js';
import { isWithin, ofKind } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { describeLocation, holderOf, shortName } from '../model/location.js';
import { textOf } from '../model/text.js';
import type { Slot, Value } from '../model/value.js';
import { nodeFinding } from '../node-finding.js';
import { lineOf, placeOf } from '../places.js';
import { askedBeforeIn } from '../promises/asked-before.js';
import type { AskedBefore } from '../promises/asked-before.js';
import { eventNameAt, isWaitedFor, tellsOf } from '../promises/echoes.js';
import { heardLateIn } from '../promises/heard-late.js';
import type { HeardLate } from '../promises/heard-late.js';
import { lateListenersIn, NO_ANSWER } from '../promises/late-listeners.js';
import type { LateListener } from '../promises/late-listeners.js';
import { missedNoticesIn } from '../promises/missed-notices.js';
import type { MissedNotice } from '../promises/missed-notices.js';
import { shownBeforeHeardIn } from '../promises/shown-before-heard.js';
import type { ShownBeforeHeard } from '../promises/shown-before-heard.js';
import { toldBeforeHeardIn } from '../promises/told-before-heard.js';
import type { ToldBeforeHeard } from '../promises/told-before-heard.js';
import { leadsTo, suspensionsFrom } from '../regions/order.js';
import { provenancesOf } from '../regions/provenance.js';
import { slotsIn } from '../regions/slots.js';
import type { Study } from '../regions/study.js';
import { nameOf, stretchFinding } from '../stretch.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const lostEvent: ModuleRule = {
  id: 'lost-event',
  category: 'ordering',
  summary: 'Who waits for an answer is written down, or begins to listen, only after the request has been sent and waited for.',
  explanation:
    'A fast answer comes while the sending is still being waited for, and finds nobody; the caller then waits for ever. ' +
    'Register first, then send; take the registration back if the sending fails.',
  findingsIn(view) {
    const found = new Map<Node, Finding>();
    for (const late of lateListenersIn(view.model)) found.set(late.listener, beginningFinding(view, late));
    for (const asked of askedBeforeIn(view.model)) if (!found.has(asked.listener)) found.set(asked.listener, askedFinding(view, asked));
    for (const told of toldBeforeHeardIn(view.model)) if (!found.has(told.listener)) found.set(told.listener, toldFinding(view, told));
    for (const late of shownBeforeHeardIn(view.model)) if (!found.has(late.listener)) found.set(late.listener, shownFinding(view, late));
    for (const missed of missedNoticesIn(view.model)) found.set(missed.question, missedFinding(view, missed));
    for (const study of view.studies) for (const late of heardLateIn(study, view)) if (!found.has(late.wait.at)) found.set(late.wait.at, heardLateFinding(late, view));
    for (const study of view.studies) for (const finding of [...lateIn(study, view), ...overtakenIn(study, view)]) if (!found.has(finding.at)) found.set(finding.at, finding.finding);
    return [...found.values()];
  },
};

type Suspension = EffectOf<'suspend'>;
type Write = EffectOf<'write'>;
type Call = EffectOf<'call'>;
type Sending = Suspension | Call;

function lateIn(study: Study, view: ModuleView): { at: Node; finding: Finding }[] {
  const { graph } = study;
  if (graph.isPartial) return [];
  const listens = graph.effects.some((effect) => effect.kind === 'call' && LISTENING.test(effect.callee));
  const sent = ofKind(graph.effects, 'suspend').filter((effect) => (listens || isSending(effect.callee) || PAGE_ACTION.test(effect.callee)) && effect.frame.fn.module === view.model.module);
  return sent.flatMap((sending) => graph.effects.flatMap((effect) => {
    if ((effect.kind !== 'write' && effect.kind !== 'call') || effect.frame.fn.module !== view.model.module || !isWithin(effect.frame, sending.frame)) return [];
    const isLate = effect.kind === 'write' ? (isSending(sending.callee) || PAGE_ACTION.test(sending.callee)) && isEntryLate(study, sending, effect, view) : isListenerLate(study, sending, effect) || isNamedLate(study, sending, effect);
    if (!isLate || !leadsTo(graph, sending, effect) || leadsTo(graph, effect, sending)) return [];
    return [{ at: effect.at, finding: effect.kind === 'write' ? entryFinding(study, view, sending, effect) : listenerFinding(study, view, sending, effect) }];
  }));
}

/** Calls that hand a message over and have nothing to wait for themselves. */
const POSTING = /^(?:postMessage|send|sendMessage|write|emit|publish|dispatch)$/;

/** `worker.postMessage({ id }); await prepare(); pending.set(id, resolve)`: not the sending is waited for, but something else before somebody waits for the answer. */
function overtakenIn(study: Study, view: ModuleView): { at: Node; finding: Finding }[] {
  const { graph, writes } = study;
  if (graph.isPartial || !study.suspends) return [];
  const isOurs = ({ frame }: Effect): boolean => frame.fn.module === view.model.module;
  const posted = ofKind(graph.effects, 'call').filter((call) => POSTING.test(call.callee) && isOurs(call));
  return posted.flatMap((sending) => writes.flatMap((act) => {
    if (!isOurs(act)) return [];
    const waits = suspensionsFrom(graph, sending, act);
    const [wait] = waits;
    // An entry that is made of what a wait gives could not be there before.
    if (!wait || waits.some((one) => isMadeOf(act.value, one, graph)) || leadsTo(graph, act, sending) || isEnteredBefore(wait, act, graph) || !isEntryLate(study, sending, act, view)) return [];
    return [{ at: act.at, finding: overtakenFinding(study, view, sending, wait, act) }];
  }));
}

function isEnteredBefore(wait: Suspension, act: Write, graph: EffectGraph): boolean {
  return ofKind(graph.effects, 'write').some((other) => other !== act && other.location.id === act.location.id && leadsTo(graph, other, wait));
}

/** Nobody answers a notification (JSON-RPC 2.0, 4.1). */
const UNANSWERED = /Notification$/;

/** The entry is named by what was sent, and others look it up, take it out and use it. */
function isEntryLate({ graph, entry }: Study, sending: Sending, act: Write, view: ModuleView): boolean {
  if (UNANSWERED.test(sending.callee) || act.mode !== 'replace' || act.location.path.at(-1)?.kind !== 'element' || !act.key || act.value.kind === 'constant') return false;
  const sent = new Set(sentWith(sending, graph));
  // What the answer itself names is stored, not waited for.
  if (isMadeOf(act.key, sending, graph) || isMadeOf(act.value, sending, graph) || !slotsIn(act.key, graph.effects).some((slot) => sent.has(slot))) return false;
  if (graph.effects.some((other) => other.kind === 'write' && other !== act && other.location.id === act.location.id && leadsTo(graph, other, sending))) return false;
  if (isPutBack(act, graph)) return false;
  return view.studiesAround(act.location).some((other) => other.entry && other.entry !== entry && takesOut(other, act));
}

/** True of an element of the collection that an entry is put into. */
function isBeside({ location }: EffectOf<'read'> | Write, act: Write): boolean {
  return location.path.at(-1)?.kind === 'element' && holderOf(location).id === holderOf(act.location).id;
}

/** What was there, and was taken out to be sent: put back it waits for nothing new. */
function isPutBack(act: Write, graph: EffectGraph): boolean {
  const isKnown = [...provenancesOf(graph.effects).of(act.value).reads].some((id) => {
    const read = graph.effects[id];
    return read?.kind === 'read' && isBeside(read, act);
  });
  return isKnown && ofKind(graph.effects, 'write').some((taken) => taken.mode === 'shrink' && isBeside(taken, act) && leadsTo(graph, taken, act));
}

/** The variables that the request was made of: the promise that is waited for, what was handed over, or what a function of the project was called with. */
function sentWith(sending: Sending, { effects }: EffectGraph): Slot[] {
  if (sending.kind === 'call') {
    // What a helper was called with another time is not what it has sent this time.
    const known = effects.filter((effect) => effect.frame === sending.frame || effect.frame.fn !== sending.frame.fn);
    return sending.values.flatMap((value) => slotsIn(value, known));
  }
  const { at, awaited, frame } = sending;
  const call = at.type === 'AwaitExpression' ? at.argument : at;
  const given = effects.flatMap((effect) => (effect.kind === 'assign' && effect.frame.at === call && effect.frame.caller === frame ? slotsIn(effect.value, effects) : []));
  return [...slotsIn(awaited, effects), ...given];
}

function takesOut({ graph, writes }: Study, act: Write): boolean {
  return graph.effects.some((effect) => effect.kind === 'read' && isBeside(effect, act) && isCalled(effect, graph)) && writes.some((write) => (write.mode === 'shrink' || write.mode === 'clear') && isBeside(write, act));
}

/** True if what was looked up is told something: `waiting.resolve(answer)`, `callback(answer)`. To end it (`server.close()`) is no answer. */
function isCalled(read: EffectOf<'read'>, { effects }: EffectGraph): boolean {
  const provenances = provenancesOf(effects);
  const comesFrom = (value: Value): boolean => provenances.of(value).reads.has(read.id);
  return effects.some((effect) => {
    if (effect.kind !== 'call' || effect.at.type !== 'CallExpression') return false;
    const { callee } = effect.at;
    if (callee.type !== 'Identifier') return !isEnding(effect.callee) && effect.values[0] !== undefined && comesFrom(effect.values[0]);
    return effects.some((assigned) => assigned.kind === 'assign' && 'name' in assigned.slot && assigned.slot.name === callee.name && comesFrom(assigned.value));
  });
}

/** True if a value is made of what the work that is waited for gives. */
function isMadeOf(value: Value, sending: Sending, { effects }: EffectGraph): boolean {
  return provenancesOf(effects).of(value).makers.has(sending.callee);
}

const LISTENING = /^(?:once|on|addListener|addEventListener|prependOnceListener|waitForEvent)$/;

/** What a test does to a page, and what it then waits for. A dialog or a download that a later action brings may well be listened to in between. */
const PAGE_ACTION = /^(?:click|dblclick|tap|press|goto|goBack|goForward|reload|submit|check|selectOption)$/;
const PAGE_EVENT = /^waitFor(?:Navigation|Response|Request|Event)$/;

/** What is listened to is what the request was sent by. */
function isListenerLate({ graph }: Study, sending: Suspension, act: Call): boolean {
  const isAnswer = isSending(sending.callee) ? LISTENING.test(act.callee) : PAGE_ACTION.test(sending.callee) ? PAGE_EVENT.test(act.callee) && act.at.parent?.type === 'AwaitExpression' : isEcho(sending, act);
  if (!isAnswer) return false;
  if (isNoAnswer(act.at)) return false;
  const [sender, source] = [receiverText(sending.at, sending), receiverText(act.at, act)];
  if (sender === undefined || sender !== source) return false;
  return !graph.effects.some((other) => other.kind === 'call' && other !== act && LISTENING.test(other.callee) && receiverText(other.at, other) === source && leadsTo(graph, other, sending));
}

/** `await client.setName(name); await once(client, 'name')`: the event says that it has been done, and may have come when that is known. */
function isEcho(sending: Suspension, act: Call): boolean {
  if (!LISTENING.test(act.callee) || act.at.type !== 'CallExpression') return false;
  const event = eventNameAt(eventOf(act.at));
  return event !== undefined && tellsOf(event, sending.callee) && isWaitedFor(act.at, sending.frame.fn);
}

/** `await write({ id }); await once(this, `reply:${id}`)`: the event is named by what was sent. */
function isNamedLate({ graph }: Study, sending: Suspension, act: Call): boolean {
  if (!isSending(sending.callee) || !LISTENING.test(act.callee)) return false;
  const named = eventNameOf(act);
  if (!named || isMadeOf(named, sending, graph)) return false;
  const sent = new Set(sentWith(sending, graph));
  if (!slotsIn(named, graph.effects).some((slot) => sent.has(slot))) return false;
  return !graph.effects.some((other) => other.kind === 'call' && other !== act && LISTENING.test(other.callee) && leadsTo(graph, other, sending));
}

/** What the name of an event is made of, where it is not always the same: a text with something in it. */
function eventNameOf({ at, values }: Call): Value | undefined {
  if (at.type !== 'CallExpression') return undefined;
  // `once(emitter, name)`; a method's receiver is its first value.
  const index = at.callee.type === 'MemberExpression' ? 0 : 1;
  const name = at.arguments[index];
  return name && /^(?:TemplateLiteral|BinaryExpression)$/.test(name.type) ? values[index + 1] : undefined;
}

/** The object whose method is called, or that `once` is called for, as it is written: `this.socket`. */
function receiverText(at: Node, { frame }: Effect): string | undefined {
  const call = at.type === 'AwaitExpression' ? at.argument : at;
  if (call.type !== 'CallExpression') return undefined;
  const receiver = call.callee.type === 'MemberExpression' ? call.callee.object : isOnce(call) ? call.arguments[0] : undefined;
  return receiver && textOf(receiver, frame.fn);
}

/** `once(socket, 'message')` */
function isOnce({ callee }: TSESTree.CallExpression): boolean {
  return callee.type === 'Identifier' && callee.name === 'once';
}

function eventOf(call: TSESTree.CallExpression): Node | undefined {
  return call.arguments[isOnce(call) ? 1 : 0];
}

/** That all has been sent, or that something has come to its end, is no answer. */
function isNoAnswer(at: Node): boolean {
  const event = at.type === 'CallExpression' ? eventOf(at) : undefined;
  return event?.type === 'Literal' && NO_ANSWER.test(String(event.value));
}

function entryFinding(study: Study, view: ModuleView, sending: Suspension, act: Write): Finding {
  const name = shortName(act.location);
  const message = `\`${name}\` gets its entry at ${lineOf(act, view.model)}, after \`${sending.callee}\` has been waited for at ${lineOf(sending, view.model)}: an answer that comes before finds nobody.`;
  return orderFinding(study, view, sending, act, message, describeLocation(holderOf(act.location)));
}

function overtakenFinding(study: Study, view: ModuleView, sending: Call, wait: Suspension, act: Write): Finding {
  const name = shortName(act.location);
  const message = `\`${name}\` gets its entry at ${lineOf(act, view.model)}, after \`${sending.callee}\` at ${lineOf(sending, view.model)} and a suspension at ${lineOf(wait, view.model)}: an answer that comes before finds nobody.`;
  return orderFinding(study, view, sending, act, message, describeLocation(holderOf(act.location)));
}

function listenerFinding(study: Study, view: ModuleView, sending: Suspension, act: Call): Finding {
  const event = eventNameAt(eventOf(act.at as TSESTree.CallExpression));
  const name = event === undefined ? '' : `for \`${event}\` `;
  const message = `The listener ${name}comes at ${lineOf(act, view.model)}, after \`${sending.callee}\` has been waited for at ${lineOf(sending, view.model)}: an answer that comes before finds nobody.`;
  return orderFinding(study, view, sending, act, message, calleeText((act.at as TSESTree.CallExpression).callee));
}

function beginningFinding({ model }: ModuleView, { start, suspension, listener, event, name, fn }: LateListener): Finding {
  const what = /^[A-Z]/.test(name) ? `the \`${name}\`` : `\`${name}\``;
  const message = `The listener for \`${event}\` comes at line ${listener.loc.start.line}, after ${what} at line ${start.loc.start.line} and a suspension at line ${suspension.loc.start.line}: what comes before finds nobody.`;
  return nodeFinding(lostEvent, model, { fn, location: calleeText(listener.callee), message, dependence: 'update', from: start, waits: [suspension], to: listener });
}

function askedFinding({ model }: ModuleView, { asked, listener, question, event, fn }: AskedBefore): Finding {
  return listenerOrder(model, listener, asked, fn, `\`${question}\` is asked at line ${asked.loc.start.line}, and only once it has been answered does somebody listen for \`${event}\` at line ${listener.loc.start.line}: what happens in between is neither in the answer nor heard.`);
}

function toldFinding({ model }: ModuleView, { telling, listener, id, fn }: ToldBeforeHeard): Finding {
  return listenerOrder(model, listener, telling, fn, `\`${id}\` is told at line ${telling.loc.start.line}, and only then does somebody listen, at line ${listener.loc.start.line}, for the event that it names: who answers at once is not heard.`);
}

function shownFinding({ model }: ModuleView, { shown, suspension, listener, event, name, fn }: ShownBeforeHeard): Finding {
  return listenerOrder(model, listener, shown, fn, `\`${name}\` is shown at line ${shown.loc.start.line}, and only after the wait at line ${suspension.loc.start.line} does somebody listen for \`${event}\` at line ${listener.loc.start.line}: what is done there at once is not heard.`);
}

/** Somebody listens only after something that what it listens for may follow at once. */
function listenerOrder(model: ModuleView['model'], listener: TSESTree.CallExpression, before: Node, fn: FunctionInfo, message: string): Finding {
  return nodeFinding(lostEvent, model, { fn, location: calleeText(listener.callee), message, dependence: 'update', from: before, waits: [before], to: listener });
}

function missedFinding({ model }: ModuleView, { fn, flag, refusal, question, end, notice }: MissedNotice): Finding {
  return nodeFinding(lostEvent, model, {
    fn, location: flag.replace(/^this\./, ''), dependence: 'guard', at: question, from: refusal.test, waits: [question], to: end.test, accesses: [['read', refusal.test], ['write', question]],
    message: `\`${fn.ownName}\` waits at line ${question.loc.start.line} to be told what there is to do, and ends at line ${end.test.loc.start.line} if there is nothing: a call meanwhile, as at line ${notice.loc.start.line}, is turned away at line ${refusal.test.loc.start.line}, and what it called for is left lying.`,
  });
}

function heardLateFinding({ study, asked, suspensions, wait, telling, tellers }: HeardLate, view: ModuleView): Finding {
  const { model } = view;
  const name = shortName(asked.location);
  const message = `\`${name}\` is asked at ${lineOf(asked, model)}, \`${study.fn.ownName || study.fn.name}\` suspends at ${lineOf(suspensions[0]!, model)}, and ${nameOf(tellers[0]!, study)} can ${telling} before anybody listens at ${lineOf(wait, model)}: who waits then hears nothing.`;
  return { ...stretchFinding(lostEvent, view, { study, location: asked.location, dependence: 'guard', from: [asked], suspensions, to: [wait], intruders: tellers }, message), oracle: 'none' };
}

function orderFinding({ fn, entry }: Study, { model }: ModuleView, sending: Sending, act: Effect, message: string, location: string): Finding {
  return {
    rule: lostEvent.id, category: lostEvent.category, oracle: 'none', message, location, range: rangeOf(act.at, model.file),
    accesses: [
      { kind: 'read', range: placeOf(sending), function: sending.frame.fn.name || fn.name, locks: [] },
      { kind: 'write', range: placeOf(act), function: act.frame.fn.name || fn.name, locks: [] },
    ],
    region: { location, dependence: 'update', reads: [placeOf(sending)], suspensions: [placeOf(sending)], acts: [placeOf(act)] },
    overlaps: entry ? [[entry.point, entry.point]] : [],
  };
}
