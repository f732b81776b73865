export { hasModel } from './modelled.js';
export { LimitReached, SimulatorError, type RaceWatch, type Simulator } from './simulator.js';
export { exploreScenario, replaySchedule } from './scenario.js';
export type { Subject } from './runtime/runner.js';
export type { SimulatorRequest, SimulatorResponse } from './worker/protocol.js';
