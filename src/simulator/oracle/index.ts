export { outcomeKey, RegionJudge, type OutcomeTally } from './judge.js';
export { minimise, type MinimalWitness, type MinimiseOptions } from './minimise.js';
export { RegionMonitor, tornRegions, type LoggedAccess, type TornRegion, type WatchedRegion } from './region.js';
