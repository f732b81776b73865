export { NoTest } from './plan.js';
export type { FrameworkName } from './frameworks.js';
export type { Confirmed } from './make-plan.js';
export { writeScenarioFile, type ScenarioFile } from './scenario-file.js';
export { subjectOf, type Subject } from './subject.js';
