/** Sets of lock names, each set of names once: equal sets are the same object, and have the same number. */
export class LockSets {
  readonly #byKey = new Map<string, ReadonlySet<string>>();
  readonly #numbers = new Map<ReadonlySet<string>, number>();
  readonly #all: ReadonlySet<string>[] = [];

  of(names: Iterable<string>): ReadonlySet<string> {
    const sorted = [...new Set(names)].sort();
    const key = sorted.join('\n');
    let known = this.#byKey.get(key);
    if (!known) {
      this.#byKey.set(key, (known = new Set(sorted)));
      this.#numbers.set(known, this.#all.push(known) - 1);
    }
    return known;
  }

  numberOf(set: ReadonlySet<string>): number {
    return this.#numbers.get(set)!;
  }

  numbered(number: number): ReadonlySet<string> {
    return this.#all[number]!;
  }

  with(set: ReadonlySet<string>, name: string): ReadonlySet<string> {
    return set.has(name) ? set : this.of([...set, name]);
  }

  without(set: ReadonlySet<string>, name: string): ReadonlySet<string> {
    return set.has(name) ? this.of([...set].filter((held) => held !== name)) : set;
  }

  either(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
    return a === b ? a : this.of([...a, ...b]);
  }

  common(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
    return a === b ? a : this.of([...a].filter((name) => b.has(name)));
  }
}

/** Latches and queues are found by the analysis; a person knows them by no name. */
export function isNamedLock(lock: string): boolean {
  return !/^(?:latch|queue) /.test(lock);
}

/** Before the name of what is declared with `using`, and may be a lock: it excuses, it accuses nobody. */
export const SCOPE = 'scope ';

export function shownLock(lock: string): string {
  return lock.startsWith(SCOPE) ? lock.slice(SCOPE.length) : lock;
}
