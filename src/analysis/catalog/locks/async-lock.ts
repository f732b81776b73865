import type { LockLibrary } from './lock-library.js';

/** https://github.com/rogierschouten/async-lock, 1.5: a callback of one parameter is in callback mode; several keys are taken one within the other. */
export const asyncLock: readonly LockLibrary[] = [
  { modules: ['async-lock'], makers: ['default', 'AsyncLock'], acquire: [], release: [], run: ['acquire'], keyed: true, callback: 'done', takesPromises: true, takesKeysInOrder: true },
];
