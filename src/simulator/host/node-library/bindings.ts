import type { PlatformWorld } from '../platform.js';
import { ofThisRealm } from '../web/host-errors.js';
import { order } from '../buffer/contents.js';
import { signals } from '../processes/signals.js';

const promiseStates = { kPending: 0, kFulfilled: 1, kRejected: 2 };
const propertyFilters = { ALL_PROPERTIES: 0, ONLY_ENUMERABLE: 2 };

/** What Node's library asks its native part for. */
export function bindingOf(name: string, { loop }: PlatformWorld): object {
  if (!Object.hasOwn(bindings, name)) throw new Error(`internalBinding('${name}') is not simulated`);
  return name === 'util' ? { ...bindings['util'], getPromiseDetails: (promise: object) => promiseDetails(loop.lookAtPromise(promise)) } : bindings[name]!;
}

function promiseDetails(slots: { readonly state: string; readonly result: unknown } | undefined): unknown[] {
  if (slots === undefined || slots.state === 'pending') return [promiseStates.kPending];
  return [slots.state === 'fulfilled' ? promiseStates.kFulfilled : promiseStates.kRejected, slots.result];
}

/** A host name as it is sent: empty if it is none. */
function toASCII(name: string): string {
  try {
    return ofThisRealm(() => new URL(`http://${name}`).hostname);
  } catch {
    return '';
  }
}

const bindings: Readonly<Record<string, object>> = {
  constants: { os: { signals } },
  config: { hasIntl: false },
  fs: { writeBuffer: () => { throw new Error('writing to a file descriptor is not simulated'); } },
  buffer: { compare: order },
  encoding_binding: { toASCII },
  url: { format: formatUrl },
  util: {
    constants: { ...promiseStates, ...propertyFilters, kExiting: 0, kExitCode: 1, kHasExitCode: 2 },
    getOwnNonIndexProperties: (object: object, filter: number) => Reflect.ownKeys(object).filter((key) => !isIndex(key) && (filter !== propertyFilters.ONLY_ENUMERABLE || Object.prototype.propertyIsEnumerable.call(object, key))),
    getProxyDetails: () => undefined,
    previewEntries,
    getConstructorName: (object: object) => Object.prototype.toString.call(object).slice(8, -1),
    getExternalValue: () => 0n,
  },
};

function isIndex(key: PropertyKey): boolean {
  return typeof key === 'string' && String(Number(key) >>> 0) === key && key !== '4294967295';
}

/** What an iterator of a Map or Set has yet to give would be used up by looking: nothing is shown. */
function previewEntries(_iterator: object, isIterator: boolean): unknown {
  return isIterator ? [[], false] : [];
}

/** `url.format` of a URL. */
function formatUrl(href: string, hasFragment: boolean, _isUnicode: boolean, hasSearch: boolean, hasAuth: boolean): string {
  const url = new URL(href);
  if (!hasFragment) url.hash = '';
  if (!hasSearch) url.search = '';
  if (!hasAuth) url.username = url.password = '';
  return url.href;
}
