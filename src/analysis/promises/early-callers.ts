import type { Node, Variable } from '../../language/index.js';
import type { Effect, EffectOf } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import { areKin } from '../model/class-line.js';
import type { Value } from '../model/value.js';
import { passesOnlyBy } from '../regions/order.js';
import { provenancesOf } from '../regions/provenance.js';
import type { Study } from '../regions/study.js';
import type { ModuleView } from '../rules/index.js';
import type { SetUp } from './setups.js';

/** A use of what a set-up has yet to fill, by a function that anybody may call before. */
export interface UseBeforeReady {
  readonly setUp: SetUp;
  readonly fill: EffectOf<'write'>;
  readonly use: EffectOf<'read'>;
  readonly study: Study;
}

/** For each place that a set-up fills the first use that nothing keeps back until it is filled. */
export function usesBefore(setUp: SetUp, view: ModuleView): UseBeforeReady[] {
  const found = new Map<string, UseBeforeReady>();
  // A promise that outsiders can see is theirs to wait for, unless those inside do so too.
  if (setUp.isOffered && !view.studies.some(({ graph }) => graph.effects.some((effect) => effect.kind === 'suspend' && isKeptPromise(effect.awaited)))) return [];
  for (const study of view.studies) {
    if (!mayComeEarly(study, setUp)) continue;
    for (const effect of study.graph.effects) {
      if (effect.kind !== 'read' || effect.aside || found.has(effect.location.id) || effect.frame.fn.module !== view.model.module || !(setUp.refilled.has(effect.location.id) ? effect.frame.fn === study.fn && study.fn.isAsync && study.fn.owner !== undefined && study.entry?.fn === study.fn && READY.test(setUp.work.name) && isLookedAt(effect.at) : needsValue(effect.at))) continue;
      const fill = setUp.fills.find(({ location }) => location.id === effect.location.id);
      if (fill && !isMadeAfter(study.fn, fill) && !isKeptBack(study, effect, setUp)) found.set(effect.location.id, { setUp, fill, use: effect, study });
    }
  }
  return [...found.values()];
}

const LATE_BY_NAME = /^(?:(?:close|stop|dispose|destroy|end|shutdown|teardown|disconnect|reset|clear|cleanup)(?![a-z])|toString|toJSON|on[A-Z]|handle[A-Z]|_)/;

function mayComeEarly({ entry, fn }: Study, { work, owner }: SetUp): boolean {
  if (!entry || fn === work.started || fn.kind === 'constructor' || LATE_BY_NAME.test(fn.ownName) || isPartOf(fn, work.at)) return false;
  if (work.started && isInside(fn, work.started)) return false;
  return owner ? fn.owner !== undefined && !fn.isStatic && areKin(fn.owner, owner) : true;
}

/** A callback that the filling function makes once it has filled the place comes too late to be early. */
function isMadeAfter(fn: FunctionInfo, { at, frame }: EffectOf<'write'>): boolean {
  return fn !== frame.fn && isInside(fn, frame.fn) && fn.node.range[0] > at.range[1];
}

function isInside(fn: FunctionInfo, outer: FunctionInfo): boolean {
  for (let at: FunctionInfo | undefined = fn; at; at = at.parent) if (at === outer) return true;
  return false;
}

function isPartOf(fn: FunctionInfo, { range }: Node): boolean {
  return fn.node.range[0] >= range[0] && fn.node.range[1] <= range[1];
}

/** True if the use fails on nothing: a field of it is taken, it is called or gone through. */
export function needsValue(node: Node): boolean {
  const holder = node.parent;
  switch (holder?.type) {
    case 'TSNonNullExpression': case 'TSAsExpression':
      return needsValue(holder);
    case 'MemberExpression':
      return holder.object === node && !holder.optional;
    case 'CallExpression':
      return holder.callee === node && !holder.optional;
    case 'SpreadElement':
      return holder.parent.type === 'ArrayExpression' || holder.parent.type === 'CallExpression';
    case 'ForOfStatement':
      return holder.right === node;
    case 'VariableDeclarator':
      return holder.init === node && holder.id.type !== 'Identifier';
    case 'NewExpression':
      return holder.callee === node;
    default:
      return false;
  }
}

/** True if what is found in the place is made use of: it is given back, handed over, called or compared, not only asked whether it is there yet. */
function isLookedAt(node: Node): boolean {
  const holder = node.parent;
  return holder?.type === 'ReturnStatement' || holder?.type === 'MemberExpression' || holder?.type === 'VariableDeclarator' || holder?.type === 'BinaryExpression' || (holder?.type === 'CallExpression' && holder.callee !== node);
}

/** A promise that somebody has kept: in a field, in a variable of the module or of a function around. */
function isKeptPromise(awaited: Value): boolean {
  return awaited.kind === 'read' || (awaited.kind === 'slot' && !('result' in awaited.slot) && awaited.slot.references.some(({ from }) => from.variableScope !== (awaited.slot as Variable).scope.variableScope));
}

const READY = /ready|init|load|ensure|connect|open|wait|set_?up|start|boot|prepar|available|establish|assert|check|require|guard|lazy|hydrat/i;

/** True if on every way to the use something makes sure that the place is filled: it is looked at, or written, or something is waited for. */
function isKeptBack({ graph, fn }: Study, use: EffectOf<'read'>, setUp: SetUp): boolean {
  const provenances = provenancesOf(graph.effects);
  const written = new Set(setUp.work.late.flatMap((effect) => (effect.kind === 'write' ? [effect.location.id] : [])));
  const keeps = (effect: Effect): boolean => {
    switch (effect.kind) {
      case 'branch': {
        return [...provenances.of(effect.test).reads].some((read) => {
          const at = graph.effects[read];
          return at?.kind === 'read' && (at.location.id === use.location.id || written.has(at.location.id) || READY.test(at.location.path.map((step) => (step.kind === 'member' ? step.name : '')).join('.')));
        });
      }
      case 'suspend':
        return isKeptPromise(effect.awaited) || READY.test(effect.callee) || (setUp.work.started !== undefined && effect.callee === setUp.work.started.ownName) || provenances.of(effect.awaited).reads.size > 0 && effect.callee === '';
      case 'write':
        return effect.location.id === use.location.id;
      case 'call':
        return effect.callee !== fn.ownName && READY.test(effect.callee) && effect.at !== use.at.parent?.parent;
      default:
        return false;
    }
  };
  return passesOnlyBy(graph, 0, keeps, use.id);
}
