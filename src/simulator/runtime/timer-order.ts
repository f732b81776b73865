import type { EventLoop, EventPlan, LoopEvent } from './loop.js';

export const TIMERS = 'timers';

/**
 * The order in which timers may fire. In time: by their deadlines, ties in the order in which they were armed. Late: a machine that is
 * busy, or throttles what is in the background, delays turns and timers by any amount, so that a timer may fire after one that is due
 * later. What holds even then is what HTML (8.6, the timer initialisation steps) and Node both promise: of two timers the one
 * that was armed first fires first, if its delay is not the longer one. So timers of one delay keep their order, and none is overtaken
 * by a longer one that was armed after it. (Node alone breaks this where a list of timers of one delay is worked off at once; that is not
 * shown.) The clock still shows the latest deadline that has passed.
 */
export class TimerOrder {
  readonly #loop: EventLoop;
  readonly #channel: string;
  #armed: { readonly event: LoopEvent; readonly delay: number }[] = [];

  constructor(loop: EventLoop) {
    this.#loop = loop;
    this.#channel = `${loop.agent} ${TIMERS}`;
  }

  clear(): void {
    this.#armed = [];
  }

  arm(plan: EventPlan, due: number, delay: number): LoopEvent {
    const loop = this.#loop;
    if (!loop.areTimersLate) return loop.addOrderedEvent({ task: plan.task ?? loop.task, label: plan.label, fire: plan.fire, phase: 'timers', channel: this.#channel }, due);
    this.#armed = this.#armed.filter(({ event }) => event.isPending);
    const after = this.#armed.filter((other) => other.delay < delay).map(({ event }) => event);
    const event = loop.addOrderedEvent({ ...plan, phase: 'timers', channel: `${loop.agent} ${delay} ms ${TIMERS}`, after }, due);
    this.#armed.push({ event, delay });
    return event;
  }
}
