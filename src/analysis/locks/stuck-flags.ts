import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { isGuardedFree } from '../regions/solve.js';
import type { Study } from '../regions/study.js';

/** A flag that keeps others out while work is done, `if (busy) return; busy = true`, and that stays set if an error is thrown before its reset. */
export interface StuckFlag {
  /** Where it is set. */
  readonly claim: EffectOf<'write'>;
  /** Where it would be reset. */
  readonly reset: EffectOf<'write'>;
  /** Where the error is thrown. */
  readonly failure: Effect;
}

/** The flags of a function that are reset at its end, but not on the way that an error of their own takes. That what is waited for may fail is true of all code, and no reason to accuse it. */
export function stuckFlagsIn(study: Study, others: readonly Study[]): StuckFlag[] {
  const { graph, writes, fn } = study;
  if (graph.isPartial) return [];
  return writes.flatMap((claim) => {
    if (claim.frame.fn !== fn || !isSet(claim) || claim.location.path.some(({ kind }) => kind === 'element')) return [];
    const resets = writes.filter((write) => write.location.id === claim.location.id && isReset(write));
    const state = study.stateAt(claim.id);
    const isOwn = resets.some(({ frame }) => frame === claim.frame);
    if (!isOwn || !state || !isGuardedFree(claim.location, state, graph.effects) || isResetElsewhere(claim, study, others)) return [];
    const failure = failureAfter(graph, claim, new Set(resets));
    return failure ? [{ claim, reset: resets.find(({ frame }) => frame === claim.frame)!, failure }] : [];
  });
}

function isSet({ mode, value }: EffectOf<'write'>): boolean {
  return mode === 'replace' && value.kind === 'constant' && value.text === 'true';
}

function isReset({ mode, value }: EffectOf<'write'>): boolean {
  return mode === 'replace' && value.kind === 'constant' && value.text === 'false';
}

/** Whoever stops or begins anew may set it free. */
function isResetElsewhere({ location }: EffectOf<'write'>, own: Study, others: readonly Study[]): boolean {
  return others.some((study) => study.fn !== own.fn && study.fn.kind !== 'constructor' && study.writes.some((write) => write.location.id === location.id && isReset(write) && write.frame.fn !== own.fn));
}

/** An error that is thrown between the claim and every reset, with nothing that catches it on the way. */
function failureAfter({ effects }: EffectGraph, claim: Effect, resets: ReadonlySet<Effect>): Effect | undefined {
  const seen = new Set<number>([claim.id]);
  const pending = claim.next.map(({ to }) => to);
  for (let id = pending.shift(); id !== undefined; id = pending.shift()) {
    const effect = effects[id]!;
    if (seen.has(id) || (effect.aside ?? 0) > (claim.aside ?? 0) || resets.has(effect)) continue;
    seen.add(id);
    if (effect.kind === 'throw' && leavesWith(effect, effects, resets)) return effect;
    pending.push(...effect.next.map(({ to }) => to));
  }
  return undefined;
}

/** True if what is thrown comes out of the function without a reset. */
function leavesWith({ handler }: Effect, effects: readonly Effect[], resets: ReadonlySet<Effect>): boolean {
  if (handler === undefined) return true;
  const seen = new Set<number>();
  const pending = [handler];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const effect = effects[id]!;
    if (seen.has(id) || resets.has(effect)) continue;
    seen.add(id);
    if (effect.kind === 'throw' && effect.handler === undefined) return true;
    pending.push(...effect.next.map(({ to }) => to), ...(effect.handler === undefined || effect.kind !== 'throw' ? [] : [effect.handler]));
  }
  return false;
}
