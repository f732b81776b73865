import { isSameOp, type SharedOp } from './operations.js';
import { copied } from './plain-data.js';

type Perform = (op: SharedOp) => unknown;

/**
 * What set-up asks of what is shared, and what it is given. Set-up runs alike in every instance of an agent, so only the first one needs
 * a world to ask. One that asks for something else is given a world after all, in which it has asked for the rest too.
 */
export class SetUpLog {
  readonly #known: { readonly op: SharedOp; readonly result: unknown }[] = [];
  #isComplete = false;

  /** For an instance from its start on; `world`: performs operations on a world that nobody else sees. */
  instance(world: () => Perform): Perform {
    let perform: Perform | undefined;
    let rank = 0;
    const isFirst = !this.#isComplete;
    this.#isComplete = true;
    return (op) => {
      if (isFirst) {
        const result = (perform ??= world())(op);
        this.#known.push({ op, result: copied(result) });
        return result;
      }
      const known = this.#known[rank];
      if (perform === undefined && known !== undefined && isSameOp(known.op, op)) {
        rank++;
        return copied(known.result);
      }
      if (perform === undefined) {
        perform = world();
        for (const earlier of this.#known.slice(0, rank)) perform(earlier.op);
      }
      return perform(op);
    };
  }
}
