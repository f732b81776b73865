import { createNodeSimulator } from '../simulator/node.js';

/** A simulator in a worker of its own; the worker's bundle lies beside the engine's. */
export function startSimulator(): ReturnType<typeof createNodeSimulator> {
  return createNodeSimulator({ workerPath: new URL('./simulator-worker.js', import.meta.url) });
}
