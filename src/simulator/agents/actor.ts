import type { TimeOut } from './waiting-actions.js';
import type { Arrival } from './shared-objects.js';
import type { StoreBuffer } from './store-buffer.js';
import { Variable } from './undo-log.js';
import type { Waiter } from './waiter.js';

/** An agent that waits in the middle of an operation. */
export interface Suspension {
  readonly waiter: Waiter;
  readonly timeOut: TimeOut | undefined;
}

/** An agent as the shared world knows it. */
export class Actor {
  readonly name: string;
  readonly buffer: StoreBuffer | undefined;
  readonly suspension = new Variable<Suspension | undefined>(undefined);
  /** Inputs that are pending for its loop, in the order of posting. */
  readonly arrivals = new Variable<readonly Arrival[]>([]);

  constructor(name: string, buffer: StoreBuffer | undefined) {
    this.name = name;
    this.buffer = buffer;
  }
}
