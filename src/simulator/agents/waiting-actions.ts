import type { Guard, ValueOf } from '../explore/execution.js';
import type { Footprint } from '../explore/footprint.js';
import { Action, SUSPENDED, type Effect } from './action.js';
import { inType, text, type MemoryContext } from './access-actions.js';
import { UnseenValues } from './guard.js';
import type { SharedMemory, Slot } from './memory.js';
import type { Cell, ElementValue, GuardQuestion, SharedOp } from './operations.js';
import type { Place, Places } from './places.js';
import type { ArrivalPlan } from './shared-objects.js';
import { Variable } from './undo-log.js';
import { without, type Waiter } from './waiter.js';

type Op<K extends SharedOp['kind']> = Extract<SharedOp, { readonly kind: K }>;
type GuardAnswer = ReturnType<GuardQuestion['holds']>;

/** The agents that wait at one place of memory, first come, first served (ECMA-262, WaiterList records). */
class WaiterList {
  readonly place: Place;
  readonly waiters = new Variable<readonly Waiter[]>([]);
  constructor(place: Place) {
    this.place = place;
  }
}

export class WaiterLists {
  readonly #places: Places;
  readonly #lists = new Map<string, WaiterList>();

  constructor(places: Places) {
    this.#places = places;
  }

  at({ buffer, offset }: Cell): WaiterList {
    const name = waitersAt({ buffer, offset });
    let list = this.#lists.get(name);
    if (list === undefined) this.#lists.set(name, (list = new WaiterList(this.#places.of(name))));
    return list;
  }
}

function waitersAt({ buffer, offset }: Pick<Cell, 'buffer' | 'offset'>): string {
  return `waiters at ${buffer}@${offset}`;
}

/** What a suspended agent may be given by the clock. */
export interface TimeOut {
  readonly label: string;
  readonly result: unknown;
  /** It happens. */
  fire(): Footprint;
}

/** What waiting acts on. */
export interface WaitContext extends MemoryContext {
  readonly memory: SharedMemory;
  readonly waiterLists: WaiterLists;
  readonly agent: string;
  suspend(timeOut?: TimeOut): Waiter;
  wake(waiter: Waiter, result: unknown): void;
  post(arrival: ArrivalPlan): void;
}

abstract class WaitingAction extends Action {
  protected readonly context: WaitContext;
  touched: Footprint;

  constructor(op: SharedOp, context: WaitContext) {
    super(op);
    this.context = context;
    this.touched = context.places.nothing;
  }
}

abstract class AtPlace extends WaitingAction {
  readonly slot: Slot;
  override readonly resource: string;
  protected readonly list: WaiterList;

  constructor(op: Op<'wait' | 'wait-async' | 'notify'>, context: WaitContext) {
    super(op, context);
    this.slot = context.memory.slot(op.cell);
    this.list = context.waiterLists.at(op.cell);
    this.resource = this.slot.name;
  }

  protected add(waiter: Waiter): void {
    this.context.log.set(this.list.waiters, [...this.list.waiters.value, waiter]);
    this.touched = this.context.places.join(this.slot.read(this.context.places), this.list.place.write(undefined));
  }

  protected remove(waiter: Waiter): Footprint {
    this.context.log.set(this.list.waiters, without(this.list.waiters.value, [waiter]));
    return this.list.place.write(undefined);
  }

  protected effectOf(kind: Effect['kind']): Effect {
    const { cell, size } = this.slot;
    return { kind, resource: this.resource, isAtomic: true, bytes: { buffer: cell.buffer, offset: cell.offset, size } };
  }
}

/** Atomics.wait (ECMA-262, DoWait). */
export class Wait extends AtPlace {
  override readonly waits = 'notify';
  readonly #expected: ElementValue;
  readonly #timeout: number;

  constructor(op: Op<'wait'>, context: WaitContext) {
    super(op, context);
    this.#expected = inType(op.cell.type, op.expected);
    this.#timeout = op.timeout;
  }

  describe(task: string): string {
    return `${task} waits on ${this.resource} while it is ${text(this.#expected)}`;
  }

  perform(): unknown {
    this.touched = this.slot.read(this.context.places);
    if (this.slot.get() !== this.#expected) return 'not-equal';
    if (this.#timeout <= 0) return 'timed-out';
    const waiter = this.context.suspend(this.#timeout === Infinity ? undefined : { label: `timeout of Atomics.wait on ${this.resource}`, result: 'timed-out', fire: () => this.remove(waiter) });
    this.add(waiter);
    return SUSPENDED;
  }

  effect(result: unknown): Effect {
    return result === SUSPENDED ? this.effectOf('wait') : this.effectOf('read');
  }
}

/** Atomics.waitAsync. */
export class WaitAsync extends AtPlace {
  readonly #op: Op<'wait-async'>;

  constructor(op: Op<'wait-async'>, context: WaitContext) {
    super(op, context);
    this.#op = op;
  }

  describe(task: string): string {
    return `${task} waits asynchronously on ${this.resource} while it is ${text(this.#op.expected)}`;
  }

  perform(): unknown {
    const { token, timeout, expected } = this.#op;
    const { context } = this;
    this.touched = this.slot.read(context.places);
    if (this.slot.get() !== inType(this.slot.type, expected)) return 'not-equal';
    if (timeout <= 0) return 'timed-out';
    const waiter: Waiter = { agent: context.agent, token };
    this.add(waiter);
    if (timeout !== Infinity) {
      context.post({ agent: context.agent, address: token, payload: 'timed-out', label: `timeout of Atomics.waitAsync on ${this.resource}`, touches: { writes: [waitersAt(this.#op.cell)] }, fire: () => void this.remove(waiter) });
    }
    return 'waiting';
  }

  effect(result: unknown): Effect {
    return this.effectOf(result === 'waiting' ? 'wait' : 'read');
  }
}

export class Notify extends AtPlace {
  readonly #count: number;

  constructor(op: Op<'notify'>, context: WaitContext) {
    super(op, context);
    this.#count = op.count;
  }

  describe(task: string): string {
    return `${task} notifies ${this.#count === Infinity ? 'all' : this.#count} on ${this.resource}`;
  }

  perform(): unknown {
    const { waiters, place } = this.list;
    const woken = waiters.value.slice(0, this.#count);
    this.touched = woken.length === 0 ? place.read : place.write(undefined);
    if (woken.length > 0) this.context.log.set(waiters, without(waiters.value, woken));
    for (const waiter of woken) this.context.wake(waiter, 'ok');
    return woken.length;
  }

  effect(): Effect {
    return this.effectOf('notify');
  }
}

/** A spin loop whose last iteration only read: it goes on when one of the values that it has seen changes. */
export class Park extends WaitingAction {
  override readonly isFence = false;
  override readonly isSpinning = true;
  override readonly waits = 'memory';
  override readonly resource: string;
  override readonly guard: Guard;
  readonly #seen: readonly { readonly slot: Slot; readonly value: ElementValue }[];

  constructor(op: Op<'park'>, context: WaitContext) {
    super(op, context);
    const seen = (this.#seen = op.seen.map(({ cell, value }) => ({ slot: context.memory.slot(cell), value })));
    this.resource = seen.map(({ slot }) => slot.name).join(', ');
    this.guard = (valueOf) => seen.some(({ slot, value }) => !Object.is(slot.valueWhere(valueOf), value));
  }

  describe(task: string): string {
    return `${task} spins until ${this.resource} changes`;
  }

  override isEnabled(): boolean {
    return this.#seen.some(({ slot, value }) => !Object.is(this.#visible(slot), value));
  }

  perform(): unknown {
    const { buffer, places } = this.context;
    this.touched = this.#seen.reduce((touched, { slot }) => {
      const read = places.join(touched, slot.read(places));
      return buffer?.newest(slot) === undefined ? read : places.join(read, buffer.ownPlace(slot).read);
    }, places.nothing);
    return undefined;
  }

  effect(): undefined {
    return undefined;
  }

  #visible(slot: Slot): ElementValue {
    const own = this.context.buffer?.newest(slot);
    return own !== undefined && own.slot.type === slot.type && own.slot.cell.offset === slot.cell.offset ? own.value : slot.get();
  }
}

export class BlockUntil extends WaitingAction {
  /** It stands for a loop that spins. */
  override readonly isSpinning = true;
  override readonly waits = 'condition';
  override readonly resource: string;
  override readonly guard: Guard;
  readonly #question: GuardQuestion;
  /** Runs the agent up to here once more, for values that its condition was never asked about. */
  revisit: ((ask: (question: GuardQuestion) => void) => void) | undefined;

  constructor(op: Op<'block-until'>, context: WaitContext) {
    super(op, context);
    this.#question = op.guard;
    this.resource = op.name;
    this.guard = (valueOf) => this.#ask((cell) => context.memory.slot(cell).valueWhere(valueOf)).isTrue;
  }

  describe(task: string): string {
    return `${task} goes on once ${this.resource} holds`;
  }

  override get declared(): Footprint {
    return this.#reading(this.#ask(this.#now));
  }

  override footprintAt(valueOf: ValueOf): Footprint {
    return this.#reading(this.#ask((cell) => this.context.memory.slot(cell).valueWhere(valueOf)));
  }

  #reading({ reads }: GuardAnswer): Footprint {
    const { places, memory } = this.context;
    return reads.reduce((touched, cell) => places.join(touched, memory.slot(cell).read(places)), places.nothing);
  }

  override isEnabled(): boolean {
    return this.#ask(this.#now).isTrue;
  }

  perform(): unknown {
    const { places, memory } = this.context;
    const slots = this.#ask(this.#now).reads.map((cell) => memory.slot(cell));
    this.touched = slots.reduce((touched, slot) => places.join(touched, slot.read(places)), places.nothing);
    this.before = slots;
    return undefined;
  }

  /** `slots`: what made the condition true. */
  effect(_result: unknown, slots: unknown): Effect {
    return { kind: 'wake', resource: this.resource, isAtomic: true, reads: (slots as readonly Slot[]).map(({ cell, size }) => ({ buffer: cell.buffer, offset: cell.offset, size })) };
  }

  readonly #now = (cell: Cell): ElementValue => this.context.memory.slot(cell).get();

  #ask(valueOf: (cell: Cell) => ElementValue): GuardAnswer {
    try {
      return this.#question.holds(valueOf);
    } catch (error) {
      if (!(error instanceof UnseenValues) || this.revisit === undefined) throw error;
    }
    let answer: GuardAnswer | undefined;
    this.revisit((question) => (answer = question.holds(valueOf)));
    if (answer === undefined) throw new Error(`${this.resource}: its agent did not come to the condition again`);
    return answer;
  }
}
