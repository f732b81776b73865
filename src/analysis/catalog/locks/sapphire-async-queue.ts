import type { LockLibrary } from './lock-library.js';

/** https://github.com/sapphiredev/utilities, @sapphire/async-queue 1.5: whoever has waited goes on alone until somebody calls `shift`. */
export const sapphireAsyncQueue: readonly LockLibrary[] = [
  { modules: ['@sapphire/async-queue'], makers: ['AsyncQueue'], acquire: ['wait'], release: ['shift'], run: [] },
];
