import { createBroadcastChannel } from './broadcast-channel.js';
import { createPorts, type MessagesWorld } from './message-port.js';
import { createStructuredClone } from './structured-clone.js';
import { createWorkers } from './worker.js';
import { createWorkerScope } from './worker-scope.js';
import type { WorkerEntry } from './workers.js';

export { endpoints } from './endpoints.js';
export { workers, type WorkerEntry } from './workers.js';
export { LocalHost } from './local-host.js';
export type { CloneRealm, MovedKind } from './record.js';
export type { MessagesWorld } from './message-port.js';

export type MessagesModel = ReturnType<typeof createMessages>;

/** Cloning and channels of one agent, for one execution: the global names, and what `worker_threads` adds to them. */
export function createMessages(world: MessagesWorld, entry?: WorkerEntry) {
  const ports = createPorts(world);
  const { MessageChannel, MessagePort, MessageEvent, receiveMessageOnPort, realm } = ports;
  let workers: ReturnType<typeof createWorkers> | undefined;
  const BroadcastChannel = createBroadcastChannel(world, ports);
  return {
    ports,
    globals: { structuredClone: createStructuredClone(realm), MessageChannel, MessagePort, MessageEvent, BroadcastChannel },
    threads: { MessageChannel, MessagePort, BroadcastChannel, receiveMessageOnPort },
    get workers() { return (workers ??= createWorkers(world, ports)); },
    scope: entry && createWorkerScope(world, ports, entry),
  };
}
