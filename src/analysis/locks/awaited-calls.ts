import { isFunction } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { Lowering } from '../flow/lowering.js';
import { placeOf } from '../flow/places.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import { holderOf, isAtOrAbove, lastName, shortName } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { Links } from '../model/module.js';
import { unwrap } from '../model/unwrap.js';
import type { Value } from '../model/value.js';
import { mentions } from '../promises/early-use.js';
import { leadsInOneTurn, leadsTo } from '../regions/order.js';
import { PARAMETER, provenancesOf } from '../regions/provenance.js';
import type { Study } from '../regions/study.js';
import type { ModuleView } from '../rules/rule.js';
import { heldIn } from './held.js';
import type { Acquire } from './held.js';
import type { Awaited } from './locked-waits.js';

/** `await new Promise((resolve) => waiting.push(resolve))`: whoever calls what is kept there ends the wait. */
export function awaitedCall(view: ModuleView, study: Study, acquire: Acquire, wait: Effect): Awaited | undefined {
  const { graph } = study;
  const promise = promiseAwaited(graph, acquire, wait);
  const executor = promise && view.model.links.modelOf(promise.frame.fn.module).table.infoOf((promise.at as TSESTree.NewExpression).arguments[0]!);
  const place = executor && placeOfResolver(view, graph, executor);
  if (!place) return undefined;
  return {
    text: `\`${shortName(place)}\` to be called`, ending: 'calls it', name: lastName(place), studies: view.studiesAround(place),
    roleOf: (effect, other) => (effect.frame.fn === executor ? undefined : roleOf(effect, other, place, view.model.links)),
    isTooEarly: (effect) => !leadsTo(graph, promise!, effect),
  };
}

/** The promise that a suspension, or what a callback under the lock returns, waits for and nothing else: no timeout, no race. */
function promiseAwaited(graph: EffectGraph, acquire: Acquire, wait: Effect): EffectOf<'call'> | undefined {
  const value = wait.kind === 'suspend' ? wait.awaited : wait.kind === 'return' && wait.frame.at === acquire.at ? wait.value : undefined;
  if (!value || (wait.kind === 'suspend' && /^(?:race|any)$/.test(wait.callee))) return undefined;
  const inlined = new Set([...graph.inlined].map(({ ownName }) => ownName));
  const { makers } = provenancesOf(graph.effects).of(value);
  if (!makers.has('new Promise') || [...makers].some((name) => name !== 'new Promise' && name !== PARAMETER && !inlined.has(name))) return undefined;
  const made = graph.effects.filter((effect): effect is EffectOf<'call'> => effect.kind === 'call' && effect.callee === 'new Promise' && !effect.aside && (leadsInOneTurn(graph, effect, wait) || (wait.kind === 'suspend' && heldIn(graph)[effect.id]?.get(acquire.lock)?.includes(acquire) === true && leadsTo(graph, effect, wait))));
  return made.length === 1 ? made[0] : undefined;
}

/** Where an executor puts what settles its promise, if it does nothing else with it. */
export function placeOfResolver({ model }: ModuleView, { effects }: EffectGraph, executor: FunctionInfo): Location | undefined {
  const { scopes } = model.links.modelOf(executor.module);
  const settlers = executor.node.params.flatMap((parameter) => scopes.variableOf(parameter) ?? []);
  const [resolve] = settlers;
  if (!resolve || !isFunction(executor.node)) return undefined;
  const stores = effects.filter((effect): effect is EffectOf<'write'> => effect.kind === 'write' && effect.frame.fn === executor);
  const [store, ...others] = stores;
  if (!store) return placeOfNamed(effects, executor, resolve);
  if (others.length > 0 || !mentions(store.value, resolve)) return undefined;
  const whole = store.at.type === 'CallExpression' ? store.at : store.at.parent!;
  const isStored = (reference: Node): boolean => whole.range[0] <= reference.range[0] && reference.range[1] <= whole.range[1];
  return settlers.every(({ references }) => references.every(({ identifier }) => isStored(identifier as Node))) ? holderOf(store.location) : undefined;
}

/** `let done; const finished = new Promise((resolve) => (done = resolve)); open.set(id, { done, finished })` */
function placeOfNamed(effects: readonly Effect[], executor: FunctionInfo, resolve: Variable): Location | undefined {
  const names = effects.flatMap((effect) => (effect.kind === 'assign' && effect.frame.fn === executor && effect.value.kind === 'slot' && effect.value.slot === resolve && 'references' in effect.slot ? [effect.slot] : []));
  const [name, ...more] = names;
  if (!name || more.length > 0 || resolve.references.length !== 1) return undefined;
  const stores = effects.filter((effect): effect is EffectOf<'write'> => effect.kind === 'write' && mentions(effect.value, name));
  // Its other uses would be calls, or hand it to somebody: all there is is that it is given a value and put away.
  return stores.length === 1 && name.references.filter((reference) => reference.isRead()).length === 1 ? holderOf(stores[0]!.location) : undefined;
}

/** Calls of what is kept at the place, and all else that is done there but to count it. */
export function roleOf(effect: Effect, { graph }: Study, place: Location, links: Links): 'ends' | 'touches' | undefined {
  if (effect.kind === 'call') return isCallOfKept(effect, graph, place, links) ? 'ends' : undefined;
  if (effect.kind !== 'read' && effect.kind !== 'write' && effect.kind !== 'step') return undefined;
  if (!isAtOrAbove(place, effect.location)) return undefined;
  return effect.kind === 'read' && isCount(effect.at) ? undefined : 'touches';
}

function isCount(at: Node): boolean {
  return at.type === 'MemberExpression' && at.property.type === 'Identifier' && (at.property.name === 'length' || at.property.name === 'size');
}

function isCallOfKept({ at, frame, values: [receiver] }: EffectOf<'call'>, { effects }: EffectGraph, place: Location, links: Links): boolean {
  if (at.type !== 'CallExpression') return false;
  const l = new Lowering(links.modelOf(frame.fn.module), frame.fn);
  const callee = unwrap(at.callee);
  const named = placeOf(l, callee);
  if (named && isAtOrAbove(place, named)) return true;
  const provenances = provenancesOf(effects);
  const comesFromThere = (value: Value): boolean => [...provenances.of(value).reads].some((id) => {
    const read = effects[id]!;
    return read.kind === 'read' && isAtOrAbove(place, read.location);
  });
  if (callee.type !== 'Identifier') return receiver !== undefined && comesFromThere(receiver);
  const variable = l.variable(callee);
  return variable !== undefined && comesFromThere({ kind: 'slot', slot: variable });
}
