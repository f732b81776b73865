import { isAbort, type EventLoop } from '../../runtime/loop.js';
import type { Steps } from './operations/index.js';

export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** Takes all steps at once. */
export function atOnce<T>(steps: Steps<T>): T {
  let next = steps.next();
  while (next.done !== true) next = steps.next();
  return next.value;
}

/** Takes each step in an event of its own, which may come at any time; the last one gives the outcome. */
export function inEvents<T>(loop: EventLoop, label: string, steps: Steps<T>, done: (outcome: Outcome<T>) => void): void {
  loop.addEvent({ label, fire: () => {
    let next: IteratorResult<string, T>;
    try {
      next = steps.next();
    } catch (error) {
      if (isAbort(error)) throw error;
      done({ error });
      return;
    }
    if (next.done === true) done({ value: next.value });
    else inEvents(loop, next.value, steps, done);
  } });
}
