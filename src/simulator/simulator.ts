import type { Exploration, ExplorationOptions, Limit, OutsideUses, RaceExploration, RaceFile, RaceOptions, RaceProgress, RaceReplay, Scenario, Schedule, Trace } from '../model/index.js';

/** Runs scenarios somewhere apart: a worker thread, a web worker. */
export interface Simulator {
  /** @throws SimulatorError if the worker had to be killed, or the signal's reason. */
  explore(scenario: Scenario, options: ExplorationOptions, signal?: AbortSignal): Promise<Exploration>;
  /** @throws SimulatorError if the schedule does not fit the scenario. */
  replay(scenario: Scenario, schedule: Schedule, signal?: AbortSignal): Promise<Trace>;
  /** What a replay does with values from outside. @throws SimulatorError if the schedule does not fit the scenario. */
  study(scenario: Scenario, schedule: Schedule, signal?: AbortSignal): Promise<OutsideUses>;
  /**
   * Explores a scenario file. A limit that is met, be it by killing the worker, is told in the answer.
   * @throws SimulatorError if the worker failed, or the signal's reason.
   */
  exploreRace(race: RaceFile, options: RaceOptions, watch?: RaceWatch): Promise<RaceExploration>;
  /** @throws SimulatorError if the schedule does not fit the file. */
  replayRace(race: RaceFile, schedule: Schedule, signal?: AbortSignal): Promise<RaceReplay>;
  dispose(): Promise<void>;
}

export interface RaceWatch {
  readonly signal?: AbortSignal | undefined;
  /** Called several times a second while an exploration is under way. */
  readonly onProgress?: ((progress: RaceProgress) => void) | undefined;
}

/** The simulator could not answer: `message` is one line for a person. */
export class SimulatorError extends Error {
  override readonly name: string = 'SimulatorError';
}

/** The worker was killed, since the code overran a limit. */
export class LimitReached extends SimulatorError {
  override readonly name = 'LimitReached';
  constructor(readonly limit: Limit, message: string) {
    super(message);
  }
}
