export * from './source.js';
export * from './schedule.js';
export * from './trace.js';
export * from './finding.js';
export * from './program.js';
export * from './race.js';
export * from './race-source.js';
