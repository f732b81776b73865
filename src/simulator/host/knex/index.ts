export { createKnex } from './knex.js';
