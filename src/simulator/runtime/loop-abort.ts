import type { Limit } from '../../model/index.js';

/** Ends an execution that overran a limit, or that the code itself would have ended. Subject code may catch it, but every later step throws it again. */
export class SimulationAbort extends Error {
  /** `steps`, or why in words. */
  readonly limit: string;
  /** The limit that was overrun; undefined where it was none. */
  readonly overrun: Limit | undefined;

  constructor(limit: string, overrun: Limit | undefined = limit === 'steps' ? limit : undefined) {
    super(`the execution was ended: it overran its limit of ${limit}`);
    this.name = 'SimulationAbort';
    this.limit = limit;
    this.overrun = overrun;
  }
}

/** Why an execution ends that comes to code which was left out of its program. */
export const missingCode = 'code that was left out';

export function isAbort(error: unknown): error is SimulationAbort {
  return error instanceof SimulationAbort;
}
