import type { Exploration, ExplorationOptions, Scenario, Schedule, Trace } from '../model/index.js';

/** Runs scenarios somewhere apart: a worker thread, a web worker. */
export interface Simulator {
  /** @throws SimulatorError if the worker had to be killed, or the signal's reason. */
  explore(scenario: Scenario, options: ExplorationOptions, signal?: AbortSignal): Promise<Exploration>;
  /** @throws SimulatorError if the schedule does not fit the scenario. */
  replay(scenario: Scenario, schedule: Schedule, signal?: AbortSignal): Promise<Trace>;
  dispose(): Promise<void>;
}

/** The simulator could not answer: `message` is one line for a person. */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';
}
