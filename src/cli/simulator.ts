import { createNodeSimulator } from '../simulator/node.js';

/** A simulator in workers of its own, at most `jobs` for one exploration; the worker's bundle lies beside the engine's. */
export function startSimulator(jobs = 1): ReturnType<typeof createNodeSimulator> {
  return createNodeSimulator({ workerPath: new URL('./simulator-worker.js', import.meta.url), jobs });
}
