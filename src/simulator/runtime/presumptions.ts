import { hasKey, isSet, type Assumptions } from './assumptions.js';
import { wholeContents } from './locations.js';
import type { OpaqueValues } from './opaque.js';

export interface PresumptionWorld {
  readonly assumptions: Assumptions;
  readonly opaque: OpaqueValues;
  /** The source text of a place. */
  readonly textOf: (site: number) => string;
  /** One of the tasks that may overlap runs now, not set-up. */
  readonly isTask: () => boolean;
  /** What set-up has made, though no code of the program's own. */
  readonly isStanding: (object: object) => boolean;
  /** A place that a region is about: what it finds there is for the code to say. */
  readonly isExempt: (site: number, key: PropertyKey) => boolean;
}

/**
 * What may have happened before the tasks start: a field that set-up leaves empty is set, a collection has the entry that is looked up. Each is an
 * assumption, false by default. It is about what set-up has made and nobody has written since, and holds for all tasks alike.
 */
export class Presumptions {
  readonly #world: PresumptionWorld;
  #standing = new WeakSet<object>();
  #written = new WeakMap<object, Set<PropertyKey>>();

  constructor(world: PresumptionWorld) {
    this.#world = world;
  }

  /** A new execution starts. */
  reset(): void {
    this.#standing = new WeakSet();
    this.#written = new WeakMap();
  }

  made(object: unknown): void {
    if (typeof object === 'object' && object !== null && !this.#world.isTask()) this.#standing.add(object);
  }

  wrote(object: object, key: PropertyKey): void {
    if (!this.#world.isTask()) return;
    let keys = this.#written.get(object);
    if (!keys) this.#written.set(object, (keys = new Set()));
    keys.add(key);
  }

  /** What a read of a variable or field gives that was found empty. */
  field(site: number, object: object, key: PropertyKey, value: unknown): unknown {
    const isEmpty = value === undefined || value === null || value === false;
    if (!isEmpty || typeof key === 'symbol' || !this.#mayHold(site, object, key)) return value;
    const text = this.#world.textOf(site);
    this.#world.assumptions.site = site;
    if (!this.#world.assumptions.holds(isSet(text), false)) return value;
    return value === false ? true : this.#world.opaque.settled(text);
  }

  /** What a lookup in a collection gives that has found nothing. `name` is what accesses call the key. */
  entry(site: number, container: object, key: unknown, name: PropertyKey, found: unknown): unknown {
    // What is kept by an object is made for it when it is asked for.
    if ((found !== undefined && found !== false) || container instanceof WeakMap || !this.#mayHold(site, container, name)) return found;
    const text = this.#world.textOf(site).replace(/\??\.\w+\(.*$/s, '');
    const { opaque, assumptions } = this.#world;
    assumptions.site = site;
    if (!assumptions.holds(hasKey(text, opaque.labelOf(key)), false)) return found;
    // It is not put there: whoever iterates would see it or not, by who has come first.
    return found === false ? true : opaque.settled(`${text}[${opaque.labelOf(key)}]`);
  }

  #mayHold(site: number, object: object, key: PropertyKey): boolean {
    const written = this.#written.get(object);
    const isUntouched = written === undefined || !(written.has(key) || written.has(wholeContents));
    return isUntouched && (this.#standing.has(object) || this.#world.isStanding(object)) && this.#world.isTask() && !this.#world.isExempt(site, key);
  }
}
