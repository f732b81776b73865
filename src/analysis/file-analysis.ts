import type { EntryPoint, Finding, Region, SourceRange, SuppressionProblem } from '../model/index.js';

/** What the analyser says of one file. */
export interface FileAnalysis {
  readonly file: string;
  readonly lines: number;
  /** False if the file was skipped because no word that can matter occurs in it. */
  readonly parsed: boolean;
  /** A syntax error, and where. */
  readonly failure?: { readonly message: string; readonly range: SourceRange };
  readonly findings: readonly Finding[];
  /** Findings that a comment keeps quiet. */
  readonly suppressed: readonly Finding[];
  /** Comments that should keep a finding quiet and do not, or need not. */
  readonly suppressionProblems: readonly SuppressionProblem[];
  readonly functions: readonly FunctionSubject[];
}

/** A function that can be a task. */
export interface FunctionSubject {
  readonly entry: EntryPoint;
  /** True if it has a suspension point. */
  readonly isAsync: boolean;
  /** All regions on shared locations that it runs, also those that a lock or an idiom makes safe. */
  readonly regions: readonly Region[];
  /** Entry points that touch the same locations, itself first. */
  readonly partners: readonly EntryPoint[];
}
