import type { Limit } from '../../model/index.js';
import { SimulationAbort } from './loop-abort.js';

/** The steps that one execution may take. Once it is over, for whatever reason, every later step throws the same abort (invariant 10 of the loop). */
export class StepBudget {
  readonly #limit: number;
  #spent = 0;
  #overrun: SimulationAbort | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  spend(steps: number): void {
    this.#spent += steps;
    if (this.#spent > this.#limit) this.abort('steps');
    if (this.#overrun !== undefined) throw this.#overrun;
  }

  abort(limit: string, overrun?: Limit): never {
    this.#overrun ??= new SimulationAbort(limit, overrun);
    throw this.#overrun;
  }
}
