import type { Footprint, Keys } from '../explore/footprint.js';
import { UNKNOWN, type Action } from './action.js';
import type { Actor } from './actor.js';
import { NOTHING_YET, type AgentCode, type AgentInstance, type AgentReport } from './agent.js';
import { Guard } from './guard.js';
import { creatorOf, inputKey, TableNode, type Input, type LoopChoice, type Next, type Standing } from './node.js';
import { opKey, type GuardQuestion, type SharedOp } from './operations.js';
import { AgentPass, type PassContext } from './pass.js';
import { SetUpLog } from './set-up-log.js';
import { BlockUntil } from './waiting-actions.js';
import { Store } from './access-actions.js';
import type { AgentWorld } from './world.js';

/** Operations that one pass may add beyond what was asked for. */
const mostGuesses = 128;

/** What a table needs of the system that it belongs to. */
export interface TableContext {
  readonly code: AgentCode;
  readonly actor: Actor;
  readonly world: AgentWorld;
  /** Performs an operation of set-up on a world that nobody else sees; the first instance of the first agent makes the world that counts. */
  setUp(): (op: SharedOp) => unknown;
  /** A node was made. */
  grown(): void;
  /** Keys of an agent's own heap, as the explorer knows them. */
  heapFootprint(agent: string, footprint: Footprint, keys: Keys): Footprint;
}

/**
 * What an agent does next, by what it has observed: a trie that grows by running the agent.
 *
 *  1. A node is never changed once its `next` is known.
 *  2. A pass that leaves the known part goes on with the results that the present state would give, so one pass adds many nodes.
 *     Each is what the agent does if it observes that, whether or not it ever will.
 *  3. What a pass did to the world is taken back when it ends.
 */
export class AgentTable {
  readonly root: TableNode;
  readonly #context: TableContext;
  readonly #setUp = new SetUpLog();
  readonly #standings = new Map<string, Standing>();
  /** What instances report, by its text: the same object wherever it is the same. */
  readonly #reports = new Map<string, AgentReport>();
  #lastReport: { readonly given: AgentReport; readonly kept: AgentReport } = { given: NOTHING_YET, kept: NOTHING_YET };
  #live: AgentPass | undefined;

  constructor(context: TableContext) {
    this.#context = context;
    this.root = new TableNode(undefined, { kind: 'start' });
  }

  get name(): string {
    return this.#context.code.name;
  }

  /** Set-up, and what the agent does before its first operation. */
  begin(): TableNode {
    if (this.root.next !== undefined) return this.root;
    const pass = this.#pass(0);
    pass.run([this.root]);
    this.#keep(pass);
    return this.root;
  }

  /** Where the input leads. */
  follow(node: TableNode, input: Input): TableNode {
    const known = node.child(inputKey(input));
    return known?.next !== undefined ? known : this.#grow(node, input);
  }

  followResult(node: TableNode, result: unknown): TableNode {
    const known = node.child(result);
    return known?.next !== undefined ? known : this.#grow(node, { kind: 'result', value: result });
  }

  #grow(node: TableNode, input: Input): TableNode {
    const child = this.#childOf(node, input);
    const live = this.#live;
    this.#live = undefined;
    if (live?.restsAt === node && node.next?.kind === 'idle') this.#isolated(() => live.goOn(child), live);
    else this.#runAlong(child.way(), mostGuesses);
    if (child.next === undefined) throw new Error(`${this.name} did not say what it does next`);
    return child;
  }

  #runAlong(way: readonly TableNode[], guesses: number): void {
    const pass = this.#pass(guesses);
    this.#isolated(() => pass.run(way), pass);
  }

  /** A fresh instance that has come to the node; it can be used once. */
  instanceAt(node: TableNode, isTraced: boolean): AgentPass {
    this.#live = undefined;
    const pass = this.#pass(0, isTraced);
    this.#isolated(() => pass.run(node.way()), undefined);
    return pass;
  }

  /** What is not on the way to `kept` is forgotten. */
  prune(kept: TableNode): void {
    this.#standings.clear();
    this.#reports.clear();
    let next: TableNode | undefined;
    for (let node: TableNode | undefined = kept; node !== undefined; node = node.parent) {
      node.prune(next);
      next = node;
    }
  }

  /** Runs a pass, and takes back what it did to the world. */
  #isolated(run: () => void, pass: AgentPass | undefined): void {
    const { world } = this.#context;
    const before = world.setAside();
    const mark = world.log.mark();
    try {
      run();
    } finally {
      world.log.rewind(mark);
      Object.assign(world, before);
    }
    if (pass !== undefined) this.#keep(pass);
  }

  /** An instance at rest can go on from there. */
  #keep(pass: AgentPass): void {
    this.#live = pass.restsAt === undefined ? undefined : pass;
  }

  #pass(guesses: number, isTraced = false): AgentPass {
    let left = guesses;
    const { code, setUp, world } = this.#context;
    const context: PassContext = {
      code, isTraced,
      performAtOnce: this.#setUp.instance(setUp),
      discover: (node, op, more) => this.#discover(node, op, more),
      rest: (node, choices, touched, instance) => this.#rest(node, choices, touched, instance),
      fail: (node, reason, site) => { node.next ??= { kind: 'failed', reason, site }; },
      beyond: (node) => (left-- > 0 ? this.#guess(node) : undefined),
      childOf: (node, input) => this.#childOf(node, input),
      noteElements: (buffer, bytes) => world.memory.noteElements(buffer, bytes),
    };
    return new AgentPass(context, this.root);
  }

  #childOf(node: TableNode, input: Input): TableNode {
    const key = inputKey(input);
    const known = node.child(key);
    if (known !== undefined) return known;
    this.#context.grown();
    const child = node.add(key, input);
    child.stores = node.stores + (isBufferedStore(node.next) ? 1 : 0);
    return child;
  }

  #discover(node: TableNode, op: SharedOp, { id, task, isLooping, instance }: { readonly id: string; readonly task: string; readonly isLooping: boolean; readonly instance: AgentInstance }): void {
    const creator = creatorOf(node);
    const hasMixedStore = this.#hasMixedStore(node, op);
    const key = `${opKey(op)} ${hasMixedStore} ${isLooping} ${id} ${task} ${creator}`;
    // What a condition makes of values depends on all that its agent has observed.
    let standing = op.kind === 'block-until' ? undefined : this.#standings.get(key);
    if (standing === undefined) {
      standing = { kind: 'op', action: this.#action(node, op, hasMixedStore), id, task, isLooping, isUnsure: false, creator, event: undefined };
      this.#standings.set(key, standing);
    }
    node.next = standing;
    node.report = this.#reportOf(instance);
    node.steps = instance.takeSteps();
  }

  #reportOf(instance: AgentInstance): AgentReport {
    const given = instance.report;
    if (this.#lastReport.given === given) return this.#lastReport.kept;
    const { finished, results, unhandled, torn, effects, isBounded } = given;
    const text = JSON.stringify([[...finished], results, unhandled, torn, effects, isBounded]);
    let kept = this.#reports.get(text);
    if (kept === undefined) this.#reports.set(text, (kept = given));
    this.#lastReport = { given, kept };
    return kept;
  }

  #action(node: TableNode, op: SharedOp, hasMixedStore: boolean): Action {
    const { world, actor } = this.#context;
    const action = world.action(actor, op, hasMixedStore);
    if (action instanceof BlockUntil) action.revisit = (ask) => this.#revisit(node, ask);
    return action;
  }

  /** A plain load after a plain store of another size to the same bytes has to wait for the store buffer. */
  #hasMixedStore(node: TableNode, op: SharedOp): boolean {
    if (op.kind !== 'load' || this.#context.actor.buffer === undefined) return false;
    const slot = this.#context.world.memory.slot(op.cell);
    for (let at: TableNode | undefined = node.parent; at !== undefined; at = at.parent) {
      if (at.next?.kind !== 'op') continue;
      const { action } = at.next;
      if (action.isFence) return false;
      if (action instanceof Store && action.slot !== slot && action.slot.overlaps(slot)) return true;
    }
    return false;
  }

  #rest(node: TableNode, choices: readonly LoopChoice[], touched: Footprint | undefined, instance: AgentInstance): void {
    // An event that is still pending comes after the transition that has made it, not after today's.
    const earlier = lastChoices(node.parent);
    node.next = { kind: 'idle', choices: choices.map((choice) => earlier.find(({ id }) => id === choice.id) ?? choice) };
    node.report = this.#reportOf(instance);
    node.steps = instance.takeSteps();
    node.touched = touched && this.#context.heapFootprint(this.name, touched, instance.loop.keys);
  }

  /** Invariant 2. */
  #guess(node: TableNode): Input | undefined {
    if (node.next?.kind !== 'op') return undefined;
    const { world, actor } = this.#context;
    const { action, id } = node.next;
    world.begin(id);
    while (action.isFence && actor.buffer?.isEmpty === false) actor.buffer.flush();
    const value = action.guess();
    return value === UNKNOWN ? undefined : { kind: 'result', value };
  }

  /** Runs the agent up to the operation of the node once more, to ask the condition that it stands before. */
  #revisit(node: TableNode, ask: (question: GuardQuestion) => void): void {
    const { next } = node;
    const known = next?.kind === 'op' ? next.action.op : undefined;
    const pass = new AgentPass({ ...this.#revisitContext(), beyond: (at, op) => {
      if (at === node && op.kind === 'block-until' && known?.kind === 'block-until') {
        if (op.guard instanceof Guard) op.guard.adopt(known.guard);
        ask(op.guard);
      }
      return undefined;
    } }, this.root);
    this.#live = undefined;
    this.#isolated(() => pass.run(node.way()), undefined);
  }

  #revisitContext(): PassContext {
    const { code, setUp } = this.#context;
    const unexpected = (): never => { throw new Error(`${this.name} has left its table`); };
    return {
      code, isTraced: false, performAtOnce: this.#setUp.instance(setUp),
      discover: unexpected, rest: unexpected, fail: unexpected, beyond: unexpected, childOf: unexpected, noteElements: () => undefined,
    };
  }
}

function isBufferedStore(next: Next | undefined): boolean {
  return next?.kind === 'op' && isBuffered(next.action);
}

function isBuffered(action: Action): boolean {
  return action instanceof Store && action.isBuffered;
}

function lastChoices(node: TableNode | undefined): readonly LoopChoice[] {
  for (let at = node; at !== undefined; at = at.parent) if (at.next?.kind === 'idle') return at.next.choices;
  return [];
}
