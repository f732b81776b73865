import type { Guard, PendingEvent, ValueOf } from '../explore/execution.js';
import type { Footprint } from '../explore/footprint.js';
import type { Standing } from './node.js';
import type { Arrival, Happening } from './shared-objects.js';

/** What fires: the agent's operation; an event of its own loop; an input of its loop from the world; its store buffer; its time-out; the machine. */
export type AgentEventKind = 'op' | 'loop' | 'arrival' | 'flush' | 'timeout' | 'happening';

interface AgentEventPlan {
  readonly kind: AgentEventKind;
  readonly player: number;
  readonly id: string;
  readonly task: string;
  readonly label: () => string;
  readonly creator?: string | undefined;
  readonly channel?: string | undefined;
  readonly footprint?: Footprint | undefined;
  readonly footprintAt?: ((valueOf: ValueOf) => Footprint) | undefined;
  readonly guard?: Guard | undefined;
  readonly isCancellable?: boolean;
  readonly isSpinning?: boolean;
  readonly standing?: Standing | undefined;
  readonly arrival?: Arrival | undefined;
  readonly happening?: Happening | undefined;
}

/** Something that an agent, or the machine on its behalf, may do next. */
export class AgentEvent implements PendingEvent {
  readonly kind: AgentEventKind;
  /** Rank of the agent among those of the execution. */
  readonly player: number;
  readonly id: string;
  readonly task: string;
  readonly creator: string | undefined;
  readonly channel: string | undefined;
  footprint: Footprint | undefined;
  footprintAt: ((valueOf: ValueOf) => Footprint) | undefined;
  readonly guard: Guard | undefined;
  readonly isCancellable: boolean;
  readonly isSpinning: boolean;
  /** The operation that it is, or that timed out. */
  readonly standing: Standing | undefined;
  readonly arrival: Arrival | undefined;
  readonly happening: Happening | undefined;

  readonly #label: () => string;

  constructor(plan: AgentEventPlan) {
    this.kind = plan.kind;
    this.player = plan.player;
    this.id = plan.id;
    this.task = plan.task;
    this.#label = plan.label;
    this.creator = plan.creator;
    this.channel = plan.channel;
    this.footprint = plan.footprint;
    this.footprintAt = plan.footprintAt;
    this.guard = plan.guard;
    this.isCancellable = plan.isCancellable ?? false;
    this.isSpinning = plan.isSpinning ?? false;
    this.standing = plan.standing;
    this.arrival = plan.arrival;
    this.happening = plan.happening;
  }

  /** It may turn out to touch more than it has declared. */
  promiseNothing(): void {
    this.footprint = undefined;
    this.footprintAt = undefined;
  }

  /** Few labels are ever read. */
  get label(): string {
    return this.#label();
  }
}
