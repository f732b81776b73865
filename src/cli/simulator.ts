import { createNodeSimulator } from '../simulator/node.js';

/** A simulator in workers of its own, at most `jobs` for one exploration; the worker's bundle lies beside the engine's. */
export function startSimulator(jobs = 1): ReturnType<typeof createNodeSimulator> {
  return createNodeSimulator({ workerPath: new URL('./simulator-worker.js', import.meta.url), jobs });
}

/** A simulator in a process of its own, of which several run at the same time without waiting for each other. */
export function startSimulatorProcess(): ReturnType<typeof createNodeSimulator> {
  return createNodeSimulator({ workerPath: new URL('./simulator-worker.js', import.meta.url), isProcess: true });
}
