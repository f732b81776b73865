import { isAtOrAbove, mayBeSame } from '../model/location.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { unwrap } from '../model/unwrap.js';
import type { Value } from '../model/value.js';
import { isNamedLock } from './lock-sets.js';
import { isCovered, isValidatedAt, leadsInOneTurn, leadsTo, suspensionsFrom } from './order.js';
import { PARAMETER, provenancesOf } from './provenance.js';
import { isGuardedFree } from './solve.js';
import type { Study } from './study.js';

/** What a run keeps of its own while it works, and empties the place of at its end, whoever's is in it by then. */
export interface Forgotten {
  /** Where it is put. */
  readonly own: EffectOf<'write'>;
  readonly suspensions: readonly EffectOf<'suspend'>[];
  /** Where the place is emptied. */
  readonly end: EffectOf<'write'>;
  /** The run has seen that there may be another's: two of them at a time are meant to be. */
  readonly hasLooked?: true;
}

/**
 * `this.running = new AbortController(); await load(this.running.signal); this.running = undefined`: a later run puts its own there, and the end of this one drops it.
 * One that looks first whether the place is free, or whether it still holds its own, does not.
 */
export function forgottenIn(study: Study): Forgotten[] {
  const { graph, writes, fn, suspends } = study;
  if (!suspends || graph.isPartial) return [];
  const ends = writes.filter((write) => (write.frame.fn === fn || isOfTimer(write, study)) && isEmptying(write));
  const found = ends.flatMap((end) => {
    const isShared = (write: EffectOf<'write'>): boolean => isWorkOfRun(write, study) && isAskedBefore(write, study);
    const own = writes.find((write) => write.frame.fn === fn && isHandle(write) && write.location.id === end.location.id && ((end.frame.fn === fn && isMadeForRun(write, study)) || isShared(write)) && comesWithoutFailure(graph, write, end));
    const suspensions = own ? suspensionsFrom(graph, own, end) : [];
    if (!own || suspensions.length === 0 || isCovered(study, own, end) || isValidatedAt(study, end) || isGuarded(study, own) || isJoining(own, graph)) return [];
    return [{ own, suspensions, end, ...(isShared(own) && { hasLooked: true as const }) }];
  });
  return found.slice(0, 1);
}

/** A key that no other run has. */
const OF_ONE_RUN = /(?:request|message|msg|call|correlation|run|job|task|invocation|execution|operation|transaction|attempt|trace)_?id$|uuid|token|nonce|symbol/i;

function isEmptying({ mode, value, location }: EffectOf<'write'>): boolean {
  const last = location.path.at(-1);
  if (last?.kind === 'element') return (mode === 'shrink' || mode === 'clear') && last.key !== undefined && !OF_ONE_RUN.test(last.key);
  return mode === 'replace' && value.kind === 'constant' && /^(?:undefined|null)$/.test(value.text);
}

/** What others reach the run by: something made for it, no plain value. */
function isHandle({ mode, value }: EffectOf<'write'>): boolean {
  return mode === 'replace' && value.kind !== 'constant' && value.kind !== 'unknown';
}

/** An object that the run has made, or that it was given: others reach it by that. */
function isMadeForRun({ value }: EffectOf<'write'>, { graph }: Study): boolean {
  return [...provenancesOf(graph.effects).of(value).makers].some((name) => name.startsWith('new ') || name === PARAMETER);
}

/** `setTimeout(() => { delete running[key]; }, delay)`: the end of the run comes later. */
function isOfTimer({ frame: { fn: { node }, caller } }: EffectOf<'write'>, { fn }: Study): boolean {
  return caller?.fn === fn && node.parent?.type === 'CallExpression' && calleeText(node.parent.callee) === 'setTimeout';
}

/** `running[key] = work(key); await running[key]`: the promise of what the run has started and waits for. Who settles it otherwise, by a message, knows it by a key of its own. */
function isWorkOfRun(own: EffectOf<'write'>, { graph }: Study): boolean {
  const { makers } = provenancesOf(graph.effects).of(own.value);
  if (own.location.path.at(-1)?.kind !== 'element' || [...makers].every((name) => name === PARAMETER) || [...makers].some((name) => name.startsWith('new '))) return false;
  const isOwn = (awaited: Value): boolean => {
    if (awaited.kind === 'slot') return own.value.kind === 'slot' && awaited.slot === own.value.slot;
    const read = awaited.kind === 'read' ? graph.effects[awaited.read] : undefined;
    return read?.kind === 'read' && read.location.id === own.location.id && leadsInOneTurn(graph, own, read);
  };
  return ofKind(graph.effects, 'suspend').some(({ awaited }) => isOwn(awaited));
}

/** True if the run itself looks, before it puts its own there, whether there is another's. */
function isAskedBefore(own: EffectOf<'write'>, { graph }: Study): boolean {
  return ofKind(graph.effects, 'read').some((read) => read.location.id === own.location.id && leadsTo(graph, read, own) && !leadsTo(graph, own, read));
}

/** What is emptied only where the work has failed is no end of it. */
function comesWithoutFailure({ effects }: EffectGraph, own: Effect, end: Effect): boolean {
  const seen = new Set<number>();
  const pending = own.next.map(({ to }) => to);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === end.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    pending.push(...effects[id]!.next.map(({ to }) => to));
  }
  return false;
}

/** `this.pending = this.pending || begin()`: who comes later finds it there and waits for the same. */
function isJoining({ value, location }: EffectOf<'write'>, { effects }: EffectGraph): boolean {
  return value.kind === 'choice' && value.parts.some((part) => {
    const read = part.kind === 'read' ? effects[part.read] : undefined;
    return read?.kind === 'read' && read.location.id === location.id;
  });
}

/** True if the run was let in only because the place, or another that says so, was free: then no later one puts its own there meanwhile. */
function isGuarded(study: Study, own: EffectOf<'write'>): boolean {
  const { effects } = study.graph;
  const state = study.stateAt(own.id);
  if (!state || [...state.locks].some((lock) => isNamedLock(lock) || lock.startsWith('latch ') || lock.startsWith('queue '))) return true;
  const concerns = (read: Effect | undefined): boolean => read?.kind === 'read' && (mayBeSame(read.location, own.location) || isAtOrAbove(own.location, read.location));
  const guards = state.decidingGuards().filter(([, { facts }]) => [...facts.data].some((read) => concerns(effects[read])));
  return guards.some(([branch, { whenFalse }]) => !(whenFalse && isOneOfTwo(effects[branch]!))) || (guards.length === 0 && isGuardedFree(own.location, state, effects));
}

/** `const isShared = key in running && mayShare; if (isShared) …`: that it is false says of neither half that it is. */
function isOneOfTwo(branch: Effect): boolean {
  const definition = branch.kind === 'branch' && branch.test.kind === 'slot' && 'defs' in branch.test.slot ? branch.test.slot.defs[0] : undefined;
  const init = definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init) : undefined;
  return init?.type === 'LogicalExpression' && init.operator === '&&';
}
