import type { Trace } from '../../model/index.js';
import type { Destination } from '../protocol.js';
import { collisionOf, collisionStop } from '../timeline/collision.js';

/** Where a person can go from a step. A turn's steps cannot be interrupted, so whole turns can be stepped over. */
export type Move = Destination | 'previous-turn' | 'next-turn';

/** The step that a move leads to; the same step where there is nowhere to go. */
export function destinationFrom(trace: Trace, from: number, move: Move): number {
  const last = Math.max(0, trace.steps.length - 1);
  if (typeof move === 'object') return Math.min(move.index, last);
  switch (move) {
    case 'first':
      return 0;
    case 'back':
      return Math.max(0, from - 1);
    case 'forward':
      return Math.min(last, from + 1);
    case 'last':
      return last;
    case 'collision': {
      const collision = collisionOf(trace);
      return collision ? collisionStop(collision, from) : from;
    }
    case 'previous-turn':
      return startOfTurn(trace, Math.max(0, startOfTurn(trace, from) - 1));
    case 'next-turn': {
      const next = trace.steps.findIndex((step) => step.index > from && step.turn !== trace.steps[from]?.turn);
      return next < 0 ? last : next;
    }
  }
}

function startOfTurn(trace: Trace, from: number): number {
  const before = trace.steps.findLastIndex((step) => step.index < from && step.turn !== trace.steps[from]?.turn);
  return Math.min(before + 1, from);
}
