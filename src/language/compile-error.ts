import type { SourceRange } from '../model/index.js';

/** The subject cannot be turned into a program; `message` says why and what to do, in one line. */
export class CompileError extends Error {
  override readonly name = 'CompileError';

  constructor(message: string, /** Where, if it has a place. */ readonly range?: SourceRange) {
    super(message);
  }
}
