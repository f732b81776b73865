import type { Footprint } from '../explore/footprint.js';
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
}

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
  isPending = false;

  constructor(name: EventName, task: string, plan: EventPlan, due: number) {
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
  }
}

/**
 * The events that were created and have not fired. One that is in no channel is enabled at once; of each channel only the first is,
 * for the platform keeps the order of the rest (ports, timers).
 */
export class LoopEvents {
  #enabled: LoopEvent[] = [];
  readonly #channels = new Map<string, LoopEvent[]>();

  clear(): void {
    this.#enabled = [];
    this.#channels.clear();
  }

  enabled(): readonly LoopEvent[] {
    return this.#enabled;
  }

  add(event: LoopEvent): void {
    event.isPending = true;
    if (event.channel === undefined) this.#enabled.push(event);
    else this.#enqueue(event, this.#channel(event.channel));
  }

  remove(event: LoopEvent): void {
    if (!event.isPending) return;
    event.isPending = false;
    if (event.channel === undefined) this.#disable(event);
    else this.#dequeue(event, this.#channel(event.channel));
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
    this.#enabled.push(event);
  }

  #dequeue(event: LoopEvent, channel: LoopEvent[]): void {
    const place = channel.indexOf(event);
    channel.splice(place, 1);
    if (place > 0) return;
    this.#disable(event);
    if (channel.length > 0) this.#enabled.push(channel[0]!);
  }

  #disable(event: LoopEvent): void {
    this.#enabled.splice(this.#enabled.indexOf(event), 1);
  }
}
