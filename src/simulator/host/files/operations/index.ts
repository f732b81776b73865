import { attributeOperations } from './attributes.js';
import { contentOperations } from './contents.js';
import { entryOperations } from './entries.js';
import type { OperationsWorld } from './world.js';

export type { Steps } from './world.js';

/**
 * What the three forms of `fs` have in common. Arguments are checked when an operation is called, what it does happens as its steps are
 * taken: at once, or in an event each.
 */
export type Operations = ReturnType<typeof createOperations>;

export function createOperations(world: OperationsWorld) {
  const contents = contentOperations(world);
  const entries = entryOperations(world);
  const attributes = attributeOperations(world);
  return { ...contents, ...entries, ...attributes, byPath: { ...contents.byPath, ...entries.byPath, ...attributes.byPath } };
}
