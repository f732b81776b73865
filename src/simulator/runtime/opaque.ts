import { callsBackAtOnce, isInstance, type Assumptions } from './assumptions.js';
import { constructorName, nameOf } from './render.js';

/** What opaque values need from the execution they live in. */
export interface OpaqueWorld {
  readonly assumptions: Assumptions;
  /** An external operation whose completion is an event: settles with `value()` when the scheduler fires it. */
  complete(label: string, value: () => unknown): object;
  /** Runs `callback` when the scheduler fires an event of its own. */
  later(label: string, callback: () => void): void;
  /** An external call was made. */
  effect(label: string): void;
  /** Something was met that may decide the outcome and has no model. */
  unmodelled(what: string): void;
}

interface OpaqueState {
  readonly label: string;
  readonly name: string;
  /** What an external operation has given: it is no thenable and cannot be waited for. */
  readonly isSettled: boolean;
  /** Properties that the subject has set, shared by all values of the same identity. */
  readonly own: Map<PropertyKey, unknown>;
  readonly children: Map<PropertyKey, unknown>;
  completion?: object;
}

const longestLabel = 160;
const runsAtOnce = new Set(['map', 'forEach', 'filter', 'some', 'every', 'find', 'findIndex', 'reduce', 'flatMap', 'sort', 'each', 'replace']);
const registers = /^(on|off|add\w*Listener|remove\w*Listener|subscribe|unsubscribe|use|register|unregister|watch|listen|observe|get|post|put|patch|delete|all|route|describe|it|test|before|after|beforeEach|afterEach)$/;
const excluding = new Set('acquire lock locks locked mutex exclusive exclusively semaphore transaction synchronized serialize serialized enqueue limit limiter limited throttle debounce critical atomic atomically'.split(' '));

/**
 * Values from outside the scenario (design, section 5.1). Invariants:
 *
 * 1. A value's identity is its label, the expression that made it: equal calls give equal values.
 * 2. Calling, constructing or reading one gives another; only waiting for one makes an event, once for each call.
 * 3. What an event gives is opaque too, and no thenable.
 * 4. A condition on one is an assumption, consistent for the same expression within a scenario.
 */
export class OpaqueValues {
  readonly #world: OpaqueWorld;
  readonly #states = new WeakMap<object, OpaqueState>();
  readonly #owns = new Map<string, Map<PropertyKey, unknown>>();
  readonly #given = new Map<string, object>();

  constructor(world: OpaqueWorld) {
    this.#world = world;
  }

  is(value: unknown): value is object {
    return typeof value === 'function' && this.#states.has(value);
  }

  /** The label of an opaque value, or what stands for a plain one inside a label. */
  labelOf(value: unknown): string {
    const state = typeof value === 'function' ? this.#states.get(value) : undefined;
    return state ? state.label : plainLabel(value, (inner) => this.labelOf(inner));
  }

  /** The last name in the expression that made an opaque value: `error` of `response.error`, `load` of `load(1)`. */
  nameOf(value: unknown): string {
    return (typeof value === 'function' ? this.#states.get(value)?.name : undefined) ?? '';
  }

  /** What no event has to give first; the same object for the same label, so that it is the same key of a Map. */
  settled(label: string, name = lastName(label)): object {
    let value = this.#given.get(label);
    if (!value) this.#given.set(label, (value = this.make(label, true, name)));
    return value;
  }

  make(label: string, isSettled = false, name = lastName(label)): object {
    const short = label.length <= longestLabel ? label : `${label.slice(0, longestLabel)}…${hash(label)}`;
    let own = this.#owns.get(short);
    if (!own) this.#owns.set(short, (own = new Map()));
    const state: OpaqueState = { label: short, name, isSettled, own, children: new Map() };
    const proxy: object = new Proxy(function opaque() {}, this.#handler(state));
    this.#states.set(proxy, state);
    return proxy;
  }

  /** The promise behind a value that is waited for; undefined for what is no opaque value or has been given by an event already. */
  promiseOf(value: unknown): object | undefined {
    const state = typeof value === 'function' ? this.#states.get(value) : undefined;
    if (!state || state.isSettled) return undefined;
    return (state.completion ??= this.#world.complete(state.label, () => this.#result(state)));
  }

  /** What waiting for a value gives: the same value, settled. */
  #result({ label, name }: OpaqueState): object {
    return this.settled(label, name);
  }

  #handler(state: OpaqueState): ProxyHandler<() => void> {
    return {
      get: (_target, key) => this.#property(state, key),
      set: (_target, key, value) => { state.own.set(key, value); return true; },
      has: () => true,
      deleteProperty: (_target, key) => { state.own.set(key, undefined); return true; },
      getPrototypeOf: () => Object.prototype,
      apply: (_target, _self, args: unknown[]) => this.#call(state, args),
      construct: (target, args: unknown[], newTarget) => this.#construct(state, args, newTarget, this.#states.get(newTarget) === state || newTarget === target),
    };
  }

  #property(state: OpaqueState, key: string | symbol): unknown {
    if (state.own.has(key)) return state.own.get(key);
    if (typeof key === 'symbol') return this.#symbolProperty(state, key);
    if (key === 'then' || key === 'catch' || key === 'finally') return this.#promiseMethod(state, key);
    // Conversions go by Symbol.toPrimitive; `toString` and `valueOf` may be methods like any other.
    if (key === 'toJSON') return () => state.label;
    let child = state.children.get(key);
    if (child === undefined) {
      const label = /^[\w$]+$/.test(key) ? `${state.label}.${key}` : `${state.label}[${JSON.stringify(key)}]`;
      state.children.set(key, (child = key === 'prototype' ? this.settled(label, key) : this.make(label, false, key)));
    }
    return child;
  }

  #symbolProperty(state: OpaqueState, key: symbol): unknown {
    const one = (): object => this.settled(`${state.label}[0]`);
    if (key === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? Number.NaN : `<${state.label}>`);
    if (key === Symbol.iterator) return () => [one()][Symbol.iterator]();
    if (key === Symbol.asyncIterator) return () => this.#asyncIterator(state, one);
    if (key === Symbol.hasInstance) return (value: unknown) => this.#world.assumptions.holds(isInstance(this.labelOf(value), state.label), false);
    return undefined;
  }

  /** Gives one element, then ends; each step is an event of its own. */
  #asyncIterator(state: OpaqueState, one: () => object): object {
    const steps = [() => ({ value: one(), done: false }), () => ({ value: undefined, done: true })];
    return {
      next: () => this.#world.complete(`${state.label} next`, steps.shift() ?? (() => ({ value: undefined, done: true }))),
      return: () => this.#world.complete(`${state.label} return`, () => ({ value: undefined, done: true })),
    };
  }

  #promiseMethod(state: OpaqueState, key: 'then' | 'catch' | 'finally'): unknown {
    if (state.isSettled) return undefined;
    return (...handlers: unknown[]) => {
      state.completion ??= this.#world.complete(state.label, () => this.#result(state));
      return (state.completion as Record<string, (...args: unknown[]) => unknown>)[key]!(...handlers);
    };
  }

  #construct(state: OpaqueState, args: unknown[], newTarget: { prototype: object }, isDirect: boolean): object {
    // `class A extends Opaque`: the instance is an ordinary object, whose missing members come from the opaque prototype.
    if (!isDirect) return Object.create(newTarget.prototype) as object;
    const label = `new ${state.label}(${args.map((argument) => this.labelOf(argument)).join(', ')})`;
    this.#world.effect(label);
    return this.make(label, true);
  }

  #call(state: OpaqueState, args: unknown[]): unknown {
    const label = `${state.label}(${args.map((argument) => this.labelOf(argument)).join(', ')})`;
    const { name } = state;
    if (isExcluding(name)) this.#world.unmodelled(`\`${state.label}\` may keep other tasks out`);
    this.#world.effect(label);
    const callback = args.find((argument): argument is (...args: unknown[]) => unknown => typeof argument === 'function' && !this.is(argument));
    return callback && !registers.test(name) ? this.#callWith(callback, name, label) : this.make(label);
  }

  #callWith(callback: (...args: unknown[]) => unknown, name: string, label: string): unknown {
    const one = this.settled(`${label}[0]`);
    if (runsAtOnce.has(name)) {
      const result = callback(one, 0);
      return name === 'map' || name === 'flatMap' ? [result] : this.make(label);
    }
    if (name === 'once' || isErrorFirst(callback)) {
      this.#world.later(`${label} calls back`, () => void (isErrorFirst(callback) ? callback(null, one) : callback(one)));
      return this.make(label, true);
    }
    if (!this.#world.assumptions.holds(callsBackAtOnce(name || label), true)) return this.make(label);
    return callback(one);
  }
}

function lastName(label: string): string {
  return /([\w$]+)(?:\(.*\))?$/s.exec(label)?.[1] ?? '';
}

function isErrorFirst(callback: (...args: unknown[]) => unknown): boolean {
  return /^(?:function\s*\w*\s*)?\(?\s*_?(?:err|error|e)\b/.test(Function.prototype.toString.call(callback));
}

function isExcluding(name: string): boolean {
  return name.split(/(?=[A-Z])|_/).some((word) => excluding.has(word.toLowerCase()));
}

function plainLabel(value: unknown, labelOf: (value: unknown) => string): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return nameOf(value) ? `ƒ ${nameOf(value)}` : 'ƒ';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  // Getters are not run: giving a value to somebody outside changes nothing.
  const fields = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(([, { enumerable }]) => enumerable).slice(0, 4)
    .map(([key, field]) => [key, 'value' in field ? shallow(field.value, labelOf) : 'ƒ get'] as const);
  if (Array.isArray(value)) return `[${fields.map(([, item]) => item).join(', ')}${value.length > 4 ? ', …' : ''}]`;
  const constructor = constructorName(value);
  const name = constructor && constructor !== 'Object' ? `${constructor} ` : '';
  const entries = fields.map(([key, item]) => `${key}: ${item}`);
  return entries.length === 0 ? `${name}{}` : `${name}{ ${entries.join(', ')} }`;
}

function shallow(value: unknown, labelOf: (value: unknown) => string): string {
  return typeof value === 'object' && value !== null ? '{…}' : labelOf(value);
}

/** FNV-1a, 32 bits: tells long labels apart. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(36);
}
