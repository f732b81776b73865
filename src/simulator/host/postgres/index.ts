export { createPg } from './pg.js';
export { postgresKind, postgresServers } from './postgres-kind.js';
