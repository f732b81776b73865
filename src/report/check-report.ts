import type { JudgedFinding, Severity, SuppressionProblem } from '../model/index.js';

/** What `raceproof check` found, in the order in which it is shown: by file, then by place. */
export interface CheckReport {
  /** Refuted ones are not among them: they are no findings any more. */
  readonly findings: readonly JudgedFinding[];
  /** Comments that should keep findings quiet and do not, or need not. */
  readonly suppressions: readonly ReportedSuppression[];
  /** What `--fix` has changed, in that order; absent if it was not asked for. */
  readonly fixed?: readonly AppliedFix[];
  /** What `--export` has written, or why not; absent if it was not asked for. */
  readonly tests?: readonly ReportedTest[];
  readonly stats: CheckStats;
}

/** A confirmed finding and the test that forces its witness. */
export type ReportedTest = {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
} & (
  /** `failure`: how it failed on the code as it is; `passesWith`: the proved fix with which it passes. `isNew`: false if the very test was there already. */
  | { readonly test: string; readonly isNew: boolean; readonly failure: string; readonly passesWith?: string }
  | { readonly reason: string }
);

/** A proved fix that was applied; `line` is where the finding stood when it was. */
export interface AppliedFix {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly location: string;
  readonly title: string;
}

export interface ReportedSuppression extends SuppressionProblem {
  readonly severity: Severity;
}

export interface CheckStats {
  readonly files: number;
  readonly lines: number;
  /** Files that held a word that can matter, and so were parsed. */
  readonly parsed: number;
  readonly ms: number;
  readonly executions: number;
  /** Findings that a comment keeps quiet; they are not proved. */
  readonly suppressed: number;
  /** Findings that were taken back because no interleaving is wrong. */
  readonly refuted: number;
  /** Files that could not be checked. */
  readonly failed: number;
}
