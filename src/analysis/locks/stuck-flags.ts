import { isFunction, isWithin, walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { unwrap } from '../model/unwrap.js';
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

/**
 * The flags of a function that are reset at its end, but not on the way that an error of their own takes. That what is waited for may fail is true of all code, and
 * no reason to accuse it, unless somebody here catches that failure and goes on.
 */
export function stuckFlagsIn(study: Study, others: readonly Study[], model: ModuleModel): StuckFlag[] {
  const { graph, writes, fn } = study;
  if (graph.isPartial) return [];
  const isOutlived = failuresAreCaught(fn, model);
  return writes.flatMap((claim) => {
    if (claim.frame.fn !== fn || !isSet(claim) || claim.location.path.some(({ kind }) => kind === 'element')) return [];
    const resets = writes.filter((write) => write.location.id === claim.location.id && isReset(write));
    const state = study.stateAt(claim.id);
    const isOwn = resets.some(({ frame }) => frame === claim.frame);
    if (!isOwn || !state || !isGuardedFree(claim.location, state, graph.effects) || isResetElsewhere(claim, study, others)) return [];
    const failure = failureAfter(graph, claim, new Set(resets), isOutlived);
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

/**
 * An error that is thrown between the claim and every reset, with nothing that catches it on the way.
 * @param isOutlived True if the failure of what is waited for counts too.
 */
function failureAfter({ effects }: EffectGraph, claim: Effect, resets: ReadonlySet<Effect>, isOutlived: boolean): Effect | undefined {
  const seen = new Set<number>([claim.id]);
  const pending = claim.next.map(({ to }) => to);
  for (let id = pending.shift(); id !== undefined; id = pending.shift()) {
    const effect = effects[id]!;
    if (seen.has(id) || (effect.aside ?? 0) > (claim.aside ?? 0) || resets.has(effect)) continue;
    seen.add(id);
    if (((effect.kind === 'throw' && !isNeverThrown(effect)) || (isOutlived && isFallible(effect, claim))) && leavesWith(effect, effects, resets)) return effect;
    pending.push(...effect.next.map(({ to }) => to));
  }
  return undefined;
}

/**
 * What no program in working order comes to: `throw new Error('Not implemented')` as all that a function does, which something puts its own in place of, and
 * `if (!this.db) throw …; return this.db`, where somebody has forgotten the set-up.
 */
function isNeverThrown({ frame: { fn: { node: { body } } } }: Effect): boolean {
  if (body.type !== 'BlockStatement') return false;
  const [first, second, ...more] = body.body;
  if (first?.type === 'ThrowStatement') return true;
  return more.length === 0 && first?.type === 'IfStatement' && first.test.type === 'UnaryExpression' && second?.type === 'ReturnStatement' && second.argument !== null && isSameText(first.test.argument, second.argument);
}

/** `this.db` and `this.db`: names and members only. */
function isSameText(one: Node, other: Node): boolean {
  if (one.type === 'MemberExpression' && other.type === 'MemberExpression') return calleeText(one) === calleeText(other) && isSameText(one.object, other.object);
  return one.type === other.type && (one.type === 'ThisExpression' || (one.type === 'Identifier' && calleeText(one) === calleeText(other)));
}

/** Work of others that the function itself waits for; a pause does not fail, nor what is caught at once. */
function isFallible(effect: Effect, { frame }: Effect): boolean {
  if (effect.kind !== 'suspend' || effect.frame !== frame || effect.at.type !== 'AwaitExpression') return false;
  const call = unwrap(effect.at.argument);
  return call.type === 'CallExpression' && !/^(?:catch|allSettled|finally|then)$/.test(calleeText(call.callee)) && !/sleep|delay|pause|timeout|tick|wait|idle/i.test(effect.callee);
}

/** `this.refresh().catch(report)`, `try { await refresh(); } catch { … }`: whoever calls it knows that it may fail, and goes on after that. */
function failuresAreCaught(fn: FunctionInfo, model: ModuleModel): boolean {
  return fn.ownName !== '' && model.module.nodes.of('CallExpression').some((call) => isCallOf(call, fn, model) && isCaught(call));
}

function isCallOf({ callee }: TSESTree.CallExpression, fn: FunctionInfo, model: ModuleModel): boolean {
  if (calleeText(callee) !== fn.ownName) return false;
  if (callee.type === 'Identifier') return fn.bound !== undefined && model.scopes.variableOf(callee) === fn.bound;
  return callee.type === 'MemberExpression' && callee.object.type === 'ThisExpression' && fn.owner !== undefined && isWithin(callee, fn.owner.node);
}

function isCaught(call: TSESTree.CallExpression): boolean {
  const { parent } = call;
  if (parent.type === 'MemberExpression' && parent.object === call) return calleeText(parent) === 'catch' && parent.parent.type === 'CallExpression';
  if (parent.type !== 'AwaitExpression') return false;
  for (let at: Node = parent; at.parent && !isFunction(at); at = at.parent) {
    if (at.parent.type === 'TryStatement' && at.parent.block === at && at.parent.handler) return !rethrows(at.parent.handler.body);
  }
  return false;
}

function rethrows(handler: TSESTree.BlockStatement): boolean {
  let throws = false;
  walk(handler, ({ type }) => { throws ||= type === 'ThrowStatement'; });
  return throws;
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
    if (effect.kind === 'throw' && isNeverThrown(effect)) continue;
    if (effect.kind === 'throw' && effect.handler === undefined) return true;
    pending.push(...effect.next.map(({ to }) => to), ...(effect.handler === undefined || effect.kind !== 'throw' ? [] : [effect.handler]));
  }
  return false;
}
