import type { Exploration, ExplorationOptions, OutsideUses, RaceExploration, RaceFile, RaceOptions, RaceReplay, Scenario, Schedule, Trace } from '../model/index.js';
import { exploreRaceInParallel } from './node-parallel.js';
import { LimitReached, SimulatorError, type RaceWatch, type Simulator } from './simulator.js';
import { SimulatorThread, type Answer, type ThreadOptions } from './node-thread.js';

export interface NodeSimulatorOptions extends ThreadOptions {
  /** Threads that one exploration of a scenario file may use (default 1); those beyond the first are processes. */
  readonly jobs?: number;
  /** Milliseconds that one thread explores alone, while the others start (default 200). */
  readonly headStart?: number;
}

/** Milliseconds beyond an exploration's own limit after which a worker that does not answer is killed. */
const grace = 8_000;
const replayLimit = 10_000;

/** A simulator in worker threads of its own, which start at first need. Requests are answered one after the other. */
export function createNodeSimulator(options: NodeSimulatorOptions): Simulator {
  return new NodeSimulator(options);
}

class NodeSimulator implements Simulator {
  readonly #headStart: number;
  readonly #threads: readonly [SimulatorThread, ...SimulatorThread[]];

  constructor(options: NodeSimulatorOptions) {
    this.#headStart = options.headStart ?? 200;
    this.#threads = [new SimulatorThread(options), ...Array.from({ length: (options.jobs ?? 1) - 1 }, () => new SimulatorThread({ ...options, isProcess: true }))];
  }

  async explore(scenario: Scenario, options: ExplorationOptions, signal?: AbortSignal): Promise<Exploration> {
    const answer = await this.#threads[0].ask({ type: 'explore', scenario, options }, { program: scenario.program, limit: options.maxMilliseconds + grace, signal });
    if (answer.type !== 'explored') throw unexpected(answer);
    return answer.exploration;
  }

  async replay(scenario: Scenario, schedule: Schedule, signal?: AbortSignal): Promise<Trace> {
    const answer = await this.#threads[0].ask({ type: 'replay', scenario, schedule }, { program: scenario.program, limit: replayLimit, signal });
    if (answer.type !== 'replayed') throw unexpected(answer);
    return answer.trace;
  }

  async study(scenario: Scenario, schedule: Schedule, signal?: AbortSignal): Promise<OutsideUses> {
    const answer = await this.#threads[0].ask({ type: 'study', scenario, schedule }, { program: scenario.program, limit: replayLimit, signal });
    if (answer.type !== 'studied') throw unexpected(answer);
    return answer.uses;
  }

  async exploreRace(race: RaceFile, options: RaceOptions, watch: RaceWatch = {}): Promise<RaceExploration> {
    let seen = { executions: 0, transitions: 0 };
    const onProgress: RaceWatch['onProgress'] = (progress) => {
      seen = progress;
      watch.onProgress?.(progress);
    };
    try {
      return await exploreRaceInParallel(this.#threads, race, options, { grace, headStart: this.#headStart, signal: watch.signal, onProgress });
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      return { exhaustive: false, limit: error.limit, ...seen, wrong: 0, outcomes: [], problems: [], asked: [], unmodelled: [], failure: { reason: error.message } };
    }
  }

  async replayRace(race: RaceFile, schedule: Schedule, signal?: AbortSignal): Promise<RaceReplay> {
    const answer = await this.#threads[0].ask({ type: 'replay-race', race, schedule }, { program: race.program, limit: replayLimit, signal });
    if (answer.type !== 'race-replayed') throw unexpected(answer);
    return answer.replay;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.dispose()));
  }
}

export function unexpected(answer: Answer): SimulatorError {
  return new SimulatorError(answer.type === 'failed' ? answer.message : `unexpected answer ${answer.type}`);
}
