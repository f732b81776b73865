import { isFunction } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectGraph } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import type { Study } from '../regions/study.js';
import type { Acquire } from './held.js';

/** A lock that what its callback has started gives back, and on some way once more. */
export interface SaidTwice {
  readonly acquire: Acquire;
  readonly first: Node;
  readonly second: Node;
}

/** `lock((release) => { db.get(key, (error) => { if (error) release(); …; release(); }) })` */
export function saidTwiceIn({ graph: { effects } }: Study, modelOf: (acquire: Acquire) => ModuleModel, graphOf: (fn: FunctionInfo) => EffectGraph): SaidTwice[] {
  return ofKind(effects, 'acquire').flatMap((acquire) => {
    if (acquire.form !== 'done' || !acquire.saysDoneOnly || !acquire.isCertain) return [];
    for (const [fn, calls] of callsWithin(acquire, modelOf(acquire))) {
      const again = calls.length < 2 ? undefined : repeatedIn(graphOf(fn), calls);
      if (again) return [{ acquire, ...again }];
    }
    return [];
  });
}

/** The calls of what the callback is handed, by the functions within it that make them. */
function callsWithin({ at }: Acquire, { scopes, table }: ModuleModel): Map<FunctionInfo, Node[]> {
  const callback = at.type === 'CallExpression' ? at.arguments.find((argument: Node) => isFunction(argument)) : undefined;
  const [parameter] = callback && isFunction(callback) ? callback.params : [];
  const done = parameter?.type === 'Identifier' ? scopes.variableOf(parameter) : undefined;
  const found = new Map<FunctionInfo, Node[]>();
  for (const { identifier } of done?.references ?? []) {
    const call = identifier.parent as Node;
    const fn = call.type === 'CallExpression' && call.callee === identifier ? table.around(call) : undefined;
    // What the callback does itself is followed with the lock.
    if (fn && fn.node !== callback) found.set(fn, [...(found.get(fn) ?? []), call]);
  }
  return found;
}

/** Two of the calls that come after each other on some way. */
function repeatedIn({ effects, isPartial }: EffectGraph, calls: readonly Node[]): Pick<SaidTwice, 'first' | 'second'> | undefined {
  if (isPartial) return undefined;
  const saying = effects.filter(({ kind, at }) => kind === 'call' && calls.includes(at));
  for (const one of saying) {
    const next = nextOf(effects, one, (effect) => effect !== one && saying.includes(effect));
    if (next) return { first: one.at, second: next.at };
  }
  return undefined;
}

function nextOf(effects: readonly Effect[], from: Effect, is: (effect: Effect) => boolean): Effect | undefined {
  const seen = new Set<number>([from.id]);
  const pending = from.next.map(({ to }) => to);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const effect = effects[id]!;
    if (is(effect)) return effect;
    if ((effect.aside ?? 0) === (from.aside ?? 0)) pending.push(...effect.next.map(({ to }) => to));
  }
  return undefined;
}
