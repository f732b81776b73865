import type { EventLoop } from '../../runtime/loop.js';
import type { Timers } from '../../runtime/timers.js';

/** What the models of events need from the agent that they live in. */
export interface EventsWorld {
  readonly loop: EventLoop;
  readonly timers: Timers;
  readonly Promise: PromiseConstructor;
}

/**
 * Footprints of listener lists (invariant 8 of the loop): one location for each object and type of event. `*` is all types.
 * An object that makes listener lists is announced, so that lists of different objects are told apart.
 */
export function touchListeners({ loop }: EventsWorld, target: object, type: PropertyKey, kind: 'read' | 'write'): void {
  loop.touch(loop.identity.of(target), type === '*' ? '*' : `on ${String(type)}`, kind);
}
