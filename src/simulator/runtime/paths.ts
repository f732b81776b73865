import { pathKey, type ArgumentPlan, type EntryPath, type Scenario, type Site, type SourceRange } from '../../model/index.js';
import type { Rendering } from '../host/react/index.js';
import { emptied } from './emptied.js';
import type { Hooks } from './hooks.js';
import type { OpaqueValues } from './opaque.js';

/** A scenario names something that the loaded subject has not. */
export class PathError extends Error {
  override readonly name = 'PathError';
}

/** What a task calls. */
export interface Target {
  readonly receiver: unknown;
  readonly callee: (...args: unknown[]) => unknown;
}

/** A path that is being followed: as far as its step at `index`. */
export interface Walk {
  readonly path: EntryPath;
  index: number;
  receiver: unknown;
  value: unknown;
  /** What the step at `index` has made, and somebody may have to wait for; see `PathWalker.found`. */
  made: unknown;
}

export interface PathWorld {
  readonly scenario: Scenario;
  readonly hooks: Hooks;
  readonly opaque: OpaqueValues;
  readonly rendering: Rendering;
  readonly exports: () => Record<string, unknown>;
}

/** Follows entry paths through a loaded subject. The same path leads to the same object for every task. */
export class PathWalker {
  #made = new Map<string, unknown>();
  /** By path: what identifies the value that it has led to after each count of steps. */
  readonly #keys = new WeakMap<EntryPath, readonly string[]>();
  /** By plan: a value that is no object, and so the same for all executions. */
  readonly #constants = new WeakMap<ArgumentPlan, { readonly value: unknown }>();
  readonly #scenario: Scenario;
  readonly #hooks: Hooks;
  readonly #opaque: OpaqueValues;
  readonly #exports: () => Record<string, unknown>;

  readonly #rendering: Rendering;
  /** By path: the component that a step has rendered. */
  #components = new Map<string, object>();

  constructor({ scenario, hooks, opaque, rendering, exports }: PathWorld) {
    this.#scenario = scenario;
    this.#hooks = hooks;
    this.#opaque = opaque;
    this.#rendering = rendering;
    this.#exports = exports;
  }

  /** A new execution starts. */
  reset(): void {
    this.#made = emptied(this.#made);
    this.#components = emptied(this.#components);
  }

  #keysOf(path: EntryPath): readonly string[] {
    let keys = this.#keys.get(path);
    if (keys === undefined) this.#keys.set(path, (keys = Array.from({ length: path.steps.length + 1 }, (_, count) => pathKey(path, count))));
    return keys;
  }

  begin(path: EntryPath): Walk {
    return { path, index: 0, receiver: undefined, value: this.#root(path.root), made: undefined };
  }

  /** Goes on to the end of the path: what its last step calls, with its receiver. Undefined where a step makes something new: once that is there, it has to be `found`. */
  follow(walk: Walk): Target | undefined {
    const { path } = walk;
    const keys = this.#keysOf(path);
    for (; walk.index < path.steps.length; walk.index++) {
      const step = path.steps[walk.index]!;
      if (step.kind === 'member') {
        const holder = walk.value;
        if (isNothing(holder)) throw new PathError(`${pathKey(path, walk.index)} is ${String(holder)}, so it has no ${step.name}`);
        walk.value = (holder as Record<string, unknown>)[step.name];
        walk.receiver = holder;
        continue;
      }
      const key = keys[walk.index + 1]!;
      if (!this.#made.has(key)) {
        walk.made = this.#make(path, walk.index, walk.receiver, walk.value);
        return undefined;
      }
      walk.value = this.#made.get(key);
      walk.receiver = undefined;
    }
    const { receiver, value } = walk;
    if (typeof value !== 'function') throw new PathError(`${pathKey(path, path.steps.length)} is no function`);
    return { receiver, callee: value as (...args: unknown[]) => unknown };
  }

  /** What the step that the walk has come to has made, or what that has settled as. */
  found({ path, index }: Walk, value: unknown): void {
    this.#made.set(this.#keysOf(path)[index + 1]!, value);
  }

  /** What a path leads to now, where it leads through a component: a render may have made it anew. Undefined elsewhere. */
  latest(path: EntryPath): Target | undefined {
    if (this.#components.size === 0) return undefined;
    const keys = this.#keysOf(path);
    const at = keys.findIndex((key) => this.#components.has(key));
    if (at < 0) return undefined;
    this.#rendering.uses(this.#components.get(keys[at]!)!);
    for (const key of keys.slice(at + 1)) this.#made.delete(key);
    const walk = this.begin(path);
    // What a render has made is there: nothing of it has to be waited for.
    for (;;) {
      const target = this.follow(walk);
      if (target !== undefined) return target;
      this.found(walk, walk.made);
    }
  }

  value(plan: ArgumentPlan): unknown {
    if (plan.kind === 'opaque') return this.#opaque.settled(plan.name);
    if (plan.kind === 'undefined') return undefined;
    const constant = this.#constants.get(plan);
    if (constant !== undefined) return constant.value;
    const value: unknown = JSON.parse(plan.text);
    if (typeof value !== 'object' || value === null) this.#constants.set(plan, { value });
    return this.#announce(value);
  }

  #make(path: EntryPath, index: number, receiver: unknown, value: unknown): unknown {
    const step = path.steps[index]!;
    if (step.kind === 'closure') return this.#closure(step.range, this.#keysOf(path)[index + 1]!);
    const key = this.#keysOf(path)[index + 1]!;
    if (typeof value !== 'function') throw new PathError(`${pathKey(path, index)} is no ${step.kind === 'construct' ? 'class' : 'function'}`);
    const args = (this.#scenario.setup[key] ?? []).map((plan) => this.value(plan));
    if (step.kind === 'construct') return this.#announce(Reflect.construct(value, args));
    const { value: first, component } = this.#rendering.first(() => Reflect.apply(value as () => unknown, receiver, args), (again) => void this.#made.set(key, again));
    if (component) this.#components.set(key, component);
    return first;
  }

  #root(name: string): unknown {
    // A closure that loading the module has created hangs on no name.
    if (name === '<module>') return undefined;
    const exports = this.#exports();
    if (Object.hasOwn(exports, name)) return exports[name];
    const exposed = this.#hooks.binding(name);
    if (!exposed) throw new PathError(`the module binds no ${name}`);
    return exposed();
  }

  #closure({ file, start }: SourceRange, key: string): unknown {
    const isThere = ({ range }: Site): boolean => range.file === file && range.start.line === start.line && range.start.column === start.column;
    const callable = this.#hooks.closureAt((site) => isThere(this.#scenario.program.sites[site]!));
    if (callable !== undefined) return callable;
    throw new PathError(`${key} was not created`);
  }

  /** Objects made here have an identity that does not depend on the order of events. */
  #announce(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    this.#hooks.born(value);
    if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) Object.values(value).forEach((inner) => this.#announce(inner));
    return value;
  }
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}
