export { registerSystems } from './register.js';
export { Shelf } from './shelf.js';
