import type { LockLibrary } from './lock-library.js';

/**
 * https://w3c.github.io/web-locks/: `navigator.locks.request(name, [options], callback)`. With `mode: 'shared'` several may hold it, with `ifAvailable` the
 * callback may be handed null, with `steal` the lock is taken from its holder, who goes on.
 */
export const webLocks: LockLibrary = { modules: [], makers: [], acquire: [], release: [], run: ['request'], keyed: true };

/** The global object that holds them. */
export const WEB_LOCKS = /^(?:(?:globalThis|window|self)\.)?navigator\.locks$/;
