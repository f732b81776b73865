/** Ends an execution that overran a limit. Subject code may catch it, but every later step throws it again. */
export class SimulationAbort extends Error {
  /** Which limit: `steps`, `time`, `heap` … */
  readonly limit: string;

  constructor(limit: string) {
    super(`the execution was ended: it overran its limit of ${limit}`);
    this.name = 'SimulationAbort';
    this.limit = limit;
  }
}

export function isAbort(error: unknown): error is SimulationAbort {
  return error instanceof SimulationAbort;
}
