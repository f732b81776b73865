import type { EventLoop } from './loop.js';

let running: EventLoop | undefined;

/** The loop whose turn is being run: what code of the realm, which belongs to no loop, works on. */
export function runningLoop(): EventLoop | undefined {
  return running;
}

/** Gives the loop that ran before: turns of two agents may be nested. */
export function setRunning(loop: EventLoop | undefined): EventLoop | undefined {
  const before = running;
  running = loop;
  return before;
}
