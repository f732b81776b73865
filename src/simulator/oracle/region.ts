/** One access of an execution, as the instrumented program reports it. */
export interface LoggedAccess {
  readonly turn: number;
  readonly step: number;
  readonly task: string;
  readonly kind: 'read' | 'write' | 'update' | 'call';
  /** The place at run time: the same variable or property of the same object. */
  readonly location: string | number;
  /** Index of the site in the program. */
  readonly site: number;
  /** The call of a function that it happens in, if calls are told apart; otherwise all of a task counts as one. */
  readonly activation?: number | undefined;
}

/** A region of a finding, by sites of the program. */
export interface WatchedRegion {
  readonly reads: ReadonlySet<number>;
  readonly acts: ReadonlySet<number>;
  /**
   * What opens it and what tears it: a read, and a foreign write of what was read, unless said otherwise. `pair`: any access, and any
   * foreign access of the same place. `response`: a call, and a foreign write of the place that its answer is put into. `cap`: a read as
   * usual, and how far the count that is written went belongs to the outcome.
   */
  readonly kind?: 'pair' | 'response' | 'cap';
  /** Whether a read is of a part of what another one has read: `this.items.length` after `this.items`. `size`: how much there is in it. */
  readonly isPart?: (part: number, whole: number) => 'size' | 'field' | undefined;
  /** It is about what a container holds: whoever reads which container it is looks into it. */
  readonly isOfContents?: boolean;
  /** The act uses what was read, not only whether it was allowed. */
  readonly isUpdate?: boolean;
}

/** Another task wrote the location between the read of a region and the act that depends on it. */
export interface TornRegion {
  /** Index of the region. */
  readonly region: number;
  readonly read: LoggedAccess;
  readonly write: LoggedAccess;
  readonly act: LoggedAccess;
  /** A field was checked, and what holds it was replaced as a whole, perhaps with the same in the field: nobody can tell whether that matters. */
  readonly isDoubtful?: boolean;
}

/** The latest read of a region, with the one just before it that looked at the same expression. */
interface OpenRead {
  readonly access: LoggedAccess;
  readonly at: number;
  readonly before: OpenRead | undefined;
  /** Of `before` only a field was looked at. */
  readonly isOfField?: boolean;
}

/** The last write of a location, and the last before it by any other task: enough to know the last write by anyone but a given task. */
interface LastWrites {
  last: { readonly access: LoggedAccess; readonly at: number };
  byAnother: { readonly access: LoggedAccess; readonly at: number } | undefined;
}

const NONE: readonly LoggedAccess[] = [];
const alone = { before: undefined };

/**
 * Watches the accesses of one execution, as they happen, for torn regions (design, section 5.4). An act closes the region that the
 * latest earlier read of the same activation opened; the region is torn if another task wrote the location that was read strictly
 * between.
 */
export class RegionMonitor {
  readonly #regions: readonly WatchedRegion[];
  /** By region: the latest read of each activation. */
  #reads: Map<string, OpenRead>[];
  #writes = new Map<string | number, LastWrites>();
  /** Reads too, where a region asks for them. */
  #accesses = new Map<string | number, LastWrites>();
  readonly #hasPairs: boolean;
  #count = 0;
  /** Torn regions so far. */
  torn: TornRegion[] = [];
  /** How many acts closed a region so far. */
  acts = 0;

  constructor(regions: readonly WatchedRegion[]) {
    this.#regions = regions;
    this.#reads = regions.map(() => new Map());
    this.#hasPairs = regions.some(({ kind }) => kind === 'pair');
  }

  /** How many accesses there were. */
  get position(): number {
    return this.#count;
  }

  /** A new execution starts. */
  reset(): void {
    this.#reads = this.#regions.map(() => new Map());
    this.#writes = new Map();
    this.#accesses = new Map();
    this.#count = 0;
    this.torn = [];
    this.acts = 0;
  }

  /**
   * Takes the next access. The reads whose regions it closes, if it is an act, are returned: the caller lets the turn touch
   * their locations, so that the order of an act and of foreign writes is the same throughout an equivalence class.
   * `shownAt`: the position from which on a read has been out of date if somebody wrote, where that is not now.
   */
  note(access: LoggedAccess, shownAt?: number): readonly LoggedAccess[] {
    const now = this.#count++;
    const at = shownAt ?? now;
    const closed = this.#close(access);
    if (isWrite(access)) remember(this.#writes, access, at);
    if (this.#hasPairs) remember(this.#accesses, access, at);
    this.#open(access, at);
    return closed;
  }

  #close(access: LoggedAccess): readonly LoggedAccess[] {
    if (access.kind === 'read') return this.#closeBy(access, (region) => region.kind === 'pair' || !region.reads.has(access.site));
    return this.#closeBy(access, () => true);
  }

  #closeBy(access: LoggedAccess, counts: (region: WatchedRegion) => boolean): readonly LoggedAccess[] {
    let closed: LoggedAccess[] | undefined;
    for (let index = 0; index < this.#regions.length; index++) {
      const region = this.#regions[index]!;
      if (!region.acts.has(access.site) || !counts(region)) continue;
      const read = this.#reads[index]!.get(instanceKey(access));
      if (read === undefined) continue;
      this.acts++;
      let isDoubtful = false;
      for (let one: OpenRead | undefined = read; one; one = one.before) {
        (closed ??= []).push(one.access);
        const write = this.#intrusion(region, one, access);
        if (write !== undefined) {
          this.torn.push({ region: index, read: one.access, write, act: access, ...(isDoubtful && { isDoubtful }) });
          break;
        }
        isDoubtful ||= one.isOfField === true && region.isUpdate !== true;
      }
    }
    return closed ?? NONE;
  }

  #intrusion({ kind }: WatchedRegion, read: OpenRead, act: LoggedAccess): LoggedAccess | undefined {
    if (kind === 'pair') return foreignSince(this.#accesses, read.access.location, read.at, act.task);
    return foreignSince(this.#writes, kind === 'response' ? act.location : read.access.location, read.at, act.task);
  }

  /** `{ ...state }` reads a variable, and then the contents of what it holds, at one place in one turn; so does `state.items.length`. */
  #sameLook(index: number, access: LoggedAccess): Pick<OpenRead, 'before' | 'isOfField'> {
    const known = this.#reads[index]!.get(instanceKey(access));
    if (known === undefined || known.access.turn !== access.turn || known.access.location === access.location) return alone;
    const part = this.#regions[index]!.isPart?.(access.site, known.access.site);
    if (part !== undefined) return { before: known, isOfField: part === 'field' };
    return known.access.site === access.site && known.before === undefined ? { before: known } : alone;
  }

  #open(access: LoggedAccess, at: number): void {
    for (let index = 0; index < this.#regions.length; index++) {
      const region = this.#regions[index]!;
      if (access.kind === 'write' && region.kind !== 'pair') continue;
      if (region.reads.has(access.site)) this.#reads[index]!.set(instanceKey(access), { access, at, ...this.#sameLook(index, access) });
    }
  }
}

function isWrite(access: LoggedAccess): boolean {
  return access.kind === 'write' || access.kind === 'update';
}

function remember(last: Map<string | number, LastWrites>, access: LoggedAccess, at: number): void {
  const known = last.get(access.location);
  if (known === undefined) last.set(access.location, { last: { access, at }, byAnother: undefined });
  else {
    if (known.last.access.task !== access.task) known.byAnother = known.last;
    known.last = { access, at };
  }
}

function foreignSince(last: ReadonlyMap<string | number, LastWrites>, location: string | number, since: number, task: string): LoggedAccess | undefined {
  const known = last.get(location);
  const foreign = known?.last.access.task === task ? known.byAnother : known?.last;
  return foreign !== undefined && foreign.at > since ? foreign.access : undefined;
}

function instanceKey({ activation, task }: LoggedAccess): string {
  return activation === undefined ? task : `${activation} ${task}`;
}

/** The torn regions of a complete log. */
export function tornRegions(log: Iterable<LoggedAccess>, regions: readonly WatchedRegion[]): readonly TornRegion[] {
  const monitor = new RegionMonitor(regions);
  for (const access of log) monitor.note(access);
  return monitor.torn;
}
