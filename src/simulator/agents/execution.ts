import type { Execution } from '../explore/execution.js';
import type { Footprint } from '../explore/footprint.js';
import { put, shorten } from '../explore/lists.js';
import { SUSPENDED } from './action.js';
import type { AgentEvent } from './agent-event.js';
import { endOf, type AgentsEnd } from './end.js';
import type { Input, Next, TableNode } from './node.js';
import { BUSY, FREE, type Player } from './player.js';
import type { AgentSystem } from './system.js';
import type { Woken } from './world.js';

/** One fired event, as much of it as the log needs. */
export interface Fired {
  readonly event: AgentEvent;
  readonly result: unknown;
  /** What the operation has overwritten. */
  readonly before: unknown;
  /** Where the agent stands since; absent while it is suspended in the operation. */
  readonly to: TableNode | undefined;
  /** It stands before a lock that it cannot have. */
  readonly isRefused: boolean;
  /** Who was woken or spawned, and where they stand since. */
  readonly moved: readonly { readonly player: string; readonly to: TableNode }[];
}

const NOBODY: Fired['moved'] = [];

/**
 * An execution of agents, at a cursor: known transitions are a look-up in a table and a change of plain data.
 *
 *  1. Everything that `fire` changes is in the world's undo log, so `rewind` needs no re-execution.
 *  2. An agent's events: its next operation, while it can be performed; or, while it is at rest, what its loop and the world have
 *     for it. Beside these the flush of its store buffer and the time-out of its wait.
 *  3. Turns of one agent do not overlap: a turn with operations writes the agent's place `turns` at its first and its last event
 *     (and between); every other event of its loop reads it.
 */
export class AgentsExecution implements Execution<AgentsEnd> {
  readonly #system: AgentSystem;
  readonly #marks: number[] = [];
  readonly #fired: Fired[] = [];
  readonly #enabled: AgentEvent[] = [];
  /** How many of them belong to the present state: the list is overwritten, not emptied, which would give up its room. */
  #offered = 0;
  readonly #blocked: AgentEvent[] = [];
  /** Touched by the event that is being fired, beside what its kind says. */
  readonly #alsoTouched: Footprint[] = [];
  #isStale = true;
  #failure: { readonly reason: string; readonly site: number } | undefined;

  constructor(system: AgentSystem) {
    this.#system = system;
  }

  enabled(): readonly AgentEvent[] {
    if (this.#isStale) this.#look();
    return this.#enabled;
  }

  blocked(): readonly AgentEvent[] {
    if (this.#isStale) this.#look();
    const { players } = this.#system;
    for (let rank = 0; rank < players.length; rank++) if (isInTurn(players[rank]!)) return this.#blocked.concat(players.filter(isInTurn).flatMap((player) => [...player.waitingChoices(), ...player.arrivals()]));
    return this.#blocked;
  }

  get fired(): readonly Fired[] {
    return this.#fired;
  }

  get failure(): { readonly reason: string; readonly site: number } | undefined {
    return this.#failure;
  }

  isFinished(task: string): boolean {
    const { players, agentOf } = this.#system;
    const own = agentOf.get(task);
    if (own !== undefined && own >= 0) return players[own]!.node.value.report.finished.has(task);
    for (let rank = 0; rank < players.length; rank++) if (players[rank]!.node.value.report.finished.has(task)) return true;
    return false;
  }

  rewind(depth: number): void {
    if (depth >= this.#marks.length) return;
    this.#system.world.log.rewind(this.#marks[depth]!);
    shorten(this.#marks, depth);
    shorten(this.#fired, depth);
    this.#isStale = true;
  }

  result(): AgentsEnd {
    return endOf(this.#system, this);
  }

  fire(given: AgentEvent): Footprint {
    const { world, players } = this.#system;
    const event = this.#current(given);
    this.#system.boundTables();
    this.#marks.push(world.log.mark());
    this.#isStale = true;
    world.begin(event.id);
    const player = players[event.player]!;
    switch (event.kind) {
      case 'op': return this.#perform(player, event);
      case 'loop': return this.#turn(player, event, { kind: 'event', id: event.id }, undefined);
      case 'arrival': return this.#arrive(player, event);
      case 'flush': return this.#flush(player, event);
      case 'timeout': return this.#timeOut(player, event);
      case 'happening': return this.#happen(event);
    }
  }

  /** The same event in its present form: who fires it may have been given it long ago. */
  #current(given: AgentEvent): AgentEvent {
    const enabled = this.enabled();
    for (let rank = 0; rank < enabled.length; rank++) if (enabled[rank] === given) return given;
    const event = enabled.find(({ id }) => id === given.id);
    if (event === undefined) throw new Error(`the event "${given.id}" is not enabled`);
    return event;
  }

  /** Invariant 2. */
  #look(): void {
    this.#isStale = false;
    this.#offered = 0;
    shorten(this.#blocked, 0);
    const { players, world } = this.#system;
    for (let rank = 0; rank < players.length; rank++) this.#lookAt(players[rank]!);
    const happenings = world.happenings.value;
    for (let rank = 0; rank < happenings.length; rank++) this.#offer(players.find(({ name }) => name === happenings[rank]!.agent)!.happening(happenings[rank]!));
    if (this.#failure !== undefined) this.#offered = 0;
    shorten(this.#enabled, this.#offered);
  }

  #offer(event: AgentEvent): void {
    put(this.#enabled, this.#offered++, event);
  }

  #lookAt(player: Player): void {
    const { actor, node: { value: node } } = player;
    const { next } = node;
    if (actor.buffer?.isEmpty === false) this.#offer(player.flush());
    if (!player.isAlive.value) this.#blocked.push(...this.#eventsOf(player));
    else if (next?.kind === 'op') {
      const suspension = actor.suspension.value;
      if (suspension !== undefined) { if (suspension.timeOut !== undefined) this.#offer(player.timeOut(next)); return; }
      const isReady = (!next.action.isFence || actor.buffer?.isEmpty !== false) && next.action.isEnabled();
      const event = player.operation(node, next);
      if (isReady) this.#offer(event);
      else this.#blocked.push(event);
    } else if (next?.kind === 'idle') {
      const choices = player.choices(node, next);
      for (let i = 0; i < choices.length; i++) this.#offer(choices[i]!);
      if (actor.arrivals.value.length > 0) for (const event of player.arrivals()) this.#offer(event);
    } else if (next?.kind === 'failed') {
      this.#failure = next;
    }
  }

  /** What an agent would do that was terminated. */
  #eventsOf(player: Player): readonly AgentEvent[] {
    const node = player.node.value;
    if (node.next?.kind === 'op') return player.actor.suspension.value === undefined ? [player.operation(node, node.next)] : [];
    return node.next?.kind === 'idle' ? [...player.choices(node, node.next), ...player.arrivals()] : [];
  }

  #perform(player: Player, event: AgentEvent): Footprint {
    const node = player.node.value;
    const next = node.next;
    if (next?.kind !== 'op') throw new Error(`${player.name} stands before no operation`);
    const { action } = next;
    const result = action.perform();
    const { before } = action;
    let touched = action.touched;
    if (action.isFence && player.actor.buffer !== undefined) touched = this.#system.world.places.join(touched, player.actor.buffer.fence(node.stores).touched);
    const to = result === SUSPENDED ? undefined : this.#advance(player, player.table.followResult(node, result), undefined);
    if (this.#isWatched(next, to, event)) touched = this.#withTurn(touched, player, to);
    return this.#conclude(event, result, before, to, touched);
  }

  /** An event of the agent's loop; `also`: what it touches beside the agent's heap. */
  #turn(player: Player, event: AgentEvent, input: Input, also: Footprint | undefined): Footprint {
    const { places } = this.#system.world;
    const to = this.#advance(player, player.table.follow(player.node.value, input), undefined);
    const own = to.touched ?? player.turns.write(BUSY);
    return this.#conclude(event, undefined, undefined, to, also === undefined ? own : places.join(own, also));
  }

  #arrive(player: Player, event: AgentEvent): Footprint {
    const { world } = this.#system;
    const arrival = event.arrival!;
    world.withdraw(arrival);
    arrival.fire?.();
    const also = world.footprintOf(arrival.touches);
    return this.#turn(player, event, { kind: 'arrival', arrival }, also);
  }

  /** It is no step of the agent that it is about, so it may come in the middle of a turn, or when the agent has ended. */
  #happen(event: AgentEvent): Footprint {
    const { world } = this.#system;
    const happening = event.happening!;
    world.cancel(happening);
    const touches = happening.touches();
    happening.fire();
    const touched = world.footprintOf(touches);
    for (const name of world.terminated.splice(0)) this.#end(name);
    this.#fired.push({ event, result: undefined, before: undefined, to: undefined, isRefused: false, moved: NOBODY });
    return touched;
  }

  #flush({ actor: { buffer } }: Player, event: AgentEvent): Footprint {
    const store = buffer!.oldest!;
    const before = store.slot.get();
    return this.#note(event, store, before, undefined, NOBODY, buffer!.flush());
  }

  #timeOut(player: Player, event: AgentEvent): Footprint {
    const { world } = this.#system;
    const { result, fire } = player.actor.suspension.value!.timeOut!;
    const touched = fire();
    world.log.set(player.actor.suspension, undefined);
    const to = this.#advance(player, player.table.followResult(player.node.value, result), event.id);
    return this.#conclude(event, result, undefined, to, this.#isWatched(event.standing!, to, event) ? this.#withTurn(touched, player, to) : touched);
  }

  /** `movedBy`: the event of somebody else to which the agent owes it. */
  #advance(player: Player, to: TableNode, movedBy: string | undefined): TableNode {
    const { log } = this.#system.world;
    log.set(player.node, to);
    if (player.movedBy.value !== movedBy) log.set(player.movedBy, movedBy);
    if (to.next?.kind === 'idle' && to.next.choices.length === 0) this.#rest(player.name);
    return to;
  }

  /** An agent that has nothing left to do may end; what that touches belongs to the event that is being fired. */
  #rest(agent: string): void {
    const { world } = this.#system;
    const touched = world.atRest(agent);
    for (let rank = 0; rank < touched.length; rank++) this.#alsoTouched.push(world.footprintOf(touched[rank]!));
  }

  /** Whether other turns of the agent may want to run before or after the one that is under way. */
  #isWatched(from: Next | undefined, to: TableNode | undefined, event: AgentEvent): boolean {
    if (from?.kind !== 'op' || from.isLooping) return from?.kind === 'op';
    const { next } = to ?? {};
    const isWatched = next?.kind === 'op' ? next.isLooping : next?.kind === 'idle' && next.choices.length > 0;
    if (isWatched) {
      from.isLooping = true;
      from.isUnsure = true;
      from.event?.promiseNothing();
      event.promiseNothing();
    }
    return isWatched;
  }

  /** Invariant 3. */
  #withTurn(touched: Footprint, player: Player, to: TableNode | undefined): Footprint {
    return this.#system.world.places.join(touched, player.turns.write(to?.next?.kind === 'idle' ? FREE : BUSY));
  }

  /** Who was woken, spawned and ended by what has just been performed. */
  #conclude(event: AgentEvent, result: unknown, before: unknown, to: TableNode | undefined, touched: Footprint): Footprint {
    const { world } = this.#system;
    // Most events move nobody else.
    const isAlone = world.woken.length === 0 && world.spawned.length === 0 && world.terminated.length === 0;
    if (isAlone) return this.#note(event, result, before, to, NOBODY, touched);
    const moved: { player: string; to: TableNode }[] = [];
    let all = touched;
    if (world.woken.length > 0) for (const woken of world.woken.splice(0)) all = this.#wake(woken, event, moved, all);
    if (world.spawned.length > 0) for (const plan of world.spawned.splice(0)) { const player = this.#system.spawn(plan); moved.push({ player: player.name, to: player.node.value }); this.#begin(player); }
    if (world.terminated.length > 0) for (const name of world.terminated.splice(0)) this.#end(name);
    return this.#note(event, result, before, to, moved, all);
  }

  /** One that asks for nothing in its first turn is done with it at once. */
  #begin({ name, node: { value: { next } } }: Player): void {
    if (next?.kind === 'idle' && next.choices.length === 0) this.#rest(name);
  }

  #wake({ agent, result }: Woken, event: AgentEvent, moved: { player: string; to: TableNode }[], touched: Footprint): Footprint {
    const player = this.#system.players.find(({ name }) => name === agent)!;
    const from = player.node.value;
    const to = this.#advance(player, player.table.followResult(from, result), event.id);
    moved.push({ player: agent, to });
    return this.#isWatched(from.next, to, event) ? this.#withTurn(touched, player, to) : touched;
  }

  #end(agent: string): void {
    const player = this.#system.players.find(({ name }) => name === agent);
    if (player !== undefined) this.#system.world.log.set(player.isAlive, false);
  }

  #note(event: AgentEvent, result: unknown, before: unknown, to: TableNode | undefined, moved: Fired['moved'], touched: Footprint): Footprint {
    const next = to?.next;
    const isRefused = next?.kind === 'op' && (next.action.waits === 'lock' || next.action.waits === 'semaphore') && !next.action.isEnabled();
    this.#fired.push({ event, result, before, to, isRefused, moved });
    const { places } = this.#system.world;
    const { life } = this.#system.players[event.player]!;
    const whole = life === undefined ? touched : places.join(touched, life.read);
    if (this.#alsoTouched.length === 0) return whole;
    promiseNothing(event);
    return this.#alsoTouched.splice(0).reduce((all, also) => places.join(all, also), whole);
  }
}

/** It is in the middle of a turn of its loop. */
function isInTurn({ node, isAlive }: Player): boolean {
  return isAlive.value && node.value.next?.kind === 'op' && node.value.next.isLooping;
}

/** It was learnt too late that the event touches more than it has declared. */
function promiseNothing(event: AgentEvent): void {
  event.promiseNothing();
  const { standing } = event;
  if (standing === undefined) return;
  standing.isUnsure = true;
  standing.event?.promiseNothing();
}
