import type { SharedObjectKind } from '../agents/shared-objects.js';
import { files } from './files/index.js';
import { postgresServers } from './postgres/index.js';
import { redisServers } from './redis/index.js';
import { servers, sockets } from './sockets/network.js';
import { databases } from './indexeddb/index.js';
import { locks } from './locks/index.js';
import { storages } from './storage/index.js';
import { endpoints, workers } from './messages/index.js';
import { pipes, processes } from './processes/index.js';

/** What tasks share that all run in one agent. */
export const localKinds: readonly SharedObjectKind[] = [endpoints, files, sockets, servers, processes, pipes, locks, redisServers, postgresServers, storages, databases];

/** What agents share. */
export const agentKinds: readonly SharedObjectKind[] = [...localKinds, workers];
