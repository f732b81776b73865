import type { PlatformWorld } from '../platform.js';
import { order } from '../buffer/contents.js';
import { signals } from '../processes/signals.js';

const promiseStates = { kPending: 0, kFulfilled: 1, kRejected: 2 };
const propertyFilters = { ALL_PROPERTIES: 0, ONLY_ENUMERABLE: 2 };

/** What Node's library asks its native part for. */
export function bindingOf(name: string, _world: PlatformWorld): object {
  if (!Object.hasOwn(bindings, name)) throw new Error(`internalBinding('${name}') is not simulated`);
  return bindings[name]!;
}

const bindings: Readonly<Record<string, object>> = {
  constants: { os: { signals } },
  config: { hasIntl: false },
  buffer: { compare: order },
  util: {
    constants: { ...promiseStates, ...propertyFilters, kExiting: 0, kExitCode: 1, kHasExitCode: 2 },
    getOwnNonIndexProperties: (object: object, filter: number) => Reflect.ownKeys(object).filter((key) => !isIndex(key) && (filter !== propertyFilters.ONLY_ENUMERABLE || Object.prototype.propertyIsEnumerable.call(object, key))),
    getPromiseDetails: () => [promiseStates.kPending],
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
