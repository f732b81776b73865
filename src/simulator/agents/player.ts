import type { Guard } from '../explore/execution.js';
import type { Footprint } from '../explore/footprint.js';
import type { Actor } from './actor.js';
import type { Action } from './action.js';
import { AgentEvent } from './agent-event.js';
import type { Input, Next, Standing, TableNode } from './node.js';
import { ENDED, footprintOf } from './other-actions.js';
import type { Place, Places } from './places.js';
import { lifeOf, type Arrival, type Happening } from './shared-objects.js';
import type { Fence } from './store-buffer.js';
import type { AgentTable } from './table.js';
import { Variable } from './undo-log.js';

/** The agent is in the middle of a turn that has operations, so no other turn of it can run. */
export const BUSY = 'busy';
export const FREE = 'free';

/** An agent in an execution: where it stands in its table, and what it may do there. */
export class Player {
  readonly rank: number;
  readonly name: string;
  readonly actor: Actor;
  readonly table: AgentTable;
  readonly node: Variable<TableNode>;
  /** The event that put it there, if that was none of its own: it was woken or spawned. */
  readonly movedBy: Variable<string | undefined>;
  readonly isAlive = new Variable(true);
  readonly turns: Place;
  /** Whether it still runs, if it can be terminated. */
  readonly life: Place | undefined;
  /** It was not terminated. */
  readonly #isAlive: Guard | undefined;
  /** An event of the loop's can only run between turns. */
  readonly #isFree: Guard;
  readonly #places: Places;
  #moved: AgentEvent | undefined;

  constructor(rank: number, table: AgentTable, actor: Actor, places: Places, node: TableNode, movedBy?: string) {
    this.rank = rank;
    this.name = table.name;
    this.table = table;
    this.actor = actor;
    this.#places = places;
    this.node = new Variable(node);
    this.movedBy = new Variable(movedBy);
    this.turns = places.of(`${this.name}'s turns`);
    const { key } = this.turns;
    const isBetweenTurns: Guard = (valueOf) => valueOf(key) !== BUSY;
    const life = (this.life = movedBy === undefined ? undefined : places.of(lifeOf(this.name)));
    this.#isAlive = life && ((valueOf) => valueOf(life.key) !== ENDED);
    this.#isFree = bothOf(isBetweenTurns, this.#isAlive)!;
  }

  /** The operation that it stands before. */
  operation(node: TableNode, standing: Standing): AgentEvent {
    const movedBy = this.movedBy.value;
    let event = movedBy === undefined ? standing.event : this.#moved;
    if (event === undefined || event.standing !== standing || (movedBy !== undefined && event.creator !== movedBy)) event = this.#operation(node, standing, movedBy ?? standing.creator);
    else if (event.footprintAt !== undefined) event.footprint = this.#present(node, standing);
    return movedBy === undefined ? (standing.event = event) : (this.#moved = event);
  }

  /** What an operation touches in the present state, where that depends on it. */
  #present(node: TableNode, standing: Standing): Footprint {
    return this.#whole(standing.action.declared!, standing, this.#fence(node, standing.action));
  }

  #operation(node: TableNode, standing: Standing, creator: string | undefined): AgentEvent {
    const { action, id, task } = standing;
    const fence = this.#fence(node, action);
    const declared = standing.isUnsure ? undefined : action.declared;
    return new AgentEvent({
      kind: 'op', player: this.rank, standing, id, task, label: () => action.describe(task), creator,
      footprint: declared && this.#whole(declared, standing, fence),
      ...(declared !== undefined && action.footprintAt !== undefined && { footprintAt: (valueOf) => this.#whole(action.footprintAt!(valueOf), standing, fence) }),
      guard: bothOf(bothOf(action.guard, fence?.guard), this.#isAlive), isSpinning: action.isSpinning,
    });
  }

  #fence(node: TableNode, action: Action): Fence | undefined {
    return action.isFence ? this.actor.buffer?.fence(node.stores) : undefined;
  }

  /** With what the operation touches because of where it stands. */
  #whole(own: Footprint, { isLooping }: Standing, fence: Fence | undefined): Footprint {
    let whole = fence === undefined ? own : this.#places.join(own, fence.touched);
    if (isLooping) whole = this.#places.join(whole, this.turns.write(undefined));
    return this.#withLife(whole);
  }

  /** What its loop may do while it is at rest. */
  choices(node: TableNode, next: Extract<Next, { readonly kind: 'idle' }>): readonly AgentEvent[] {
    return (node.events ??= next.choices.map(({ id, task, label, channel, creator, isCancellable }) => new AgentEvent({
      kind: 'loop', player: this.rank, id, task, label: () => label, creator, channel: channel && `${this.name}: ${channel}`, guard: this.#isFree, isCancellable,
      footprint: this.#turnFootprint(node, { kind: 'event', id }),
    })));
  }

  /**
   * What the first event of a turn touches, if the turn has operations; the agent is run ahead to know it. What one without operations
   * touches depends on the turns before it.
   */
  #turnFootprint(node: TableNode, input: Input): Footprint | undefined {
    return this.table.follow(node, input).next?.kind === 'op' ? this.#withLife(this.turns.write(BUSY)) : undefined;
  }

  #withLife(own: Footprint): Footprint {
    return this.life === undefined ? own : this.#places.join(own, this.life.read);
  }

  /** Inputs for its loop, of each channel the first. */
  arrivals(): AgentEvent[] {
    const node = this.node.value;
    const events: AgentEvent[] = [];
    for (const arrival of this.actor.arrivals.value) {
      const { id, label, channel } = arrival;
      if (channel !== undefined && events.some((event) => event.channel === channel)) continue;
      if (arrival.after?.some((earlier) => isPending(earlier, this.actor))) continue;
      const turn = node.next?.kind === 'idle' && arrival.isOpen !== true ? this.#turnFootprint(node, { kind: 'arrival', arrival }) : undefined;
      const footprint = turn && this.#places.join(turn, footprintOf(this.#places, arrival.touches));
      events.push(new AgentEvent({ kind: 'arrival', player: this.rank, id, task: arrival.task ?? this.name, label: () => label, creator: id.slice(0, id.lastIndexOf('>')), channel, guard: this.#isFree, isCancellable: true, footprint, arrival }));
    }
    return events;
  }

  /** The machine does something that is about this agent. */
  happening(happening: Happening): AgentEvent {
    const { id, label } = happening;
    return new AgentEvent({ kind: 'happening', player: this.rank, id, task: this.name, label: () => label, creator: id.slice(0, id.lastIndexOf('>')), isCancellable: true, happening });
  }

  flush(): AgentEvent {
    const { slot, value, event } = this.actor.buffer!.oldest!;
    return new AgentEvent({ kind: 'flush', player: this.rank, id: `${event} flush`, task: this.name, label: () => `flush of ${slot.name} = ${String(value)} by ${this.name}`, creator: event, channel: `store buffer of ${this.name}` });
  }

  timeOut(standing: Standing): AgentEvent {
    const { id, task } = standing;
    const { label } = this.actor.suspension.value!.timeOut!;
    return new AgentEvent({ kind: 'timeout', player: this.rank, standing, id: `${id} times out`, task, label: () => label, creator: id, isCancellable: true });
  }

  /** What its loop had to do when the turn began that it is in the middle of. */
  waitingChoices(): readonly AgentEvent[] {
    let begun: string | undefined;
    for (let node: TableNode | undefined = this.node.value; node !== undefined; node = node.parent) {
      if (node.next?.kind === 'idle') return this.choices(node, node.next).filter(({ id }) => id !== begun);
      begun = node.input.kind === 'event' ? node.input.id : begun;
    }
    return [];
  }
}

function isPending({ id }: Arrival, { arrivals }: Actor): boolean {
  return arrivals.value.some((pending) => pending.id === id);
}

function bothOf(left: Guard | undefined, right: Guard | undefined): Guard | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return (valueOf) => left(valueOf) && right(valueOf);
}
