import type { AgentHost } from '../../agents/operations.js';
import type { LoopError } from '../../runtime/loop.js';
import { errnoException } from '../processes/errno.js';
import { processTable, type KillResult, type ProcessNews } from '../processes/processes.js';
import { isCatchable, isSignal, signalName, signals, unknownSignal } from '../processes/signals.js';
import type { Emitter } from './emitter.js';
import { invalidArgument } from './errors.js';
import type { EventsModel, EventsWorld } from './index.js';

const emitterMethods = ['on', 'once', 'off', 'addListener', 'removeListener', 'prependListener', 'prependOnceListener', 'removeAllListeners', 'emit', 'listenerCount', 'listeners', 'rawListeners', 'eventNames', 'setMaxListeners', 'getMaxListeners'];

/** What `process` has to know of itself. */
export interface OwnProcess {
  readonly pid: number;
  readonly host: AgentHost;
  /** Signals come to the main thread alone. */
  readonly isMainThread: boolean;
  /** All processes that there are are simulated. */
  readonly hasMachine: boolean;
}

export interface ProcessEvents {
  /** Methods of `process`. */
  readonly members: Record<string, unknown>;
  readonly emitter: () => Emitter;
  /** A signal arrives. */
  readonly arrive: (signal: string) => void;
}

/**
 * The part of `process` that is an emitter. Signals that it listens to arrive in turns of their own, at any later time (`Processes` says more);
 * errors that nobody catches go to their listeners, if there are any.
 */
export function createProcessEvents({ loop }: EventsWorld, events: () => EventsModel, { pid, host, isMainThread, hasMachine }: OwnProcess): ProcessEvents {
  let made: Emitter | undefined;
  const emitter = (): Emitter => (made ??= make());
  const perform = (method: string, payload: object, name = `process ${pid}`): unknown => host.perform({ kind: 'shared', site: host.site, object: processTable, method, payload, name });
  const arrive = (signal: string): void => void emitter().emit(signal, signal, signals[signal]);

  function make(): Emitter {
    const created = new (events().emitters.EventEmitter)();
    const before = loop.onError;
    loop.onError = (error) => handles(created, error) || before?.(error) === true;
    if (isMainThread) listenForSignals(created);
    return created;
  }

  /** As Node does it: with listeners of its own. */
  function listenForSignals(created: Emitter): void {
    const heard = new Set<string>();
    if (pid === 1) host.onInput(host.agent, (news) => { if ((news as ProcessNews).kind === 'signal') arrive((news as { signal: string }).signal); });
    created.on('newListener', (type) => {
      if (!isSignal(type) || heard.has(type)) return;
      if (!isCatchable(type)) throw errnoException('EINVAL', 'uv_signal_start');
      heard.add(type);
      perform('handle', { pid, signal: type, isHandled: true });
    });
    created.on('removeListener', (type) => {
      if (!isSignal(type) || created.listenerCount(type) > 0 || !heard.delete(type)) return;
      perform('handle', { pid, signal: type, isHandled: false });
    });
  }

  function handles(process: Emitter, { kind, reason, promise }: LoopError): boolean {
    const isRejection = kind === 'unhandledRejection';
    if (isRejection && process.emit('unhandledRejection', reason, promise)) return true;
    return process.emit('uncaughtException', reason, isRejection ? kind : 'uncaughtException');
  }

  function kill(target: unknown, given: unknown): boolean {
    // eslint-disable-next-line eqeqeq -- as Node tells numbers
    if (target != ((target as number) | 0)) throw invalidArgument('pid', 'of type number', target);
    if (given !== 0 && typeof given === 'number' && signalName(given) === undefined) throw errnoException('EINVAL', 'kill');
    const signal = typeof given === 'number' ? given === 0 ? null : signalName(given)! : (given as string | undefined) || 'SIGTERM';
    if (signal !== null && !isSignal(signal)) throw unknownSignal(given);
    const to = Number(target);
    if (to <= 0) throw new Error(`process.kill(${to}) of a group of processes is not simulated; name one process by its pid`);
    if (to !== pid && !hasMachine) loop.abort('process.kill() was called');
    return signalled(perform('kill', { pid: to, signal }, `process ${to}${signal === null ? '' : ` (${signal})`}`) as KillResult, signal, to);
  }

  function signalled(result: KillResult, signal: string | null, to: number): boolean {
    if (result === 'ESRCH') throw errnoException('ESRCH', 'kill');
    if (result === 'ends scenario') loop.abort(`${signal} ended the process`);
    if (result === 'stops') throw new Error(`${signal} stops process ${to}, which is not simulated`);
    if (result === 'ended') perform('be gone', {});
    return true;
  }

  const members: Record<string, unknown> = { kill };
  for (const name of emitterMethods) {
    members[name] = function (this: unknown, ...args: unknown[]): unknown {
      const process = emitter();
      const result: unknown = Reflect.apply((process as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!, process, args);
      return result === process ? this : result;
    };
  }
  return { members, emitter, arrive };
}

