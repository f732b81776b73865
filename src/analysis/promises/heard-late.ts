import type { Node } from '../../language/index.js';
import { ownerAround } from '../flow/places.js';
import { placeOfResolver, roleOf } from '../locks/awaited-calls.js';
import { emittedBy, eventAwaited } from '../locks/awaited-events.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf, Frame } from '../model/effect.js';
import { areKin } from '../model/class-line.js';
import { calleeText } from '../model/functions.js';
import { mayBeSame, shortName } from '../model/location.js';
import type { Location } from '../model/location.js';
import { unwrap } from '../model/unwrap.js';
import { textAt } from '../places.js';
import { isCovered, leadsInOneTurn, leadsTo, passesOnlyBy, suspensionsFrom } from '../regions/order.js';
import { provenancesOf } from '../regions/provenance.js';
import type { Study } from '../regions/study.js';
import { intrudersOf } from '../stretch.js';
import type { Intruder } from '../stretch.js';
import type { ModuleView } from '../rules/rule.js';

/** A task finds that something has not happened yet, is suspended, and only then listens for it. */
export interface HeardLate {
  readonly study: Study;
  readonly asked: EffectOf<'read'>;
  readonly suspensions: readonly EffectOf<'suspend'>[];
  readonly wait: Effect;
  /** `emit \`idle\``, `call \`resume\`` */
  readonly telling: string;
  /** Who changes what was asked for, and tells of it in the same turn. */
  readonly tellers: readonly Intruder[];
}

/** What a wait listens for. */
interface Listening {
  readonly telling: string;
  /** @param asked The reading that found that it has not happened yet. */
  isTold(effect: Effect, by: Study, asked: EffectOf<'read'>): boolean;
}

/**
 * `if (this.busy > 0) { await save(); await once(this, 'idle') }`, while others do `if (--this.busy === 0) this.emit('idle')`.
 * So it is with `await new Promise((resolve) => { resume = resolve })`, while others do `paused = false; resume?.()`.
 */
export function heardLateIn(study: Study, view: ModuleView): HeardLate[] {
  const { graph, entry } = study;
  if (!entry || !study.suspends || graph.isPartial) return [];
  return graph.effects.flatMap((wait) => {
    const awaited = wait.frame.fn.module === view.model.module ? awaitedAt(wait) : undefined;
    const listening = awaited && (forEvent(awaited, wait) ?? forCall(awaited, wait, study, view));
    const late = listening && lateAt(study, wait, listening, view);
    return late ? [late] : [];
  });
}

function awaitedAt({ kind, at }: Effect): Node | undefined {
  if (kind === 'suspend' && at.type === 'AwaitExpression') return at.argument;
  return kind === 'return' && at.type === 'ReturnStatement' ? (at.argument ?? undefined) : undefined;
}

function forEvent(awaited: Node, { frame }: Effect): Listening | undefined {
  const listening = eventAwaited(awaited, (node) => textAt({ at: node, frame }));
  if (!listening) return undefined;
  const { event, emitter } = listening;
  return { telling: `emit \`${event}\``, isTold: (effect, _by, asked) => emittedBy(effect, isOwnEvent(effect, emitter, asked) ? 'this' : emitter) === event };
}

/** `engine.ready` was asked, and a method of the engine's class emits: what others call `engine` is `this` there. */
function isOwnEvent({ frame }: Effect, emitter: string, { at, frame: asking, location: { root } }: EffectOf<'read'>): boolean {
  const isField = at.type === 'MemberExpression' && textAt({ at: at.object, frame: asking }) === emitter;
  const around = isField && root.kind === 'instance' ? ownerAround(frame.fn) : undefined;
  return around !== undefined && root.kind === 'instance' && areKin(around.owner, root.owner);
}

/** A promise whose settler is put where others find it. */
function forCall(awaited: Node, { frame }: Effect, { graph }: Study, view: ModuleView): Listening | undefined {
  const made = unwrap(awaited);
  const promise = made.type === 'CallExpression' ? madeBy(made, frame, graph) : { at: made, frame };
  const [argument] = promise?.at.type === 'NewExpression' && calleeText(promise.at.callee) === 'Promise' ? promise.at.arguments : [];
  const { links } = view.model;
  const executor = promise && argument && links.modelOf(promise.frame.fn.module).table.infoOf(argument);
  const place = executor && placeOfResolver(view, graph, executor);
  return place && { telling: `call \`${shortName(place)}\``, isTold: (effect, by) => roleOf(effect, by, place, links) === 'ends' };
}

/** `await this.arrived.next()`: the promise that a function of the project makes and gives. */
function madeBy(call: Node, caller: Frame, { effects }: EffectGraph): Effect | undefined {
  const made = ofKind(effects, 'call').filter(({ callee, frame }) => callee === 'new Promise' && frame.at === call && frame.caller === caller);
  return made.length === 1 && isGivenBack(made[0]!.at) ? made[0] : undefined;
}

function isGivenBack({ parent }: Node): boolean {
  return parent?.type === 'ReturnStatement' || parent?.type === 'ArrowFunctionExpression';
}

function lateAt(study: Study, wait: Effect, listening: Listening, view: ModuleView): HeardLate | undefined {
  const { graph } = study;
  for (const branch of ofKind(graph.effects, 'branch')) {
    // Whoever waits whatever was found does not rest on it.
    if (branch.frame !== wait.frame || branch.next.every(({ to }) => to === wait.id || leadsTo(graph, graph.effects[to]!, wait))) continue;
    for (const asked of readsOf(branch, study)) {
      const suspensions = suspensionsFrom(graph, asked, wait).filter((suspension) => suspension.at !== wait.at && !isAskedAgain(study, suspension, wait, asked.location));
      if (suspensions.length === 0 || isCovered(study, asked, wait)) continue;
      const tellers = intrudersOf(study, asked.location, view, (other) => tellingIn(other, asked, listening));
      if (tellers.length > 0) return { study, asked, suspensions, wait, telling: listening.telling, tellers };
    }
  }
  return undefined;
}

function readsOf({ test }: EffectOf<'branch'>, { graph }: Study): EffectOf<'read'>[] {
  return [...provenancesOf(graph.effects).of(test).reads].map((read) => graph.effects[read]!).filter((effect): effect is EffectOf<'read'> => effect.kind === 'read');
}

/** True if the place is looked at again on every way from a suspension to the wait. To look again at what was found before is not. */
function isAskedAgain(study: Study, suspension: Effect, wait: Effect, place: Location): boolean {
  const asksAgain = (read: EffectOf<'read'>): boolean => mayBeSame(read.location, place) && leadsTo(study.graph, suspension, read);
  return passesOnlyBy(study.graph, suspension.id, (effect) => effect.kind === 'branch' && readsOf(effect, study).some(asksAgain), wait.id);
}

/** Writes of a place in whose turn those who listen are told. */
function tellingIn(study: Study, asked: EffectOf<'read'>, { isTold }: Listening): Effect[] {
  const { graph, writes } = study;
  const written = writes.filter((write) => mayBeSame(write.location, asked.location));
  const told = written.length > 0 ? graph.effects.filter((effect) => isTold(effect, study, asked)) : [];
  return written.filter((write) => told.some((telling) => leadsInOneTurn(graph, write, telling) || leadsInOneTurn(graph, telling, write)));
}
