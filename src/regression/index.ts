export { NoTest } from './plan.js';
export type { FrameworkName } from './frameworks.js';
export type { Confirmed } from './make-plan.js';
export { subjectOf, type Subject } from './subject.js';
