import type { SharedCall, SharedObjectKind, SharedObjects, SharedWorld } from '../../agents/shared-objects.js';
import { EPOCH } from '../../runtime/timers.js';
import { calls, type Given, type Plan } from './calls.js';
import { told } from './told.js';
import { Tree } from './tree.js';

/** The name of the kind: identities of open files, and of what they make, begin with it. */
export const fileKind = 'file';
/** All calls go to one object; what they touch tells different files apart. */
export const fileSystem = `${fileKind} system`;

/** The files of the simulated machine: what its kernel knows of them (POSIX.1-2017, as Linux does it). Every call is atomic. */
export const files: SharedObjectKind = { name: fileKind, create: (world) => new Files(world) };

class Files implements SharedObjects {
  readonly #tree: Tree;

  constructor(world: SharedWorld) {
    this.#tree = new Tree(world, EPOCH);
  }

  touches(call: SharedCall): Plan['touches'] {
    return this.#plan(call).touches;
  }

  perform(call: SharedCall): unknown {
    return this.#plan(call).run();
  }

  logged({ method, payload }: SharedCall, result: unknown): { text: string } | undefined {
    return told(method, payload as Given, result);
  }

  #plan({ method, payload }: SharedCall): Plan {
    return calls[method]!(this.#tree, payload as Given);
  }
}
