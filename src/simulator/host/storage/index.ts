import type { GlobalMaker } from '../global-names.js';
import type { Platform } from '../platform.js';
import { storageKind, type StoragePayload } from './storage-kind.js';

export { storages } from './storage-kind.js';

type Call = (method: string, payload: StoragePayload) => unknown;

interface WebStorage {
  readonly Storage: object;
  readonly local: object;
  readonly session: object;
}

const made = new WeakMap<Platform, WebStorage>();

/** `localStorage`, shared by all agents; `sessionStorage`, of each agent alone; and their class. Events of the kind `storage` are not simulated. */
export const storageGlobals: Readonly<Record<string, GlobalMaker>> = {
  localStorage: (platform) => storageOf(platform).local,
  sessionStorage: (platform) => storageOf(platform).session,
  Storage: (platform) => storageOf(platform).Storage,
};

function storageOf(platform: Platform): WebStorage {
  let known = made.get(platform);
  if (known === undefined) made.set(platform, (known = create(platform)));
  return known;
}

function create(platform: Platform): WebStorage {
  const { host } = platform;
  const areas = new WeakMap<object, Call>();
  const isOurs = Symbol('made by the platform');

  function areaOf(receiver: object): Call {
    const area = areas.get(receiver);
    if (area === undefined) throw new TypeError('Illegal invocation');
    return area;
  }
  function requireCount(name: string, given: readonly unknown[], least: number): void {
    if (given.length < least) throw new TypeError(`Failed to execute '${name}' on 'Storage': ${least} argument${least === 1 ? '' : 's'} required, but only ${given.length} present.`);
  }

  class Storage {
    constructor(key: unknown) {
      if (key !== isOurs) throw new TypeError("Failed to construct 'Storage': Illegal constructor");
    }

    get length(): number {
      return (areaOf(this)('names', {}) as string[]).length;
    }

    key(...given: unknown[]): string | null {
      requireCount('key', given, 1);
      return (areaOf(this)('names', {}) as string[])[Number(given[0]) >>> 0] ?? null;
    }

    getItem(...given: unknown[]): string | null {
      requireCount('getItem', given, 1);
      return areaOf(this)('get', { key: textOf(given[0], 'getItem') }) as string | null;
    }

    setItem(...given: unknown[]): void {
      requireCount('setItem', given, 2);
      areaOf(this)('set', { key: textOf(given[0], 'setItem'), value: textOf(given[1], 'setItem') });
    }

    removeItem(...given: unknown[]): void {
      requireCount('removeItem', given, 1);
      areaOf(this)('remove', { key: textOf(given[0], 'removeItem') });
    }

    clear(): void {
      areaOf(this)('clear', {});
    }
  }
  Object.defineProperty(Storage.prototype, Symbol.toStringTag, { value: 'Storage', configurable: true });

  /** Keys are properties, unless the class has one of the name. */
  function area(object: string): object {
    const call: Call = (method, payload) => host.perform({ kind: 'shared', site: host.site, object, method, payload, name: object === `${storageKind} local` ? 'localStorage' : 'sessionStorage' });
    const isKey = (key: string | symbol): key is string => typeof key === 'string' && !(key in Storage.prototype);
    const valueOf = (key: string): string | undefined => (call('get', { key }) as string | null) ?? undefined;
    const proxy: object = new Proxy(new Storage(isOurs), {
      get: (target, key) => (isKey(key) ? valueOf(key) : Reflect.get(target, key, proxy)),
      set: (target, key, value) => { if (isKey(key)) call('set', { key, value: textOf(value) }); else Reflect.set(target, key, value, target); return true; },
      has: (target, key) => (isKey(key) ? valueOf(key) !== undefined : key in target),
      deleteProperty: (target, key) => { if (isKey(key)) call('remove', { key }); else Reflect.deleteProperty(target, key); return true; },
      ownKeys: () => call('names', {}) as string[],
      getOwnPropertyDescriptor: (target, key) => {
        const value = isKey(key) ? valueOf(key) : undefined;
        return value === undefined ? Reflect.getOwnPropertyDescriptor(target, key) : { value, writable: true, enumerable: true, configurable: true };
      },
    });
    areas.set(proxy, call);
    return proxy;
  }
  return { Storage, local: area(`${storageKind} local`), session: area(`${storageKind} session of ${host.agent}`) };
}

/** @throws TypeError for a symbol, as browsers do. */
function textOf(value: unknown, method?: string): string {
  if (typeof value === 'symbol') throw new TypeError(`${method === undefined ? '' : `Failed to execute '${method}' on 'Storage': `}Cannot convert a Symbol value to a string`);
  return String(value as string);
}
