import { isFunction } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { ofKind } from '../model/effect.js';
import type { EffectGraph } from '../model/effect.js';
import type { ClassInfo } from '../model/functions.js';
import type { Location } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import { classMadeBy } from '../model/instances.js';
import { functionAround } from '../model/shared-memory.js';
import { textOf } from '../model/text.js';
import type { Acquire } from './held.js';

/** A lock of which each run, or each instance, has one of its own, around a place that all of them share. */
export type NarrowLock = Acquire & Required<Pick<Acquire, 'madeBy'>>;

/** The acquisition of a lock that keeps nobody else away from a place; undefined if it does, or may. */
export function narrowLockAt(lock: string, place: Location, graph: EffectGraph, model: ModuleModel): NarrowLock | undefined {
  const taken = ofKind(graph.effects, 'acquire').filter((acquire) => acquire.lock === lock);
  const isNarrow = (acquire: Acquire): acquire is NarrowLock => acquire.madeBy !== undefined && isOutside(place, acquire.madeBy, model) && areSeveral(acquire.madeBy, graph, model);
  return taken.every(isNarrow) ? taken[0] as NarrowLock | undefined : undefined;
}

/** What lies in a variable of the module, or in a class itself, is the same for all runs and instances; for runs, what lies in an object too. */
function isOutside({ root }: Location, madeBy: NonNullable<Acquire['madeBy']>, { links }: ModuleModel): boolean {
  if (root.kind === 'variable') return links.moduleOf(root.variable).sharing.activationOf(root.variable) === undefined;
  return root.kind === 'static' || isRun(madeBy);
}

function areSeveral(madeBy: NonNullable<Acquire['madeBy']>, { inlined }: EffectGraph, model: ModuleModel): boolean {
  return isRun(madeBy) ? [...inlined].some(({ node }) => node === madeBy) : hasSeveralInstances(madeBy, model);
}

function isRun(madeBy: NonNullable<Acquire['madeBy']>): madeBy is Exclude<typeof madeBy, ClassInfo> {
  return isFunction(madeBy as Node);
}

const PER_REQUEST = /\bScope\.(?:REQUEST|TRANSIENT)\b/;

/** A container makes one for each request, each run of an entry makes one for itself, or the module makes two. */
function hasSeveralInstances(owner: ClassInfo, model: ModuleModel): boolean {
  const { node, module } = owner;
  if (node.decorators.some((decorator) => PER_REQUEST.test(textOf(decorator, { module })))) return true;
  const makers = model.module.nodes.of('NewExpression').filter((made) => classMadeBy(made, model) === owner);
  return makers.length > 1 || makers.some((made) => isMadeByEachRun(made, model));
}

/** `const reader = new Reader()`, `new Reader().next()` in what may run at the same time as itself; what is kept elsewhere may be the only one. */
function isMadeByEachRun(made: Node, model: ModuleModel): boolean {
  const home = functionAround(made);
  const fn = isFunction(home) ? model.table.infoOf(home) : undefined;
  const { parent } = made;
  const isLocal = (parent?.type === 'VariableDeclarator' && parent.init === made) || (parent?.type === 'MemberExpression' && parent.object === made);
  return isLocal && fn !== undefined && model.entryOf(fn)?.overlapsItself === true && !/^(?:main|bootstrap|start|setup|init|create|build|make)/i.test(fn.ownName);
}
