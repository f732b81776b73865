import type { Exploration, ExplorationOptions, Scenario, Schedule, Trace } from '../../model/index.js';

/** What a host asks of a simulator worker, one at a time. */
export type SimulatorRequest =
  | { readonly type: 'explore'; readonly id: number; readonly scenario: Scenario; readonly options: ExplorationOptions }
  | { readonly type: 'replay'; readonly id: number; readonly scenario: Scenario; readonly schedule: Schedule };

export type SimulatorResponse =
  | { readonly type: 'ready' }
  | { readonly type: 'explored'; readonly id: number; readonly exploration: Exploration }
  | { readonly type: 'replayed'; readonly id: number; readonly trace: Trace }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
