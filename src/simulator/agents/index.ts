export { AgentSystem, type SystemOptions } from './system.js';
export { AgentsExecution } from './execution.js';
export type { AgentsEnd } from './end.js';
export { NOTHING_YET, type AgentCode, type AgentInstance, type AgentReport, type FinalAnswer, type LocalStep } from './agent.js';
export type { AgentHost, AgentPort, Cell, ElementType, ElementValue, SharedOp } from './operations.js';
export { lifeOf } from './shared-objects.js';
export type { Arrival, ArrivalPlan, Happening, HappeningPlan, SharedCall, SharedGuard, SharedObjectKind, SharedObjects, SharedWait, SharedWorld, SpawnPlan, Touches } from './shared-objects.js';
