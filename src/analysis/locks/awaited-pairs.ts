import type { Node, TSESTree, Variable } from '../../language/index.js';
import type { Effect, EffectOf } from '../model/effect.js';
import { calleeText, keyName } from '../model/functions.js';
import { holderOf, lastName, shortName } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { functionAround } from '../model/shared-memory.js';
import { unwrap } from '../model/unwrap.js';
import { mentions } from '../promises/early-use.js';
import { leadsTo } from '../regions/order.js';
import type { Study } from '../regions/study.js';
import type { ModuleView } from '../rules/rule.js';
import { roleOf } from './awaited-calls.js';
import type { Acquire } from './held.js';
import type { Awaited } from './locked-waits.js';

/** `const { promise, resolve } = Promise.withResolvers(); waiting.push(resolve); await promise`: whoever calls what is kept there ends the wait. */
export function awaitedPair(view: ModuleView, { graph }: Study, acquire: Acquire, wait: Effect): Awaited | undefined {
  const model = view.model.links.modelOf(wait.frame.fn.module);
  const node = waitedFor(wait, acquire);
  const pair = node && pairOf(node, model);
  const made = pair && graph.effects.find(({ kind, at }) => kind === 'call' && at === pair.call);
  const stores = pair ? graph.effects.filter((effect): effect is EffectOf<'write'> => effect.kind === 'write' && mentions(effect.value, pair.resolve)) : [];
  const [store, ...more] = stores;
  if (!pair || !made || !store || more.length > 0 || ![pair.resolve, ...pair.others].every((settler) => isStored(settler, store, settler === pair.resolve))) return undefined;
  const place = holderOf(store.location);
  return {
    text: `\`${shortName(place)}\` to be called`, ending: 'calls it', name: lastName(place), studies: view.studiesAround(place),
    roleOf: (effect, other) => (effect === store ? undefined : roleOf(effect, other, place, view.model.links)),
    isTooEarly: (effect) => !leadsTo(graph, made, effect),
  };
}

function waitedFor(wait: Effect, acquire: Acquire): Node | undefined {
  const { kind, at, frame } = wait;
  if (kind === 'suspend') return at.type === 'AwaitExpression' ? unwrap(at.argument) : undefined;
  if (kind !== 'return' || frame.at !== acquire.at) return undefined;
  const given = at.type === 'ReturnStatement' ? at.argument : at;
  return given ? unwrap(given) : undefined;
}

interface Pair {
  readonly call: Node;
  readonly resolve: Variable;
  /** What else settles it. */
  readonly others: readonly Variable[];
}

/** The promise and its settlers, where a name stands for the promise and all are made in the same run. */
function pairOf(awaited: Node, { scopes }: ModuleModel): Pair | undefined {
  const definition = awaited.type === 'Identifier' ? scopes.variableOf(awaited)?.defs[0] : undefined;
  const declarator = definition?.type === 'Variable' ? definition.node : undefined;
  const call = declarator?.init && unwrap(declarator.init);
  if (declarator?.id.type !== 'ObjectPattern' || call?.type !== 'CallExpression' || calleeText(call.callee) !== 'withResolvers' || functionAround(declarator) !== functionAround(awaited)) return undefined;
  const named = (key: string): Variable | undefined => variableOf(declarator.id as TSESTree.ObjectPattern, key, scopes);
  const resolve = named('resolve');
  const reject = named('reject');
  return named('promise') === scopes.variableOf(awaited) && resolve ? { call, resolve, others: reject ? [reject] : [] } : undefined;
}

function variableOf({ properties }: TSESTree.ObjectPattern, key: string, scopes: ModuleModel['scopes']): Variable | undefined {
  const property = properties.find((one) => one.type === 'Property' && keyName(one.key, one.computed) === key);
  return property?.type === 'Property' && property.value.type === 'Identifier' ? scopes.variableOf(property.value) : undefined;
}

/** All that is done with it is to put it away. */
function isStored({ references }: Variable, { at }: Effect, isDue: boolean): boolean {
  const whole = at.type === 'CallExpression' ? at : at.parent!;
  const reads = references.filter((reference) => reference.isRead()).map(({ identifier }) => identifier as Node);
  return (reads.length > 0 || !isDue) && reads.every((read) => whole.range[0] <= read.range[0] && read.range[1] <= whole.range[1]);
}
