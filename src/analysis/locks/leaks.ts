import { isFunction, walk } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { framesFrom, ofKind } from '../model/effect.js';
import type { Effect, EffectGraph } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { isLink } from '../model/promise-chains.js';
import { unwrap } from '../model/unwrap.js';
import type { Acquire } from './held.js';
import { triedAt } from './tried.js';

/** A way on which a lock that was taken is never given back. */
export interface Leak {
  readonly acquire: Acquire;
  /** Where the way leaves: a `return`, what failed, or the acquisition itself if nothing ever gives it back. */
  readonly exit: Effect;
  readonly isFailure: boolean;
}

/**
 * Locks that have to be given back by hand, and are on some way but not on all. Whoever never gives a lock back hands it to
 * somebody else; that is no leak as far as can be told here.
 */
export function leaksIn(graph: EffectGraph, textOf: (effect: Effect) => string): Leak[] {
  // Where the graph was cut, what gives the lock back may be beyond the cut.
  if (graph.isPartial) return [];
  return ofKind(graph.effects, 'acquire').flatMap((effect) => {
    if (effect.form !== 'call' || !(effect.isAwaited || effect.mayFail)) return [];
    const start = effect.mayFail ? triedAt(graph.effects, effect)?.got : effect.isCertain ? effect.id : undefined;
    if (start === undefined) return [];
    const releases = graph.effects.some((other) => other.kind === 'release' && other.lock === effect.lock);
    const leak = releases ? wayOut(graph.effects, effect, start, textOf) : undefined;
    return leak ? [leak] : [];
  });
}

/** A condition that asks whether the lock is held, or for what gives it back. */
export const ASKS_FOR_LOCK = /releas|unlock|acquired|locked|held|\bgot|lock|mutex|sem/i;

/** @param start From where on it is held: the acquisition itself, or where its answer was found to be yes. */
function wayOut(effects: readonly Effect[], acquire: Acquire, start: number, textOf: (effect: Effect) => string): Leak | undefined {
  const heirs = new Set<number | undefined>();
  const seen = new Set<number>([acquire.id]);
  const pending: { readonly id: number; readonly exit: Effect | undefined; readonly isFailure: boolean }[] = (start === acquire.id ? acquire.next.map(({ to }) => to) : [start]).map((id) => ({ id, exit: undefined, isFailure: false }));
  for (let at = pending.shift(); at; at = pending.shift()) {
    if (seen.has(at.id)) continue;
    seen.add(at.id);
    const effect = effects[at.id]!;
    // Whatever becomes of work that nobody waits for, this task goes on.
    if ((effect.aside ?? 0) > (acquire.aside ?? 0) && !heirs.has(effect.aside)) continue;
    if (effect.kind === 'release' && effect.lock === acquire.lock) continue;
    const exit = effect.kind === 'return' ? effect : at.exit;
    if (mayFail(effect) && !isWaitInMemory(effect, effects) && !isEndOfTaking(effect, acquire) && !isCaught(effect, effects, acquire)) {
      if (effect.handler === undefined) return { acquire, exit: at.isFailure && at.exit && effect.kind === 'throw' ? at.exit : effect, isFailure: true };
      pending.push({ id: effect.handler, exit: effect, isFailure: true });
    }
    const heir = heirAt(effect, effects, acquire);
    if (heir) {
      heirs.add(heir.aside);
      pending.push({ id: heir.id, exit, isFailure: at.isFailure });
      continue;
    }
    const next = effect.kind === 'branch' && ASKS_FOR_LOCK.test(textOf(effect)) ? effect.next.filter(({ to }) => leadsToRelease(effects, to, acquire)) : effect.next;
    if (effect.next.length === 0 && effect.kind !== 'throw' && effect.kind !== 'return') return { acquire, exit: exit ?? acquire, isFailure: at.isFailure };
    pending.push(...(next.length > 0 ? next : effect.next).map(({ to }) => ({ id: to, exit, isFailure: at.isFailure })));
  }
  return undefined;
}

/** `ask(id, (error, answer) => { …; release(); })`: work that nobody waits for has to give the lock back, if it does so on any way; whoever started it does not. */
function heirAt({ kind, next, aside = 0 }: Effect, effects: readonly Effect[], { lock }: Acquire): Effect | undefined {
  const heir = kind === 'branch' ? next.map(({ to }) => effects[to]!).find((first) => (first.aside ?? 0) > aside) : undefined;
  const last = heir && effects.findIndex((effect, id) => id > heir.id && (effect.aside ?? 0) <= aside);
  return heir && effects.slice(heir.id, last! < 0 ? undefined : last).some((effect) => effect.kind === 'release' && effect.lock === lock) ? heir : undefined;
}

/** Waiting for something, and `throw`; what other calls throw is a mistake in them, and a callback is told of a failure. */
function mayFail({ kind, at }: Effect): boolean {
  return (kind === 'suspend' && !isCallback(at)) || kind === 'throw';
}

function isCallback(at: Node): boolean {
  return at.type === 'CallExpression' && !isLink(at);
}

/** Waiting for a lock in memory only takes time; one that is kept elsewhere, or that its waiters give up, may refuse. */
export function isWaitInMemory({ id, at, frame, kind }: Effect, effects: readonly Effect[]): boolean {
  const acquire = effects[id + 1];
  if (kind !== 'suspend' || acquire?.kind !== 'acquire' || acquire.at !== at || acquire.frame !== frame) return false;
  return acquire.isCertain && !acquire.expires && !/\bwithTimeout\b|\.cancel\(/.test(frame.fn.module.source.text);
}

/** `const held = await lockRow(id)`: if the function that takes the lock fails, that is seen where it does. */
function isEndOfTaking({ at, kind }: Effect, { frame }: Acquire): boolean {
  const call = kind === 'suspend' && at.type === 'AwaitExpression' ? unwrap(at.argument) : undefined;
  return call !== undefined && framesFrom(frame).some((taking) => taking.at === call);
}

/** `await send().catch(() => undefined)`: the wait ends well whatever becomes of the work. Or what is called if it fails gives the lock back. */
function isCaught({ at, kind }: Effect, effects: readonly Effect[], { lock }: Acquire): boolean {
  const call = kind === 'suspend' && at.type === 'AwaitExpression' ? unwrap(at.argument) : undefined;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || !/^(?:catch|finally)$/.test(calleeText(call.callee))) return false;
  const [handler] = call.arguments;
  if (!handler || !isFunction(handler)) return false;
  if (effects.some((effect) => effect.kind === 'release' && effect.lock === lock && handler.range[0] <= effect.at.range[0] && effect.at.range[1] <= handler.range[1])) return true;
  if (calleeText(call.callee) === 'finally') return false;
  let mayThrow = false;
  walk(handler.body, (node) => {
    mayThrow ||= node.type === 'ThrowStatement' || node.type === 'AwaitExpression' || (node.type === 'CallExpression' && /^(?:reject|fail|throw\w*|rethrow)$/.test(calleeText(node.callee)));
  });
  return !mayThrow;
}

function leadsToRelease(effects: readonly Effect[], from: number, { lock, id: start }: Acquire): boolean {
  const seen = new Set<number>([start]);
  const pending = [from];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const effect = effects[id]!;
    if (effect.kind === 'release' && effect.lock === lock) return true;
    // Only what the condition itself decides: the next branch is another question.
    if (effect.kind !== 'branch') pending.push(...effect.next.map(({ to }) => to));
  }
  return false;
}
