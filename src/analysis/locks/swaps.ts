import { walk } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { ofKind } from '../model/effect.js';
import type { Effect } from '../model/effect.js';
import type { ModuleModel } from '../model/module.js';
import type { Value } from '../model/value.js';
import { successors } from '../regions/reach.js';
import type { Study } from '../regions/study.js';
import { isUnsorted, listOf, rootOf } from './choices.js';
import type { ChoiceRoot } from './choices.js';
import type { Acquire } from './held.js';
import type { OrderEdge } from './order.js';

/**
 * Locks of two objects, or of two keys, that a caller names: `transfer(a, b)` takes the lock of `a` and then that of `b`, and
 * `transfer(b, a)` the other way round. Where the two are compared or sorted first, there is an order.
 */
export function swapsIn(edges: readonly OrderEdge[], modelOf: (acquire: Acquire) => ModuleModel): OrderEdge[] {
  return edges.filter(({ study, from, to }) => {
    if (!study.entry!.overlapsItself || !from.choice || !to.choice || from.choice.family !== to.choice.family || (from.isShared && to.isShared)) return false;
    const [one, other] = [rootOf(from.choice.by, modelOf(from)), rootOf(to.choice.by, modelOf(to))];
    if (!one || !other || (one.variable === other.variable && one.path === other.path) || !areAlike(one, other)) return false;
    return !study.graph.effects.some((effect) => {
      const asked = effect.id < from.id || effect.kind === 'branch' ? askedAt(effect) : undefined;
      return asked !== undefined && mentionsBoth(asked, one, other, modelOf(from));
    });
  });
}

/** Locks of a list's elements, taken one after the other in the order of the list and all kept: two lists may hold the same in another order. */
export function unsortedIn(studies: readonly Study[], modelOf: (acquire: Acquire) => ModuleModel): [Study, Acquire][] {
  return studies.flatMap((study) => ofKind(study.graph.effects, 'acquire').flatMap((effect) => {
    if (!effect.isCertain || effect.permits !== 1 || effect.isShared || !effect.choice || !study.entry?.overlapsItself) return [];
    const model = modelOf(effect);
    const list = listOf(effect.choice.by, model);
    const isKeptInLoop = list !== undefined && effect.form === 'call' && isUnsorted(list, model) && comesRound(study, effect);
    return isKeptInLoop || (effect.takesKeysInOrder && isList(effect.choice.by, model) && isUnsorted(effect.choice.by, model)) ? [[study, effect] as [Study, Acquire]] : [];
  }));
}

/** The test that asks which comes first, or the call that asks how one stands to the other, be it followed or not. */
function askedAt(effect: Effect): Node | undefined {
  if (effect.kind === 'branch') return asksForOrder(effect.test) ? effect.at : undefined;
  if (effect.kind === 'call') return RELATION.test(effect.callee) ? effect.at : undefined;
  return RELATION.test(effect.frame.fn.ownName) ? effect.frame.at : undefined;
}

/** `assert(Node.isParent(child, this))`: what of two is above the other is no matter of who calls. */
const RELATION = /^is\w*(?:Parent|Child|Ancestor|Descendant|Above|Below|Within|Inside)/;

/** A caller that can name the one can name the other in its place. */
function areAlike(a: ChoiceRoot, b: ChoiceRoot): boolean {
  if (a.variable === b.variable) return true;
  if (a.variable === 'this' || b.variable === 'this') return a.path === b.path;
  return a.path === b.path && typeOf(a) === typeOf(b);
}

function typeOf({ variable }: ChoiceRoot): string {
  const name = variable === 'this' ? undefined : variable.identifiers[0];
  const type = name?.type === 'Identifier' ? name.typeAnnotation?.typeAnnotation : undefined;
  return type ? JSON.stringify(textOf(type)) : '';
}

/** A type as far as it tells two apart. */
function textOf(type: Node): string {
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : type.type;
}

/** `a < b`, `a.localeCompare(b) > 0`; that two are the same, or not, is no order. */
function asksForOrder(test: Value): boolean {
  switch (test.kind) {
    case 'comparison':
      return !test.isEquality || test.parts.some(asksForOrder);
    case 'not': case 'emptiness': case 'part':
      return asksForOrder(test.of);
    case 'answer': case 'mix':
      return /compare|before|precedes|order|rank|sort/i.test(test.name ?? '') || test.parts.some(asksForOrder);
    case 'choice':
      return test.parts.some(asksForOrder);
    default:
      return false;
  }
}

function mentionsBoth(test: Node, one: ChoiceRoot, other: ChoiceRoot, model: ModuleModel): boolean {
  const roots: ChoiceRoot[] = [];
  walk(test, (node) => {
    const root = node.type === 'Identifier' || node.type === 'ThisExpression' ? rootOf(node, model) : undefined;
    if (root) roots.push(root);
  });
  const count = ({ variable }: ChoiceRoot): number => roots.filter((root) => root.variable === variable).length;
  return one.variable === other.variable ? count(one) > 1 : count(one) > 0 && count(other) > 0;
}

/** True if the loop comes to the acquisition again before it is released. */
function comesRound({ graph: { effects } }: Study, acquire: Acquire): boolean {
  const seen = new Set<number>();
  const pending = acquire.next.map(({ to }) => to);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === acquire.id) return true;
    const effect = effects[id]!;
    if (seen.has(id) || (effect.kind === 'release' && effect.lock === acquire.lock)) continue;
    seen.add(id);
    pending.push(...successors(effect));
  }
  return false;
}

/** By its type or by what made it. */
function isList(by: Node, model: ModuleModel): boolean {
  const variable = by.type === 'Identifier' ? model.scopes.variableOf(by) : undefined;
  const definition = variable?.defs[0];
  const name = definition?.name;
  const type = name?.type === 'Identifier' ? name.typeAnnotation?.typeAnnotation : undefined;
  if (type) return type.type === 'TSArrayType' || (type.type === 'TSTypeOperator' && type.typeAnnotation?.type === 'TSArrayType') || (type.type === 'TSTypeReference' && /Array$/.test(textOf(type)));
  const init = definition?.type === 'Variable' && definition.node.init ? definition.node.init : by;
  return init.type === 'ArrayExpression' || (init.type === 'CallExpression' && init.callee.type === 'MemberExpression');
}
