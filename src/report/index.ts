export type { CheckReport, CheckStats } from './check-report.js';
export { formatCheckJson, formatProofJson, formatReplayJson, formatWitnessJson } from './json.js';
export { printable, printableJson } from './printable.js';
export { formatReplay, formatSimulation, formatWitness, type SimulatedSubject } from './simulation.js';
export { counted, formatStylish } from './stylish.js';
export type { Terminal } from './terminal.js';
export { formatTimeline } from './timeline.js';
export type { SourceLines } from './timeline-rows.js';
