export type LockMode = 'exclusive' | 'shared';

/** A request for a lock, and the hold that comes of it. Plain data. */
export interface Claim {
  /** What its agent is told of it by. */
  readonly id: string;
  readonly agent: string;
  readonly task: string;
  readonly mode: LockMode;
  readonly clientId: string;
  /** Where it was made: a site of the program, or -1. */
  readonly site: number;
}

/** What becomes of a claim: it is given, cannot be given at once, was given and is given back, or was given and is taken away. */
export type ClaimNews = 'granted' | 'unavailable' | 'released' | 'stolen';

/** All claims on one name, those that wait in the order of asking. Never changed, only replaced. */
export interface LockQueue {
  readonly held: readonly Claim[];
  readonly pending: readonly Claim[];
}

export interface Change {
  readonly queue: LockQueue;
  /** First to last. */
  readonly told: readonly { readonly claim: Claim; readonly news: ClaimNews }[];
}

export const unusedQueue: LockQueue = { held: [], pending: [] };

/** Asks for the lock. Source of what follows: Web Locks API, section 4 (request a lock, release the lock, process the queue). */
export function asked({ held, pending }: LockQueue, claim: Claim, how: 'wait' | 'ifAvailable' | 'steal'): Change {
  if (how === 'steal') {
    const { queue, told } = granted({ held: [], pending: [claim, ...pending] });
    return { queue, told: [...held.map((robbed) => ({ claim: robbed, news: 'stolen' as const })), ...told] };
  }
  if (how === 'ifAvailable' && (pending.length > 0 || !isFree(held, claim))) return { queue: { held, pending }, told: [{ claim, news: 'unavailable' }] };
  return granted({ held, pending: [...pending, claim] });
}

/** Who holds it hears that it is released before others hear that they have it. What was stolen is nobody's to release. */
export function released({ held, pending }: LockQueue, id: string): Change {
  const { queue, told } = granted({ held: held.filter((claim) => claim.id !== id), pending });
  return { queue, told: [...held.filter((claim) => claim.id === id).map((claim) => ({ claim, news: 'released' as const })), ...told] };
}

/** A request is given up that waits. What was given already comes, and is given back then. */
export function withdrawn({ held, pending }: LockQueue, id: string): Change {
  return granted({ held, pending: pending.filter((claim) => claim.id !== id) });
}

/** An agent has ended, and all its claims with it. */
export function abandoned({ held, pending }: LockQueue, agent: string): Change {
  return granted({ held: held.filter((claim) => claim.agent !== agent), pending: pending.filter((claim) => claim.agent !== agent) });
}

/** Whoever is first gets it, if it may be had; nobody overtakes. */
function granted({ held, pending }: LockQueue): Change {
  let count = 0;
  let holders = held;
  while (count < pending.length && isFree(holders, pending[count]!)) holders = [...holders, pending[count++]!];
  return { queue: { held: holders, pending: pending.slice(count) }, told: pending.slice(0, count).map((claim) => ({ claim, news: 'granted' })) };
}

function isFree(held: readonly Claim[], { mode }: Claim): boolean {
  return held.length === 0 || (mode === 'shared' && held.every((other) => other.mode === 'shared'));
}
