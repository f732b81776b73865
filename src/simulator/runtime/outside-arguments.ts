import { isAsynchronous, isFreezing, opaqueArgumentsMatter } from './intrinsics.js';
import type { EventLoop } from './loop.js';
import type { OpaqueValues } from './opaque.js';
import { isObject } from './plain-access.js';

type Callable = (...args: unknown[]) => unknown;
type Keyed = Map<unknown, unknown> | Set<unknown> | WeakMap<object, unknown> | WeakSet<object>;

/** What built-ins and containers make of arguments and keys that come from outside the program. */
export class OutsideArguments {
  readonly #opaque: OpaqueValues;
  readonly #loop: EventLoop;

  constructor(opaque: OpaqueValues, loop: EventLoop) {
    this.#opaque = opaque;
    this.#loop = loop;
  }

  /** What a built-in makes of an opaque argument is opaque too: `JSON.parse(text)`, `Number(input)`. */
  computed(callable: Callable, receiver: unknown, args: unknown[], prefix = ''): unknown {
    if (!this.#hasOpaque(args)) return undefined;
    if (isFreezing(callable) && this.#opaque.is(args[0])) return args[0];
    if (!opaqueArgumentsMatter(callable)) return undefined;
    const owner = receiver === Math ? 'Math.' : receiver === JSON ? 'JSON.' : typeof receiver === 'function' ? `${receiver.name}.` : '';
    return this.#opaque.make(`${prefix}${owner}${callable.name}(${args.map((argument) => this.#opaque.labelOf(argument)).join(', ')})`, !isAsynchronous(callable));
  }

  #hasOpaque(values: readonly unknown[]): boolean {
    for (let index = 0; index < values.length; index++) if (this.#opaque.is(values[index])) return true;
    return false;
  }

  /** The arguments of a method of a Map or Set with the key that the container knows a value from outside by. */
  withKey(container: Keyed, given: unknown[]): unknown[] {
    const [key, ...others] = given;
    if (!this.#opaque.is(key)) return given;
    const known = this.#opaque.keyOf(key);
    return known === key || holdsKey(container, key) ? given : [known, ...others];
  }

  /** A key that is an object has an identity of its own. */
  nameOf(key: unknown): PropertyKey {
    if (typeof key === 'string' || typeof key === 'number' || typeof key === 'symbol') return key;
    return `#${isObject(key) ? this.#keyOf(key) : String(key)}`;
  }

  #keyOf(key: object): string {
    return this.#opaque.is(key) ? this.#opaque.labelOf(key) : String(this.#loop.identity.of(key));
  }
}

/** As the container itself sees it, whatever a class of the program's has made of `has`. */
function holdsKey(container: Keyed, key: object): boolean {
  const kind = [Map, Set, WeakMap].find((one) => container instanceof one) ?? WeakSet;
  return Reflect.apply((kind.prototype as WeakSet<object>).has, container, [key]);
}
