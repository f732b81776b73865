import type { Footprint } from '../explore/footprint.js';
import type { LoopEvent } from '../runtime/loop.js';
import type { Action } from './action.js';
import { NOTHING_YET, type AgentReport, type LocalStep } from './agent.js';
import type { AgentEvent } from './agent-event.js';
import { canonicalText } from './plain-data.js';
import type { Arrival } from './shared-objects.js';

/** What an agent observes: the result of its operation, or an event that its loop was given. */
export type Input =
  | { readonly kind: 'start' }
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'event'; readonly id: string }
  | { readonly kind: 'arrival'; readonly arrival: Arrival };

/** An event of an agent's own loop that is pending while the agent is at rest. */
export interface LoopChoice {
  readonly id: string;
  readonly task: string;
  readonly label: string;
  readonly channel: string | undefined;
  /** The transition that it comes after. */
  readonly creator: string | undefined;
  /** Another turn may take it back. */
  readonly isCancellable: boolean;
}

/** Before an operation. Nodes that differ only in what the agent knows share it. */
export interface Standing {
  readonly kind: 'op';
  readonly action: Action;
  readonly id: string;
  readonly task: string;
  /** Other events of its loop may want to run, now or right after. */
  isLooping: boolean;
  /** That was learnt too late to say beforehand what it touches. */
  isUnsure: boolean;
  /** The transition that comes before, if the agent owes being here to itself. */
  readonly creator: string | undefined;
  /** What the scheduler is offered. Made when first asked for. */
  event: AgentEvent | undefined;
}

/** What the agent does next, having observed what leads to the node. */
export type Next =
  | Standing
  | { readonly kind: 'idle'; readonly choices: readonly LoopChoice[] }
  | { readonly kind: 'failed'; readonly reason: string; readonly site: number };

/**
 * One history of an agent: the inputs on the way from the root. As an agent is deterministic given its inputs, what it does next is
 * a function of the node.
 */
export class TableNode {
  readonly parent: TableNode | undefined;
  readonly input: Input;
  readonly depth: number;
  next: Next | undefined = undefined;
  report: AgentReport = NOTHING_YET;
  /** What the agent did on its own since the node before. */
  steps: readonly LocalStep[] = NO_STEPS;
  /** What a turn without operations, between two rests, has touched in the agent's heap. */
  touched: Footprint | undefined = undefined;
  /** Plain stores so far, as fences count them. */
  stores = 0;
  /** What the scheduler is offered while the agent is at rest here. Made when first asked for. */
  events: readonly AgentEvent[] | undefined = undefined;
  #lastKey: unknown;
  #lastChild: TableNode | undefined;
  #children: Map<unknown, TableNode> | undefined;

  constructor(parent: TableNode | undefined, input: Input) {
    this.parent = parent;
    this.input = input;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
  }

  child(key: unknown): TableNode | undefined {
    if (this.#lastChild !== undefined && Object.is(this.#lastKey, key)) return this.#lastChild;
    const child = this.#children?.get(keyOf(key));
    if (child !== undefined) {
      this.#lastKey = key;
      this.#lastChild = child;
    }
    return child;
  }

  add(key: unknown, input: Input): TableNode {
    const child = new TableNode(this, input);
    if (this.#lastChild !== undefined) (this.#children ??= new Map([[keyOf(this.#lastKey), this.#lastChild]])).set(keyOf(key), child);
    // Most nodes have one child only, which needs no map.
    this.#lastKey = key;
    this.#lastChild = child;
    return child;
  }

  /** Forgets all children but the one that leads on. */
  prune(kept: TableNode | undefined): void {
    this.#children = undefined;
    this.#lastKey = kept && inputKey(kept.input);
    this.#lastChild = kept;
  }

  /** From the root to here. */
  way(): TableNode[] {
    const way: TableNode[] = [];
    for (let node: TableNode | undefined = this; node !== undefined; node = node.parent) way.push(node); // eslint-disable-line @typescript-eslint/no-this-alias
    return way.reverse();
  }
}

const NO_STEPS: readonly LocalStep[] = [];

/** A map's keys do not tell -0 from 0; what is no primitive value is known by its text. */
function keyOf(key: unknown): unknown {
  if (key === 0) return Object.is(key, -0) ? NEGATIVE_ZERO : 0;
  return typeof key === 'object' && key !== null ? `data ${canonicalText(key)}` : typeof key === 'string' ? `text ${key}` : key;
}

const NEGATIVE_ZERO = Symbol('-0');

/** Under which key the input leads to a child. */
export function inputKey(input: Input): unknown {
  switch (input.kind) {
    case 'start': return undefined;
    case 'result': return input.value;
    case 'event': return input.id;
    case 'arrival': return `${input.arrival.id} ${canonicalText(input.arrival.payload)}`;
  }
}

export function choiceOf({ id, task, label, channel, creator, isCancellable }: LoopEvent, comesAfter: string | undefined): LoopChoice {
  return { id, task, label, channel, creator: comesAfter ?? creator, isCancellable };
}

/** The event whose firing led to the node. */
export function creatorOf({ parent, input }: TableNode): string | undefined {
  if (input.kind === 'event') return input.id;
  if (input.kind === 'arrival') return input.arrival.id;
  return parent?.next?.kind === 'op' ? parent.next.id : undefined;
}
