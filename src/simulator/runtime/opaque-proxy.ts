/** What is done with a value from outside, given what the simulator knows of it. */
export interface OpaqueTraps<S> {
  get(state: S, key: string | symbol): unknown;
  set(state: S, key: string | symbol, value: unknown): void;
  call(state: S, args: unknown[]): unknown;
  construct(state: S, args: unknown[], newTarget: { prototype: object }, isTarget: boolean): object;
  /** What lies behind the proxy may be another one from here on. */
  changed(): void;
}

/** A proxy for a value from outside. It has everything, and is callable. */
export function createOpaqueProxy<S>(traps: OpaqueTraps<S>, state: S): object {
  return new Proxy(function opaque() {}, new OpaqueHandler(traps, state));
}

/** One class for all proxies: a program may meet thousands, and closures of their own would be most of what they take. */
class OpaqueHandler<S> implements ProxyHandler<() => void> {
  readonly #traps: OpaqueTraps<S>;
  readonly #state: S;

  constructor(traps: OpaqueTraps<S>, state: S) {
    this.#traps = traps;
    this.#state = state;
  }

  get(_target: object, key: string | symbol): unknown {
    return this.#traps.get(this.#state, key);
  }

  set(_target: object, key: string | symbol, value: unknown): boolean {
    this.#traps.set(this.#state, key, value);
    return true;
  }

  has(): boolean {
    return true;
  }

  deleteProperty(_target: object, key: string | symbol): boolean {
    this.#traps.set(this.#state, key, undefined);
    return true;
  }

  getPrototypeOf(): object {
    return Object.prototype;
  }

  apply(_target: object, _self: unknown, args: unknown[]): unknown {
    return this.#traps.call(this.#state, args);
  }

  construct(target: object, args: unknown[], newTarget: object): object {
    return this.#traps.construct(this.#state, args, newTarget as { prototype: object }, newTarget === target);
  }

  // What reaches the target stays there.

  defineProperty(target: object, key: string | symbol, descriptor: PropertyDescriptor): boolean {
    this.#traps.changed();
    return Reflect.defineProperty(target, key, descriptor);
  }

  setPrototypeOf(target: object, prototype: object | null): boolean {
    this.#traps.changed();
    return Reflect.setPrototypeOf(target, prototype);
  }

  preventExtensions(target: object): boolean {
    this.#traps.changed();
    return Reflect.preventExtensions(target);
  }

  getOwnPropertyDescriptor(target: object, key: string | symbol): PropertyDescriptor | undefined {
    if (key === 'prototype') this.#traps.changed();
    return Reflect.getOwnPropertyDescriptor(target, key);
  }
}
