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
  readonly #fired: PendingEvent[] = [];
  readonly #footprints: Footprint[] = [];
  readonly #ordered = new WeakMap<PendingEvent, Ordered>();
  /** Until the next change. */
  #enabled: readonly PendingEvent[] | undefined;
  readonly isFinished?: (task: string) => boolean;
  readonly rewind?: (depth: number) => void;

  constructor(inner: Execution<R>, orders: readonly Order[]) {
    this.#inner = inner;
    this.#orders = orders;
    this.#ids = new Set(orders.flatMap(({ before, after }) => [before, after]));
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
    return (this.#enabled ??= this.#inner.enabled().filter(({ id }) => !this.#mustWait(id)).map((event) => this.#seen(event)));
  }

  blocked(): readonly PendingEvent[] {
    return [...(this.#inner.blocked?.() ?? []), ...this.#inner.enabled().filter(({ id }) => this.#mustWait(id))].map((event) => this.#seen(event));
  }

  fire(event: PendingEvent): Footprint {
    const original = this.#ids.has(event.id) ? (event as Ordered).original : event;
    const footprint = this.#inner.fire(original);
    this.#enabled = undefined;
    this.#fired.push(original);
    this.#footprints.push(footprint);
    return this.#ids.has(event.id) ? this.#extend(event.id, footprint) : footprint;
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
    return this.#fired.findIndex((event) => event.id === id);
  }

  #mustWait(id: string): boolean {
    return this.#ids.has(id) && this.#orders.some(({ before, after }) => after === id && this.#placeOf(before) < 0);
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
      return this.#orders.every((order) => order.after !== id || valueOf(keyOf(keys, order)) === true) && (guard === undefined || guard(valueOf));
    };
  }

  /** Who waits reads what the other one writes. */
  #extend(id: string, footprint: Footprint): Footprint {
    const { keys, reads, writes, values } = footprint;
    const read = this.#orders.filter(({ after }) => after === id).map((order) => keyOf(keys, order));
    const written = this.#orders.filter(({ before }) => before === id).map((order) => keyOf(keys, order));
    if (written.length === 0) return new Footprint(keys, [...reads, ...read], writes, values);
    return new Footprint(keys, [...reads, ...read], [...writes, ...written], [...(values ?? writes.map(() => undefined)), ...written.map(() => true)]);
  }
}

function keyOf(keys: Keys, { before, after }: Order): number {
  return keys.of('order', `${before} < ${after}`);
}
