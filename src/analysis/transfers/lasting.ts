import type { Node, TSESTree, Variable } from '../../language/index.js';
import { walk } from '../../language/index.js';
import type { EffectGraph } from '../model/effect.js';
import type { ClassInfo, FunctionInfo } from '../model/functions.js';
import { keyName } from '../model/functions.js';
import type { Links, ModuleModel } from '../model/module.js';
import { originOf } from '../model/origin.js';
import { ownerAround } from '../flow/places.js';
import { isOf, thisThing } from './holdings.js';
import type { Thing } from './holdings.js';
import { memoryKind } from './memory-kinds.js';

/** A variable of a module or a field, by the name that things have from it. */
interface Lasting {
  readonly name: string;
  readonly at: Node;
  readonly model: ModuleModel;
  /** Functions that give it a value, where it stands or elsewhere; a field's first value, and the constructor, are left out. */
  readonly givers: ReadonlySet<FunctionInfo | undefined>;
}

/** Names that functions outside of a graph give values to. */
export function namesGivenElsewhere(graph: EffectGraph, links: Links): ReadonlySet<string> {
  return new Set(lastingIn(graph, links).filter(({ givers }) => [...givers].some((giver) => !giver || !graph.inlined.has(giver))).map(({ name }) => name));
}

/**
 * What of the things that a run has given away the next run of the same function finds as it was left: memory that lies in a constant of the
 * module or in a field that nobody gives another value, and that is no argument of something which is done once.
 */
export function lastingOf(spent: ReadonlyMap<Thing, number>, graph: EffectGraph, model: ModuleModel): ReadonlyMap<Thing, number> {
  if (spent.size === 0 || !isRepeated(graph.entry, model)) return new Map();
  const kept = lastingIn(graph, model.links).filter(({ givers, at, model: home }) => givers.size === 0 && memoryKind(at, home) !== undefined);
  return new Map([...spent].filter(([thing]) => kept.some(({ name }) => isOf(thing, name))));
}

/** What is done over and over: a handler, or a method or function that is given what it works on. */
function isRepeated(fn: FunctionInfo, model: ModuleModel): boolean {
  if (fn.id < 0) return false;
  const uses = model.usesOf(fn);
  if (uses.some(({ kind }) => kind === 'registered')) return true;
  return fn.node.params.length > 0 && (model.entryOf(fn)?.overlapsItself ?? false) && !/^(?:init|start|setup|create|open|connect|attach|mount|on(?:Init|Load|Open|Connect))/i.test(fn.ownName);
}

function lastingIn(graph: EffectGraph, links: Links): Lasting[] {
  const found = new Map<string, Lasting>();
  for (const { kind, at, frame } of graph.effects) {
    if (kind !== 'mention') continue;
    const model = links.modelOf(frame.fn.module);
    const lasting = at.type === 'MemberExpression' ? fieldAt(at, frame.fn, model) : variableAt(at, model);
    if (lasting && !found.has(lasting.name)) found.set(lasting.name, lasting);
  }
  return [...found.values()];
}

function variableAt(at: Node, model: ModuleModel): Lasting | undefined {
  const variable = model.scopes.variableOf(at);
  const origin = variable && originOf(variable, model);
  if (origin?.kind !== 'variable') return undefined;
  const { table, sharing } = origin.model;
  const isLocal = sharing.activationOf(origin.variable) !== undefined;
  const givers = new Set(writesOf(origin.variable).map((node) => table.around(node)));
  return isLocal && givers.size === 0 ? undefined : { name: `v${origin.variable.$id}`, at, model, givers: isLocal ? givers.add(sharing.activationOf(origin.variable)) : givers };
}

/** Where a variable is given another value than its first. */
function writesOf({ references }: Variable): Node[] {
  return references.filter((reference) => reference.isWrite() && reference.init !== true).map(({ identifier }) => identifier as Node);
}

function fieldAt(at: TSESTree.MemberExpression, fn: FunctionInfo, model: ModuleModel): Lasting | undefined {
  const name = keyName(at.property, at.computed);
  const owner = ownerAround(fn)?.owner;
  if (at.object.type !== 'ThisExpression' || name === undefined) return undefined;
  return { name: `${thisThing({ fn, model })}.${name}`, at, model, givers: owner ? giversOf(owner, name, model) : new Set([undefined]) };
}

function giversOf(owner: ClassInfo, field: string, model: ModuleModel): Set<FunctionInfo | undefined> {
  const givers = new Set<FunctionInfo | undefined>();
  walk(owner.node, (node) => {
    const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : undefined;
    if (target?.type !== 'MemberExpression' || keyName(target.property, target.computed) !== field) return;
    const around = model.table.around(node);
    if (around?.kind !== 'constructor') givers.add(around);
  });
  return givers;
}
