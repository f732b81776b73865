/**
 * Who an object is, for footprints and for the access log.
 *
 * Footprints of different executions are compared, so the identity used there must not depend on the order of events. An object
 * whose birth was announced is known by the turn that made it and its rank among what that turn made. All others share the identity
 * 0: coarser, but sound.
 */
export class Identity {
  #born = new WeakMap<object, string>();
  #exact = new WeakMap<object, number>();
  #count = 0;
  #turn = '';
  #rank = 0;

  /** Forget all objects: a new execution starts. */
  clear(): void {
    this.#born = new WeakMap();
    this.#exact = new WeakMap();
    this.#count = 0;
  }

  /** Births from here on belong to the turn of the event with this id. */
  enterTurn(id: string): void {
    this.#turn = id;
    this.#rank = 0;
  }

  born(object: object): number | string {
    const known = this.#born.get(object);
    if (known !== undefined) return known;
    const identity = `#${this.#turn}:${++this.#rank}`;
    this.#born.set(object, identity);
    return identity;
  }

  /** Identity that is the same in every execution in which the object has the same past; for `touch`. */
  of(object: object): number | string {
    return this.#born.get(object) ?? 0;
  }

  /** Identity within this execution only; for the access log, never for `touch`. */
  exact(object: object): number {
    const known = this.#exact.get(object);
    if (known !== undefined) return known;
    this.#exact.set(object, ++this.#count);
    return this.#count;
  }
}
