import type { SharedObjectKind } from '../agents/shared-objects.js';
import { servers, sockets } from './sockets/network.js';
import { endpoints, workers } from './messages/index.js';

/** What tasks share that all run in one agent. */
export const localKinds: readonly SharedObjectKind[] = [endpoints, sockets, servers];

/** What agents share. */
export const agentKinds: readonly SharedObjectKind[] = [...localKinds, workers];
