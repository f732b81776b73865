import type { Node } from '../../language/index.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { holderOf } from '../model/location.js';
import type { Location } from '../model/location.js';
import { functionAround, ownNodes } from '../model/shared-memory.js';
import type { Value } from '../model/value.js';
import { predecessorsOf, reachesPast, successors } from './reach.js';

type Read = EffectOf<'read'>;
type Branch = EffectOf<'branch'>;

/** Something that was found in its place, and is taken from there anew after a suspension, as if it still had to be there. */
export interface LateUse {
  readonly check: Read;
  readonly suspensions: readonly EffectOf<'suspend'>[];
  /** What is read is used at once: `this.socket.send(…)` fails if nothing is there. */
  readonly use: Read;
}

/** The late uses of a graph, one for each place. */
export function lateUsesIn(graph: EffectGraph): LateUse[] {
  const { effects } = graph;
  if (!effects.some(({ kind }) => kind === 'suspend')) return [];
  const found = new Map<string, LateUse>();
  const checks = effects.flatMap((effect) => (effect.kind === 'branch' ? checkAt(effect, effects) : []));
  for (const use of effects) {
    if (use.kind !== 'read' || found.has(use.location.id) || !isUsedAtOnce(use)) continue;
    const late = checks.filter(({ read }) => read.location.id === use.location.id).map((check) => lateUse(check, use, effects)).find((one) => one !== undefined);
    if (late) found.set(use.location.id, late);
  }
  return [...found.values()];
}

interface Check {
  readonly branch: Branch;
  readonly read: Read;
  /** The outcome of the branch with which there is something. */
  readonly whenFull: boolean;
}

/** `if (this.socket)`, `if (!this.socket) return`, `if (this.open.has(id))` */
function checkAt(branch: Branch, effects: readonly Effect[]): Check[] {
  const asked = presenceAsked(branch.test, true);
  const read = asked && effects[asked.read];
  return read?.kind === 'read' ? [{ branch, read, whenFull: asked!.whenFull }] : [];
}

function presenceAsked(test: Value, whenFull: boolean): { readonly read: number; readonly whenFull: boolean } | undefined {
  if (test.kind === 'read') return { read: test.read, whenFull };
  return test.kind === 'not' || test.kind === 'emptiness' ? presenceAsked(test.of, !whenFull) : undefined;
}

/** The place is that of the object, so that the use fails where it is empty: itself, or by way of a name that it is given just before. */
function isUsedAtOnce({ at }: Read): boolean {
  const whole = at.parent?.type === 'TSNonNullExpression' ? at.parent : at;
  if (isObject(whole)) return true;
  const declarator = whole.parent?.type === 'VariableDeclarator' && whole.parent.init === whole ? whole.parent : undefined;
  return declarator?.id.type === 'Identifier' && isOnlyUsed(declarator.id.name, declarator);
}

function isObject(node: Node): boolean {
  return node.parent?.type === 'MemberExpression' && node.parent.object === node && !node.parent.optional;
}

/** `const socket = this.socket; this.socket = undefined; socket.close();`: the next mention of the name is a use of it, not a look at it. */
function isOnlyUsed(name: string, declarator: Node): boolean {
  const next = ownNodes(functionAround(declarator)).find((node) => node.type === 'Identifier' && node.name === name && node.range[0] > declarator.range[1] && !(node.parent.type === 'MemberExpression' && node.parent.property === node && !node.parent.computed));
  return next !== undefined && isObject(next);
}

function lateUse({ branch, read, whenFull }: Check, use: Read, effects: readonly Effect[]): LateUse | undefined {
  const way = (outcome: boolean): number[] => branch.next.flatMap((edge) => (edge.outcome === outcome ? [edge.to] : []));
  if (reachesPast(way(!whenFull), use.id, effects, [branch.id])) return undefined;
  const suspensions = overtakenOn(way(whenFull), branch, use, effects);
  return suspensions.length > 0 ? { check: read, suspensions, use } : undefined;
}

/** Whoever looks at the place and comes to the use whatever is there has made sure of nothing. */
function decides(branch: Branch, { id }: Read, effects: readonly Effect[]): boolean {
  return branch.next.some(({ to }) => !reachesPast([to], id, effects, [branch.id]));
}

/** The suspensions on the ways from a check to a use on which the place is neither looked at again nor filled. */
function overtakenOn(starts: readonly number[], branch: Branch, use: Read, effects: readonly Effect[]): EffectOf<'suspend'>[] {
  const isRenewal = (effect: Effect): boolean => (effect.kind === 'branch' && (effect.id === branch.id || (looksAt(effect.test, use.location, effects) && decides(effect, use, effects)))) || (effect.kind === 'write' && concerns(effect.location, use.location));
  const ahead = between(starts, (id) => successors(effects[id]!), (id) => id === use.id || isRenewal(effects[id]!));
  const behind = between(predecessorsOf(effects)[use.id]!, (id) => predecessorsOf(effects)[id]!, (id) => id === use.id || isRenewal(effects[id]!));
  return [...ahead].filter((id) => behind.has(id)).sort((a, b) => a - b).flatMap((id) => (effects[id]!.kind === 'suspend' ? [effects[id] as EffectOf<'suspend'>] : []));
}

function between(starts: readonly number[], next: (id: number) => readonly number[], stops: (id: number) => boolean): Set<number> {
  const seen = new Set<number>();
  const pending = [...starts];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (seen.has(id) || stops(id)) continue;
    seen.add(id);
    pending.push(...next(id));
  }
  return seen;
}

function concerns(written: Location, place: Location): boolean {
  return written.id === place.id || written.id === holderOf(place).id;
}

function looksAt(test: Value, place: Location, effects: readonly Effect[]): boolean {
  switch (test.kind) {
    case 'read': {
      const read = effects[test.read];
      return read?.kind === 'read' && concerns(read.location, place);
    }
    case 'not': case 'emptiness': case 'part':
      return looksAt(test.of, place, effects);
    case 'mix': case 'answer': case 'comparison': case 'choice':
      return test.parts.some((part) => looksAt(part, place, effects));
    default:
      return false;
  }
}
