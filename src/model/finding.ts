import type { JudgedFix } from './fix.js';
import type { Limit } from './race.js';
import type { Trace } from './trace.js';
import type { SourceRange } from './source.js';
import type { Schedule } from './schedule.js';

export type Category = 'atomicity' | 'locking' | 'deadlock' | 'ordering' | 'shared-memory' | 'files' | 'external-state' | 'messaging' | 'ipc-security';
export type Severity = 'error' | 'warning' | 'information';

/**
 * `confirmed`: a witness exists. `refuted`: all interleavings were explored and none is wrong.
 * `bounded`: none found within the budget. `unproven`: no scenario could be closed.
 */
export type Verdict = 'confirmed' | 'refuted' | 'bounded' | 'unproven';

/** A read, write or atomic read-modify-write of a shared location. */
export interface Access {
  readonly kind: 'read' | 'write' | 'update';
  readonly range: SourceRange;
  /** Name of the function the access stands in, such as `Account.withdraw`; `<module>` at the top level. */
  readonly function: string;
  /** Names of the locks that are held there. */
  readonly locks: readonly string[];
}

/**
 * The stretch of one task between a read or guard and the access that depends on it.
 * Ranges are the join between the analyser and the simulator; both use the same convention:
 * a variable access is its identifier; a property access is the whole member expression (`this.balance`, `this.#token`);
 * an access to the contents of a Map, Set or array through a method is the whole call expression (`this.cache.get(id)`).
 * An assignment's write has the range of its target, `x` in `x = v`; so have both accesses of `x += v` and `x++`.
 */
export interface Region {
  /** What a person would call the location: `balance`, `Account#balance`, `Session.#token`, `Cache#entries[*]`. */
  readonly location: string;
  /**
   * `update`: the written value depends on the stale read. `guard`: whether the act happens depends on it.
   * `pair`: the act completes what the task began with the accesses called reads; until then nobody else should see the place.
   * `response`: the act puts away the answer to the calls called reads; of two answers that of the later call should stay.
   * `cap`: the act takes one of a limited number of places, as a check allowed.
   */
  readonly dependence: 'update' | 'guard' | 'pair' | 'response' | 'cap';
  /** Of a `response`: the act comes after the end of what it belongs to. All may end as if the end had come first, so that nothing is refuted by how runs end. */
  readonly isLate?: true;
  /** The stale reads (one or more places; the latest executed before the act opens the region). */
  readonly reads: readonly SourceRange[];
  /** The suspension points between, in source order. */
  readonly suspensions: readonly SourceRange[];
  /** The dependent writes, or guarded acts, that close the region. */
  readonly acts: readonly SourceRange[];
}

/**
 * How a task is started, from the module's top level: take the value named `root` and follow the steps.
 * `Account` + construct + member withdraw: `new Account(…).withdraw(…)`. `createStore` + call + member inc: `createStore(…).inc(…)`.
 * With `closure` the callee is the function expression at that range, caught when it is created.
 */
export interface EntryPoint {
  /** What a person would call it: `Account.withdraw`. */
  readonly name: string;
  /** The function that runs, whole. */
  readonly range: SourceRange;
  /** Absent if nobody outside can be seen to start it. */
  readonly path?: EntryPath;
  /** False for the setter, static block, private or protected method and so on that is not for outside callers. */
  readonly isPublic: boolean;
}

export interface EntryPath {
  /** A name bound at the module's top level (exported or not); `default` for an anonymous default export; `<module>` if a closure that loading creates is meant. */
  readonly root: string;
  readonly steps: readonly EntryStep[];
}

export type EntryStep = { readonly kind: 'construct' } | { readonly kind: 'call' } | { readonly kind: 'member'; readonly name: string } | { readonly kind: 'closure'; readonly range: SourceRange };

/**
 * How the simulator decides whether a finding is true (rules.md). `region`: the region is torn. `deadlock`: tasks wait for each other.
 * `held-lock`: a lock is still held when all is over. `starvation`: something waits for what never comes. `error`: a run fails as no
 * serial one does. `none`: nothing that could be run says more than the text.
 */
export type OracleKind = 'region' | 'deadlock' | 'held-lock' | 'starvation' | 'error' | 'data-race' | 'none';

/** What a rule says of the code before anything has been run. */
export interface Finding {
  readonly rule: string;
  readonly category: Category;
  readonly oracle: OracleKind;
  readonly message: string;
  /** The squiggle: the dependent write or act. */
  readonly range: SourceRange;
  readonly location: string;
  /** The stale read first, then the act, then what other tasks may do to the location meanwhile. */
  readonly accesses: readonly Access[];
  /** Where the oracle is not `region`: the places that a run has to come to before its end says anything, the first as reads, the last as acts. */
  readonly region: Region;
  /** Pairs that may run at the same time, likeliest first; the first of a pair runs the region. */
  readonly overlaps: readonly (readonly [EntryPoint, EntryPoint])[];
}

/** A condition on a value from outside the scenario that a run took for granted. */
export interface Assumption {
  /** What a person reads: "`storage.load()` is falsy". */
  readonly text: string;
  /** Identity of the asked condition; the same for the same expression in every run of a scenario. */
  readonly condition: string;
  readonly value: boolean;
  /** The place in the program where it was asked first, as an index of its sites. */
  readonly site?: number;
}

/** What a state calls the task that asked last, where a region is about answers. */
export const lastToAsk = 'last to ask';

/** An observable end of an execution, as compared between executions; every field is plain text. */
export interface Outcome {
  /** Final value of each observed location, by its name. */
  readonly state: Readonly<Record<string, string>>;
  /** What each task returned or threw, by its id: `returned 3`, `threw Error: no funds`, `never finished`. */
  readonly results: Readonly<Record<string, string>>;
  /** External calls made inside regions, with how often: `audit(80)` -> 2. */
  readonly effects: Readonly<Record<string, number>>;
}

export interface Witness {
  readonly schedule: Schedule;
  /** How often the schedule leaves a task that could have gone on. */
  readonly switches: number;
  readonly assumptions: readonly Assumption[];
  readonly outcome: Outcome;
  readonly expectedOutcomes: readonly Outcome[];
  readonly trace: Trace;
}

/** What exploration says of a finding. */
export interface Proof {
  readonly verdict: Verdict;
  /** One sentence: how it was proved, or why it could not be. */
  readonly reason: string;
  readonly exhaustive: boolean;
  /** What kept the exploration from being exhaustive, where the verdict is `bounded`. */
  readonly limit?: Limit;
  /** Complete executions explored, all candidate scenarios together. */
  readonly executions: number;
  /** How many of them ended wrongly. */
  readonly wrong: number;
  readonly transitions: number;
  readonly outcomes: readonly { readonly outcome: Outcome; readonly count: number; readonly expected: boolean }[];
  readonly witness?: Witness;
}

export interface JudgedFinding extends Finding {
  readonly proof: Proof;
  /** Changes that would cure it, proved ones first; known of findings that are confirmed or follow from the text. */
  readonly fixes: readonly JudgedFix[];
  readonly severity: Severity;
}

/** Confirmed -> warning (error for deadlock and data-race), otherwise information; what follows from the text alone is as good as confirmed. Refuted is not shown at all. */
export function severityOf(finding: Finding, verdict: Verdict): Severity {
  if (verdict !== 'confirmed') return finding.oracle === 'none' ? 'warning' : 'information';
  return finding.category === 'deadlock' || finding.rule === 'data-race' ? 'error' : 'warning';
}
