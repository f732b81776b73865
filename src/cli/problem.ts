import { printable } from '../report/index.js';
import type { Shell } from './shell.js';

/** A file or folder that could not be checked. */
export interface Problem {
  /** Relative to the working directory, with a place where there is one: `src/a.ts:3:7`. */
  readonly place: string;
  readonly message: string;
}

export function report(problems: readonly Problem[], shell: Shell): void {
  for (const { place, message } of problems) shell.complain(printable(`${place}: ${message}`));
}

/** What went wrong with a path, in words, and what to do about it. */
export function explainError(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file or folder; check the path.';
    case 'ENOTDIR':
      return 'a part of this path is not a folder; check the path.';
    case 'EACCES':
    case 'EPERM':
      return 'it may not be read; change its permissions, or run as a user who may.';
    case 'ELOOP':
      return 'its symbolic links lead in a circle; correct them.';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open; raise the limit (ulimit -n).';
    default:
      return message;
  }
}

