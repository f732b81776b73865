import type { LoopError } from '../../runtime/loop.js';
import type { Emitter } from './emitter.js';
import { nodeError } from './errors.js';
import type { EventsModel, EventsWorld } from './index.js';

/** Numbers of signals on Linux. */
export const signals: Readonly<Record<string, number>> = {
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15,
  SIGCHLD: 17, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGWINCH: 28, SIGIO: 29,
};
const ignored = new Set(['SIGCHLD', 'SIGCONT', 'SIGURG', 'SIGWINCH', 'SIGPIPE']);
const unstoppable = new Set(['SIGKILL', 'SIGSTOP']);
const emitterMethods = ['on', 'once', 'off', 'addListener', 'removeListener', 'prependListener', 'prependOnceListener', 'removeAllListeners', 'emit', 'listenerCount', 'listeners', 'rawListeners', 'eventNames', 'setMaxListeners', 'getMaxListeners'];

/**
 * The part of `process` that is an emitter. A signal that the process sends itself arrives in a turn of its own, at any later time; one that
 * nobody listens to does what it does by default. Errors that nobody catches go to their listeners, if there are any.
 */
export function createProcessEvents({ loop }: EventsWorld, events: () => EventsModel, pid: number): Record<string, unknown> {
  let made: Emitter | undefined;
  const emitter = (): Emitter => (made ??= make());

  function make(): Emitter {
    const created = new (events().emitters.EventEmitter)();
    const before = loop.onError;
    loop.onError = (error) => handles(created, error) || before?.(error) === true;
    return created;
  }

  function handles(process: Emitter, { kind, reason, promise }: LoopError): boolean {
    const isRejection = kind === 'unhandledRejection';
    if (isRejection && process.emit('unhandledRejection', reason, promise)) return true;
    return process.emit('uncaughtException', reason, isRejection ? kind : 'uncaughtException');
  }

  function kill(target: unknown, signal: unknown = 'SIGTERM'): boolean {
    if (signal === 0) return true;
    const name = typeof signal === 'number' ? Object.keys(signals).find((known) => signals[known] === signal) : String(signal);
    if (name === undefined || !Object.hasOwn(signals, name)) throw nodeError(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${String(signal)}`);
    if (target !== pid || unstoppable.has(name)) loop.abort('process.kill() was called');
    loop.addEvent({ label: `${name} arrives`, fire: () => arrive(name) });
    return true;
  }

  function arrive(name: string): void {
    if (emitter().emit(name, name, signals[name]) || ignored.has(name)) return;
    loop.abort(`${name} ended the process`);
  }

  const own: Record<string, unknown> = { kill };
  for (const name of emitterMethods) {
    own[name] = function (this: unknown, ...args: unknown[]): unknown {
      const process = emitter();
      const result: unknown = Reflect.apply((process as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!, process, args);
      return result === process ? this : result;
    };
  }
  return own;
}
