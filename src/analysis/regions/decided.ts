import { isWithin } from '../../language/index.js';
import type { Node, Variable } from '../../language/index.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import type { Slot, Value } from '../model/value.js';
import { leadsInOneTurn, leadsTo } from './order.js';
import { provenancesOf } from './provenance.js';
import { reachesPast } from './reach.js';

/**
 * True if what a request answered decides which value is written, though no part of the answer is in it: `this.error = taken ? 'taken' : undefined`,
 * `let error; if (taken) error = new Error('taken'); this.error = error`. What is waited for after the decision has an answer of its own.
 */
export function isDecidedByAnswer(graph: EffectGraph, request: EffectOf<'suspend'>, write: EffectOf<'write'>): boolean {
  const provenances = provenancesOf(graph.effects);
  const slots = slotsOf(graph, write.value);
  const assigned = ofKind(graph.effects, 'assign').filter(({ slot, frame }) => slots.has(slot) && frame === write.frame);
  return ofKind(graph.effects, 'branch').some((branch) => branch.frame === write.frame && provenances.of(branch.test).makers.has(request.callee) && leadsTo(graph, request, branch) && leadsInOneTurn(graph, branch, write)
    && (choosesWithin(branch, write, slots) || assigned.some((assign) => isOnOneWay(graph, branch, assign, write))));
}

/** The local variables that a value comes through. */
function slotsOf({ effects }: EffectGraph, value: Value): Set<Slot> {
  const slots = new Set<Slot>();
  const pending: Value[] = [value];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.kind === 'choice') pending.push(...next.parts);
    if (next.kind !== 'slot' || slots.has(next.slot)) continue;
    const { slot } = next;
    slots.add(slot);
    for (const effect of ofKind(effects, 'assign')) if (effect.slot === slot) pending.push(effect.value);
  }
  return slots;
}

/** `taken ? 'taken' : undefined`, written where it stands or by way of a variable. */
function choosesWithin({ at }: Effect, write: EffectOf<'write'>, slots: ReadonlySet<Slot>): boolean {
  const conditional = at.parent?.type === 'ConditionalExpression' && at.parent.test === at ? at.parent : undefined;
  if (!conditional) return false;
  const value = valueNodeOf(write);
  if (value && (value === conditional || (value.type === 'CallExpression' && isWithin(conditional, value)))) return true;
  const { parent } = conditional;
  return parent.type === 'VariableDeclarator' && parent.init === conditional && parent.id.type === 'Identifier' && [...slots].some((slot) => isNamedAt(slot, parent.id));
}

/** The right side of an assignment, or the whole call that sets a state. */
function valueNodeOf({ at }: EffectOf<'write'>): Node | undefined {
  if (at.type === 'CallExpression') return at;
  return at.parent?.type === 'AssignmentExpression' && at.parent.left === at ? at.parent.right : undefined;
}

function isNamedAt(slot: Slot, name: Node): boolean {
  return 'identifiers' in slot && (slot as Variable).identifiers.some((identifier) => (identifier as Node) === name);
}

/** True if a branch leads to an assignment one way, and to the write the other way without it. */
function isOnOneWay({ effects }: EffectGraph, branch: Effect, assign: Effect, write: Effect): boolean {
  const reaches = (from: number, to: number, around: number): boolean => reachesPast([from], to, effects, [around, branch.id]);
  const ways = branch.next.filter(({ outcome }) => outcome !== undefined).map(({ to }) => to);
  return ways.some((way) => reaches(way, assign.id, write.id)) && ways.some((way) => !reaches(way, assign.id, write.id) && reaches(way, write.id, assign.id));
}
