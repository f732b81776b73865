import type { Faults } from '../../runtime/faults.js';
import { isAbort, type EventLoop } from '../../runtime/loop.js';
import { uvError } from './errors.js';
import type { Steps } from './operations/index.js';

export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** Takes all steps at once. */
export function atOnce<T>(steps: Steps<T>): T {
  let next = steps.next();
  while (next.done !== true) next = steps.next();
  return next.value;
}

/** Takes each step in an event of its own, which may come at any time; the last one gives the outcome. With faults, the disk may fail before the first. */
export function inEvents<T>(loop: EventLoop, label: string, steps: Steps<T>, done: (outcome: Outcome<T>) => void, faults?: Faults): void {
  const take = (): void => {
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
  };
  if (faults === undefined) loop.addEvent({ label, fire: take });
  else faults.add({ label, name: label, fire: take, fail: () => done({ error: diskError(label) }) });
}

function diskError(label: string): Error {
  const [syscall = '', path = ''] = label.split(/ (.*)/s);
  return uvError('EIO', { syscall, ...(path !== '' && { path }) });
}
