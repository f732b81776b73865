import { subjectAt, type FileAnalysis, type FunctionSubject } from '../analysis/index.js';
import type { Finding, Position } from '../model/index.js';

/** What can be simulated at a place of an analysed file, or why the file says nothing. */
export function chooseAt(analysis: FileAnalysis, position: Position): Finding | FunctionSubject | { readonly failure: NonNullable<FileAnalysis['failure']> } | undefined {
  return analysis.failure ? { failure: analysis.failure } : subjectAt(analysis, position);
}
