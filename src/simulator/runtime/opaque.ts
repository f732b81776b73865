import type { OutsideUse } from '../../model/index.js';
import { callsBackAtOnce, isInstance, type Assumptions } from './assumptions.js';
import { emptied } from './emptied.js';
import { OpaqueKinds, shortened, type OpaqueKind } from './opaque-kinds.js';
import { createOpaqueProxy, type OpaqueTraps } from './opaque-proxy.js';
import { constructorName, nameOf } from './render.js';

/** What opaque values need from the execution they live in. */
export interface OpaqueWorld {
  readonly assumptions: Assumptions;
  /** An external operation, known by `name`, whose completion is an event called `label`: settles with `value()` when the scheduler fires it. */
  complete(label: string, value: () => unknown, name: string): object;
  /** Runs `callback` when the scheduler fires an event of its own, whose id is given back if events have ids. */
  later(label: string, callback: () => void): string | undefined;
  /** An external call was made. */
  effect(label: string): void;
  /** Something was met that may decide the outcome and has no model. */
  unmodelled(what: string): void;
  /** It was given functions that it may call at any time; nothing calls them. */
  keeps?(what: string): void;
  /** Whom a value belongs to that is made now; see `waits`. */
  born?(): unknown;
  /** Somebody waits for a value, the first (`write`) or not: it is known by what `born` gave for it, or, where all that read the same expression have the same one, by its label. */
  waits?(place: unknown, kind: 'read' | 'write'): void;
  /** Somebody studies the execution: told of whatever is done with values from outside. The world adds who did it, and the event that a wait is for. */
  readonly used?: ((use: StudiedUse) => void) | undefined;
}

/** As far as the values themselves know. */
export type StudiedUse = Without<OutsideUse, 'task' | 'event'>;
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

interface OpaqueState {
  readonly kind: OpaqueKind;
  readonly children: Map<PropertyKey, object>;
  /** The promise behind it, of the execution numbered `completedIn`. */
  completion: object | undefined;
  completedIn: number;
  /** What it is a property of. */
  readonly parent: OpaqueState | undefined;
  /** What the world gave when an execution made it. */
  born: unknown;
  /** The number of the call that has made it, in an execution that is studied. */
  call: number | undefined;
}

/** What an object has taken over with `...`. */
interface RestPart {
  readonly label: string;
  readonly value: object;
}

/**
 * Values from outside the scenario (design, section 5.1). Invariants:
 *
 * 1. A value's identity is its label, the expression that made it: equal calls give equal values.
 * 2. Calling, constructing or reading one gives another; only waiting for one makes an event, once for each call.
 * 3. What an event gives is opaque too, and no thenable.
 * 4. A condition on one is an assumption, consistent for the same expression within a scenario.
 * 5. Executions take the same objects one after the other, each in the order in which it makes them. No subject can tell: what it sets
 *    on them is forgotten with its execution, and once it has changed what lies behind the proxies, new ones are made.
 * 6. Who waits first makes the event, and it serves all who wait for the same object: the world hears of it, for the order of the two matters.
 */
export class OpaqueValues {
  /** Fields that the texts of objects leave out; see `Scenario.untold`. */
  untold: ReadonlySet<string> = new Set();
  readonly #world: OpaqueWorld;
  readonly #states = new WeakMap<object, OpaqueState>();
  readonly #kinds = new OpaqueKinds();
  /** Properties that the subject has set, by label: shared by all values of the same identity. */
  #owns = new Map<string, Map<PropertyKey, unknown>>();
  #given = new Map<string, object>();
  readonly #constructed = new WeakSet<object>();
  /** What objects have taken over from values from outside, by label; see `restOf`. */
  #rests = new Map<string, object>();
  /** By label: what was a key first. */
  #keys = new Map<string, object>();
  readonly #restParts = new WeakMap<object, readonly RestPart[]>();
  /** Results of calls that were made part of a text. */
  readonly #told = new Set<string>();
  /** How many elements the next iteration of a value gives, where a pattern has asked for some; by its label. */
  #apart = new Map<string, number>();
  #execution = 0;
  #calls = 0;
  #isChanged = false;
  readonly #traps: OpaqueTraps<OpaqueState> = {
    get: (state, key) => this.#property(state, key),
    set: (state, key, value) => this.#setOwn(state, key, value),
    call: (state, args) => this.#call(state, args),
    construct: (state, args, newTarget, isTarget) => this.#construct(state, args, newTarget, isTarget || this.#states.get(newTarget) === state),
    changed: () => { this.#isChanged = true; },
  };

  constructor(world: OpaqueWorld) {
    this.#world = world;
  }

  /** A new execution starts. */
  reset(): void {
    this.#execution++;
    this.#calls = 0;
    this.#owns = emptied(this.#owns);
    this.#given = emptied(this.#given);
    this.#apart = emptied(this.#apart);
    this.#rests = emptied(this.#rests);
    this.#told.clear();
    this.#keys = emptied(this.#keys);
    if (this.#isChanged || this.#kinds.areTooMany) this.#kinds.clear();
    this.#isChanged = false;
  }

  /** A new program starts: no value of another one is used in it. */
  renew(): void {
    this.reset();
    this.#kinds.clear();
  }

  /** A value is what `new` gave: an object, whatever it is. */
  isConstructed(value: unknown): boolean {
    return this.is(value) && this.#constructed.has(value);
  }

  /**
   * A prototype that has what `{ ...before, ...value }` takes over from values from outside, or from objects that have taken over something: `before` is one like it. Undefined where
   * nothing is taken over. Whether the later one has a property nobody knows: it is asked first, and the earlier one is told beside it.
   */
  restOf(value: unknown, before?: object): object | undefined {
    const own = this.#restPartsOf(value);
    const parts = before === undefined ? own : [...this.#restParts.get(before)!.filter(({ label }) => !own.some((part) => part.label === label)), ...own];
    if (parts.length === 0) return undefined;
    const label = parts.map((part) => part.label).join(', ...');
    let rest = this.#rests.get(label);
    if (rest === undefined) {
      const last = parts.at(-1)!.value;
      const get = (target: object, key: string | symbol, receiver: unknown): unknown =>
        typeof key === 'symbol' || key === 'then' || key === 'toJSON' || Reflect.has(target, key) ? Reflect.get(target, key, receiver) : Reflect.get(last, key);
      this.#rests.set(label, (rest = new Proxy({}, { get })));
      this.#restParts.set(rest, parts);
    }
    return rest;
  }

  #restPartsOf(value: unknown): readonly RestPart[] {
    if (this.is(value)) return [{ label: this.knownLabel(value)!, value }];
    const prototype = typeof value === 'object' && value !== null ? Reflect.getPrototypeOf(value) : null;
    return (prototype && this.#restParts.get(prototype)) ?? [];
  }

  /** The labels of the values from outside whose properties an object has taken over, as they are spread: `first, ...second`. */
  restLabelOf(value: unknown): string | undefined {
    const parts = this.is(value) ? [] : this.#restPartsOf(value);
    return parts.length === 0 ? undefined : parts.map(({ label }) => label).join(', ...');
  }

  /** A pattern of `count` elements is about to iterate a value from outside. */
  takeApart(value: object, count: number): void {
    this.#apart.set(this.knownLabel(value)!, count);
  }

  /** Something was asked for that nobody can say anything of: there is no verdict. */
  unmodelled(what: string): void {
    this.#world.unmodelled(what);
  }

  is(value: unknown): value is object {
    return typeof value === 'function' && this.#states.has(value);
  }

  /** A value from outside is applied as a decorator, which changes nothing here. */
  decorates(value: object): true {
    const kind = this.#states.get(value)?.kind;
    if (kind?.isExcluding === true || kind?.isExcludingWork === true) this.#world.unmodelled(`\`@${kind.label}\` may keep other tasks out`);
    return true;
  }

  /** The label of an opaque value, or what stands for a plain one inside a label. */
  readonly labelOf = (value: unknown): string => this.knownLabel(value) ?? plainLabel(value, this.labelOf, this.untold, this.restLabelOf(value));

  /** The label of an opaque value; undefined for any other. */
  knownLabel(value: unknown): string | undefined {
    return typeof value === 'function' ? this.#states.get(value)?.kind.label : undefined;
  }

  /** The last name in the expression that made an opaque value: `error` of `response.error`, `load` of `load(1)`. */
  nameOf(value: unknown): string {
    return (typeof value === 'function' ? this.#states.get(value)?.kind.name : undefined) ?? '';
  }

  /** A value of this label comes from a module, or is nobody's. */
  found(use: Extract<StudiedUse, { readonly kind: 'import' | 'global' | 'operation' }>): void {
    this.#world.used?.(use);
  }

  /** The label of what a call of an opaque value gives. */
  callLabel(callable: object, args: readonly unknown[]): string {
    return this.#states.get(callable)!.kind.callLabel(args, this.labelOf);
  }

  /**
   * What stands for a value as a key: what is equal by its expression is the same key of a Map, and the same element of a Set. What somebody waits
   * for is a promise, and what `new` gave an object of its own: these are no others'.
   */
  keyOf(value: unknown): unknown {
    const state = typeof value === 'function' ? this.#states.get(value) : undefined;
    if (state === undefined || this.#constructed.has(value as object) || (state.completion !== undefined && state.completedIn === this.#execution)) return value;
    const { label } = state.kind;
    const known = this.#keys.get(label);
    if (known === undefined) this.#keys.set(label, value as object);
    return known ?? value;
  }

  /** What no event has to give first; the same object for the same label, so that it is the same key of a Map. */
  settled(label: string, name?: string): object {
    let value = this.#given.get(label);
    if (!value) this.#given.set(label, (value = this.make(label, true, name)));
    return value;
  }

  make(label: string, isSettled = false, name?: string): object {
    const kind = this.#kinds.of(label, isSettled, name);
    if (kind.usedIn !== this.#execution) {
      kind.usedIn = this.#execution;
      kind.used = 0;
    }
    const value = (kind.values[kind.used++] ??= this.#create(kind));
    if (isSettled) return value;
    const state = this.#states.get(value)!;
    state.call = undefined;
    if (this.#world.born) state.born = this.#world.born();
    return value;
  }

  #create(kind: OpaqueKind, parent?: OpaqueState): object {
    const state: OpaqueState = { kind, children: new Map(), completion: undefined, completedIn: -1, parent, born: undefined, call: undefined };
    const proxy = createOpaqueProxy(this.#traps, state);
    this.#states.set(proxy, state);
    return proxy;
  }

  /** The promise behind a value that is waited for; undefined for what is no opaque value or has been given by an event already. */
  promiseOf(value: unknown): object | undefined {
    const state = typeof value === 'function' ? this.#states.get(value) : undefined;
    return state === undefined || state.kind.isSettled ? undefined : this.#completion(state);
  }

  #completion(state: OpaqueState): object {
    const isKnown = state.completion !== undefined && state.completedIn === this.#execution;
    this.#world.waits?.(placeOf(state), isKnown ? 'read' : 'write');
    if (isKnown) return state.completion!;
    const { kind } = state;
    state.completedIn = this.#execution;
    // What waiting for a value gives: the same value, settled.
    state.completion = this.#world.complete(kind.completion, () => this.settled(kind.label, kind.name), kind.label);
    this.#world.used?.({ kind: 'wait', of: kind.label, ...(state.call !== undefined && { call: state.call }) });
    return state.completion;
  }

  #setOwn({ kind: { label } }: OpaqueState, key: PropertyKey, value: unknown): void {
    let own = this.#owns.get(label);
    if (own === undefined) this.#owns.set(label, (own = new Map()));
    own.set(key, value);
  }

  #property(state: OpaqueState, key: string | symbol): unknown {
    const { kind: { label }, children } = state;
    const own = this.#owns.size === 0 ? undefined : this.#owns.get(label);
    if (own?.has(key) === true) return own.get(key);
    if (typeof key === 'symbol') return this.#symbolProperty(label, key);
    if (key === 'then' || key === 'catch' || key === 'finally') return this.#promiseMethod(state, key);
    // Conversions go by Symbol.toPrimitive; `toString` and `valueOf` may be methods like any other.
    if (key === 'toJSON') return () => this.#tell(label, label);
    if (key === 'prototype') return this.settled(memberLabel(label, key), key);
    this.#world.used?.({ kind: 'member', value: shortened(memberLabel(label, key)), of: label, key });
    let child = children.get(key);
    if (child === undefined) children.set(key, (child = this.#create(this.#kinds.of(memberLabel(label, key), false, key), state)));
    return child;
  }

  /** A value is made part of a text, as `text`. */
  #tell(label: string, text: string): string {
    if (label.includes('(')) this.#told.add(label);
    return text;
  }

  /** What something outside has made is part of a text. */
  isMadeOutside(text: string): boolean {
    for (const label of this.#told) if (text.includes(label) || text.includes(JSON.stringify(label).slice(1, -1))) return true;
    return false;
  }

  #symbolProperty(label: string, key: symbol): unknown {
    const one = (): object => this.#element(label);
    if (key === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? Number.NaN : this.#tell(label, `<${label}>`));
    if (key === Symbol.iterator) return () => this.#elements(label)[Symbol.iterator]();
    if (key === Symbol.asyncIterator) return () => this.#asyncIterator(label, one);
    if (key === Symbol.hasInstance) return (value: unknown) => this.#world.assumptions.holds(isInstance(this.labelOf(value), label), false);
    return undefined;
  }

  #element(label: string, index = 0): object {
    this.#world.used?.({ kind: 'element', value: shortened(`${label}[${index}]`), of: label });
    return this.settled(`${label}[${index}]`);
  }

  /** One, unless a pattern asks for more. */
  #elements(label: string): object[] {
    const count = this.#apart.get(label) ?? 1;
    this.#apart.delete(label);
    return Array.from({ length: count }, (_, index) => this.#element(label, index));
  }

  /** Gives one element, then ends; each step is an event of its own. */
  #asyncIterator(label: string, one: () => object): object {
    const step = (name: string, value: () => unknown): object => this.#world.complete(`${label} ${name} completes`, value, `${label} ${name}`);
    const steps = [() => ({ value: one(), done: false }), () => ({ value: undefined, done: true })];
    return {
      next: () => step('next', steps.shift() ?? (() => ({ value: undefined, done: true }))),
      return: () => step('return', () => ({ value: undefined, done: true })),
    };
  }

  #promiseMethod(state: OpaqueState, key: 'then' | 'catch' | 'finally'): unknown {
    if (state.kind.isSettled) return undefined;
    return (...handlers: unknown[]) => (this.#completion(state) as Record<string, (...args: unknown[]) => unknown>)[key]!(...handlers);
  }

  #construct({ kind }: OpaqueState, args: unknown[], newTarget: { prototype: object }, isDirect: boolean): object {
    // `class A extends Opaque`: the instance is an ordinary object, whose missing members come from the opaque prototype.
    if (!isDirect) return Object.create(newTarget.prototype) as object;
    const label = `new ${kind.callLabel(args, this.labelOf)}`;
    this.#world.effect(shortened(label));
    this.#world.used?.({ kind: 'construct', value: shortened(label), of: kind.label });
    const made = this.make(label, true);
    this.#constructed.add(made);
    return made;
  }

  #call({ kind }: OpaqueState, args: unknown[]): unknown {
    const label = kind.callLabel(args, this.labelOf);
    const isGivenWork = (): boolean => args.some((argument) => (typeof argument === 'function' && !this.is(argument)) || this.#holdsFunctions(argument));
    if (kind.isExcluding || (kind.isExcludingWork && isGivenWork())) this.#world.unmodelled(`\`${kind.label}\` may keep other tasks out`);
    this.#world.effect(shortened(label));
    if (this.#world.keeps && (kind.registers || args.some((argument) => this.#holdsFunctions(argument)))) this.#world.keeps(`\`${kind.label}\``);
    const { used } = this.#world;
    const number = this.#calls++;
    used?.({ kind: 'call', value: shortened(label), of: kind.label, number, arguments: args.map(this.labelOf) });
    const result = this.#resultOf(args, kind, label, number);
    const made = used && typeof result === 'function' ? this.#states.get(result) : undefined;
    if (made) made.call = number;
    return result;
  }

  #resultOf(args: readonly unknown[], kind: OpaqueKind, label: string, number: number): unknown {
    const callback = args.find((argument): argument is (...args: unknown[]) => unknown => typeof argument === 'function' && !this.is(argument));
    if (kind.registers && !(callback && tellsThatItListens(kind.name, callback))) return this.make(label);
    return callback === undefined ? this.make(label) : this.#callWith(callback, kind, label, args, number);
  }

  /** An object with functions in it, or a list of functions. */
  #holdsFunctions(value: unknown): boolean {
    if (typeof value !== 'object' || value === null || this.is(value)) return false;
    const properties: Record<string, PropertyDescriptor> = Object.getOwnPropertyDescriptors(value);
    return Object.values(properties).some((property) => typeof property.value === 'function' && !this.is(property.value));
  }

  #callWith(callback: (...args: unknown[]) => unknown, { name, runsAtOnce, makes }: OpaqueKind, label: string, args: readonly unknown[], number: number): unknown {
    const one = this.settled(`${label}[0]`);
    const isCalledLater = !runsAtOnce && (name === 'once' || isErrorFirst(callback) || tellsThatItListens(name, callback));
    const isCalled = runsAtOnce || isCalledLater || this.#world.assumptions.holds(callsBackAtOnce(name || label), true);
    if (!isCalled) return this.make(label);
    if (!isCalledLater) this.#world.used?.({ kind: 'callback', value: this.labelOf(one), of: shortened(label), isLater: false });
    // What is gathered so far comes first, and is what the call gives.
    if (name === 'reduce' || name === 'reduceRight') return args.length > 1 ? callback(args[1], one, 0) : callback(one, this.settled(`${label}[1]`), 1);
    if (name === 'sort') {
      callback(one, this.settled(`${label}[1]`));
      return this.make(label);
    }
    if (runsAtOnce) {
      const result = callback(one, 0);
      return name === 'map' || name === 'flatMap' ? [result] : this.make(label);
    }
    // `connect((error, client, release) => …)`: it is given as much as it takes.
    const beyond = Array.from({ length: Math.max(0, callback.length - (isErrorFirst(callback) ? 2 : 1)) }, (_, index) => this.settled(`${label}[${index + 1}]`));
    if (isCalledLater) {
      const given = isErrorFirst(callback) ? [null, one, ...beyond] : [one, ...beyond];
      const event = this.#world.later(`${label} calls back`, () => void callback(...given));
      this.#world.used?.({ kind: 'callback', value: this.labelOf(one), of: shortened(label), isLater: true, later: { event: event ?? '', call: number, position: args.indexOf(callback), given: given.map((value) => (value === null ? value : this.labelOf(value))) } });
      return this.make(label, true);
    }
    const result = callback(one, ...beyond);
    return makes ? this.make(label) : result;
  }
}

/** `server.listen(port, () => …)`: what has nothing to hear is told once that all is ready. */
function tellsThatItListens(name: string, callback: (...args: unknown[]) => unknown): boolean {
  return name === 'listen' && callback.length === 0;
}

/** A value that a call has made is nobody else's; what an event has given is the same for all. */
function placeOf(state: OpaqueState): unknown {
  let root = state;
  while (root.parent !== undefined) root = root.parent;
  return root.kind.isSettled || root.born === undefined ? state.kind.label : root.born;
}

function memberLabel(label: string, key: string): string {
  return /^[\w$]+$/.test(key) ? `${label}.${key}` : `${label}[${JSON.stringify(key)}]`;
}

function isErrorFirst(callback: (...args: unknown[]) => unknown): boolean {
  return /^(?:function\s*\w*\s*)?\(?\s*_?(?:err|error|e)\b/.test(Function.prototype.toString.call(callback));
}

function plainLabel(value: unknown, labelOf: (value: unknown) => string, untold: ReadonlySet<string>, rest?: string): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return nameOf(value) ? `ƒ ${nameOf(value)}` : 'ƒ';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  // Getters are not run: giving a value to somebody outside changes nothing.
  const fields = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(([key, { enumerable }]) => enumerable && !untold.has(key)).slice(0, 4)
    .map(([key, field]) => [key, 'value' in field ? shallow(field.value, labelOf) : 'ƒ get'] as const);
  if (Array.isArray(value)) return `[${fields.map(([, item]) => item).join(', ')}${value.length > 4 ? ', …' : ''}]`;
  const constructor = constructorName(value);
  const name = constructor && constructor !== 'Object' ? `${constructor} ` : '';
  const entries = [...(rest === undefined ? [] : [`...${rest}`]), ...fields.map(([key, item]) => `${key}: ${item}`)];
  return entries.length === 0 ? `${name}{}` : `${name}{ ${entries.join(', ')} }`;
}

function shallow(value: unknown, labelOf: (value: unknown) => string): string {
  return typeof value === 'object' && value !== null ? '{…}' : labelOf(value);
}
