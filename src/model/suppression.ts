import type { SourceRange } from './source.js';

/** A comment that should keep a finding quiet and does not, or has nothing to keep quiet. */
export interface SuppressionProblem {
  readonly kind: 'malformed' | 'no-reason' | 'unknown-rule' | 'unused';
  /** What is wrong, and what to do. */
  readonly message: string;
  readonly range: SourceRange;
}
