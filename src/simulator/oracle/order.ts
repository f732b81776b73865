/** What comes too early, and what should have come before it, by site. Where both are the same, it should have come before the task's end. */
export interface OrderedSites {
  readonly early: ReadonlySet<number>;
  readonly late: ReadonlySet<number>;
}

/** Sees whether, in one task, something is done before what should have come first; what set-up has left running should come first for every task. */
export class OrderWatch {
  readonly #sites: readonly OrderedSites[];
  readonly #tasks: ReadonlySet<string>;
  readonly #isFinished: (task: string) => boolean;
  readonly #hurried = new Set<string>();
  isBroken = false;

  constructor(sites: readonly OrderedSites[], tasks: ReadonlySet<string>, isFinished: (task: string) => boolean) {
    this.#sites = sites;
    this.#tasks = tasks;
    this.#isFinished = isFinished;
  }

  /** The end of a task counts. */
  get hasEnds(): boolean {
    return this.#sites.some(isOfEnd);
  }

  reset(): void {
    this.#hurried.clear();
    this.isBroken = false;
  }

  /** A task comes to a site. @returns whether it is one of those whose order counts. */
  note(site: number, task: string): boolean {
    let isWatched = false;
    this.#sites.forEach((sites, at) => {
      const isOfTask = this.#tasks.has(task);
      if (sites.late.has(site) && this.#isLate(sites, at, isOfTask ? task : undefined)) this.isBroken = true;
      if (sites.early.has(site) && isOfTask) this.#hurried.add(`${at} ${task}`);
      isWatched ||= sites.early.has(site) || sites.late.has(site);
    });
    return isWatched;
  }

  #isLate(sites: OrderedSites, at: number, task: string | undefined): boolean {
    if (isOfEnd(sites)) return task !== undefined && this.#isFinished(task);
    return task === undefined ? [...this.#hurried].some((one) => one.startsWith(`${at} `)) : this.#hurried.has(`${at} ${task}`);
  }
}

function isOfEnd({ early, late }: OrderedSites): boolean {
  return early.size === late.size && [...early].every((site) => late.has(site));
}
