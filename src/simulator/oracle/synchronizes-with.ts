import { join, type AgentClocks, type Clock } from './clocks.js';
import type { LoggedStep } from './execution-end.js';
import type { SharedRanges } from './shared-ranges.js';

/**
 * The edges between agents that happens-before is made of (ECMA-262, 29.9 and 29.10), taken step by step:
 *  - an atomic read synchronises with the atomic write whose value it reads, if both are of the same bytes;
 *  - waits and notifies of one place are critical sections of its waiter list, each ordered after the one before;
 *  - a release is before the acquires that follow it, and whatever enabled a step is before it (notify and wake, send and receive,
 *    spawn and start, end and join), except a plain write that somebody waited for.
 *
 * A plain write, or one of other bytes, over an atomic one need not be noted: unless the three are ordered anyway, it races with the
 * atomic write or with the read.
 */
export class Synchronization {
  readonly #clocks: AgentClocks;
  readonly #ranges: SharedRanges;
  /** The steps that enabled others, and what these learn. */
  readonly #enablers: ReadonlySet<number>;
  readonly #enabled = new Map<number, Clock>();
  readonly #released = new Map<string, Clock>();
  /** By place. */
  readonly #waiterLists = new Map<string, Clock>();

  constructor(steps: readonly LoggedStep[], clocks: AgentClocks, ranges: SharedRanges) {
    this.#clocks = clocks;
    this.#ranges = ranges;
    this.#enablers = enablersOf(steps);
  }

  /** What the agent knows when it takes the step. */
  before({ kind, isAtomic, bytes, reads, resource, enabledBy }: LoggedStep, agent: number): void {
    if (enabledBy !== undefined) this.#clocks.learn(agent, this.#enabled.get(enabledBy));
    if (kind === 'acquire') this.#clocks.learn(agent, this.#released.get(resource!));
    for (const read of reads ?? []) this.#clocks.learn(agent, this.#ranges.at(read).written);
    if (bytes === undefined) return;
    if (kind === 'wait' || kind === 'notify') this.#clocks.learn(agent, this.#waiterLists.get(`${bytes.buffer} ${bytes.offset}`));
    if (kind === 'wait' || (isAtomic && (kind === 'read' || kind === 'update'))) this.#clocks.learn(agent, this.#ranges.at(bytes).written);
  }

  /** What others may know of it from then on. */
  after({ kind, isAtomic, bytes, resource, index }: LoggedStep, agent: number): void {
    if (kind === 'release') this.#release(resource!, agent);
    if (bytes !== undefined && (kind === 'wait' || kind === 'notify')) this.#waiterLists.set(`${bytes.buffer} ${bytes.offset}`, this.#clocks.publish(agent));
    if (bytes !== undefined && isAtomic && (kind === 'write' || kind === 'update')) this.#ranges.at(bytes).written = this.#clocks.publish(agent);
    if ((isAtomic || kind !== 'write') && this.#enablers.has(index)) this.#enabled.set(index, this.#clocks.publish(agent));
  }

  /** All releases before an acquire count: those of a semaphore come from tasks that know nothing of one another. */
  #release(resource: string, agent: number): void {
    const published = this.#clocks.publish(agent);
    const known = this.#released.get(resource);
    if (known !== undefined) join(published, known);
    this.#released.set(resource, published);
  }
}

function enablersOf(steps: readonly LoggedStep[]): ReadonlySet<number> {
  const enablers = new Set<number>();
  for (const { enabledBy } of steps) if (enabledBy !== undefined) enablers.add(enabledBy);
  return enablers;
}
