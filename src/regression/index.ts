export { NoTest } from './plan.js';
