export { createReact } from './module.js';
export { Rendering, StateCell, type Moment } from './rendering.js';
