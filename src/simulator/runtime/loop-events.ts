import type { Footprint } from '../explore/footprint.js';
import { emptied } from './emptied.js';
import type { Stores } from './jobs.js';
import type { EventName } from './loop-names.js';

/** What its creator says of an event. */
export interface EventPlan {
  /** On whose behalf; the current task if absent. */
  readonly task?: string;
  /** What a person reads: `audit(80) completes`. */
  readonly label: string;
  readonly fire: () => void;
  /** Events of one channel fire in creation order. */
  readonly channel?: string;
  readonly isCancellable?: boolean;
  /** What it will touch, if that is known now: the next access of a thread. See `EventLoop.footprintOf`. */
  readonly footprint?: Footprint | undefined;
  /** Where in a round of Node's loop it fires; absent: where I/O does. */
  readonly phase?: Phase;
  /** It waits for these, as far as they are pending still. */
  readonly after?: readonly LoopEvent[];
}

/** Phases of Node's loop: timers, then I/O, then immediates, and round again. The start of a task may come at any time. */
export type Phase = 'timers' | 'poll' | 'check' | 'any';

/** Something that the scheduler may fire: the start of a task, an external completion, a timer, a message. */
export class LoopEvent {
  readonly id: string;
  readonly task: string;
  readonly label: string;
  readonly channel: string | undefined;
  readonly creator: string | undefined;
  readonly name: EventName;
  /** Place in its channel: earlier first, ties in creation order. */
  readonly due: number;
  readonly fire: () => void;
  readonly isCancellable: boolean;
  readonly footprint: Footprint | undefined;
  readonly phase: Phase;
  isPending = false;
  /** Set when it is added. */
  stores: Stores = undefined;
  readonly after: readonly LoopEvent[] | undefined;
  /** How many of `after` are pending. */
  waiting = 0;
  /** Those that wait for this one. */
  followers: LoopEvent[] | undefined;

  constructor(name: EventName, task: string, plan: EventPlan, due: number, phase: Phase = plan.phase ?? 'poll') {
    this.id = name.id;
    this.task = task;
    this.label = plan.label;
    this.channel = plan.channel;
    this.creator = name.creator?.id;
    this.name = name;
    this.due = due;
    this.fire = plan.fire;
    this.isCancellable = plan.isCancellable ?? false;
    this.footprint = plan.footprint;
    this.phase = phase;
    this.after = plan.after;
  }
}

/**
 * The events that were created and have not fired. One that is in no channel is enabled at once; of each channel only the first is,
 * for the platform keeps the order of the rest (ports, timers).
 */
export class LoopEvents {
  #enabled: LoopEvent[] = [];
  #channels = new Map<string, LoopEvent[]>();
  #areTimersHeld = false;

  clear(): void {
    this.#enabled = [];
    this.#channels = emptied(this.#channels);
    this.#areTimersHeld = false;
  }

  enabled(): readonly LoopEvent[] {
    return this.#enabled;
  }

  add(event: LoopEvent): void {
    event.isPending = true;
    if (event.after !== undefined) for (const earlier of event.after) this.#follow(event, earlier);
    if (event.channel === undefined) this.#enable(event);
    else this.#enqueue(event, this.#channel(event.channel));
  }

  remove(event: LoopEvent): void {
    if (!event.isPending) return;
    event.isPending = false;
    if (event.channel === undefined) this.#disable(event);
    else this.#dequeue(event, this.#channel(event.channel));
    if (event.followers !== undefined) for (const follower of event.followers) this.#free(follower);
  }

  /** A pending event waits for others that are pending. */
  delay(event: LoopEvent, after: readonly LoopEvent[]): void {
    if (!event.isPending) return;
    for (const earlier of after) if (earlier.isPending && earlier.followers?.includes(event) !== true) this.#follow(event, earlier);
    if (event.waiting > 0) this.#disable(event);
  }

  /** No timer fires until they are released. False if they are held already. */
  holdTimers(): boolean {
    if (this.#areTimersHeld) return false;
    this.#areTimersHeld = true;
    for (const event of this.#enabled.filter(({ phase }) => phase === 'timers')) this.#disable(event);
    return true;
  }

  /** False if they were not held. */
  releaseTimers(): boolean {
    if (!this.#areTimersHeld) return false;
    this.#areTimersHeld = false;
    for (const [first] of this.#channels.values()) if (first?.phase === 'timers') this.#enable(first);
    return true;
  }

  #follow(event: LoopEvent, earlier: LoopEvent): void {
    if (!earlier.isPending) return;
    event.waiting++;
    (earlier.followers ??= []).push(event);
  }

  #free(follower: LoopEvent): void {
    follower.waiting--;
    if (follower.isPending && this.#isFirst(follower)) this.#enable(follower);
  }

  #isFirst(event: LoopEvent): boolean {
    return event.channel === undefined || this.#channel(event.channel)[0] === event;
  }

  #channel(name: string): LoopEvent[] {
    let channel = this.#channels.get(name);
    if (channel === undefined) this.#channels.set(name, (channel = []));
    return channel;
  }

  #enqueue(event: LoopEvent, channel: LoopEvent[]): void {
    let place = channel.length;
    while (place > 0 && channel[place - 1]!.due > event.due) place--;
    channel.splice(place, 0, event);
    if (place > 0) return;
    if (channel.length > 1) this.#disable(channel[1]!);
    this.#enable(event);
  }

  #dequeue(event: LoopEvent, channel: LoopEvent[]): void {
    const place = channel.indexOf(event);
    channel.splice(place, 1);
    if (place > 0) return;
    this.#disable(event);
    if (channel.length > 0) this.#enable(channel[0]!);
  }

  #enable(event: LoopEvent): void {
    if (event.waiting === 0 && !(this.#areTimersHeld && event.phase === 'timers')) this.#enabled.push(event);
  }

  /** Nothing happens to one that was not enabled. */
  #disable(event: LoopEvent): void {
    const enabled = this.#enabled;
    const last = enabled.length - 1;
    let place = enabled.indexOf(event);
    if (place < 0) return;
    for (; place < last; place++) enabled[place] = enabled[place + 1]!;
    enabled.pop();
  }
}
