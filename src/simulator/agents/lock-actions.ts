import type { Guard, ValueOf } from '../explore/execution.js';
import type { Footprint } from '../explore/footprint.js';
import { Action, resourceName, SUSPENDED, type Effect } from './action.js';
import type { SharedOp } from './operations.js';
import type { Place, Places } from './places.js';
import { Variable, type UndoLog } from './undo-log.js';
import { without, type Waiter } from './waiter.js';

type Op<K extends SharedOp['kind']> = Extract<SharedOp, { readonly kind: K }>;

const FREE = '';

class Mutex {
  readonly place: Place;
  /** The agent that holds it. */
  readonly owner = new Variable(FREE);
  initialOwner = FREE;
  /** What a person calls it; the same in all agents. */
  name = '';
  constructor(place: Place) {
    this.place = place;
  }
}

class Semaphore {
  readonly place: Place;
  readonly count: Variable<number>;
  initialCount: number;
  constructor(place: Place, initial: number) {
    this.place = place;
    this.count = new Variable(initial);
    this.initialCount = initial;
  }
}

class Condition {
  readonly place: Place;
  readonly waiters = new Variable<readonly Waiter[]>([]);
  constructor(place: Place) {
    this.place = place;
  }
}

/** Mutexes, semaphores and conditions of one world. They exist from their first use on, in the state that they are made in. */
export class Locks {
  readonly #places: Places;
  readonly #mutexes = new Map<string, Mutex>();
  readonly #semaphores = new Map<string, Semaphore>();
  readonly #conditions = new Map<string, Condition>();

  constructor(places: Places) {
    this.#places = places;
  }

  mutex(identity: string, name?: string): Mutex {
    const mutex = made(this.#mutexes, identity, () => new Mutex(this.#places.of(`mutex ${identity}`)));
    if (name !== undefined && mutex.name === '') mutex.name = resourceName('mutex', name);
    return mutex;
  }

  semaphore(identity: string, initial: number): Semaphore {
    return made(this.#semaphores, identity, () => new Semaphore(this.#places.of(`semaphore ${identity}`), initial));
  }

  condition(identity: string): Condition {
    return made(this.#conditions, identity, () => new Condition(this.#places.of(`condition ${identity}`)));
  }

  /** Nobody holds a mutex, and no unit of a semaphore is out. */
  get areFree(): boolean {
    for (const { owner } of this.#mutexes.values()) if (owner.value !== FREE) return false;
    for (const { count, initialCount } of this.#semaphores.values()) if (count.value < initialCount) return false;
    return true;
  }

  keepInitial(): void {
    for (const mutex of this.#mutexes.values()) mutex.initialOwner = mutex.owner.value;
    for (const semaphore of this.#semaphores.values()) semaphore.initialCount = semaphore.count.value;
  }
}

function made<T>(all: Map<string, T>, identity: string, make: () => T): T {
  let one = all.get(identity);
  if (one === undefined) all.set(identity, (one = make()));
  return one;
}

/** What actions on locks act on. */
export interface LockContext {
  readonly log: UndoLog;
  readonly places: Places;
  readonly locks: Locks;
  readonly agent: string;
  /** The agent waits from now on. */
  suspend(): Waiter;
  wake(waiter: Waiter, result: unknown): void;
}

abstract class LockAction extends Action {
  protected readonly context: LockContext;
  touched: Footprint;

  constructor(op: SharedOp, context: LockContext) {
    super(op);
    this.context = context;
    this.touched = context.places.nothing;
  }

  protected own(mutex: Mutex, owner: string): void {
    this.context.log.set(mutex.owner, owner);
    this.touched = mutex.place.write(owner);
  }
}

export class Lock extends LockAction {
  readonly #mutex: Mutex;
  override readonly guard: Guard;
  override readonly waits = 'lock';
  override readonly resource: string;

  constructor(op: Op<'lock'>, context: LockContext) {
    super(op, context);
    const mutex = (this.#mutex = context.locks.mutex(op.mutex, op.name));
    this.resource = mutex.name;
    this.guard = (valueOf) => (valueOf(mutex.place.key) ?? mutex.initialOwner) === FREE;
  }

  describe(task: string): string {
    return `${task} locks ${this.resource}`;
  }

  override get declared(): Footprint {
    return this.#mutex.place.write(this.context.agent);
  }

  override isEnabled(): boolean {
    return this.#mutex.owner.value === FREE;
  }

  perform(): unknown {
    this.own(this.#mutex, this.context.agent);
    return undefined;
  }

  /** Once it goes on at all, it holds the mutex. */
  override guess(): unknown {
    return this.perform();
  }

  effect(): Effect {
    return { kind: 'acquire', resource: this.resource, isAtomic: true };
  }
}

export class TryLock extends LockAction {
  readonly #mutex: Mutex;
  override readonly resource: string;

  constructor(op: Op<'try-lock'>, context: LockContext) {
    super(op, context);
    this.#mutex = context.locks.mutex(op.mutex, op.name);
    this.resource = this.#mutex.name;
  }

  describe(task: string): string {
    return `${task} tries to lock ${this.resource}`;
  }

  override get declared(): Footprint {
    return this.#touching(this.#mutex.owner.value);
  }

  override footprintAt(valueOf: ValueOf): Footprint {
    return this.#touching(valueOf(this.#mutex.place.key) ?? this.#mutex.initialOwner);
  }

  #touching(owner: unknown): Footprint {
    return owner === FREE ? this.#mutex.place.write(this.context.agent) : this.#mutex.place.read;
  }

  perform(): unknown {
    const isFree = this.#mutex.owner.value === FREE;
    if (isFree) this.own(this.#mutex, this.context.agent);
    else this.touched = this.#mutex.place.read;
    return isFree;
  }

  effect(result: unknown): Effect | undefined {
    return result === true ? { kind: 'acquire', resource: this.resource, isAtomic: true } : undefined;
  }
}

export class Unlock extends LockAction {
  readonly #mutex: Mutex;
  override readonly resource: string;

  constructor(op: Op<'unlock'>, context: LockContext) {
    super(op, context);
    this.#mutex = context.locks.mutex(op.mutex, op.name);
    this.resource = this.#mutex.name;
  }

  describe(task: string): string {
    return `${task} unlocks ${this.resource}`;
  }

  /** Whoever holds a mutex goes on holding it until it unlocks it. */
  override get declared(): Footprint | undefined {
    return this.#mutex.owner.value === this.context.agent ? this.#mutex.place.write(FREE) : undefined;
  }

  perform(): unknown {
    const owner = this.#mutex.owner.value;
    if (owner === this.context.agent) {
      this.own(this.#mutex, FREE);
      return 'ok';
    }
    this.touched = this.#mutex.place.read;
    return owner === FREE ? 'not-held' : 'held-by-another';
  }

  effect(result: unknown): Effect | undefined {
    return result === 'ok' ? { kind: 'release', resource: this.resource, isAtomic: true } : undefined;
  }
}

export class Acquire extends LockAction {
  readonly #semaphore: Semaphore;
  override readonly guard: Guard;
  override readonly waits = 'semaphore';
  override readonly resource: string;

  constructor(op: Op<'acquire'>, context: LockContext) {
    super(op, context);
    const semaphore = (this.#semaphore = context.locks.semaphore(op.semaphore, op.initial));
    this.resource = resourceName('semaphore', op.name);
    this.guard = (valueOf) => Number(valueOf(semaphore.place.key) ?? semaphore.initialCount) > 0;
  }

  describe(task: string): string {
    return `${task} acquires ${this.resource}`;
  }

  override get declared(): Footprint {
    return this.#semaphore.place.write(undefined);
  }

  override isEnabled(): boolean {
    return this.#semaphore.count.value > 0;
  }

  perform(): unknown {
    const count = this.#semaphore.count.value - 1;
    this.context.log.set(this.#semaphore.count, count);
    this.touched = this.#semaphore.place.write(count);
    return undefined;
  }

  override guess(): unknown {
    return this.perform();
  }

  effect(): Effect {
    return { kind: 'acquire', resource: this.resource, isAtomic: true };
  }
}

export class Release extends LockAction {
  readonly #semaphore: Semaphore;
  override readonly resource: string;

  constructor(op: Op<'release'>, context: LockContext) {
    super(op, context);
    this.#semaphore = context.locks.semaphore(op.semaphore, op.initial);
    this.resource = resourceName('semaphore', op.name);
  }

  describe(task: string): string {
    return `${task} releases ${this.resource}`;
  }

  override get declared(): Footprint {
    return this.#semaphore.place.write(undefined);
  }

  perform(): unknown {
    const count = this.#semaphore.count.value;
    this.context.log.set(this.#semaphore.count, count + 1);
    this.touched = this.#semaphore.place.write(count + 1);
    return count;
  }

  effect(): Effect {
    return { kind: 'release', resource: this.resource, isAtomic: true };
  }
}

/** Gives the mutex up and waits, in one step. */
export class ConditionWait extends LockAction {
  readonly #mutex: Mutex;
  readonly #condition: Condition;
  override readonly waits = 'signal';
  override readonly resource: string;

  constructor(op: Op<'condition-wait'>, context: LockContext) {
    super(op, context);
    this.#mutex = context.locks.mutex(op.mutex);
    this.#condition = context.locks.condition(op.condition);
    this.resource = resourceName('condition', op.name);
  }

  describe(task: string): string {
    return `${task} waits for ${this.resource}`;
  }

  perform(): unknown {
    const { log, places, agent } = this.context;
    if (this.#mutex.owner.value !== agent) {
      this.touched = this.#mutex.place.read;
      return 'not-held';
    }
    this.own(this.#mutex, FREE);
    log.set(this.#condition.waiters, [...this.#condition.waiters.value, this.context.suspend()]);
    this.touched = places.join(this.touched, this.#condition.place.write(undefined));
    return SUSPENDED;
  }

  /** One can only guess that it is signalled some time. */
  override guess(): unknown {
    if (this.#mutex.owner.value !== this.context.agent) return 'not-held';
    this.own(this.#mutex, FREE);
    return undefined;
  }

  effect(result: unknown): Effect | undefined {
    return result === 'not-held' ? undefined : { kind: 'wait', resource: this.resource, isAtomic: true };
  }

  override sideEffect(result: unknown): Effect | undefined {
    return result === 'not-held' ? undefined : { kind: 'release', resource: this.#mutex.name, isAtomic: true };
  }
}

/** Wakes whoever has waited longest, or all; they lock the mutex again themselves (signal and continue). */
export class Signal extends LockAction {
  readonly #condition: Condition;
  readonly #isBroadcast: boolean;
  override readonly resource: string;

  constructor(op: Op<'signal'>, context: LockContext) {
    super(op, context);
    this.#condition = context.locks.condition(op.condition);
    this.#isBroadcast = op.isBroadcast;
    this.resource = resourceName('condition', op.name);
  }

  describe(task: string): string {
    return `${task} ${this.#isBroadcast ? 'broadcasts' : 'signals'} ${this.resource}`;
  }

  perform(): unknown {
    const { waiters, place } = this.#condition;
    const woken = this.#isBroadcast ? waiters.value : waiters.value.slice(0, 1);
    this.touched = woken.length === 0 ? place.read : place.write(undefined);
    if (woken.length > 0) this.context.log.set(waiters, without(waiters.value, woken));
    for (const waiter of woken) this.context.wake(waiter, undefined);
    return woken.length;
  }

  effect(): Effect {
    return { kind: 'notify', resource: this.resource, isAtomic: true };
  }
}
