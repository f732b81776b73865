import type { AgentPort } from '../agents/operations.js';
import type { LocalStep } from '../agents/agent.js';
import type { OpaqueValues } from '../runtime/opaque.js';
import { isAbort } from '../runtime/loop-abort.js';
import { render } from '../runtime/render.js';
import { ScenarioError } from './declared.js';

export interface RecordingWorld {
  readonly port: AgentPort;
  readonly opaque: OpaqueValues;
  readonly task: () => string;
  readonly note: (step: LocalStep) => void;
}

/** The log in which invocations and responses of an object stand: in one order, so that real time is the same throughout a class. */
export function historyOf(name: string): string {
  return `${histories}${name}`;
}

/** Histories are for their oracle; outcomes do not compare them. */
export function isHistory(log: string): boolean {
  return log.startsWith(histories);
}

const histories = 'history of ';

/** `recorded(name, object)`: its methods as before, each call told to the oracle for linearizability. */
export function createRecorded({ port, opaque, task, note }: RecordingWorld) {
  return (name: unknown, object: unknown): unknown => {
    if (typeof name !== 'string' || typeof object !== 'object' || object === null) throw new ScenarioError("recorded takes a name and an object, such as recorded('queue', new Queue())");
    let count = 0;
    const call = (method: string, callee: (...args: unknown[]) => unknown, given: unknown[]): unknown => {
      const args = argumentsText(name, method, given);
      const site = port.site;
      const id = `${port.agent} ${name} ${++count}`;
      const log = historyOf(name);
      const tell = (kind: 'invoke' | 'respond', result?: string): void => {
        port.perform({ kind: 'observe', site, log, text: `${id} ${result ?? `${method}${args}`}` });
        note({ kind, task: task(), site, call: { id, object: name, method, args, ...(result !== undefined && { result }) } });
      };
      tell('invoke');
      let result: unknown;
      try {
        result = Reflect.apply(callee, object, given);
      } catch (error) {
        if (!isAbort(error)) tell('respond', threw(error, opaque));
        throw error;
      }
      if (isThenable(result)) result.then((value) => tell('respond', returned(value, opaque)), (error: unknown) => tell('respond', threw(error, opaque)));
      else tell('respond', returned(result, opaque));
      return result;
    };
    return new Proxy(object, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function' || typeof key !== 'string') return value;
        return (...args: unknown[]) => call(key, value as (...args: unknown[]) => unknown, args);
      },
    });
  };
}

export function returned(value: unknown, opaque: OpaqueValues): string {
  return `returned ${render(value, opaque)}`;
}

export function threw(error: unknown, opaque: OpaqueValues): string {
  return `threw ${render(error, opaque)}`;
}

/** From which a specification can make the arguments again. */
function argumentsText(name: string, method: string, args: unknown[]): string {
  const text = JSON.stringify(args);
  const isPlain = args.every((arg) => arg === null || ['string', 'boolean'].includes(typeof arg) || (typeof arg === 'number' && Number.isFinite(arg)) || (typeof arg === 'object' && !isThenable(arg)));
  if (!isPlain) throw new ScenarioError(`${method} of the recorded ${name} was called with something else than plain values, which cannot be given to its specification`);
  return text;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { readonly then?: unknown }).then === 'function';
}
