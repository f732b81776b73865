import type { EventLoop } from '../../runtime/loop.js';
import { deserialise } from './deserialise.js';
import type { MessagesWorld, Ports } from './message-port.js';
import { dataCloneError, serialise } from './serialise.js';
import type { CloneRecord } from './record.js';
import type { WorkerEntry } from './workers.js';

export type WorkerScope = ReturnType<typeof createWorkerScope>;

/** What a worker finds around it: `worker_threads` as Node gives it, and the global scope of the web's workers. */
export function createWorkerScope({ host, loop }: Pick<MessagesWorld, 'host'> & { readonly loop: EventLoop }, { adopt, realm }: Ports, entry: WorkerEntry) {
  const parentPort = adopt(entry.port);
  const call = (method: string, payload: object): unknown => host.perform({ kind: 'shared', site: host.site, object: entry.worker, method, payload, name: entry.worker });
  const exit = (code: unknown = 0): void => void call('exit', { code: Number(code) });
  // What nobody in here catches ends the worker, and is told to who started it.
  const before = loop.onError;
  loop.onError = (error) => {
    if (before?.(error) === true) return true;
    const { reason } = error;
    call('fail', { record: recordOf(reason, (value) => serialise(value, [], realm)) });
    return true;
  };
  const globals: Readonly<Record<string, unknown>> = {
    postMessage: (...args: readonly unknown[]) => parentPort.postMessage(...args),
    addEventListener: (...args: readonly [unknown, unknown]) => parentPort.addEventListener(...args),
    removeEventListener: (...args: readonly [unknown, unknown]) => parentPort.removeEventListener(...args),
    close: () => exit(0),
    name: entry.name,
  };
  return {
    threads: { isMainThread: false, parentPort, threadId: entry.threadId, workerData: deserialise(entry.data, realm).value },
    exit,
    globals,
    /** Gives `self` what the scope has. Its listeners are those of the port to who started the worker. */
    extend(object: object): object {
      Object.assign(object, globals);
      for (const type of ['onmessage', 'onmessageerror'] as const) {
        const port = parentPort as unknown as Record<typeof type, unknown>;
        Object.defineProperty(object, type, { get: () => port[type], set: (value: unknown) => { port[type] = value; }, enumerable: true, configurable: true });
      }
      return object;
    },
  };
}

/** An error that cannot be cloned is told in words. */
function recordOf(reason: unknown, clone: (value: unknown) => CloneRecord): CloneRecord {
  try {
    return clone(reason);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== dataCloneError('').name) throw error;
    return clone(new Error(String(reason)));
  }
}
