import type { Trace } from '../../model/index.js';

/** Where the run goes wrong, as indices of its steps. */
export interface Collision {
  /** The act that rests on what was read before. */
  readonly act: number;
  /** The other task's write in between. */
  readonly intrusion: number;
  /** The read that the act rests on: the last one of the location before the intrusion, by the task that acts. */
  readonly staleRead?: number;
}

export type Role = 'stale-read' | 'intrusion' | 'act';

export function collisionOf(trace: Trace): Collision | undefined {
  if (!trace.conflict) return undefined;
  const [act, intrusion] = trace.conflict;
  const { task } = trace.steps[act] ?? {};
  const { location } = trace.steps[intrusion] ?? {};
  const staleRead = trace.steps.slice(0, intrusion).findLast((step) => location !== undefined && step.location === location && step.task === task && step.kind !== 'write');
  return { act, intrusion, ...(staleRead ? { staleRead: staleRead.index } : {}) };
}

export function roleAt(collision: Collision | undefined, index: number): Role | undefined {
  if (index === collision?.act) return 'act';
  if (index === collision?.intrusion) return 'intrusion';
  return index === collision?.staleRead ? 'stale-read' : undefined;
}

/** The other step of the colliding pair, from one of them. */
export function partnerOf(collision: Collision | undefined, index: number): number | undefined {
  if (index === collision?.act) return collision.intrusion;
  return index === collision?.intrusion ? collision.act : undefined;
}

/** Where "to the collision" leads: to the first of the pair, and from one of them to the other. */
export function collisionStop(collision: Collision, from: number): number {
  return partnerOf(collision, from) ?? Math.min(collision.act, collision.intrusion);
}
