import type { ArgumentPlan, TaskPlan } from '../../model/index.js';
import { isAbort } from './loop-abort.js';
import type { EventLoop, TaskStart } from './loop.js';
import type { OpaqueValues } from './opaque.js';
import type { PathWalker, Target, Walk } from './paths.js';
import type { PromiseCore } from './promise.js';
import type { Awaiter } from './promise-jobs.js';
import { render } from './render.js';

/** What the tasks of a scenario run in. */
export interface TaskWorld {
  readonly loop: EventLoop;
  readonly core: PromiseCore;
  readonly walker: PathWalker;
  readonly opaque: OpaqueValues;
}

/** What is told of a task's own beginning and end. */
export interface TaskTrace {
  started(plan: TaskPlan): void;
  finished(task: string, kind: 'return' | 'throw', text: string): void;
}

/**
 * A task of a scenario: first a walk to what it calls, which is a part of set-up, then the call itself. It serves one execution after
 * the other.
 *
 *     begin ──▶ walking fires ──▶ target ──▶ starting fires ──▶ result
 */
export class ScenarioTask {
  readonly plan: TaskPlan;
  /** The turn of set-up that follows the path. */
  readonly walking: TaskStart;
  /** The turn that follows it without waiting any longer. */
  readonly passing: TaskStart;
  /** The turn that calls what the path has led to. */
  readonly starting: TaskStart;
  target: Target | undefined;
  /** What it returned or threw, as text; undefined while it goes on. */
  result: string | undefined;
  readonly #world: TaskWorld;
  #trace: TaskTrace | undefined;
  #walkUnderWay: Walk | undefined;
  /** What the walk waits for. */
  #awaited: unknown;
  readonly #walker: Awaiter = { resume: (isRejected, value) => this.#walkOn(isRejected, value) };
  readonly #settler: Awaiter = { resume: (isRejected, value) => this.#settle(isRejected, value) };

  constructor(plan: TaskPlan, world: TaskWorld) {
    this.plan = plan;
    this.#world = world;
    this.walking = { task: `set-up of ${plan.id}`, label: 'set-up', fire: () => this.#walk() };
    this.passing = { task: `set-up of ${plan.id}`, label: 'set-up', fire: () => this.#goOn(this.#awaited) };
    this.starting = { task: plan.id, label: `${plan.id} starts`, fire: () => this.#start() };
  }

  begin(trace: TaskTrace | undefined): void {
    this.#trace = trace;
    this.target = undefined;
    this.result = undefined;
    this.#walkUnderWay = undefined;
    this.#awaited = undefined;
  }

  /** The walk waits for a call that goes on and on, such as one that keeps a connection; a function that it has made can be found before its end. */
  get canPass(): boolean {
    return this.#awaited !== undefined && this.plan.path.steps.some(({ kind }) => kind === 'closure');
  }

  #walk(): void {
    this.#walkUnderWay = this.#world.walker.begin(this.plan.path);
    this.#follow(this.#walkUnderWay);
  }

  #walkOn(isRejected: boolean, value: unknown): void {
    // The walk went on without.
    if (this.target) return;
    if (isRejected) throw value;
    this.#goOn(value);
  }

  /** What the walk has waited for is this. */
  #goOn(value: unknown): void {
    const walk = this.#walkUnderWay!;
    this.#awaited = undefined;
    this.#world.walker.found(walk, value);
    this.#follow(walk);
  }

  #follow(walk: Walk): void {
    const { core, walker } = this.#world;
    for (;;) {
      this.target = walker.follow(walk);
      if (this.target !== undefined) return;
      const { made } = walk;
      if (this.#isAwaitable(made)) {
        this.#awaited = made;
        return core.await(made, this.#walker);
      }
      walker.found(walk, made);
    }
  }

  #start(): void {
    const { plan } = this;
    const { core, walker } = this.#world;
    const target = walker.latest(plan.path) ?? this.target;
    this.#trace?.started(plan);
    try {
      const value: unknown = Reflect.apply(target!.callee, target!.receiver, plan.arguments.map((argument: ArgumentPlan) => walker.value(argument)));
      if (this.#isAwaitable(value)) core.await(value, this.#settler);
      else if (isAsyncGenerator(value)) this.#pull(value);
      else this.#settle(false, value);
    } catch (error) {
      if (isAbort(error)) throw error;
      this.#settle(true, error);
    }
  }

  /** Whoever calls an async generator goes through what it gives, to its end. */
  #pull(generator: AsyncGenerator<unknown>): void {
    const onStep: Awaiter = {
      resume: (isRejected, step) => {
        if (isRejected) return this.#settle(true, step);
        const { done, value } = step as IteratorResult<unknown>;
        if (done === true) this.#settle(false, value);
        else this.#pull(generator);
      },
    };
    this.#world.core.await(generator.next(), onStep);
  }

  #isAwaitable(value: unknown): boolean {
    return this.#world.core.isPromise(value) || this.#world.opaque.promiseOf(value) !== undefined;
  }

  #settle(isRejected: boolean, value: unknown): void {
    const { loop, opaque } = this.#world;
    this.result = `${isRejected ? 'threw' : 'returned'} ${render(value, opaque)}`;
    loop.finish(this.plan.id);
    this.#trace?.finished(this.plan.id, isRejected ? 'throw' : 'return', this.result);
  }
}

function isAsyncGenerator(value: unknown): value is AsyncGenerator<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const { next, [Symbol.asyncIterator]: iterate } = value as Partial<AsyncGenerator<unknown>>;
  return typeof next === 'function' && typeof iterate === 'function';
}
