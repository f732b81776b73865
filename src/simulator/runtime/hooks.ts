import type { EventLoop } from './loop.js';
import { hasKey, type Assumptions } from './assumptions.js';
import { OpaqueConditions } from './conditions.js';
import { isAbort } from './loop-abort.js';
import { argumentAccess, contentAccess, locationKey, wholeContents, type AccessKind } from './locations.js';
import { isFreezing, opaqueArgumentsMatter } from './intrinsics.js';
import type { OpaqueValues } from './opaque.js';
import { plainOperation } from './plain-operation.js';
import type { Recorder } from './recorder.js';
import { seal } from './sealed.js';
import { excess } from './sizes.js';

type Key = string | number | symbol;
type Callable = (...args: unknown[]) => unknown;

export interface HookWorld {
  readonly loop: EventLoop;
  readonly opaque: OpaqueValues;
  readonly assumptions: Assumptions;
  readonly recorder: Recorder;
  readonly helpers: object;
  readonly importModule: (name: unknown) => unknown;
}

/** A variable as a location: the activation (or module) that owns it is the object, its name the key. */
export class VariableScope {
  readonly values = new Map<string, unknown>();
}

/**
 * What an instrumented program calls instead of touching memory itself (see `instrument` in the language room).
 * Frozen and with private state only: the subject cannot change it.
 */
export class Hooks {
  readonly moduleScope = new VariableScope();
  readonly helpers: object;
  readonly importMeta = Object.freeze({ url: 'file:///subject' });
  readonly #world: HookWorld;
  readonly #conditions: OpaqueConditions;
  readonly #loops = new Map<string, number>();
  readonly exposed = new Map<string, () => unknown>();
  readonly closures = new Map<number, Callable>();

  constructor(world: HookWorld) {
    this.#world = world;
    this.#conditions = new OpaqueConditions(world.opaque, world.assumptions);
    this.helpers = world.helpers;
    world.loop.identity.born(this.moduleScope);
    Object.freeze(this);
  }

  // Bindings

  expose(bindings: Record<string, () => unknown>): void {
    for (const [name, value] of Object.entries(bindings)) this.exposed.set(name, value);
  }

  scope(): VariableScope {
    return this.born(new VariableScope());
  }

  born<T extends object>(object: T): T {
    this.#world.loop.identity.born(object);
    return object;
  }

  closure<T extends Callable>(site: number, callable: T): T {
    this.closures.set(site, callable);
    return callable;
  }

  // Variables

  readVariable<T>(site: number, scope: VariableScope, name: string, value: T): T {
    scope.values.set(name, value);
    this.#access(site, 'read', scope, name, value);
    return value;
  }

  writeVariable<T>(site: number, scope: VariableScope, name: string, value: T): T {
    scope.values.set(name, value);
    this.#access(site, 'write', scope, name, value);
    return value;
  }

  // Properties

  get(site: number, object: unknown, given: Key): unknown {
    if (isNullish(object)) this.#world.recorder.reached(site);
    const key = propertyKey(object, given);
    const value = (object as Record<Key, unknown>)[key];
    if (isObject(object)) this.#access(site, 'read', object, locationKey(object, key), value);
    return value;
  }

  /** A read that the program has done itself, as it must for a private name. */
  got<T>(site: number, object: object, key: string, value: T): T {
    this.#access(site, 'read', object, key, value);
    return value;
  }

  set<T>(site: number, object: unknown, given: Key, value: T): T {
    if (isNullish(object)) this.#world.recorder.reached(site);
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

  wrote(site: number, object: object, key: string): void {
    this.#access(site, 'write', object, key, (object as Record<string, unknown>)[key]);
  }

  remove(site: number, object: object, given: Key): boolean {
    const key = propertyKey(object, given);
    const isRemoved = delete (object as Record<Key, unknown>)[key];
    if (isObject(object)) this.#access(site, 'write', object, key, undefined);
    return isRemoved;
  }

  has(site: number, key: unknown, object: object): boolean {
    if (this.#world.opaque.is(object)) return this.#world.assumptions.holds(hasKey(this.#label(object), this.#label(key)), false);
    if (!isObject(object)) return (key as Key) in object;
    const name = propertyKey(object, key as Key);
    const isThere = name in object;
    this.#access(site, 'read', object, name, isThere);
    return isThere;
  }

  picked(value: unknown, picks: readonly (readonly [site: number, key: string])[]): unknown {
    if (isObject(value) && !this.#world.opaque.is(value)) for (const [site, key] of picks) this.#access(site, 'read', value, locationKey(value, key), plainValue(value, key));
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
    const { recorder } = this.#world;
    const open = (iterable as { [Symbol.asyncIterator]?: () => AsyncIterator<unknown> })[Symbol.asyncIterator];
    if (typeof open !== 'function') { recorder.suspend(site, iterable); return iterable; }
    return {
      [Symbol.asyncIterator]: () => {
        const iterator = open.call(iterable);
        return {
          next: () => { recorder.suspend(site, iterable); return iterator.next(); },
          return: iterator.return && ((value: unknown) => iterator.return!(value)),
        };
      },
    };
  }

  // Calls

  call(site: number, receiver: unknown, key: Key, callable: unknown, args: unknown[]): unknown {
    this.#world.recorder.reached(site);
    if (typeof callable !== 'function') throw new TypeError(`${String(key)} is not a function`);
    if (this.#world.opaque.is(callable)) return this.#external(site, callable as Callable, () => Reflect.apply(callable as Callable, receiver, args), args);
    this.#refuseExcess(callable as Callable, receiver, args);
    const opaque = this.#computed(callable as Callable, receiver, args);
    if (opaque) return opaque;
    const inside = contentAccess(receiver, key);
    const given = inside ? undefined : argumentAccess(receiver, key);
    const result: unknown = Reflect.apply(callable as Callable, receiver, args);
    if (inside) this.#contents(site, receiver as object, inside.kind, inside.isKeyed ? args[0] : wholeContents, inside.kind === 'write' && inside.isKeyed ? args[1] : result);
    else if (given && isObject(args[0])) this.#access(site, given.kind, args[0], wholeContents, args[0]);
    return isObject(result) && inside ? this.born(result) : result;
  }

  invoke(site: number, callable: unknown, args: unknown[]): unknown {
    this.#world.recorder.reached(site);
    if (typeof callable !== 'function') throw new TypeError('not a function');
    if (this.#world.opaque.is(callable)) return this.#external(site, callable as Callable, () => Reflect.apply(callable as Callable, undefined, args), args);
    this.#refuseExcess(callable as Callable, undefined, args);
    return this.#computed(callable as Callable, undefined, args) ?? Reflect.apply(callable as Callable, undefined, args);
  }

  /** The tag of a template: called once the substitutions are evaluated. */
  tag(site: number, receiver: unknown, callable: unknown): Callable {
    return (...args) => (receiver === undefined ? this.invoke(site, callable, args) : this.call(site, receiver, 'tag', callable, args));
  }

  construct(site: number, constructor: unknown, args: unknown[]): unknown {
    this.#world.recorder.reached(site);
    if (typeof constructor !== 'function') throw new TypeError('not a constructor');
    this.#refuseExcess(constructor as Callable, undefined, args);
    const made: unknown = this.#world.opaque.is(constructor)
      ? this.#external(site, constructor as Callable, () => Reflect.construct(constructor, args), args, 'new ')
      : this.#computed(constructor as Callable, undefined, args, 'new ') ?? Reflect.construct(constructor, args);
    return this.born(made as object);
  }

  importModule(site: number, name: unknown): unknown {
    this.#world.recorder.reached(site);
    return this.#world.importModule(name);
  }

  #refuseExcess(callable: Callable, receiver: unknown, args: unknown[]): void {
    const what = excess(callable, receiver, args);
    if (what !== undefined) this.#world.loop.abort(what);
  }

  #external(site: number, callable: Callable, run: () => unknown, args: unknown[], prefix = ''): unknown {
    const { loop, opaque, recorder } = this.#world;
    loop.tick();
    const label = `${prefix}${this.#label(callable)}(${args.map((argument) => this.#label(argument)).join(', ')})`;
    // What a platform's own class makes is a value like any other.
    if (prefix === '' || !/^[A-Z]\w+$/.test(this.#label(callable))) recorder.call(site, label, opaque.nameOf(callable));
    return run();
  }

  /** What a built-in makes of an opaque argument is opaque too: `JSON.parse(text)`, `Number(input)`. */
  #computed(callable: Callable, receiver: unknown, args: unknown[], prefix = ''): unknown {
    if (isFreezing(callable) && this.#world.opaque.is(args[0])) return args[0];
    if (!args.some((argument) => this.#world.opaque.is(argument)) || !opaqueArgumentsMatter(callable)) return undefined;
    const owner = receiver === Math ? 'Math.' : receiver === JSON ? 'JSON.' : typeof receiver === 'function' ? `${receiver.name}.` : '';
    return this.#world.opaque.make(`${prefix}${owner}${callable.name}(${args.map((argument) => this.#label(argument)).join(', ')})`, true);
  }

  #contents(site: number, container: object, kind: AccessKind, key: unknown, value: unknown): void {
    const isName = typeof key === 'string' || typeof key === 'number' || typeof key === 'symbol';
    // A key that is an object has an identity of its own.
    this.#access(site, kind, container, isName ? key : `#${isObject(key) ? this.#keyOf(key) : String(key)}`, value);
  }

  #keyOf(key: object): string {
    return this.#world.opaque.is(key) ? this.#label(key) : String(this.#world.loop.identity.of(key));
  }

  // Suspension

  suspend(site: number, awaited: unknown): unknown {
    this.#world.recorder.suspend(site, awaited);
    return awaited;
  }

  resume<T>(site: number, value: T): T {
    this.#world.recorder.resume(site, value);
    return value;
  }

  // Conditions and operators

  cond(_site: number, value: unknown): boolean {
    return this.#world.opaque.is(value) ? this.#conditions.truth(value) : Boolean(value);
  }

  /** As `cond`; a loop over opaque values runs once, for otherwise it could run for ever. */
  loopCond(site: number, value: unknown): boolean {
    if (!this.#world.opaque.is(value)) return Boolean(value);
    const key = `${this.#world.loop.task}:${site}`;
    const count = (this.#loops.get(key) ?? 0) + 1;
    this.#loops.set(key, count);
    return count % 2 === 1 && this.#conditions.truth(value);
  }

  nullish(_site: number, value: unknown): boolean {
    if (!this.#world.opaque.is(value)) return value === null || value === undefined;
    return this.#conditions.missing(value);
  }

  op(_site: number, operator: string, left: unknown, right: unknown): unknown {
    const { opaque } = this.#world;
    if (opaque.is(left) || opaque.is(right)) return this.#conditions.operation(operator, left, right);
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

  // Budget and errors

  enter(site: number): void {
    this.#world.recorder.enter(site);
    this.#world.loop.tick();
  }

  tick(site: number): void {
    this.#world.recorder.reached(site);
    this.#world.loop.tick();
  }

  /** An abort of the simulator passes through the subject's own `catch`. */
  caught(error: unknown): void {
    if (isAbort(error)) throw error;
  }

  #access(site: number, kind: AccessKind, object: object, key: PropertyKey, value: unknown): void {
    this.#world.recorder.access(site, kind, object, key, value);
  }

  #label(value: unknown): string {
    return this.#world.opaque.labelOf(value);
  }
}
seal(Hooks, VariableScope);

function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** ToPropertyKey (ECMA-262, 7.1.19), done once. A missing object fails first, as in engines. */
function propertyKey(object: unknown, key: Key): Key {
  if (!isObject(key) || isNullish(object)) return key;
  return Reflect.ownKeys({ [key as Key]: 0 })[0]!;
}

/** The value of a data property, own or inherited. A getter is not run: the program will do so itself. */
function plainValue(object: object, key: PropertyKey): unknown {
  for (let at: object | null = object; at; at = Reflect.getPrototypeOf(at)) {
    const property = Reflect.getOwnPropertyDescriptor(at, key);
    if (property) return property.value as unknown;
  }
  return undefined;
}
