import { isWithin } from '../../language/index.js';
import type { Node, TSESTree, Variable } from '../../language/index.js';
import { framesFrom } from '../model/effect.js';
import type { Effect, EffectOf, Frame } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import { isHookState } from '../model/hook-states.js';
import { isRenderedField } from '../model/rendered-fields.js';
import { locationAt } from '../model/location.js';
import type { Location } from '../model/location.js';
import type { Links } from '../model/module.js';
import type { Value } from '../model/value.js';
import type { StartedWork } from './started.js';

/** Something that dropped work leaves behind: in a shared place, or in a local variable of the function that started it. */
export interface LateWrite {
  readonly effect: Effect;
  /** The variable, or the one that holds the object which is filled. */
  readonly variable: Variable | undefined;
  readonly location: Location | undefined;
  /** True if the variable belongs to the run that started the work, so that nothing but this work can have written it. */
  readonly isLocal: boolean;
}

const FILLING = /^(?:push|unshift|set|add|append|assign|splice|insert|concat)$/;

/** What the work writes after its first suspension for whoever started it: not counts, flags and places that it takes back. */
export function lateWritesOf(work: StartedWork, links: Links): LateWrite[] {
  const home = (work.started ?? work.frame.fn).module;
  if (work.started && (isRunAgain(work.started, work.frame) || work.late.some(({ frame }) => isStarterAgain(frame, work)))) return [];
  return work.late.flatMap((effect) => {
    const write = effect.frame.fn.module === home && !isStarterAgain(effect.frame, work) ? writeOf(effect, work, links) : undefined;
    return write && (write.isLocal ? !isTakenBack(effect) : isResult(effect) || isNewMember(effect, work, links)) ? [write] : [];
  });
}

/** Work that runs its starter again is a pump: each round looks at what the one before has left. */
function isStarterAgain(frame: Frame, work: StartedWork): boolean {
  return (work.started !== undefined || frame.id !== work.frame.id) && framesFrom(frame).some((at) => at.fn === work.frame.fn && at !== work.frame);
}

/** True for a function that is started by a run of itself. */
function isRunAgain(started: FunctionInfo, frame: Frame): boolean {
  return framesFrom(frame).some(({ fn }) => fn === started);
}

function writeOf(effect: Effect, work: StartedWork, links: Links): LateWrite | undefined {
  switch (effect.kind) {
    case 'write': {
      const location = isKeyAnswered(effect, work, links) ? locationAt(effect.location.root, [...effect.location.path.slice(0, -1), { kind: 'element' }]) : asHandedOver(effect.location, work, effect.frame);
      const variable = location.root.kind === 'variable' ? location.root.variable : undefined;
      // A component is rendered anew when its state changes.
      if ((variable && isHookState(variable)) || isRenderedField(location)) return undefined;
      return { effect, location, variable, isLocal: variable !== undefined && isOfStarter(variable, effect, work, links) };
    }
    case 'assign':
      return 'result' in effect.slot ? undefined : local(effect, effect.slot, work, links);
    case 'fill':
      return local(effect, effect.variable, work, links);
    case 'call': {
      const [receiver] = effect.values;
      const variable = FILLING.test(effect.callee) && receiver?.kind === 'slot' && !('result' in receiver.slot) ? receiver.slot : undefined;
      return variable && local(effect, variable, work, links);
    }
    default:
      return undefined;
  }
}

/** `ids[name] = …` in what `seed('alice')` starts is `ids['alice']` to whoever started it. */
function asHandedOver(location: Location, { at, started }: StartedWork, frame: Frame): Location {
  const last = location.path.at(-1);
  if (!started || frame.fn !== started || at.type !== 'CallExpression' || last?.kind !== 'element' || last.key === undefined) return location;
  const index = started.node.params.findIndex((parameter) => parameter.type === 'Identifier' && parameter.name === last.key);
  const argument = at.arguments[index];
  const key = argument?.type === 'Literal' ? String(argument.value) : argument?.type === 'Identifier' ? argument.name : undefined;
  return key === undefined ? location : locationAt(location.root, [...location.path.slice(0, -1), { kind: 'element', key }]);
}

/** `granted.add(row.name)`, made from what was waited for. */
function isNewMember(effect: Effect, work: StartedWork, links: Links): boolean {
  return effect.kind === 'write' && effect.mode === 'grow' && isKeyAnswered(effect, work, links);
}

/** `for (const row of await load(ids)) names.set(row.id, row.name)`: under which key something is put is in the answer, so that it may be any. */
function isKeyAnswered({ at, frame, location }: EffectOf<'write'>, work: StartedWork, links: Links): boolean {
  const last = location.path.at(-1);
  if (last?.kind !== 'element' || last.key === undefined) return false;
  let key = at.type === 'CallExpression' ? at.arguments[0] : at.type === 'MemberExpression' ? at.property : undefined;
  while (key?.type === 'MemberExpression') key = key.object;
  const definition = key?.type === 'Identifier' ? links.modelOf(frame.fn.module).scopes.variableOf(key)?.defs[0] : undefined;
  const body = work.started?.node ?? work.at;
  if (!definition || !isWithin(definition.name as Node, body)) return false;
  if (definition.type === 'Parameter') return (definition.node as Node) !== body && (definition.node as Node).parent?.type === 'CallExpression';
  const holder = definition.type === 'Variable' ? definition.parent.parent : undefined;
  return holder?.type === 'ForOfStatement' && holder.left === definition.parent;
}

function local(effect: Effect, named: Variable, work: StartedWork, links: Links): LateWrite | undefined {
  const variable = effect.kind === 'assign' ? named : (argumentFor(named, work, links) ?? named);
  const isIts = isOfStarter(variable, effect, work, links) && (effect.kind === 'assign' || isMadeHere(variable));
  return isIts ? { effect, variable, location: undefined, isLocal: true } : undefined;
}

/** True if the object in the variable is a new one, that nobody else has filled. */
function isMadeHere({ defs: [definition] }: Variable): boolean {
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  return init !== undefined && (init === null || /^(?:ArrayExpression|ObjectExpression|NewExpression)$/.test(init.type));
}

/** The variable that the starter hands over for a parameter of the function that it starts. */
function argumentFor(parameter: Variable, { at, frame, started }: StartedWork, links: Links): Variable | undefined {
  const index = started?.node.params.findIndex((node) => parameter.identifiers.includes(node as TSESTree.Identifier)) ?? -1;
  const argument = at.type === 'CallExpression' ? at.arguments[index] : undefined;
  return argument && links.modelOf(frame.fn.module).scopes.variableOf(argument);
}

/** True for a variable of the run that started the work, not of another run of the same function that the work comes to. */
function isOfStarter(variable: Variable, effect: Effect, { frame, started }: StartedWork, links: Links): boolean {
  const activation = links.moduleOf(variable).sharing.activationOf(variable);
  const isOf = (one: Frame): boolean => framesFrom(one).some(({ fn }) => fn === activation);
  return activation !== undefined && isOf(frame) && !(started && isOf(effect.frame));
}

/** True if something new is there afterwards, made from what was waited for. */
export function isResult(effect: Effect): boolean {
  return effect.kind === 'write' && (effect.mode === 'replace' || effect.mode === 'grow') && !isPlain(effect.value) && !isCount(effect.value);
}

/** A flag or a number: how far things are at the moment. */
function isPlain(value: Value): boolean {
  return value.kind === 'constant' && (value.isEmpty || /^(?:true|\d+)$/.test(value.text));
}

/** `n + 1`, `n - 1`: how many there are at the moment. */
function isCount(value: Value): boolean {
  return value.kind === 'mix' && /^(?:\+\+|--|\+|-)$/.test(value.name ?? '') && value.parts.length <= 1;
}

/** True for what ends something that the starter began: one less, nothing, no longer. */
function isTakenBack(effect: Effect): boolean {
  if (effect.kind === 'write' && (effect.mode === 'shrink' || effect.mode === 'clear')) return true;
  if (effect.kind !== 'write' && effect.kind !== 'assign') return false;
  return (effect.value.kind === 'constant' && effect.value.isEmpty) || (effect.value.kind === 'mix' && /^--?$/.test(effect.value.name ?? ''));
}
