import { DEFAULT_MAX_TURNS, type Execution, type OnExecution, type PendingEvent, type SearchLimit, type SearchOptions, type SearchSummary } from './execution.js';
import { Run } from './run.js';

/** A reproducible source of numbers in [0, 1) (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Chooses the events of one execution; made anew for each. */
export type Scheduler = (enabled: readonly PendingEvent[], step: number) => PendingEvent;

/** Runs `maxExecutions` executions, each with a scheduler of its own. Never exhaustive. */
export function sample<R>(start: () => Execution<R>, newScheduler: () => Scheduler, options: SearchOptions, onExecution: OnExecution<R>): SearchSummary {
  const maxTurns = options.maxTurns ?? DEFAULT_MAX_TURNS;
  let executions = 0;
  let transitions = 0;
  let limit: SearchLimit = 'executions';
  for (; executions < options.maxExecutions; executions++) {
    if (options.signal?.aborted === true) return { executions, blocked: 0, transitions, exhaustive: false, limit: 'signal' };
    const run = new Run(start());
    const schedule = newScheduler();
    for (let enabled = run.execution.enabled(); enabled.length > 0 && run.length < maxTurns; enabled = run.execution.enabled()) run.fire(schedule(enabled, run.length));
    run.isTruncated = run.execution.enabled().length > 0;
    transitions += run.length;
    if (onExecution(run.execution.result(), run) === 'stop') {
      executions++;
      limit = 'stopped';
      break;
    }
  }
  return { executions, blocked: 0, transitions, exhaustive: false, limit };
}

/** Any enabled event, each with the same chance. */
export function exploreRandomly<R>(start: () => Execution<R>, options: SearchOptions, onExecution: OnExecution<R>): SearchSummary {
  const random = randomNumbers(options.seed ?? 1);
  const scheduler: Scheduler = (enabled) => enabled[Math.floor(random() * enabled.length)]!;
  return sample(start, () => scheduler, options, onExecution);
}
