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
  readonly #events = new Map<Arrival | Happening, LoopEvent>();
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
    this.#handlers.set(address, handler);
  }

  undo(): void {}

  post(plan: ArrivalPlan): Arrival {
    const { address, payload, label, channel, touches } = plan;
    const handler = (): void => {
      this.#touch(touches);
      this.#events.delete(arrival);
      plan.fire?.();
      this.#handlers.get(address)!(payload);
    };
    const event = this.#loop.addEvent({ label, fire: handler, isCancellable: true, ...(channel !== undefined && { channel }) });
    const arrival: Arrival = { ...plan, id: event.id };
    this.#events.set(arrival, event);
    return arrival;
  }

  withdraw(arrival: Arrival): void {
    this.#forget(arrival);
  }

  #forget(pending: Arrival | Happening): void {
    const event = this.#events.get(pending);
    if (event) this.#loop.cancel(event);
    this.#events.delete(pending);
  }

  schedule(plan: HappeningPlan): Happening {
    const run = (): void => {
      this.#touch(plan.touches());
      this.#events.delete(happening);
      plan.fire();
    };
    const event = this.#loop.addEvent({ label: plan.label, fire: run, isCancellable: true });
    const happening: Happening = { ...plan, id: event.id };
    this.#events.set(happening, event);
    return happening;
  }

  cancel(happening: Happening): void {
    this.#forget(happening);
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
