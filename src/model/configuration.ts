import type { Finding, Severity, Verdict } from './finding.js';
import { severityOf } from './finding.js';
import type { SourceRange } from './source.js';

export type Level = Severity | 'off';

/** What a project says of itself in `raceproof.config.json`; docs/configuration.md tells it in full. */
export interface Configuration {
  /** The folder that patterns are relative to, as files are named: from the working directory, with `/`; empty for that directory itself. */
  readonly folder: string;
  /** The way back, from that folder down to the working directory, where the folder lies above it; else empty. */
  readonly above: string;
  /** What a confirmed finding of a rule is worth; `off`: the rule is not asked. */
  readonly rules: Readonly<Record<string, Level>>;
  /** What a finding is worth by its verdict; `off`: it is not shown. A rule's own level comes before `confirmed`. */
  readonly severities: Readonly<Partial<Record<ShownVerdict, Level>>>;
  /** Patterns of the files that are checked; empty: all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly entryPoints: EntryPointPatterns;
  readonly locks: readonly LockDescription[];
}

/** A refuted finding is none. */
export type ShownVerdict = Exclude<Verdict, 'refuted'>;

/** Each is a file pattern (`src/jobs/**`), a function (`#Account.withdraw`) or a function of certain files (`src/api/*#handle`). */
export interface EntryPointPatterns {
  /** Two runs of it may overlap. */
  readonly overlapping: readonly string[];
  /** It runs once in the life of what it touches. */
  readonly once: readonly string[];
}

/** How a lock, limiter or queue that a project wrote or chose itself is used. */
export interface LockDescription {
  /** Packages, as they are imported, or files (`./src/lock`), relative to the configuration's folder. */
  readonly modules: readonly string[];
  /** Exported constructors or factories that make a lock. */
  readonly makers: readonly string[];
  /** Exported functions that wrap a lock and give a lock. */
  readonly wrappers?: readonly string[];
  /** Methods that wait for the lock. */
  readonly acquire: readonly string[];
  readonly release: readonly string[];
  /** Methods that run a callback under the lock. */
  readonly run: readonly string[];
  /** The lock itself is called with the callback, or is acquired by a call. */
  readonly callable?: 'run' | 'acquire';
  /** The argument that says how many may hold it; more than one is no mutex. */
  readonly capacity?: { readonly argument: number; readonly option?: string };
}

export const noConfiguration: Configuration = { folder: '', above: '', rules: {}, severities: {}, include: [], exclude: [], entryPoints: { overlapping: [], once: [] }, locks: [] };

/** Something in a configuration that cannot be meant so. */
export interface ConfigurationProblem {
  /** What is wrong, and what to do. */
  readonly message: string;
  readonly range: SourceRange;
}

/** What a finding is worth, with what the project says of it; `off`: it is not shown. */
export function levelOf(finding: Finding, verdict: Verdict, { rules, severities }: Configuration): Level {
  if (verdict === 'refuted') return 'off';
  const isCertain = verdict === 'confirmed' || finding.oracle === 'none';
  const own = isCertain && Object.hasOwn(rules, finding.rule) && rules[finding.rule] !== 'off' ? rules[finding.rule] : undefined;
  return own ?? severities[isCertain ? 'confirmed' : verdict] ?? severityOf(finding, verdict);
}
