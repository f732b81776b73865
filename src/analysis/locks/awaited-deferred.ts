import { isFunction, walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { Lowering } from '../flow/lowering.js';
import { ownerAround, placeOf } from '../flow/places.js';
import type { Effect } from '../model/effect.js';
import { calleeText, keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { lastName, shortName, stepInto } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { initialiserOf, originOf } from '../model/origin.js';
import { unwrap } from '../model/unwrap.js';
import { graphIn } from '../promises/graphs.js';
import { passesOnlyBy } from '../regions/order.js';
import type { Study } from '../regions/study.js';
import type { ModuleView } from '../rules/rule.js';
import { placeOfResolver, roleOf } from './awaited-calls.js';
import { isForLastOf } from './last-of-several.js';
import type { Acquire } from './held.js';
import type { Awaited } from './locked-waits.js';

/** What settles a promise that is made once, and the function that puts it away. */
interface Settler {
  readonly place: Location;
  readonly executor?: FunctionInfo;
}

/** `const ready = new Promise((resolve) => { open = resolve }); … await ready`: whoever calls `open` ends the wait. */
export function awaitedDeferred(view: ModuleView, { graph }: Study, acquire: Acquire, wait: Effect): Awaited | undefined {
  const { at, frame } = wait;
  const settler = wait.kind === 'suspend' && at.type === 'AwaitExpression' ? settlerOf(view, frame.fn, unwrap(at.argument)) : undefined;
  if (!settler) return undefined;
  const { place, executor } = settler;
  return {
    text: `\`${shortName(place)}\` to be called`, ending: 'calls it', name: lastName(place), ...(executor && { maker: executor }), studies: view.studiesAround(place),
    roleOf: (effect, other) => (effect.frame.fn === executor ? undefined : roleOf(effect, other, place, view.model.links)),
    isTooEarly: (effect) => isForLastOf(effect.at, view.model) && !passesOnlyBy(graph, acquire.id, (one) => one === effect, wait.id),
  };
}

function settlerOf(view: ModuleView, fn: FunctionInfo, awaited: Node): Settler | undefined {
  const model = view.model.links.modelOf(fn.module);
  if (awaited.type === 'MemberExpression' && unwrap(awaited.object).type === 'ThisExpression') return settlerIn(view, model, onlyValueOf(fn, keyName(awaited.property, awaited.computed)));
  if (awaited.type === 'MemberExpression' && keyName(awaited.property, awaited.computed) === 'promise') return pairedWith(model, fn, awaited);
  const variable = awaited.type === 'Identifier' ? model.scopes.variableOf(awaited) : undefined;
  const origin = variable && originOf(variable, model);
  return origin?.kind === 'variable' && origin.model === model ? settlerIn(view, model, initialiserOf(origin)) : undefined;
}

/** The value of a field of the object at hand, if its class gives it one only. */
function onlyValueOf(fn: FunctionInfo, name: string | undefined): Node | undefined {
  const owner = ownerAround(fn)?.owner;
  if (!owner || name === undefined) return undefined;
  const value = owner.fields.get(name)?.value;
  const values = new Set<Node>(value && [value]);
  walk(owner.node, (node) => {
    if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression' || keyName(node.left.property, node.left.computed) !== name) return;
    values.add(node.right);
  });
  return values.size === 1 ? [...values][0] : undefined;
}

function settlerIn(view: ModuleView, model: ModuleModel, made: Node | undefined): Settler | undefined {
  const node = made && unwrap(made);
  const [argument] = node?.type === 'NewExpression' && calleeText(node.callee) === 'Promise' ? node.arguments : [];
  const executor = argument && isFunction(argument) ? model.table.infoOf(argument) : undefined;
  const place = executor && placeOfResolver(view, graphIn(view, executor), executor);
  return executor && place && { place, executor };
}

/** `const opened = Promise.withResolvers(); … await opened.promise`: `opened.resolve` settles it. */
function pairedWith(model: ModuleModel, fn: FunctionInfo, { object }: TSESTree.MemberExpression): Settler | undefined {
  const variable = object.type === 'Identifier' ? model.scopes.variableOf(object) : undefined;
  const made = variable && initialiserOf(originOf(variable, model));
  const holder = made?.type === 'CallExpression' && calleeText(made.callee) === 'withResolvers' ? placeOf(new Lowering(model, fn), object) : undefined;
  const place = holder && stepInto(holder, { kind: 'member', name: 'resolve' });
  return place && { place };
}
