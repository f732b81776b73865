import type { AgentHost, SharedOp } from '../../agents/operations.js';
import type { Arrival, ArrivalPlan, Happening, HappeningPlan, SharedObjectKind, SharedObjects, SharedWorld, Touches } from '../../agents/shared-objects.js';
import type { EventLoop, LoopEvent } from '../../runtime/loop.js';

/**
 * The shared world of a scenario without agents: one event loop. Shared objects act at once, and what arrives is an event of the loop.
 * Nothing is ever undone, for such an execution is run again from its start.
 */
export class LocalHost implements AgentHost, SharedWorld {
  readonly agent: string;
  readonly site = -1;
  readonly #loop: EventLoop;
  readonly #objects: ReadonlyMap<string, SharedObjects>;
  readonly #handlers = new Map<string, (payload: unknown) => void>();
  /** Pending arrivals in their present form, by their ids. */
  readonly #pending = new Map<string, { readonly event: LoopEvent; arrival: Arrival }>();
  readonly #happenings = new Map<string, LoopEvent>();
  #turn = -1;
  #rank = 0;

  constructor(loop: EventLoop, kinds: readonly SharedObjectKind[]) {
    this.#loop = loop;
    this.agent = loop.agent;
    this.#objects = new Map(kinds.map((kind) => [kind.name, kind.create(this)]));
  }

  get event(): string {
    return this.#loop.turnEvent?.id ?? '';
  }

  /** Named by the turn that makes it, so that it has the same name in every execution with the same past. */
  identify(kind: string): string {
    const { turn } = this.#loop;
    if (turn !== this.#turn) this.#rank = 0;
    this.#turn = turn;
    this.#rank++;
    return `${kind} ${this.event === '' ? '' : `${this.event}:`}${this.#rank}`;
  }

  perform(op: SharedOp): unknown {
    if (op.kind !== 'shared') throw new Error(`there is no shared memory here: ${op.kind}`);
    const call = { agent: this.agent, object: op.object, method: op.method, payload: op.payload };
    const objects = this.#objects.get(op.object.split(' ', 1)[0]!)!;
    this.#touch(objects.touches(call));
    return objects.perform(call);
  }

  onInput(address: string, handler: (payload: unknown) => void): void {
    // As a handler of an agent does, it runs with what was held where it was given.
    const { stores } = this.#loop;
    this.#handlers.set(address, (payload) => this.#loop.runAs(this.#loop.task, () => handler(payload), { stores }));
  }

  undo(): void {}

  post(plan: ArrivalPlan): Arrival {
    const { label, channel, after, task } = plan;
    const event: LoopEvent = this.#loop.addEvent({ label, fire: () => this.#arrive(event.id), isCancellable: true, ...(task !== undefined && { task }), ...(channel !== undefined && { channel }), ...(after && { after: this.#eventsOf(after) }) });
    const arrival: Arrival = { ...plan, id: event.id };
    this.#pending.set(event.id, { event, arrival });
    return arrival;
  }

  #arrive(id: string): void {
    const { address, payload, touches, fire } = this.#pending.get(id)!.arrival;
    this.#touch(touches);
    this.#pending.delete(id);
    fire?.();
    this.#handlers.get(address)!(payload);
  }

  amend(arrival: Arrival, change: Pick<ArrivalPlan, 'payload' | 'after'>): Arrival {
    const amended: Arrival = { ...arrival, ...change };
    const pending = this.#pending.get(arrival.id);
    if (pending === undefined) return amended;
    pending.arrival = amended;
    if (change.after) this.#loop.delay(pending.event, this.#eventsOf(change.after));
    return amended;
  }

  #eventsOf(arrivals: readonly Arrival[]): LoopEvent[] {
    return arrivals.flatMap(({ id }) => this.#pending.get(id)?.event ?? []);
  }

  withdraw({ id }: Arrival): void {
    const pending = this.#pending.get(id);
    if (pending) this.#loop.cancel(pending.event);
    this.#pending.delete(id);
  }

  schedule(plan: HappeningPlan): Happening {
    const run = (): void => {
      this.#touch(plan.touches());
      this.#happenings.delete(happening.id);
      plan.fire();
    };
    const event = this.#loop.addEvent({ label: plan.label, fire: run, isCancellable: true });
    const happening: Happening = { ...plan, id: event.id };
    this.#happenings.set(happening.id, event);
    return happening;
  }

  cancel({ id }: Happening): void {
    const event = this.#happenings.get(id);
    if (event) this.#loop.cancel(event);
    this.#happenings.delete(id);
  }

  /** The one agent is the scenario's own: it does not end. */
  isHeld(): boolean {
    return true;
  }

  spawn(): never {
    throw new Error('a scenario without agents starts none');
  }

  terminate(): never {
    throw new Error('a scenario without agents ends none');
  }

  #touch({ reads = [], writes = [] }: Touches): void {
    for (const location of reads) this.#loop.touch(location, 'value', 'read');
    for (const location of writes) this.#loop.touch(location, 'value', 'write');
  }
}
