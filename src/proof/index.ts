export { prove, simulate, type ProveOptions, type ScenarioProof } from './prove.js';
export { likelyScenario } from './likely-scenario.js';
export { proveFixes, type FixOptions } from './prove-fix.js';
export { closeRace, raceProof, verdictOf, type ClosedRace, type RaceSettings } from './race.js';
