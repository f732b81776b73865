import type { OpaqueValues } from '../../runtime/opaque.js';
import { DOMException } from '../events/errors.js';
import type { EventsModel } from '../events/index.js';
import type { LockMode } from './lock-queue.js';

type AbortSignal = EventsModel['globals']['AbortSignal']['prototype'];

export interface LockRequest {
  readonly name: string;
  readonly mode: LockMode;
  readonly how: 'wait' | 'ifAvailable' | 'steal';
  readonly signal: AbortSignal | undefined;
  readonly callback: (lock: unknown) => unknown;
}

interface Options {
  readonly ifAvailable: boolean;
  readonly mode: LockMode;
  readonly signal: AbortSignal | undefined;
  readonly steal: boolean;
}

/** What the arguments of `request` ask for. A value from outside is taken as if it had not been given. @throws as Chromium does, in its words. */
export function requestOf(args: readonly unknown[], { opaque, events }: { readonly opaque: OpaqueValues; readonly events: EventsModel }): LockRequest {
  if (args.length < 2) throw failure(`2 arguments required, but only ${args.length} present.`);
  if (typeof args[0] === 'symbol') throw failure('Cannot convert a Symbol value to a string');
  const name = String(args[0]);
  const callback = args.length === 2 ? args[1] : args[2];
  if (typeof callback !== 'function') throw failure(`parameter ${Math.min(args.length, 3)} is not of type 'Function'.`);
  const { ifAvailable, mode, signal, steal } = optionsOf(args.length === 2 ? undefined : args[1], opaque, events);
  if (name.startsWith('-')) throw notSupported("Names cannot start with '-'.");
  if (steal && ifAvailable) throw notSupported("The 'steal' and 'ifAvailable' options cannot be used together.");
  if (steal && mode !== 'exclusive') throw notSupported("The 'steal' option may only be used with 'exclusive' locks.");
  if (signal && (steal || ifAvailable)) throw notSupported(`The 'signal' and '${steal ? 'steal' : 'ifAvailable'}' options cannot be used together.`);
  return { name, mode, how: steal ? 'steal' : ifAvailable ? 'ifAvailable' : 'wait', signal, callback: callback as LockRequest['callback'] };
}

/** Members in the order in which Web IDL reads them. */
function optionsOf(options: unknown, opaque: OpaqueValues, { globals: { AbortSignal } }: EventsModel): Options {
  if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') throw failure("The provided value is not of type 'LockOptions'.");
  const read = (key: keyof Options): unknown => {
    const value = opaque.is(options) ? undefined : (options as Partial<Record<string, unknown>> | null | undefined)?.[key];
    return opaque.is(value) ? undefined : value;
  };
  const ifAvailable = Boolean(read('ifAvailable'));
  const mode = read('mode');
  if (mode !== undefined && mode !== 'shared' && mode !== 'exclusive') throw failure(`Failed to read the 'mode' property from 'LockOptions': The provided value '${String(mode)}' is not a valid enum value of type LockMode.`);
  const signal = read('signal');
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw failure("Failed to read the 'signal' property from 'LockOptions': Failed to convert value to 'AbortSignal'.");
  return { ifAvailable, mode: mode ?? 'exclusive', signal, steal: Boolean(read('steal')) };
}

function failure(what: string): TypeError {
  return new TypeError(`Failed to execute 'request' on 'LockManager': ${what}`);
}

function notSupported(what: string): Error {
  return new DOMException(`Failed to execute 'request' on 'LockManager': ${what}`, 'NotSupportedError');
}
