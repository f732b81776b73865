import type { ProblemKind } from '../model/index.js';

const all: Readonly<Record<ProblemKind, true>> = {
  atomicity: true, serializability: true, linearizability: true, deadlock: true, 'lost-wakeup': true, starvation: true, livelock: true, 'lock-held': true, 'double-release': true,
  unhandled: true, 'data-race': true, invariant: true, noninterference: true, 'observational-determinism': true,
};

/** Every kind of problem that an oracle may find; a kind that is missing here does not compile. */
export const problemKinds = Object.keys(all) as readonly ProblemKind[];
