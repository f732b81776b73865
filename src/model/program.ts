import type { Assumption, EntryPath, Outcome, Region } from './finding.js';
import type { Limit } from './race.js';
import type { Schedule } from './schedule.js';
import type { SourceRange } from './source.js';
import type { Trace } from './trace.js';

/** An instrumented place in the subject; a program names it by its index in `sites`. */
export interface Site {
  readonly range: SourceRange;
  /** The source text of the place, on one line and shortened. */
  readonly text: string;
}

/** Whether a task waits at a site. */
export function isWait({ text }: Site): boolean {
  return /^await\b/.test(text);
}

/** A subject ready to run: one strict function expression whose parameters shadow every ambient name. */
export interface Program {
  readonly version: 1;
  readonly file: string;
  /** `(function (runtime, ...names) { "use strict"; ... })` */
  readonly code: string;
  /** The names behind `runtime`, in the order of the parameters. */
  readonly names: readonly string[];
  readonly sites: readonly Site[];
  /** Accesses that the instrumentation could not report, each in one line; with any of them no exploration is exhaustive. */
  readonly gaps: readonly string[];
}

/** A value made before any run: plain JSON, something from outside, or nothing. */
export type ArgumentPlan =
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'opaque'; readonly name: string }
  | { readonly kind: 'undefined' };

export type ScenarioOracle = 'stuck' | 'held' | 'order';

export interface TaskPlan {
  readonly id: string;
  /** What a person reads: `withdraw(80)`. */
  readonly name: string;
  readonly path: EntryPath;
  /** Arguments of the call that is the task. */
  readonly arguments: readonly ArgumentPlan[];
}

/** A closed runnable program: the subject, the tasks that may overlap, the environment, what is observed. Plain data. */
export interface Scenario {
  readonly version: 1;
  readonly program: Program;
  /** Arguments for the construct and call steps on the way to a task, by `pathKey`; the same object serves all tasks. */
  readonly setup: Readonly<Record<string, readonly ArgumentPlan[]>>;
  /** Calls that are run to their end, one after the other, before the tasks start. */
  readonly prelude: readonly TaskPlan[];
  readonly tasks: readonly TaskPlan[];
  readonly regions: readonly Region[];
  /**
   * What makes an end wrong: a torn region, unless told; `stuck`: a task that never finishes, as one that waits for a lock for ever; `held`: the same of a task at a read of a region,
   * since another one has left it by the failure of a wait that is one of its acts; `order`: an act of a region
   * comes after one of its reads, in the same task or in what set-up has left running; after the end of the task, if reads and acts are the same. Then tasks start while set-up is under way.
   */
  readonly oracle?: ScenarioOracle;
  /** Which external calls inside regions belong to an outcome: all, or those that do not look as if they only read or compute. */
  readonly effects: 'all' | 'changing';
  /** True if external calls belong to an outcome wherever a task makes them, not only inside regions. */
  readonly countsOutside?: boolean;
  /** Truth of conditions on opaque values, by `Assumption.condition`; what is not listed takes a default and is reported. */
  readonly assumptions: Readonly<Record<string, boolean>>;
  /** Fields and collections that set-up leaves empty may have been filled before the tasks start: whether they were is an assumption each. */
  readonly presumes?: boolean;
  /** What every file holds from the start, where a region is about one: then `readFile` gives what `writeFile` has put there. Otherwise files are outside. */
  readonly files?: string;
  /** True if the tasks are called in one turn, in the order of `tasks`, as `Promise.all([a(), b()])` does. What is expected is still what they do one after the other. */
  readonly together?: boolean;
  /** Calls of the outside may fail, each once in an execution. */
  readonly faults?: boolean;
  /** Names of fields that the text of an object leaves out, as if they were not there. */
  readonly untold?: readonly string[];
  /** Functions on the way to what is flagged: an exploration tells which of them it came to. */
  readonly landmarks?: readonly SourceRange[];
  /** Seeds `Math.random` and `crypto`. */
  readonly seed: number;
}

/** The event that starts all tasks of a scenario which are called together. */
export function jointStart(tasks: readonly TaskPlan[]): string {
  return tasks.map(({ id }) => id).join('+');
}

/** Identifies the value that a path has led to after `count` steps. */
export function pathKey(path: EntryPath, count: number): string {
  return [path.root, ...path.steps.slice(0, count).map((step) => (step.kind === 'member' ? step.name : step.kind === 'closure' ? `closure@${step.range.start.line}:${step.range.start.column}` : step.kind))].join('/');
}

export interface ExplorationOptions {
  readonly strategy: 'optimal' | 'naive' | 'pct' | 'random';
  readonly maxExecutions: number;
  /** Milliseconds of work after which the exploration ends as not exhaustive. */
  readonly maxMilliseconds: number;
  readonly stopAtFirst: boolean;
  /** Nothing is explored if the tasks one after the other do not come to a region: a glance that costs two executions. */
  readonly onlyIfReached?: boolean;
}

export interface Exploration {
  readonly exhaustive: boolean;
  /** What kept it from being exhaustive. */
  readonly limit?: Limit;
  readonly executions: number;
  readonly transitions: number;
  /** Executions whose outcome is not expected. */
  readonly wrong: number;
  readonly outcomes: readonly { readonly outcome: Outcome; readonly count: number; readonly expected: boolean }[];
  /** How the tasks end one after the other, in any order, as far as nothing is wrong with that. */
  readonly serial: readonly Outcome[];
  /** Conditions on opaque values that were asked in any run, with the answer that was given. */
  readonly asked: readonly Assumption[];
  /** Indices of the sites that were executed in any run. */
  readonly reached: readonly number[];
  /** It was asked for a glance, and went no further: see `ExplorationOptions.onlyIfReached`. */
  readonly isGlance?: boolean;
  /** How many of the scenario's landmarks were come to in any run. */
  readonly passed: number;
  /** In some run a task came through a region while another one wrote the place that it is about, or looked at it for itself. */
  readonly contended: boolean;
  /** In some run an act wrote the very place that its region had read. */
  readonly coherent: boolean;
  /** In some run a region lasted longer than a turn, so that another task could start in it, or had no suspension in which one could. */
  readonly spanning: boolean;
  /** In some run another task wrote the place between a look at it and the act that depends on it, be it with a wrong end or not. */
  readonly torn: boolean;
  /** In some run a task waited for something. */
  readonly suspended: boolean;
  /** Sites of the regions at which a run called what comes from outside. */
  readonly outside: readonly number[];
  /** In some run a task suspended between its first look at a place and the act, as was flagged; it may have looked again. */
  readonly crossed: boolean;
  /** A run ended as no expected one does after what holds a checked field was replaced as a whole: it may be wrong, or not. */
  readonly doubtful: boolean;
  /** Why no execution says anything: the subject failed to load, threw during set-up, ran out of steps. */
  readonly failure?: { readonly reason: string; readonly range?: SourceRange; /** The limit that the code overran. */ readonly limit?: Limit; /** It came to code that was left out of the program. */ readonly isIncomplete?: true };
  /** What the runs could not model, each in one line; with any of them there is no verdict. */
  readonly unmodelled: readonly string[];
  readonly witness?: {
    readonly schedule: Schedule;
    readonly switches: number;
    readonly outcome: Outcome;
    readonly expectedOutcomes: readonly Outcome[];
    readonly trace: Trace;
    readonly assumptions: readonly Assumption[];
  };
}
