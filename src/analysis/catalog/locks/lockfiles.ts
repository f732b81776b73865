import type { LockLibrary } from './lock-library.js';

/** https://github.com/moxystudio/node-proper-lockfile, 4.1: `release = await lock(file)`, or `unlock(file)`; a second release rejects. */
export const properLockfile: LockLibrary = { modules: ['proper-lockfile'], makers: [], acquire: ['lock', 'lockSync'], release: ['unlock', 'unlockSync'], run: [], isModule: true, keyed: true, expires: true };

/** https://github.com/npm/lockfile, 1.0: `lock(path, options, callback)`, `unlock(path, callback)`. */
export const lockfile: LockLibrary = { modules: ['lockfile'], makers: [], acquire: ['lock', 'lockSync'], release: ['unlock', 'unlockSync'], run: [], isModule: true, keyed: true };
