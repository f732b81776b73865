import type { LockLibrary } from './lock-library.js';

/** https://github.com/notenoughneon/await-semaphore, 0.1: the releaser counts once. */
const common = { modules: ['await-semaphore'], acquire: ['acquire'], release: [], run: ['use'], idempotentReleaser: true } as const;

export const awaitSemaphore: readonly LockLibrary[] = [
  { ...common, makers: ['Mutex'] },
  { ...common, makers: ['Semaphore'], capacity: { argument: 0 } },
];
