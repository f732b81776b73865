import { walk } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf, Frame } from '../model/effect.js';
import { keyName } from '../model/functions.js';
import { unwrap } from '../model/unwrap.js';
import type { Value } from '../model/value.js';
import { provenancesOf } from './provenance.js';
import { locationOf } from './solve.js';
import type { State } from './state.js';

/** `state = { ...state, n: before + 1 }`: that all of it is looked at anew is no use to the fields that are made of what was read before. */
export function isFieldPutBack({ effects }: EffectGraph, act: EffectOf<'write'>, stale: readonly number[]): boolean {
  const { parent } = act.at;
  const fields = parent?.type === 'AssignmentExpression' && parent.left === act.at ? fieldsGivenBy(parent.right, act.frame) : [];
  return fields.length > 0 && stale.every((read) => {
    const { path, id } = locationOf(effects, read);
    if (id === act.location.id) return fields.some(isMadeOfItself) && fieldValues(act.value, effects).some((value) => isMadeOf(value, read, effects));
    const step = path.length === act.location.path.length + 1 ? path.at(-1) : undefined;
    return step?.kind === 'member' && fields.some(({ key, computed }) => keyName(key, computed) === step.name);
  });
}

/**
 * The fields that an object literal gives a value, be it by a literal laid over it. Either may be what whoever called the function has
 * handed over: `setState(next) { this.state = next; }`, `patch(part) { state = { ...state, ...part }; }`.
 */
function fieldsGivenBy(node: Node, frame: Frame): TSESTree.Property[] {
  const value = unwrap(node);
  if (value.type === 'Identifier') {
    const { fn, at, caller } = frame;
    const given = caller && at.type === 'CallExpression' ? at.arguments[fn.node.params.findIndex((parameter) => parameter.type === 'Identifier' && parameter.name === value.name)] : undefined;
    return given && caller ? fieldsGivenBy(given, caller) : [];
  }
  if (value.type !== 'ObjectExpression') return [];
  return value.properties.flatMap((property) => (property.type === 'SpreadElement' ? fieldsGivenBy(property.argument, frame) : [property]));
}

/** `n: before.n + 1`, `n: n + 1` */
function isMadeOfItself({ key, computed, value }: TSESTree.Property): boolean {
  const name = keyName(key, computed);
  let isOfItself = false;
  walk(value, (node) => {
    isOfItself ||= node.type === 'Identifier' && node.name === name && !(node.parent.type === 'Property' && node.parent.key === node && node.parent.value !== node);
  });
  return isOfItself;
}

/** True if a reading is in the value itself, not only in a question that its answer is part of. */
function isMadeOf(value: Value, read: number, effects: readonly Effect[]): boolean {
  const { reads, asked } = provenancesOf(effects).of(value);
  return reads.has(read) && !asked.has(read);
}

/** Of what was looked at anew what the fields that are put back are made of too. */
export function readAgain({ effects }: EffectGraph, act: EffectOf<'write'>, stale: readonly number[], renewed: readonly number[], state: State): number[] {
  const fields = fieldValues(act.value, effects);
  const used = fields.length === 0 ? undefined : new Set(fields.filter((field) => stale.some((read) => state.factsOf(field).data.has(read))).flatMap((field) => [...state.factsOf(field).data]));
  return renewed.filter((again) => used?.has(again) !== false && stale.some((read) => locationOf(effects, read).id === locationOf(effects, again).id));
}

/** The values of an object literal's fields, and of those of a literal that is laid over it. */
function fieldValues(value: Value, effects: readonly Effect[]): Value[] {
  if (value.kind === 'slot') {
    const given = ofKind(effects, 'assign').filter(({ slot }) => slot === value.slot);
    return given.length === 1 ? fieldValues(given[0]!.value, effects) : [];
  }
  if (value.kind !== 'mix' || value.name !== 'literal') return [];
  return value.parts.flatMap((part) => (part.kind === 'mix' && part.name === 'snapshot' ? part.parts.flatMap((laid) => fieldValues(laid, effects)) : [part]));
}
