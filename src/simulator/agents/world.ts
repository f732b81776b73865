import type { MemoryModel } from '../../model/index.js';
import type { Footprint } from '../explore/footprint.js';
import type { BlockedTask } from '../oracle/execution-end.js';
import { CompareExchange, Load, Modify, Store, type MemoryContext } from './access-actions.js';
import { SUSPENDED, type Action } from './action.js';
import { Actor } from './actor.js';
import { Acquire, ConditionWait, Lock, Locks, Release, Signal, TryLock, Unlock, type LockContext } from './lock-actions.js';
import { SharedMemory } from './memory.js';
import type { SharedOp } from './operations.js';
import { ENDED, footprintOf, Observe, SharedAction } from './other-actions.js';
import { Places } from './places.js';
import { livesAt, type Arrival, type ArrivalPlan, type Happening, type HappeningPlan, type SharedObjectKind, type SharedObjects, type SharedWait, type SharedWorld, type SpawnPlan, type Touches } from './shared-objects.js';
import { StoreBuffer } from './store-buffer.js';
import { UndoLog, Variable } from './undo-log.js';
import { BlockUntil, Notify, Park, Wait, WaitAsync, WaiterLists, type TimeOut, type WaitContext } from './waiting-actions.js';
import type { Waiter } from './waiter.js';

type ActionContext = MemoryContext & WaitContext & LockContext;

/** An agent that waited and goes on. */
export interface Woken {
  readonly agent: string;
  readonly result: unknown;
}

export interface WorldOptions {
  readonly memoryModel: MemoryModel;
  readonly kinds: readonly SharedObjectKind[];
}

/**
 * What agents share, as plain data with an undo log. It knows nothing of code: an `Action` is an operation bound to it, and whoever
 * performs one looks afterwards at who was woken, spawned and terminated.
 */
export class AgentWorld implements SharedWorld {
  readonly log = new UndoLog();
  readonly places: Places;
  readonly memory: SharedMemory;
  readonly locks: Locks;
  readonly waiterLists: WaiterLists;
  /** Observed effects by log. */
  readonly observed = new Map<string, Variable<readonly string[]>>();
  /** What the machine may do next, in the order of scheduling. */
  readonly happenings = new Variable<readonly Happening[]>([]);
  /** Since they were last taken. */
  woken: Woken[] = [];
  spawned: SpawnPlan[] = [];
  terminated: string[] = [];
  event = '';
  /** Arrivals that the event has posted. */
  posted = 0;
  readonly #actors = new Map<string, Actor>();
  readonly #objects: ReadonlyMap<string, SharedObjects>;
  /** Those that may hold something, for questions that are asked again and again: none before the first call of any object. */
  #kinds: readonly SharedObjects[] = NOTHING;
  readonly #memoryModel: MemoryModel;
  readonly #ended = new Set<string>();
  readonly #contexts = new Map<Actor, ActionContext>();

  constructor({ memoryModel, kinds }: WorldOptions) {
    this.places = new Places();
    this.memory = new SharedMemory(this.places);
    this.locks = new Locks(this.places);
    this.waiterLists = new WaiterLists(this.places);
    this.#memoryModel = memoryModel;
    this.#objects = new Map(kinds.map((kind) => [kind.name, kind.create(this)]));
  }

  actor(name: string): Actor {
    let actor = this.#actors.get(name);
    if (actor === undefined) this.#actors.set(name, (actor = new Actor(name, this.#memoryModel === 'tso' ? new StoreBuffer(name, this.places, this.log) : undefined)));
    return actor;
  }

  get actors(): Iterable<Actor> {
    return this.#actors.values();
  }

  /** Binds an operation of an agent; `hasMixedStore`: see `Load`. */
  action(actor: Actor, op: SharedOp, hasMixedStore = false): Action {
    const context = this.#contextOf(actor);
    switch (op.kind) {
      case 'load': return new Load(op, context, this.memory.slot(op.cell), hasMixedStore);
      case 'store': return new Store(op, context, this.memory.slot(op.cell));
      case 'modify': return new Modify(op, context, this.memory.slot(op.cell));
      case 'compare-exchange': return new CompareExchange(op, context, this.memory.slot(op.cell));
      case 'wait': return new Wait(op, context);
      case 'wait-async': return new WaitAsync(op, context);
      case 'notify': return new Notify(op, context);
      case 'park': return new Park(op, context);
      case 'block-until': return new BlockUntil(op, context);
      case 'lock': return new Lock(op, context);
      case 'try-lock': return new TryLock(op, context);
      case 'unlock': return new Unlock(op, context);
      case 'acquire': return new Acquire(op, context);
      case 'release': return new Release(op, context);
      case 'condition-wait': return new ConditionWait(op, context);
      case 'signal': return new Signal(op, context);
      case 'observe': return new Observe(op, this.log, this.#lines(op.log), this.places.of(`log ${op.log}`));
      case 'shared': return new SharedAction(op, actor.name, this.#objectsOf(op.object), this.places, this.#valueAt);
    }
  }

  /** Set-up: the operation takes effect at once. */
  performAtOnce(agent: string, op: SharedOp): unknown {
    const actor = this.actor(agent);
    const action = this.action(actor, op);
    if (!action.isEnabled()) throw new Error(`set-up waits for ever: ${action.describe(agent)}`);
    const result = action.perform();
    if (result === SUSPENDED) throw new Error(`set-up waits for ever: ${action.describe(agent)}`);
    while (actor.buffer?.isEmpty === false) actor.buffer.flush();
    return result;
  }

  /** Set-up is over; executions are taken back to this state. */
  settle(): void {
    this.log.forget();
    for (const objects of this.#objects.values()) objects.settle?.();
    this.memory.keepInitial();
    this.locks.keepInitial();
  }

  /** What is performed now belongs to this event. */
  begin(event: string): void {
    this.event = event;
    this.posted = 0;
  }

  /** What belongs to the event that is being fired; another one may be tried meanwhile. */
  setAside(): Pick<AgentWorld, 'event' | 'posted' | 'woken' | 'spawned' | 'terminated'> {
    const { event, posted, woken, spawned, terminated } = this;
    this.woken = [];
    this.spawned = [];
    this.terminated = [];
    return { event, posted, woken, spawned, terminated };
  }

  /** Gives what was touched by kinds of objects that had to do with it. */
  atRest(agent: string): readonly Touches[] {
    for (let rank = 0; rank < this.#kinds.length; rank++) if (this.#kinds[rank]!.keepsAlive?.(agent) === true) return NOTHING;
    let touched: Touches[] | undefined;
    for (let rank = 0; rank < this.#kinds.length; rank++) {
      const touches = this.#kinds[rank]!.atRest?.(agent);
      if (touches !== undefined) (touched ??= []).push(touches);
    }
    return touched ?? NOTHING;
  }

  /** What an agent at rest cannot get on with, as far as a kind of shared objects knows. */
  stuckAt(agent: string): SharedWait | undefined {
    for (let rank = 0; rank < this.#kinds.length; rank++) {
      const wait = this.#kinds[rank]!.stuckAt?.(agent);
      if (wait !== undefined) return wait;
    }
    return undefined;
  }

  /** What tasks of an agent have asked for and not been given. */
  waitsAt(agent: string): readonly (SharedWait & Pick<BlockedTask, 'task' | 'site'>)[] {
    return this.#kinds.flatMap((objects) => objects.waitsAt?.(agent) ?? []);
  }

  /** What guards are told of a location that was written: whichever kind of object has done so. */
  readonly #valueAt = (location: string): unknown => {
    const agent = livesAt(location);
    if (agent !== undefined) return this.#ended.has(agent) ? ENDED : undefined;
    for (const objects of this.#objects.values()) {
      const value = objects.valueAt?.(location, 'now');
      if (value !== undefined) return value;
    }
    return undefined;
  };

  /** The footprint of what has just been done. */
  footprintOf(touches: Touches): Footprint {
    return footprintOf(this.places, touches, this.#valueAt);
  }

  // For shared objects

  undo(restore: () => void): void {
    this.log.onUndo(restore);
  }

  post(plan: ArrivalPlan): Arrival {
    const arrival: Arrival = { ...plan, id: `${this.event}>${++this.posted}` };
    const { arrivals } = this.actor(plan.agent);
    this.log.set(arrivals, [...arrivals.value, arrival]);
    return arrival;
  }

  amend(arrival: Arrival, change: Pick<ArrivalPlan, 'payload' | 'after'>): Arrival {
    const amended: Arrival = { ...arrival, ...change };
    const { arrivals } = this.actor(arrival.agent);
    this.log.set(arrivals, arrivals.value.map((other) => (other.id === arrival.id ? amended : other)));
    return amended;
  }

  withdraw(arrival: Arrival): void {
    const { arrivals } = this.actor(arrival.agent);
    if (arrivals.value.includes(arrival)) this.log.set(arrivals, arrivals.value.filter((other) => other !== arrival));
  }

  schedule(plan: HappeningPlan): Happening {
    const happening: Happening = { id: `${this.event}>${++this.posted}`, agent: plan.agent, label: plan.label, touches: () => plan.touches(), fire: () => plan.fire() };
    this.log.set(this.happenings, [...this.happenings.value, happening]);
    return happening;
  }

  cancel(happening: Happening): void {
    const { value } = this.happenings;
    if (value.includes(happening)) this.log.set(this.happenings, value.filter((other) => other !== happening));
  }

  isHeld(agent: string): boolean {
    if (this.actor(agent).arrivals.value.some(({ isUnref }) => isUnref !== true)) return true;
    return this.#kinds.some((objects) => objects.keepsAlive?.(agent) === true);
  }

  spawn(plan: SpawnPlan): void {
    this.spawned.push(plan);
  }

  terminate(agent: string): void {
    this.terminated.push(agent);
    if (this.#ended.has(agent)) return;
    this.#ended.add(agent);
    this.log.onUndo(() => void this.#ended.delete(agent));
    for (const objects of this.#objects.values()) objects.ended?.(agent);
  }

  #contextOf(actor: Actor): ActionContext {
    let context = this.#contexts.get(actor);
    if (context === undefined) this.#contexts.set(actor, (context = this.#context(actor)));
    return context;
  }

  #context(actor: Actor): ActionContext {
    const { buffer } = actor;
    const { log, places, memory, locks, waiterLists } = this;
    // The event is asked for when an action is performed, not when it is made.
    const event = (): string => this.event;
    return {
      log, places, memory, locks, waiterLists, buffer, agent: actor.name,
      get event() { return event(); },
      suspend: (timeOut?: TimeOut) => this.#suspend(actor, timeOut),
      wake: (waiter: Waiter, result: unknown) => this.#wake(waiter, result),
      post: (arrival: ArrivalPlan) => void this.post(arrival),
    };
  }

  #suspend(actor: Actor, timeOut: TimeOut | undefined): Waiter {
    const waiter: Waiter = { agent: actor.name };
    this.log.set(actor.suspension, { waiter, timeOut });
    return waiter;
  }

  #wake({ agent, token }: Waiter, result: unknown): void {
    const actor = this.actor(agent);
    if (token === undefined) {
      this.log.set(actor.suspension, undefined);
      this.woken.push({ agent, result });
      return;
    }
    for (const arrival of actor.arrivals.value) if (arrival.address === token) this.withdraw(arrival);
    this.post({ agent, address: token, payload: result, label: `Atomics.waitAsync goes on: ${String(result)}`, touches: {} });
  }

  #lines(log: string): Variable<readonly string[]> {
    let lines = this.observed.get(log);
    if (lines === undefined) this.observed.set(log, (lines = new Variable<readonly string[]>([])));
    return lines;
  }

  #objectsOf(object: string): SharedObjects {
    const kind = object.split(' ', 1)[0]!;
    const objects = this.#objects.get(kind);
    if (objects === undefined) throw new Error(`there is no kind of shared object called "${kind}"`);
    if (this.#kinds.length === 0) this.#kinds = [...this.#objects.values()];
    return objects;
  }
}

const NOTHING: readonly never[] = [];
