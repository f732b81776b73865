import type { Execution, Guard, PendingEvent } from './execution.js';
import { Footprint, type Keys } from './footprint.js';
import { isMovable } from './frame.js';

/** Of two events, which one waits for the other. */
export interface Order {
  readonly before: string;
  readonly after: string;
  /** Executions in which neither of them fires, or in which their order does not matter, belong here, and not where it is turned round. */
  readonly isDefault: boolean;
  /** Another event may push one of them aside, so who waits for whom has to be seen in every state: by a guard. */
  readonly isGuarded: boolean;
}

/** An event that an order is about, as the search sees it. */
interface Ordered extends PendingEvent {
  readonly original: PendingEvent;
}

/**
 * Executions in which some events wait for others, so that a search finds exactly the classes that obey the orders. The second one of an
 * `Order` comes into being once the first one has been fired, as if that had created it, too; where it may be pushed aside meanwhile, it is there and
 * has a guard that asks whether the first one has been fired.
 */
export class OrderedExecutions<R> {
  readonly #start: () => Execution<R>;
  readonly orders: readonly Order[];
  /** By event: those without which it does not come into being. */
  readonly awaited: ReadonlyMap<string, readonly string[]>;
  /** By event: the orders that its guard asks about. */
  readonly guarded: ReadonlyMap<string, readonly Order[]>;
  /** Events that searches see as something else than they are. */
  readonly changed: ReadonlySet<string>;
  /** What the events of the last execution have touched; those of the next one that are the same again touch the same. */
  readonly footprints: Footprint[] = [];
  /** What is divided: executions that are equivalent have to be in one part, or each is on its own. */
  readonly divided: 'classes' | 'each sequence';

  constructor(start: () => Execution<R>, orders: readonly Order[], divided: 'classes' | 'each sequence' = 'classes') {
    this.#start = start;
    this.orders = orders;
    this.divided = divided;
    // A search that fires whatever can be fired misses nothing that is hidden.
    const guarded = divided === 'classes' ? orders.filter(({ isGuarded }) => isGuarded) : [];
    const fixed = orders.filter((order) => !guarded.includes(order));
    this.awaited = new Map(fixed.map(({ after }) => [after, fixed.filter((order) => order.after === after).map(({ before }) => before)]));
    this.guarded = new Map(guarded.map(({ after }) => [after, guarded.filter((order) => order.after === after)]));
    this.changed = new Set([...this.awaited.keys(), ...guarded.flatMap(({ before, after }) => [before, after])]);
  }

  readonly start = (): Execution<R> => new OrderedExecution(this.#start(), this);
}

export class OrderedExecution<R> implements Execution<R> {
  readonly #inner: Execution<R>;
  readonly #common: OrderedExecutions<R>;
  /** Where events were fired last that orders are about, be it taken back or not. */
  readonly #places = new Map<string, number>();
  readonly #fired: PendingEvent[] = [];
  readonly #ordered = new WeakMap<PendingEvent, Ordered>();
  /** By event: footprints as the search sees them. The same object for the same one, since a search tells them apart by that first. */
  readonly #extended = new Map<string, WeakMap<Footprint, Footprint>>();
  readonly #keys = new Map<Order, number>();
  /** Until the next change. */
  #enabled: readonly PendingEvent[] | undefined;
  readonly isFinished?: (task: string) => boolean;
  readonly rewind?: (depth: number) => void;

  constructor(inner: Execution<R>, common: OrderedExecutions<R>) {
    this.#inner = inner;
    this.#common = common;
    for (const { before, after } of common.orders) this.#places.set(before, -1).set(after, -1);
    if (inner.isFinished) this.isFinished = (task) => inner.isFinished!(task);
    if (inner.rewind) {
      this.rewind = (depth) => {
        this.#fired.length = depth;
        this.#enabled = undefined;
        inner.rewind!(depth);
      };
    }
  }

  enabled(): readonly PendingEvent[] {
    return (this.#enabled ??= this.#seenOf(this.#inner.enabled()));
  }

  #seenOf(events: readonly PendingEvent[]): readonly PendingEvent[] {
    const { changed } = this.#common;
    for (let i = 0; i < events.length; i++) if (changed.has(events[i]!.id)) return events.filter(({ id }) => !this.#mustWait(id)).map((event) => this.#seen(event));
    return events;
  }

  blocked(): readonly PendingEvent[] {
    const own = this.#inner.blocked?.() ?? [];
    const { awaited, guarded } = this.#common;
    const waiting = guarded.size === 0 ? [] : this.#inner.enabled().filter(({ id }) => this.#isHeldUp(id));
    if (waiting.length === 0 && !own.some(({ id }) => this.#common.changed.has(id))) return own;
    return [...own, ...waiting].filter(({ id }) => !this.#isMissing(awaited.get(id))).map((event) => this.#seen(event));
  }

  fire(event: PendingEvent): Footprint {
    const original = this.#originalOf(event);
    const footprint = this.#inner.fire(original);
    this.#common.footprints[this.#fired.length] = footprint;
    this.#note(original);
    return original === event ? footprint : this.#extend(event.id, footprint);
  }

  refire(event: PendingEvent): void {
    const original = this.#originalOf(event);
    if (this.#inner.refire === undefined) this.#inner.fire(original);
    else this.#inner.refire(original);
    this.#note(original);
  }

  #originalOf(event: PendingEvent): PendingEvent {
    return this.#common.changed.has(event.id) ? (event as Ordered).original : event;
  }

  #note(event: PendingEvent): void {
    this.#enabled = undefined;
    if (this.#places.has(event.id)) this.#places.set(event.id, this.#fired.length);
    this.#fired.push(event);
  }

  result(): R {
    return this.#inner.result();
  }

  /** At the end: whether the execution is one of the whole program, and belongs to no other part of the split. */
  isOwn(): boolean {
    if (this.#inner.enabled().some(({ id }) => this.#mustWait(id))) return false;
    return this.#common.orders.every((order) => order.isDefault || this.#matters(order));
  }

  /** Whether the first one was fired, and came before the second one not just because that had to wait. */
  #matters({ before, after }: Order): boolean {
    const [first, second] = [this.#placeOf(before), this.#placeOf(after)];
    return first >= 0 && (second < 0 || this.#common.divided === 'each sequence' || this.#comesAfter(first).has(second));
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
    const { footprints } = this.#common;
    const [one, other] = [this.#fired[earlier]!, this.#fired[later]!];
    return other.creator === one.id || (one.channel !== undefined && one.channel === other.channel) || footprints[earlier]!.conflictsWith(footprints[later]!);
  }

  #placeOf(id: string): number {
    const place = this.#places.get(id)!;
    return place >= 0 && this.#fired[place]?.id === id ? place : -1;
  }

  #mustWait(id: string): boolean {
    return this.#isMissing(this.#common.awaited.get(id)) || this.#isHeldUp(id);
  }

  #isHeldUp(id: string): boolean {
    return this.#common.guarded.get(id)?.some(({ before }) => this.#placeOf(before) < 0) ?? false;
  }

  #isMissing(awaited: readonly string[] | undefined): boolean {
    return awaited !== undefined && awaited.some((before) => this.#placeOf(before) < 0);
  }

  #seen(event: PendingEvent): PendingEvent {
    if (!this.#common.changed.has(event.id)) return event;
    let ordered = this.#ordered.get(event);
    if (ordered === undefined) this.#ordered.set(event, (ordered = this.#order(event)));
    return ordered;
  }

  #order(original: PendingEvent): Ordered {
    const { id, task, label, creator, channel, isCancellable, isSpinning, footprint, footprintAt, guard } = original;
    const awaited = this.#common.awaited.get(id);
    if (awaited !== undefined && this.#common.divided === 'classes' && isMovable(original)) throw new Error(`the event "${label}" can be pushed aside only now`);
    return {
      id, task, label, creator, channel, original, awaited,
      ...(isCancellable !== undefined && { isCancellable }), ...(isSpinning !== undefined && { isSpinning }),
      footprint: footprint && this.#extend(id, footprint),
      footprintAt: footprintAt && ((valueOf) => this.#extend(id, footprintAt(valueOf))),
      guard: this.#guard(id, guard),
    };
  }

  #guard(id: string, guard: Guard | undefined): Guard | undefined {
    const orders = this.#common.guarded.get(id);
    if (orders === undefined) return guard;
    return (valueOf) => {
      const { keys } = this.#common.footprints[0]!;
      return orders.every((order) => valueOf(this.#keyOf(keys, order)) === true) && (guard === undefined || guard(valueOf));
    };
  }

  /** Whose guard asks for another event reads what that one writes. */
  #extend(id: string, footprint: Footprint): Footprint {
    const { orders } = this.#common;
    if (!orders.some(({ isGuarded, before, after }) => isGuarded && (before === id || after === id))) return footprint;
    let known = this.#extended.get(id);
    if (known === undefined) this.#extended.set(id, (known = new WeakMap()));
    let extended = known.get(footprint);
    if (extended === undefined) known.set(footprint, (extended = this.#extendAnew(id, footprint)));
    return extended;
  }

  #extendAnew(id: string, { keys, reads, writes, values }: Footprint): Footprint {
    const guarded = this.#common.orders.filter(({ isGuarded }) => isGuarded);
    const read = guarded.filter(({ after }) => after === id).map((order) => this.#keyOf(keys, order));
    const written = guarded.filter(({ before }) => before === id).map((order) => this.#keyOf(keys, order));
    if (written.length === 0) return new Footprint(keys, [...reads, ...read], writes, values);
    return new Footprint(keys, [...reads, ...read], [...writes, ...written], [...(values ?? writes.map(() => undefined)), ...written.map(() => true)]);
  }

  #keyOf(keys: Keys, order: Order): number {
    let key = this.#keys.get(order);
    if (key === undefined) this.#keys.set(order, (key = keys.of('order', `${order.before} < ${order.after}`)));
    return key;
  }
}
