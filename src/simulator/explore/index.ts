export { DEFAULT_MAX_TURNS, type Execution, type OnExecution, type Path, type PathStep, type PendingEvent, type SearchLimit, type SearchOptions, type SearchSummary } from './execution.js';
export { explore, type ExploreOptions, type Strategy } from './explore.js';
export { Footprint, FootprintRecorder, Keys, WHOLE } from './footprint.js';
export { NondeterminismError, ScheduleError } from './nondeterminism.js';
export { randomNumbers } from './random.js';
export { replay } from './replay.js';
export { exploreSerially } from './serial.js';
export { exploreBySwitches } from './switches.js';
