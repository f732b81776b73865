import type { Arrival, SharedWorld, Touches } from '../../agents/shared-objects.js';

/** An end of the channel between a process and who has started it. */
export type Side = 'parent' | 'child';

/** What comes out of an end: a message, or that there will be none any more. `record` is JSON text, or a `CloneRecord`. */
export type ChannelNews = { readonly kind: 'message'; readonly record: unknown } | { readonly kind: 'disconnect' };

interface Queued {
  readonly record: unknown;
  readonly arrival: Arrival;
}

interface EndState {
  readonly isOpen: boolean;
  /** In whose loop it is read. */
  readonly agent: string;
  /** What was sent to it and not read yet. */
  readonly queue: readonly Queued[];
  /** It keeps its process alive. */
  readonly isRef: boolean;
}

type Ends = Readonly<Record<Side, EndState>>;

export function otherSide(side: Side): Side {
  return side === 'parent' ? 'child' : 'parent';
}

/** Where news for an end are given to its agent. */
export function endAddress(process: string, side: Side): string {
  return `${process} ${side} end`;
}

/**
 * The channels of `fork`, a socket each. What is sent is there at once; what was sent before an end was closed is still read on the other
 * side, and then that the channel is closed. A message arrives in a turn of its own; but Node reads all that has come in one go, and emits it without
 * running promise jobs in between: a turn that leaves such jobs asks for `more`.
 */
export class IpcChannels {
  readonly #world: SharedWorld;
  readonly #channels = new Map<string, Ends>();

  constructor(world: SharedWorld) {
    this.#world = world;
  }

  open(process: string, parent: string): void {
    this.#put(process, { parent: { isOpen: true, agent: parent, queue: [], isRef: true }, child: { isOpen: true, agent: process, queue: [], isRef: false } });
  }

  has(process: string): boolean {
    return this.#channels.has(process);
  }

  isOpen(process: string, side: Side): boolean {
    return this.#channels.get(process)?.[side].isOpen === true;
  }

  isHolding(process: string, side: Side): boolean {
    const end = this.#channels.get(process)?.[side];
    return end !== undefined && end.isOpen && end.isRef;
  }

  /** From `side`. False: nobody will read it any more. */
  send(process: string, side: Side, record: unknown): boolean {
    const to = otherSide(side);
    const end = this.#channels.get(process)![to];
    if (!end.isOpen) return false;
    const arrival = this.#post(process, to, { kind: 'message', record }, () => this.#set(process, to, { queue: this.#channels.get(process)![to].queue.slice(1) }));
    this.#set(process, to, { queue: [...end.queue, { record, arrival }] });
    return true;
  }

  /** The next message that is there already, which does not arrive by itself then. */
  more(process: string, side: Side): { readonly record: unknown } | null {
    const end = this.#channels.get(process)![side];
    const [first, ...queue] = end.queue;
    if (!end.isOpen || first === undefined) return null;
    this.#world.withdraw(first.arrival);
    this.#set(process, side, { queue });
    return { record: first.record };
  }

  /** What was sent to this end and is not read is lost. */
  close(process: string, side: Side): void {
    const ends = this.#channels.get(process);
    if (ends === undefined || !ends[side].isOpen) return;
    for (const { arrival } of ends[side].queue) this.#world.withdraw(arrival);
    this.#set(process, side, { isOpen: false, queue: [] });
    const other = otherSide(side);
    if (ends[other].isOpen) this.#post(process, other, { kind: 'disconnect' }, () => this.close(process, other));
  }

  setRef(process: string, side: Side, isRef: boolean): void {
    this.#set(process, side, { isRef });
  }

  #post(process: string, side: Side, news: ChannelNews, fire: () => void): Arrival {
    const { agent } = this.#channels.get(process)![side];
    return this.#world.post({
      agent, address: endAddress(process, side), payload: news, channel: channelOf(process, side), isUnref: true, fire,
      label: news.kind === 'message' ? `message arrives at the ${side} end of ${process}` : `the ${side} end of ${process} is disconnected`,
      touches: news.kind === 'message' ? { writes: [headOf(process, side)] } : { writes: endTouches(process, side) },
    });
  }

  #set(process: string, side: Side, change: Partial<EndState>): void {
    const ends = this.#channels.get(process)!;
    this.#put(process, { ...ends, [side]: { ...ends[side], ...change } });
  }

  #put(process: string, ends: Ends): void {
    const before = this.#channels.get(process);
    this.#world.undo(() => (before ? this.#channels.set(process, before) : this.#channels.delete(process)));
    this.#channels.set(process, ends);
  }
}

/** News of one end come in order: messages, that it is disconnected, that the process has ended. Named by who sends them. */
export function channelOf(process: string, side: Side): string {
  return side === 'parent' ? process : parentOf(process);
}

/** What a person calls who has started a process. */
export function parentOf(process: string): string {
  return `the parent of ${process}`;
}

export function headOf(process: string, side: Side): string {
  return `${process} ${side} head`;
}

export function tailOf(process: string, side: Side): string {
  return `${process} ${side} tail`;
}

/** Whether an end is open, and all that is on its way to it. */
export function endTouches(process: string, side: Side): string[] {
  return [`${process} ${side} state`, headOf(process, side), tailOf(process, side)];
}

export function sendTouches(process: string, side: Side): Touches {
  const to = otherSide(side);
  return { reads: [`${process} ${to} state`], writes: [tailOf(process, to)] };
}

export function moreTouches(process: string, side: Side): Touches {
  return { reads: [`${process} ${side} state`], writes: [headOf(process, side), tailOf(process, side)] };
}

/** Closing an end tells the other one, if that is still open. */
export function closeTouches(process: string, side: Side): string[] {
  const other = otherSide(side);
  return [...endTouches(process, side), `${process} ${other} state`, tailOf(process, other)];
}
