import { hasKey, type Assumptions } from './assumptions.js';
import { suspendingIterable } from './async-contents.js';
import { OpaqueConditions } from './conditions.js';
import { emptied } from './emptied.js';
import { VariableScope, type HookRun, type HookWorld } from './hook-world.js';
import { KeptClasses } from './kept-classes.js';
import { LinkedModules, type LinkedModule, type Require } from './linked-modules.js';
import { argumentAccess, contentAccess, locationKey, wholeContents, type AccessKind } from './locations.js';
import { isAbort, missingCode } from './loop-abort.js';
import { OutsideArguments } from './outside-arguments.js';
import { isNullish, isObject, isReplaceable, plainValue, propertyKey } from './plain-access.js';
import { plainOperation } from './plain-operation.js';
import type { Recorder } from './recorder.js';
import { seal } from './sealed.js';
import { excess } from './sizes.js';

type Key = string | number | symbol;
type Callable = (...args: unknown[]) => unknown;
type Keyed = Map<unknown, unknown> | Set<unknown> | WeakMap<object, unknown> | WeakSet<object>;
type Awaiter = (self: unknown, args: unknown, constructor: unknown, body: () => Generator<unknown, unknown, unknown>) => Promise<unknown>;

/** What a destructuring pattern reads of a value: a field and what it reads of that, or the contents. */
type Picked = readonly [site: number, key?: string | number, inner?: readonly Picked[]];

/** Makes hooks serve the next execution; not theirs to call who only have the hooks. */
export let renew: (hooks: Hooks, run: HookRun) => void;

const importMeta = Object.freeze({ url: 'file:///subject' });

/**
 * What an instrumented program calls instead of touching memory itself (see `instrument` in the language room).
 * Frozen and with private state only: the subject cannot change it.
 */
export class Hooks {
  readonly moduleScope = new VariableScope();
  readonly helpers: object;
  readonly importMeta = importMeta;
  readonly #world: HookWorld;
  #recorder: Recorder;
  #importModule: HookWorld['importModule'];
  readonly #conditions: OpaqueConditions;
  readonly #outside: OutsideArguments;
  #loops = new Map<string, number>();
  #exposed: Readonly<Record<string, () => unknown>> = {};
  #closures = new Map<number, Callable>();

  static {
    renew = (hooks, run) => hooks.#renew(run);
  }

  constructor(world: HookWorld) {
    this.#world = world;
    this.#recorder = world.recorder;
    this.#importModule = world.importModule;
    this.#conditions = new OpaqueConditions(world.opaque, world.assumptions);
    this.#outside = new OutsideArguments(world.opaque, world.loop);
    this.helpers = world.helpers;
    this.born(this.moduleScope);
    Object.freeze(this);
  }

  #renew({ recorder, importModule }: HookRun): void {
    this.#recorder = recorder;
    this.#importModule = importModule;
    this.#exposed = {};
    this.#loops = emptied(this.#loops);
    this.#closures = emptied(this.#closures);
    this.#world.presumptions?.reset();
    this.#world.platformGlobals?.reset();
    this.born(this.moduleScope);
  }

  /** How to read a name that the module binds at its top level. */
  binding(name: string): (() => unknown) | undefined {
    return Object.hasOwn(this.#exposed, name) ? this.#exposed[name] : undefined;
  }

  get exposed(): ReadonlyMap<string, () => unknown> {
    return new Map(Object.entries(this.#exposed));
  }

  /** The last function that the function expression at a site has made. */
  closureAt(isSite: (site: number) => boolean): unknown {
    for (const [site, callable] of this.#closures) if (isSite(site)) return this.#world.rendering?.inUse(callable) ?? callable;
    return undefined;
  }

  // Bindings

  /** A program of several files: gives the exports of the one that is run. */
  link(modules: Readonly<Record<string, LinkedModule>>, entry: string, require: (specifier: unknown) => unknown): unknown {
    const { __awaiter: awaiter } = this.helpers as { readonly __awaiter: Awaiter };
    const fail = (error: unknown): void => this.#world.loop.queueMicrotask(() => { throw error; });
    const { opaque, mayBeBundled = false } = this.#world;
    const bundler = mayBeBundled ? { env: opaque.settled('import.meta.env'), glob: opaque.settled('import.meta.glob') } : {};
    return new LinkedModules({ modules, require, born: (object) => this.born(object), bundler, run: (body) => awaiter(undefined, [], undefined, body), fail }).start(this.#world.entry ?? entry);
  }

  /** Classes of a module that is loaded: those of the load before, unless something about them was changed. */
  kept(known: KeptClasses | undefined, make: () => readonly object[]): KeptClasses {
    return known?.areUnchanged === true ? known : new KeptClasses(make());
  }

  named<T>(name: string, value: T): T {
    this.#world.named?.(name, value);
    return value;
  }

  expose(bindings: Record<string, () => unknown>): void {
    this.#exposed = bindings;
  }

  scope(): VariableScope {
    return this.born(new VariableScope());
  }

  born<T extends object>(object: T): T {
    this.#world.loop.identity.born(object);
    this.#world.presumptions?.made(object);
    return object;
  }

  /** `{ ...source, key: value }`: what a source from outside has beside what is written is its own. */
  mixed<T extends object>(object: T, sources: readonly unknown[]): T {
    let rest: object | undefined;
    for (const source of sources) rest = this.#world.opaque.restOf(source, rest) ?? rest;
    if (rest !== undefined) Object.setPrototypeOf(object, rest);
    return this.born(object);
  }

  closure<T extends Callable>(site: number, callable: T): T {
    this.#closures.set(site, callable);
    return callable;
  }

  // Variables

  readVariable<T>(site: number, scope: VariableScope, name: string, value: T): T {
    this.#access(site, 'read', scope, name, value);
    return this.#presumed(site, scope, name, value);
  }

  writeVariable<T>(site: number, scope: VariableScope, name: string, value: T): T {
    this.#access(site, 'write', scope, name, value);
    return value;
  }

  // Properties

  get(site: number, object: unknown, given: Key): unknown {
    // An element may be shared memory, where an agent stops: it has to be known where.
    if (typeof given === 'number' || isNullish(object)) this.#recorder.reached(site);
    const key = propertyKey(object, given);
    const value = (object as Record<Key, unknown>)[key];
    if (!isObject(object)) return value;
    this.#access(site, 'read', object, locationKey(object, key), value);
    if (value === undefined && this.#world.platformGlobals !== undefined) return this.#world.platformGlobals.read(site, object, key) ?? this.#presumed(site, object, key, value);
    return this.#presumed(site, object, key, value);
  }

  /** A read that the program has done itself, as it must for a private name. */
  got<T>(site: number, object: object, key: string, value: T): T {
    this.#access(site, 'read', object, key, value);
    return this.#presumed(site, object, key, value);
  }

  #presumed<T>(site: number, object: object, key: Key, value: T): T {
    return this.#world.presumptions === undefined ? value : this.#world.presumptions.field(site, object, key, value) as T;
  }

  set<T>(site: number, object: unknown, given: Key, value: T): T {
    if (typeof given === 'number' || isNullish(object)) this.#recorder.reached(site);
    const key = propertyKey(object, given);
    (object as Record<Key, unknown>)[key] = value;
    if (isObject(object)) this.#access(site, 'write', object, locationKey(object, key), value);
    return value;
  }

  /** A write that the program does right after. */
  setting<T>(site: number, object: object, key: string, value: T): T {
    this.#access(site, 'write', object, key, value);
    return value;
  }

  /** A write that the program has done itself. To look at it must have no effect: a key that is an object stands for the contents. */
  wrote(site: number, object: object, key: Key): void {
    if (!isObject(object) || this.#world.opaque.is(object)) return;
    if (isObject(key)) this.#access(site, 'write', object, wholeContents, object);
    else this.#access(site, 'write', object, locationKey(object, key), plainValue(object, key));
  }

  remove(site: number, object: object, given: Key): boolean {
    const key = propertyKey(object, given);
    const isRemoved = delete (object as Record<Key, unknown>)[key];
    if (isObject(object)) this.#access(site, 'write', object, key, undefined);
    return isRemoved;
  }

  has(site: number, key: unknown, object: object): boolean {
    if (this.#world.opaque.is(object)) return this.#asking(site).holds(hasKey(this.#label(object), this.#label(key)), false);
    if (!isObject(object)) return (key as Key) in object;
    const name = propertyKey(object, key as Key);
    const isThere = name in object;
    this.#access(site, 'read', object, name, isThere);
    return isThere || (this.#world.platformGlobals?.has(site, object, name) ?? false);
  }

  /** A pattern takes a value apart: it reads its fields, or (without a key) its contents, and parts of these. */
  picked(value: unknown, picks: readonly Picked[]): unknown {
    if (!isObject(value)) return value;
    if (this.#world.opaque.is(value)) return this.#takenApart(value, picks);
    for (const [site, key, inner] of picks) {
      if (typeof key !== 'string') this.contents(site, value);
      else {
        const part = plainValue(value, key);
        this.#access(site, 'read', value, locationKey(value, key), part);
        if (inner !== undefined) this.picked(part, inner);
      }
    }
    return value;
  }

  /** What comes from outside has as many elements as a pattern asks for. */
  #takenApart(value: object, picks: readonly Picked[]): object {
    const { opaque } = this.#world;
    let isIterated = false;
    for (const [, key, inner] of picks) {
      if (typeof key === 'number') {
        isIterated = true;
        opaque.takeApart(value, key);
      } else if (key !== undefined && inner !== undefined) {
        const part = isIterated ? opaque.settled(`${opaque.labelOf(value)}[${key}]`) : (value as Record<string, unknown>)[key];
        if (opaque.is(part)) this.#takenApart(part, inner);
      }
    }
    return value;
  }

  /** `for (x of v)`, `[...v]`, `{ ...v }`: reads the contents as a whole. */
  contents(site: number, value: unknown): unknown {
    if (isObject(value) && !this.#world.opaque.is(value)) this.#access(site, 'read', value, wholeContents, value);
    return value;
  }

  asyncContents(site: number, iterable: unknown): unknown {
    if (!isObject(iterable)) return iterable;
    this.contents(site, iterable);
    const recorder = this.#recorder;
    return suspendingIterable(iterable, () => recorder.suspend(site, iterable));
  }

  // Calls

  call(site: number, receiver: unknown, key: Key, found: unknown, given: unknown[]): unknown {
    this.#recorder.reached(site);
    const callable = found === undefined && isObject(receiver) ? this.#world.platformGlobals?.read(site, receiver, key) : found;
    // A method that is put into a field may be another one, or not there yet, when the call comes before that.
    if (isObject(receiver) && (typeof callable !== 'function' || isReplaceable(receiver, key))) this.#access(site, 'read', receiver, locationKey(receiver, key), callable);
    if (typeof callable !== 'function' || this.#conditions.lacksMethod(receiver, key)) throw new TypeError(`${String(key)} is not a function`);
    if (this.#world.opaque.is(callable)) {
      this.#external(site, callable as Callable, given, false);
      return Reflect.apply(callable as Callable, receiver, given);
    }
    this.#refuseExcess(callable as Callable, receiver, given);
    const opaque = this.#outside.computed(callable as Callable, receiver, given);
    if (opaque) return opaque;
    const inside = contentAccess(receiver, key);
    const args = inside?.isKeyed ? this.#outside.withKey(receiver as Keyed, given) : given;
    const taken = inside ? undefined : argumentAccess(receiver, key);
    const result: unknown = Reflect.apply(callable as Callable, receiver, args);
    this.#noteLasting(site, callable as Callable, given, result);
    if (inside) this.#contents(site, receiver as object, inside.kind, inside.isKeyed ? args[0] : wholeContents, inside.kind === 'write' && inside.isKeyed ? args[1] : result);
    else if (taken && isObject(args[0])) this.#access(site, taken.kind, args[0], wholeContents, args[0]);
    if (inside?.kind === 'read' && inside.isKeyed && this.#world.presumptions) return this.#world.presumptions.entry(site, receiver as object, args[0], this.#outside.nameOf(args[0]), result);
    return isObject(result) && inside ? this.born(result) : result;
  }

  invoke(site: number, callable: unknown, args: unknown[]): unknown {
    this.#recorder.reached(site);
    if (typeof callable !== 'function') throw new TypeError('not a function');
    if (this.#world.opaque.is(callable)) {
      this.#external(site, callable as Callable, args, false);
      return Reflect.apply(callable as Callable, undefined, args);
    }
    this.#refuseExcess(callable as Callable, undefined, args);
    const result = this.#outside.computed(callable as Callable, undefined, args) ?? Reflect.apply(callable as Callable, undefined, args);
    this.#noteLasting(site, callable as Callable, args, result);
    const cell = this.#world.rendering?.cellOf(callable);
    if (cell) this.#access(site, 'write', cell, 'state', cell.state);
    return result;
  }

  /** A component's state, as the render has shown it that has made the function at hand; `change` is what changes it. */
  shown<T>(site: number, name: string, change: unknown, value: T): T {
    const cell = this.#world.rendering?.cellOf(change);
    if (cell) cell.name = name;
    const render = cell?.shown.findLast((one) => Object.is(one.value, value));
    if (cell && render) this.#recorder.shown?.(site, cell, 'state', value, render.since);
    return value;
  }

  /** A call of a method that the program only declares. */
  outside(site: number, name: string, args: unknown[]): unknown {
    return this.invoke(site, this.#world.opaque.make(name), args);
  }

  /** The tag of a template: called once the substitutions are evaluated. */
  tag(site: number, receiver: unknown, callable: unknown): Callable {
    return (...args) => (receiver === undefined ? this.invoke(site, callable, args) : this.call(site, receiver, 'tag', callable, args));
  }

  construct(site: number, constructor: unknown, args: unknown[]): unknown {
    this.#recorder.reached(site);
    if (typeof constructor !== 'function') throw new TypeError('not a constructor');
    this.#refuseExcess(constructor as Callable, undefined, args);
    const isExternal = this.#world.opaque.is(constructor);
    if (isExternal) this.#external(site, constructor as Callable, args, true);
    const made: unknown = (isExternal ? undefined : this.#outside.computed(constructor as Callable, undefined, args, 'new ')) ?? Reflect.construct(constructor, args);
    return this.born(made as object);
  }

  importModule(site: number, name: unknown, require?: Require): unknown {
    this.#recorder.reached(site);
    return this.#importModule(name, require && (() => require.namespace(name)));
  }

  #refuseExcess(callable: Callable, receiver: unknown, args: unknown[]): void {
    const what = excess(callable, receiver, args);
    if (what !== undefined) this.#world.loop.abort(what.text, what.limit);
  }

  /** A call of what lies outside is about to be made. */
  #external(site: number, callable: Callable, args: unknown[], isConstructed: boolean): void {
    const { loop, opaque } = this.#world;
    loop.tick();
    this.#asking(site);
    const label = opaque.callLabel(callable, args);
    if (!isConstructed) this.#recorder.call(site, label, opaque.nameOf(callable));
    // What a platform's own class makes is a value like any other.
    else if (!/^[A-Z]\w+$/.test(this.#label(callable))) this.#recorder.call(site, `new ${label}`, opaque.nameOf(callable));
  }

  #noteLasting(site: number, callable: Callable, args: unknown[], given: unknown): void {
    const isEnded = this.#world.lasting?.(callable);
    if (isEnded) this.#recorder.call(site, `${callable.name}(${args.map((argument) => this.#label(argument)).join(', ')})`, callable.name, () => isEnded(given));
  }

  #contents(site: number, container: object, kind: AccessKind, key: unknown, value: unknown): void {
    this.#access(site, kind, container, this.#outside.nameOf(key), value);
  }

  // Suspension

  suspend(site: number, awaited: unknown): unknown {
    this.#recorder.suspend(site, awaited);
    return awaited;
  }

  resume<T>(site: number, value: T): T {
    this.#recorder.resume(site, value);
    return value;
  }

  // Conditions and operators

  cond(site: number, value: unknown): boolean {
    if (!this.#world.opaque.is(value)) return Boolean(value);
    this.#asking(site);
    return this.#conditions.truth(value);
  }

  /** As `cond`; a loop over opaque values runs once, for otherwise it could run for ever. */
  loopCond(site: number, value: unknown): boolean {
    if (!this.#world.opaque.is(value)) return Boolean(value);
    const key = `${this.#world.loop.task}:${site}`;
    const count = (this.#loops.get(key) ?? 0) + 1;
    this.#loops.set(key, count);
    this.#asking(site);
    return count % 2 === 1 && this.#conditions.truth(value);
  }

  spin(site: number, condition: () => boolean): void {
    if (this.#world.spin) this.#world.spin(site, condition);
    else while (condition()) this.tick(site);
  }

  nullish(site: number, value: unknown): boolean {
    if (!this.#world.opaque.is(value)) return value === null || value === undefined;
    this.#asking(site);
    return this.#conditions.missing(value);
  }

  op(site: number, operator: string, left: unknown, right: unknown): unknown {
    const { opaque } = this.#world;
    if (opaque.is(left) || opaque.is(right)) {
      this.#asking(site);
      return this.#conditions.operation(operator, left, right);
    }
    return plainOperation(operator, left, right);
  }

  unary(_site: number, operator: string, value: unknown): unknown {
    if (this.#world.opaque.is(value)) return this.#world.opaque.make(`${operator}${this.#label(value)}`, true);
    return operator === '-' ? -(value as number) : operator === '+' ? +(value as number) : ~(value as number);
  }

  /** `x++` and `--x` compute ToNumeric(x) plus or minus one. */
  step(_site: number, value: unknown, by: number): unknown {
    if (this.#world.opaque.is(value)) return this.#world.opaque.make(`${this.#label(value)} ${by > 0 ? '+' : '-'} 1`, true);
    return typeof value === 'bigint' ? value + BigInt(by) : Number(value) + by;
  }

  numeric(value: unknown): unknown {
    return this.#world.opaque.is(value) || typeof value === 'bigint' ? value : Number(value);
  }

  type(_site: number, value: unknown): unknown {
    return this.#world.opaque.is(value) ? this.#world.opaque.make(`typeof ${this.#label(value)}`, true) : typeof value;
  }

  /** Whoever asks a condition next does so here. */
  #asking(site: number): Assumptions {
    const { assumptions } = this.#world;
    assumptions.site = site;
    return assumptions;
  }

  // Budget and errors

  /** Stands for a body that was left out of the program, since nothing seemed to lead to it. */
  missing(site: number): never {
    this.#recorder.reached(site);
    return this.#world.loop.abort(missingCode);
  }

  enter(site: number): void {
    this.#recorder.enter(site);
    this.#world.loop.tick();
  }

  tick(site: number): void {
    this.#recorder.reached(site);
    this.#world.loop.tick();
  }

  /** An abort of the simulator passes through the subject's own `catch`. */
  caught(error: unknown): void {
    if (isAbort(error)) throw error;
  }

  #access(site: number, kind: AccessKind, object: object, key: PropertyKey, value: unknown): void {
    this.#recorder.access(site, kind, object, key, value);
    if (kind === 'read') return;
    this.#world.presumptions?.wrote(object, key);
    this.#world.platformGlobals?.wrote(object, key);
  }

  #label(value: unknown): string {
    return this.#world.opaque.labelOf(value);
  }
}
seal(Hooks, VariableScope, LinkedModules);
