import { bufferOf } from './buffer/index.js';
import { createNavigator } from './locks/index.js';
import { CryptoKey, webCryptoOf } from './crypto/web/index.js';
import { indexedDbGlobals } from './indexeddb/index.js';
import type { Platform, PlatformWorld } from './platform.js';
import { FetchHeaders } from './sockets/fetch/headers.js';
import { fetchOf } from './sockets/fetch/index.js';
import { storageGlobals } from './storage/index.js';
import { base64, TextDecoder, TextEncoder } from './web/encoding.js';
import { URL, URLSearchParams } from './web/url.js';

/** Makes the value of a global name, for one execution. */
export type GlobalMaker = (platform: Platform, world: PlatformWorld) => unknown;

/** Names that every program gets, beside those of events and messages. */
export const ownGlobals: Readonly<Record<string, GlobalMaker>> = {
  Buffer: bufferOf,
  TextEncoder: () => TextEncoder,
  TextDecoder: () => TextDecoder,
  URL: () => URL,
  URLSearchParams: () => URLSearchParams,
  navigator: (platform, { loop, opaque, Promise }) => createNavigator({ loop, opaque, Promise, host: platform.host, events: platform.events, pid: platform.pid }),
  crypto: webCryptoOf,
  CryptoKey: () => CryptoKey,
  atob: base64.atob,
  btoa: base64.btoa,
};

/** Names that reach what lies outside the program, see `machineModules`. */
export const machineGlobals: Readonly<Record<string, GlobalMaker>> = {
  fetch: (...world) => fetchOf(...world).fetch,
  Request: (...world) => fetchOf(...world).Request,
  Response: (...world) => fetchOf(...world).Response,
  Headers: () => FetchHeaders,
  ...storageGlobals,
  ...indexedDbGlobals,
};
