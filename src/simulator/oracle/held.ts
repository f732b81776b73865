/** Where a lock is waited for, and the waits that leave it held if they fail, or the ways out that always do, by site. */
export interface HeldSites {
  readonly entries: ReadonlySet<number>;
  readonly exits: ReadonlySet<number>;
  readonly ways: ReadonlySet<number>;
}

interface Waits {
  /** Waits that have not come to their end, and of them those during which something failed; ways out that were gone. */
  readonly open: Set<number>;
  readonly failed: Set<number>;
}

/**
 * Sees whether a task left a lock held on the way that was flagged: it went a way out, or something failed while it was at an exit, the exit was never come through; and
 * another task is still at an entry when all is over. That a task never finishes is not enough: with failures it may wait for something else.
 */
export class HeldWatch {
  readonly #sites: readonly HeldSites[];
  readonly #waits = new Map<string, Waits>();

  constructor(sites: readonly HeldSites[]) {
    this.#sites = sites;
  }

  reset(): void {
    this.#waits.clear();
  }

  /** @returns whether the site is an exit. */
  suspend(task: string, site: number): boolean {
    const isExit = this.#sites.some(({ exits }) => exits.has(site));
    if (isExit || this.#sites.some(({ entries }) => entries.has(site))) this.#waitsOf(task).open.add(site);
    return isExit;
  }

  resume(task: string, site: number): void {
    const waits = this.#waits.get(task);
    waits?.open.delete(site);
    waits?.failed.delete(site);
  }

  /** The task comes by a site that may be a way out. */
  leave(task: string, site: number): void {
    if (this.#sites.some(({ ways }) => ways.has(site))) this.#waitsOf(task).failed.add(site);
  }

  /** What the task waits for has failed. */
  fail(task: string): void {
    const waits = this.#waits.get(task);
    for (const site of waits?.open ?? []) waits!.failed.add(site);
  }

  /** All is over. */
  isHeld(tasks: Iterable<string>, isFinished: (task: string) => boolean): boolean {
    const all = [...tasks];
    return this.#sites.some(({ entries, exits, ways }) => all.some((holder) => (this.#isIn(holder, 'failed', exits) || this.#isIn(holder, 'failed', ways)) && !this.#isIn(holder, 'open', entries)
      && all.some((other) => other !== holder && !isFinished(other) && this.#isIn(other, 'open', entries))));
  }

  #isIn(task: string, which: keyof Waits, sites: ReadonlySet<number>): boolean {
    return [...(this.#waits.get(task)?.[which] ?? [])].some((site) => sites.has(site));
  }

  #waitsOf(task: string): Waits {
    let waits = this.#waits.get(task);
    if (waits === undefined) this.#waits.set(task, (waits = { open: new Set(), failed: new Set() }));
    return waits;
  }
}
