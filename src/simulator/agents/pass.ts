import type { Carried } from '../runtime/jobs.js';
import type { Footprint } from '../explore/footprint.js';
import { NondeterminismError } from '../explore/nondeterminism.js';
import { isAbort, type LoopEvent } from '../runtime/loop.js';
import type { AgentCode, AgentInstance } from './agent.js';
import { choiceOf, type Input, type LoopChoice, type TableNode } from './node.js';
import { isSameOp, opKey, type AgentHost, type SharedOp } from './operations.js';
import { canonicalText, copied } from './plain-data.js';

/** Where a pass is: what it may do with an operation. */
type Phase = 'set-up' | 'task' | 'final';

/** What a pass needs of its table. */
export interface PassContext {
  readonly code: AgentCode;
  readonly isTraced: boolean;
  /** Performs an operation of set-up. */
  performAtOnce(op: SharedOp): unknown;
  /** The agent stands before an operation, for the first time in this table. */
  discover(node: TableNode, op: SharedOp, more: { readonly id: string; readonly task: string; readonly isLooping: boolean; readonly instance: AgentInstance }): void;
  /** The agent is at rest, for the first time in this table. */
  rest(node: TableNode, choices: readonly LoopChoice[], touched: Footprint | undefined, instance: AgentInstance): void;
  fail(node: TableNode, reason: string, site: number): void;
  /** The way has ended before an operation: the result to go on with, or undefined to unwind. */
  beyond(node: TableNode, op: SharedOp): Input | undefined;
  childOf(node: TableNode, input: Input): TableNode;
  noteElements(buffer: string, bytes: number): void;
}

interface InputHandler extends Carried {
  readonly run: (payload: unknown) => void;
}

/** Ends an instance that nobody needs any more; the agent's own code has no part in it. */
export const UNWOUND = 'what its table knows';

/**
 * One instance of an agent on its way through the table: it is given the inputs of the nodes, and must ask what they say. Where the
 * table ends, it makes the table grow.
 */
export class AgentPass implements AgentHost {
  readonly agent: string;
  readonly #context: PassContext;
  readonly #instance: AgentInstance;
  readonly #handlers = new Map<string, InputHandler>();
  readonly #counts = new Map<string, number>();
  #phase: Phase = 'set-up';
  #way: readonly TableNode[] = [];
  #at = 0;
  #node: TableNode;
  #turn = '';
  #rank = 0;
  #isFirstTurn = true;
  #isUnwound = false;
  /** What went wrong below the agent's code, which must not catch it. */
  #error: Error | undefined;
  #answer: ((op: SharedOp) => unknown) | undefined;

  constructor(context: PassContext, root: TableNode) {
    this.#context = context;
    this.agent = context.code.name;
    this.#node = root;
    this.#instance = context.code.instance(this, { isTraced: context.isTraced });
  }

  /** The node at which the instance is at rest; it can go on from there. Undefined if it was unwound, or has failed. */
  get restsAt(): TableNode | undefined {
    return this.#isUnwound || this.#node.next?.kind !== 'idle' ? undefined : this.#node;
  }

  /** From the very start along the way. */
  run(way: readonly TableNode[]): void {
    this.#way = way;
    this.#at = 0;
    this.#node = way[0]!;
    this.#guarded(() => {
      const first = this.#instance.start();
      this.#phase = 'task';
      if (first !== undefined) this.#fire(first);
      else this.#settle(undefined);
      this.#isFirstTurn = false;
      this.#follow();
    });
  }

  /** Goes on from where it rests. */
  goOn(to: TableNode): void {
    this.#way = [this.#node, to];
    this.#at = 0;
    this.#guarded(() => this.#follow());
  }

  /** At the end of the way: runs code whose operations are answered by `answer`. */
  ask<T>(answer: (op: SharedOp) => unknown, run: (instance: AgentInstance) => T): T {
    this.#phase = 'final';
    this.#answer = answer;
    return run(this.#instance);
  }

  #follow(): void {
    while (this.#at < this.#way.length - 1) {
      const node = (this.#node = this.#way[++this.#at]!);
      this.#give(node.input);
    }
  }

  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (this.#error !== undefined) throw this.#error;
      if (!isAbort(error)) throw error;
      if (!this.#isUnwound) this.#context.fail(this.#node, error.limit, this.#instance.site);
      this.#isUnwound = true;
    }
  }

  /** A turn of the agent's loop. */
  #give(input: Input): void {
    if (input.kind === 'arrival') {
      this.#fire(this.#eventOf(input.arrival.id, input.arrival.address, input.arrival.label, input.arrival.payload));
    } else if (input.kind === 'event') {
      const event = this.#instance.enabled().find(({ id }) => id === input.id);
      if (event === undefined) throw this.#diverged([input.id], this.#instance.enabled().map(({ id }) => id));
      this.#fire(event);
    }
  }

  #eventOf(id: string, address: string, label: string, payload: unknown): LoopEvent {
    const handler = this.#handlers.get(address);
    const { loop } = this.#instance;
    const run = (): void => { if (handler !== undefined) loop.runAs(handler.task, () => handler.run(copied(payload)), handler); };
    return loop.addTask({ task: id, label, fire: run });
  }

  #fire(event: LoopEvent): void {
    this.#turn = event.id;
    this.#rank = 0;
    const touched = this.#instance.fire(event);
    // A turn with operations excludes all others of its agent, so nobody needs to know what else it touches.
    this.#settle(this.#rank === 0 ? touched : undefined);
  }

  /** The turn is over. */
  #settle(touched: Footprint | undefined): void {
    const node = this.#node;
    const pending = this.#instance.enabled();
    if (node.next === undefined) {
      const comesAfter = this.#lastTransition(node);
      this.#context.rest(node, pending.map((event) => choiceOf(event, event.creator === this.#turn ? comesAfter : undefined)), touched, this.#instance);
      return;
    }
    const known = node.next.kind === 'idle' ? node.next.choices.map(({ id }) => id) : [this.#nextText(node)];
    const seen = pending.map(({ id }) => id);
    if (node.next.kind !== 'idle' || known.length !== seen.length || known.some((id, rank) => id !== seen[rank])) throw this.#diverged(known, seen);
    this.#instance.takeSteps();
  }

  /** Id of the event that brought the agent to the node. */
  #lastTransition({ parent, input }: TableNode): string | undefined {
    if (input.kind === 'event') return input.id;
    if (input.kind === 'arrival') return input.arrival.id;
    return parent?.next?.kind === 'op' ? parent.next.id : undefined;
  }

  // The port

  get site(): number {
    return this.#instance.site;
  }

  perform(op: SharedOp): unknown {
    if (this.#isUnwound) this.#unwind();
    if (this.#phase === 'set-up') return this.#context.performAtOnce(op);
    if (this.#phase === 'final') return this.#answer!(op);
    const input = this.#outsideTheAgent(() => this.#request(this.#node, op));
    if (input?.kind !== 'result') this.#unwind();
    return copied(input.value);
  }

  #request(node: TableNode, op: SharedOp): Input | undefined {
    this.#rank++;
    if (node.next === undefined) {
      const isLooping = !this.#isFirstTurn || this.#handlers.size > 0 || this.#instance.enabled().length > 0;
      this.#context.discover(node, op, { id: `${this.#turn}/${this.#rank}`, task: this.#instance.loop.task, isLooping, instance: this.#instance });
    } else {
      this.#check(node, op);
    }
    return this.#nextInput(node, op);
  }

  #outsideTheAgent<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      this.#error = error as Error;
      this.#unwind();
    }
  }

  #nextInput(node: TableNode, op: SharedOp): Input | undefined {
    if (this.#at < this.#way.length - 1) {
      this.#node = this.#way[++this.#at]!;
      return this.#node.input;
    }
    const input = this.#context.beyond(node, op);
    if (input !== undefined) this.#node = this.#context.childOf(node, input);
    return input;
  }

  identify(kind: string): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    // What set-up makes is the same in every agent; what an agent makes is its own.
    return this.#phase === 'set-up' ? `${kind} ${count}` : `${kind} ${this.agent}.${count}`;
  }

  onInput(address: string, handler: (payload: unknown) => void): void {
    this.#handlers.set(address, { task: this.#instance.loop.task, stores: this.#instance.loop.stores, run: handler });
  }

  noteElements(buffer: string, bytes: number): void {
    this.#context.noteElements(buffer, bytes);
  }

  #unwind(): never {
    this.#isUnwound = true;
    this.#instance.loop.abort(UNWOUND);
  }

  #check({ next }: TableNode, op: SharedOp): void {
    if (next?.kind === 'op' && (isSameOp(next.action.op, op) || next.action.key === opKey(op))) {
      this.#instance.takeSteps();
      return;
    }
    throw this.#diverged([this.#nextText(this.#node)], [opKey(op)]);
  }

  #nextText({ next }: TableNode): string {
    return next?.kind === 'op' ? next.action.key : next?.kind === 'failed' ? next.reason : 'rest';
  }

  #diverged(recorded: readonly string[], observed: readonly string[]): NondeterminismError {
    const events = this.#way.slice(1, this.#at + 1).map(({ input, parent }) => ({ id: `${inputText(input)} after ${parent === undefined ? 'the start' : this.#nextText(parent)}`, task: this.agent, label: '' }));
    return new NondeterminismError({ version: 1, events }, recorded, observed);
  }
}

function inputText(input: Input): string {
  return input.kind === 'result' ? canonicalText(input.value) : input.kind === 'event' ? input.id : input.kind === 'arrival' ? input.arrival.id : 'start';
}
