/** Something shared that has a name for people: of the source where it has one there, else its kind and rank. */
export interface Named {
  name: string;
}

const deepest = 3;
const mostElements = 1000;

/** Names of what one agent shares. What set-up makes is named alike in every agent, since set-up runs alike in each. */
export class SharedNames {
  readonly #known = new WeakMap<object, Named>();
  readonly #named = new WeakSet<Named>();
  readonly #taken = new Map<string, number>();

  /** Names may be given again: other objects are made. */
  forget(): void {
    this.#taken.clear();
  }

  /** `object`, as the program sees it, is called by what `named` says. */
  register(object: object, named: Named): void {
    this.#known.set(object, named);
  }

  /** The source calls `value` so, or what lies in the array or object literal that `value` is. The first name stays. */
  give(value: unknown, name: string, depth = 0): void {
    if (typeof value !== 'object' || value === null || depth > deepest) return;
    const named = this.#known.get(value);
    if (named) return this.#rename(named, name);
    if (Array.isArray(value)) for (let index = 0; index < Math.min(value.length, mostElements); index++) this.give(plainValue(value, String(index)), `${name}[${index}]`, depth + 1);
    else if (Reflect.getPrototypeOf(value) === Object.prototype) for (const key of Object.keys(value)) this.give(plainValue(value, key), `${name}.${key}`, depth + 1);
  }

  #rename(named: Named, name: string): void {
    if (this.#named.has(named)) return;
    this.#named.add(named);
    const rank = (this.#taken.get(name) ?? 0) + 1;
    this.#taken.set(name, rank);
    named.name = rank === 1 ? name : `${name} (${rank})`;
  }
}

/** Runs no getter. */
function plainValue(object: object, key: string): unknown {
  return Reflect.getOwnPropertyDescriptor(object, key)?.value;
}
