import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a simulator's host needs of whoever simulates for it: a worker thread has all of it. */
export interface Simulating {
  on(event: 'message' | 'error' | 'exit', listener: (value: never) => void): this;
  once(event: 'message' | 'error' | 'exit', listener: (value: never) => void): this;
  off(event: 'message' | 'error' | 'exit', listener: (value: never) => void): this;
  postMessage(message: unknown): void;
  terminate(): unknown;
  ref(): void;
  unref(): void;
}

/** V8 ends a process whose heap is full by a signal. */
export class OutOfMemory extends Error {
  readonly code = 'ERR_WORKER_OUT_OF_MEMORY';
}

/**
 * The simulator's worker as a process of its own. Threads of one process share V8's helper threads, and collections of garbage then wait
 * for each other: two threads were slower than one. A process shares nothing. It collects garbage alone, since the cores that could help are
 * exploring, too.
 */
export function spawnProcess(workerPath: string | URL, heapMegabytes: number): Simulating {
  const path = workerPath instanceof URL ? fileURLToPath(workerPath) : workerPath;
  const child = fork(path, [], { execArgv: [`--max-old-space-size=${heapMegabytes}`, '--max-semi-space-size=64', '--stack-size=3900', '--single-threaded-gc'], env: {}, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const events = new EventEmitter();
  child.on('message', (message) => events.emit('message', message));
  child.on('error', (error) => { if (events.listenerCount('error') > 0) events.emit('error', error); });
  child.on('exit', (code, signal) => {
    if ((signal === 'SIGABRT' || signal === 'SIGTRAP') && events.listenerCount('error') > 0) events.emit('error', new OutOfMemory('the heap is full'));
    events.emit('exit', code ?? 1);
  });
  return Object.assign(events, {
    postMessage: (message: unknown) => void child.send(message as object),
    terminate: () => void child.kill('SIGKILL'),
    ref: () => { child.ref(); child.channel?.ref(); },
    unref: () => { child.unref(); child.channel?.unref(); },
  }) as unknown as Simulating;
}
