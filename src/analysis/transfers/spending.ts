import type { Node } from '../../language/index.js';
import { unwrap } from '../flow/places.js';
import type { Effect, EffectGraph, Frame } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { Links } from '../model/module.js';
import { successors } from '../regions/reach.js';
import { Holdings } from './holdings.js';
import type { Standpoint, Thing } from './holdings.js';
import { memoryKind } from './memory-kinds.js';
import { sourceOf } from './sources.js';
import { handoverOf } from './transfer-calls.js';

const MOST_VISITS_PER_EFFECT = 8;

/** Follows who holds what, and what was given away, through a graph with mentions. */
export class Spending {
  readonly #graph: EffectGraph;
  readonly #links: Links;
  /** Names that something outside of the graph may give another value while the run is suspended. */
  readonly #elsewhere: ReadonlySet<string>;
  readonly #before: (Holdings | undefined)[] = [];

  constructor(graph: EffectGraph, links: Links, elsewhere: ReadonlySet<string>, start = new Holdings()) {
    this.#graph = graph;
    this.#links = links;
    this.#elsewhere = elsewhere;
    this.#solve(start);
  }

  /** What is so before an effect; undefined where control never comes. */
  before(effect: number): Holdings | undefined {
    return this.#before[effect];
  }

  after({ id }: Effect): Holdings | undefined {
    const before = this.#before[id]?.copy();
    return before && this.#pass(this.#graph.effects[id]!, before);
  }

  /** What has been given away where runs end. */
  get spentAtEnd(): ReadonlyMap<Thing, number> {
    const spent = new Map<Thing, number>();
    for (const effect of this.#graph.effects) if (effect.next.length === 0 && effect.kind !== 'throw') for (const [thing, by] of this.after(effect)?.spent ?? []) spent.set(thing, by);
    return spent;
  }

  standpoint({ fn }: Frame): Standpoint {
    return { fn, model: this.#links.modelOf(fn.module) };
  }

  #solve(start: Holdings): void {
    const { effects } = this.#graph;
    const pending = new Set([0]);
    this.#before[0] = start;
    let visits = effects.length * MOST_VISITS_PER_EFFECT;
    for (const id of pending) {
      pending.delete(id);
      if (visits-- <= 0) return;
      const effect = effects[id]!;
      const after = this.#pass(effect, this.#before[id]!.copy());
      for (const to of successors(effect)) {
        // A call that fails has given nothing away.
        if (this.#flow(to, to === effect.handler ? this.#before[id]! : after)) pending.add(to);
      }
    }
  }

  #flow(to: number, arriving: Holdings): boolean {
    const known = this.#before[to];
    if (known) return known.join(arriving);
    this.#before[to] = arriving.copy();
    return true;
  }

  #pass(effect: Effect, now: Holdings): Holdings {
    if (effect.kind === 'mention') this.#give(effect, now);
    else if (effect.kind === 'call') this.#call(effect, now);
    if (effect.kind === 'suspend' || effect.kind === 'spawn' || (effect.kind === 'call' && isOwn(effect.at))) for (const name of this.#elsewhere) now.lose(name, effect.id);
    return now;
  }

  #give({ id, at, frame }: Effect, now: Holdings): void {
    const source = sourceOf(at, frame);
    if (!source) return;
    const from = this.standpoint(source.frame);
    if (source.property === undefined) now.give(at, source.node, id, this.standpoint(frame), from);
    else now.givePart(at, source.node!, source.property, id, this.standpoint(frame), from);
  }

  #call({ id, at: node, frame }: Effect, now: Holdings): void {
    const at = this.standpoint(frame);
    const things = handedOver(node, at, now);
    if (things.length > 0) now.spend(things, id);
    if (node.type !== 'CallExpression') return;
    const callee = unwrap(node.callee);
    if (callee.type === 'MemberExpression' && calleeText(callee) === 'push') now.add(callee.object, node.arguments, at);
  }
}

/** What a call gives away. */
export function handedOver(call: Node, at: Standpoint, now: Holdings): readonly Thing[] {
  const handover = handoverOf(call);
  if (!handover) return [];
  if (handover.kind === 'receiver') return memoryKind(handover.receiver, at.model) === 'buffer' ? now.thingsOf(handover.receiver, at) : [];
  return now.contentsOf(handover.list, at);
}

/** A call on `this`, or of a function by its name, may be of one that gives its object's fields other values. */
function isOwn(call: Node): boolean {
  if (call.type !== 'CallExpression' || handoverOf(call)) return false;
  const callee = unwrap(call.callee);
  return callee.type === 'Identifier' || (callee.type === 'MemberExpression' && (callee.object.type === 'ThisExpression' || callee.object.type === 'Super'));
}
