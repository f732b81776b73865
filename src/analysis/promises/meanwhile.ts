import { isFunction, isWithin } from '../../language/index.js';
import { isWaiting } from '../catalog/work.js';
import type { Effect, EffectGraph, Frame } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import { ownNodes } from '../model/shared-memory.js';
import { waitsForSame } from './in-turn.js';
import type { StartedWork } from './started.js';

/** Something that happens while the dropped work may still be under way. */
export interface Meanwhile {
  readonly effect: Effect;
  /** True if the run may be suspended in between, so that the work may be done by then. */
  readonly isLater: boolean;
  /** True for what a function does that is called in between. */
  readonly isOfHelper: boolean;
}

/** What the function does that started the work, and who called it, without waiting for the work; the nearest first. */
export function* meanwhile(work: StartedWork, { effects }: EffectGraph, ends: (effect: Effect) => boolean = () => false): Generator<Meanwhile> {
  const seen = new Set<number>();
  const pending = work.next.map((id) => ({ id, isLater: false }));
  for (let at = pending.shift(); at; at = pending.shift()) {
    const effect = effects[at.id]!;
    const isIdle = waitsForNothing(effect, work);
    if (seen.has(at.id) || (!isIdle && endsWait(effect)) || waitsForSame(effect, work) || isStart(effect, work)) continue;
    seen.add(at.id);
    if (isOfStarter(effect, work)) {
      yield { effect, isLater: at.isLater, isOfHelper: false };
      if (ends(effect)) continue;
    } else if (isCalledMeanwhile(effect.frame, work)) yield { effect, isLater: at.isLater, isOfHelper: true };
    const isLater = at.isLater || (effect.kind === 'suspend' && !isIdle);
    pending.push(...effect.next.map(({ to }) => ({ id: to, isLater })));
  }
}

/** True if a suspension may well wait for the work: for a promise that somebody has kept, for time, for an event. */
function endsWait(effect: Effect): boolean {
  if (effect.kind !== 'suspend') return false;
  const { callee, awaited } = effect;
  return callee === '' || isWaiting(callee) || /^(?:new Promise|all|allSettled|race|any|once|when\w*|until\w*|wait\w*|flush\w*|drain\w*|settle\w*|idle|ready\w*|join|done|finished|act|nextTick|advance\w*|run\w*Timers\w*|tick\w*|using|yield|for await)$/i.test(callee) || awaited.kind === 'read';
}

/** `await Promise.all(items.map((item) => { save(item); }))`: the work is started by a callback that gives nothing to wait for. */
function waitsForNothing({ kind, at }: Effect, { at: start, fate }: StartedWork): boolean {
  if (kind !== 'suspend' || fate !== 'dropped' || at.type !== 'AwaitExpression') return false;
  const call = at.argument;
  const [list] = call.type === 'CallExpression' && /^all(?:Settled)?$/.test(calleeText(call.callee)) ? call.arguments : [];
  const callback = list?.type === 'CallExpression' && /^(?:map|from)$/.test(calleeText(list.callee)) ? list.arguments.at(-1) : undefined;
  if (!callback || !isFunction(callback) || callback.async || callback.body.type !== 'BlockStatement' || !isWithin(start, callback.body)) return false;
  return !ownNodes(callback).some((node) => node.type === 'ReturnStatement' && node.argument !== null);
}

function isStart(effect: Effect, { at, frame }: StartedWork): boolean {
  return effect.at === at && effect.frame === frame && (effect.kind === 'spawn' || effect.kind === 'branch');
}

/** True for a function of the project that the starter calls while the work is under way. */
function isCalledMeanwhile(frame: Frame, { frame: starter, started, at: start }: StartedWork): boolean {
  for (let at: Frame | undefined = frame; at; at = at.caller) {
    if (at === starter) return true;
    if (at.fn === started || isWithin(at.at, start)) return false;
  }
  return false;
}

/** True for what the function does that starts the work, or who called it: what others look at they are prepared to find missing. */
function isOfStarter(effect: Effect, work: StartedWork): boolean {
  const { frame, at } = effect;
  return !(frame.fn.module === work.frame.fn.module && isWithin(at, work.at)) && isIn(frame, callersOf(work.frame), work);
}

function isIn(frame: Frame, callers: ReadonlySet<Frame>, work: StartedWork): boolean {
  if (callers.has(frame)) return true;
  return frame.fn !== work.started && !isWithin(frame.at, work.at) && frame.caller !== undefined && frame.fn.parent === frame.caller.fn && isIn(frame.caller, callers, work);
}

/** The activation itself and those that called it, by its name or as a callback of their own. */
function callersOf(frame: Frame): Set<Frame> {
  const callers = new Set([frame]);
  for (let at = frame; at.caller && (at.fn.kind !== 'closure' || at.fn.bound || at.fn.parent === at.caller.fn); at = at.caller) callers.add(at.caller);
  return callers;
}
