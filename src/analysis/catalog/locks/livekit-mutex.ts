import type { LockLibrary } from './lock-library.js';

/** https://github.com/livekit/mutex, 1.1: the releaser of a Mutex counts once; that of a MultiMutex each time. */
const common = { modules: ['@livekit/mutex'], acquire: ['lock'], release: [], run: [] } as const;

export const livekitMutex: readonly LockLibrary[] = [
  { ...common, makers: ['Mutex'], idempotentReleaser: true },
  { ...common, makers: ['MultiMutex'], capacity: { argument: 0 } },
];
