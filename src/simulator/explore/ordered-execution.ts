import type { Execution, Guard, PendingEvent } from './execution.js';
import { Footprint, type Keys } from './footprint.js';

/** Of two events, which one waits for the other. */
export interface Order {
  readonly before: string;
  readonly after: string;
  /** Executions in which neither of them fires, or in which their order does not matter, belong here, and not where it is turned round. */
  readonly isDefault: boolean;
}

/** An event that an order is about, as the search sees it. */
interface Ordered extends PendingEvent {
  readonly original: PendingEvent;
}

/**
 * An execution in which some events wait for others: the second one of an `Order` has a guard that asks whether the first one has been
 * fired. So a search finds exactly the classes that obey the orders.
 */
export class OrderedExecution<R> implements Execution<R> {
  readonly #inner: Execution<R>;
  readonly #orders: readonly Order[];
  readonly #ids: ReadonlySet<string>;
  /** By event: those that it waits for. */
  readonly #awaited = new Map<string, string[]>();
  /** Where events that orders are about were fired last, be it taken back or not. */
  readonly #places = new Map<string, number>();
  readonly #fired: PendingEvent[] = [];
  readonly #footprints: Footprint[] = [];
  readonly #ordered = new WeakMap<PendingEvent, Ordered>();
  /** By event: footprints as the search sees them. The same object for the same one, since a search tells them apart by that first. */
  readonly #extended = new Map<string, WeakMap<Footprint, Footprint>>();
  readonly #keys = new Map<Order, number>();
  /** Until the next change. */
  #enabled: readonly PendingEvent[] | undefined;
  readonly isFinished?: (task: string) => boolean;
  readonly rewind?: (depth: number) => void;

  constructor(inner: Execution<R>, orders: readonly Order[]) {
    this.#inner = inner;
    this.#orders = orders;
    this.#ids = new Set(orders.flatMap(({ before, after }) => [before, after]));
    for (const { before, after } of orders) this.#awaited.set(after, [...(this.#awaited.get(after) ?? []), before]);
    if (inner.isFinished) this.isFinished = (task) => inner.isFinished!(task);
    if (inner.rewind) {
      this.rewind = (depth) => {
        this.#fired.length = this.#footprints.length = depth;
        this.#enabled = undefined;
        inner.rewind!(depth);
      };
    }
  }

  enabled(): readonly PendingEvent[] {
    return (this.#enabled ??= this.#seenOf(this.#inner.enabled()));
  }

  #seenOf(enabled: readonly PendingEvent[]): readonly PendingEvent[] {
    for (let i = 0; i < enabled.length; i++) if (this.#ids.has(enabled[i]!.id)) return enabled.filter(({ id }) => !this.#mustWait(id)).map((event) => this.#seen(event));
    return enabled;
  }

  blocked(): readonly PendingEvent[] {
    return [...(this.#inner.blocked?.() ?? []), ...this.#inner.enabled().filter(({ id }) => this.#mustWait(id))].map((event) => this.#seen(event));
  }

  fire(event: PendingEvent): Footprint {
    const isOrdered = this.#ids.has(event.id);
    const original = isOrdered ? (event as Ordered).original : event;
    const footprint = this.#inner.fire(original);
    this.#enabled = undefined;
    if (isOrdered) this.#places.set(event.id, this.#fired.length);
    this.#fired.push(original);
    this.#footprints.push(footprint);
    return isOrdered ? this.#extend(event.id, footprint) : footprint;
  }

  result(): R {
    return this.#inner.result();
  }

  /** At the end: whether the execution is one of the whole program, and belongs to no other part of the split. */
  isOwn(): boolean {
    if (this.#inner.enabled().some(({ id }) => this.#mustWait(id))) return false;
    return this.#orders.every((order) => order.isDefault || this.#matters(order));
  }

  /** Whether the first one was fired, and came before the second one not just because that had to wait. */
  #matters({ before, after }: Order): boolean {
    const [first, second] = [this.#placeOf(before), this.#placeOf(after)];
    return first >= 0 && (second < 0 || this.#comesAfter(first).has(second));
  }

  /** Places of the events that come after the one at `first`, whatever the orders say. */
  #comesAfter(first: number): Set<number> {
    const after = new Set([first]);
    for (let place = first + 1; place < this.#fired.length; place++) {
      for (const earlier of after) if (this.#isOrdered(earlier, place)) { after.add(place); break; }
    }
    return after;
  }

  #isOrdered(earlier: number, later: number): boolean {
    const [one, other] = [this.#fired[earlier]!, this.#fired[later]!];
    return other.creator === one.id || (one.channel !== undefined && one.channel === other.channel) || this.#footprints[earlier]!.conflictsWith(this.#footprints[later]!);
  }

  #placeOf(id: string): number {
    const place = this.#places.get(id);
    return place !== undefined && this.#fired[place]?.id === id ? place : -1;
  }

  #mustWait(id: string): boolean {
    return this.#awaited.get(id)?.some((before) => this.#placeOf(before) < 0) ?? false;
  }

  #seen(event: PendingEvent): PendingEvent {
    if (!this.#ids.has(event.id)) return event;
    let ordered = this.#ordered.get(event);
    if (ordered === undefined) this.#ordered.set(event, (ordered = this.#order(event)));
    return ordered;
  }

  #order(original: PendingEvent): Ordered {
    const { id, task, label, creator, channel, isCancellable, isSpinning, footprint, footprintAt, guard } = original;
    return {
      id, task, label, creator, channel, original,
      ...(isCancellable !== undefined && { isCancellable }), ...(isSpinning !== undefined && { isSpinning }),
      footprint: footprint && this.#extend(id, footprint),
      footprintAt: footprintAt && ((valueOf) => this.#extend(id, footprintAt(valueOf))),
      guard: this.#orders.some(({ after }) => after === id) ? this.#guard(id, guard) : guard,
    };
  }

  #guard(id: string, guard: Guard | undefined): Guard {
    return (valueOf) => {
      const { keys } = this.#footprints[0]!;
      return this.#orders.every((order) => order.after !== id || valueOf(this.#keyOf(keys, order)) === true) && (guard === undefined || guard(valueOf));
    };
  }

  /** Who waits reads what the other one writes. */
  #extend(id: string, footprint: Footprint): Footprint {
    let known = this.#extended.get(id);
    if (known === undefined) this.#extended.set(id, (known = new WeakMap()));
    let extended = known.get(footprint);
    if (extended === undefined) known.set(footprint, (extended = this.#extendAnew(id, footprint)));
    return extended;
  }

  #extendAnew(id: string, { keys, reads, writes, values }: Footprint): Footprint {
    const read = this.#orders.filter(({ after }) => after === id).map((order) => this.#keyOf(keys, order));
    const written = this.#orders.filter(({ before }) => before === id).map((order) => this.#keyOf(keys, order));
    if (written.length === 0) return new Footprint(keys, [...reads, ...read], writes, values);
    return new Footprint(keys, [...reads, ...read], [...writes, ...written], [...(values ?? writes.map(() => undefined)), ...written.map(() => true)]);
  }

  #keyOf(keys: Keys, order: Order): number {
    let key = this.#keys.get(order);
    if (key === undefined) this.#keys.set(order, (key = keys.of('order', `${order.before} < ${order.after}`)));
    return key;
  }
}
