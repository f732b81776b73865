import { DEFAULT_MAX_TURNS, type Execution, type OnExecution, type PendingEvent, type SearchLimit, type SearchOptions, type SearchSummary } from './execution.js';
import type { Footprint } from './footprint.js';
import { idsOf, Run, type Fork } from './run.js';

/** Which choices a depth-first search follows. */
export interface Rules<R> {
  /** The events to try at a choice, in order; none gives the execution up. */
  choices(run: Run<R>, enabled: readonly PendingEvent[]): readonly PendingEvent[];
  /** Called with every newly fired event and its depth; false gives the execution up. */
  isWorthwhile?(run: Run<R>, depth: number, event: PendingEvent, footprint: Footprint): boolean;
  /** Whether a complete execution is reported. */
  isReported?(run: Run<R>): boolean;
}

interface Frame extends Fork {
  readonly choices: readonly string[];
  next: number;
}

/** Follows every path that the rules allow, by re-execution. */
export function searchDepthFirst<R>(start: () => Execution<R>, rules: Rules<R>, options: SearchOptions, onExecution: OnExecution<R>): SearchSummary {
  const maxTurns = options.maxTurns ?? DEFAULT_MAX_TURNS;
  const frames: Frame[] = [];
  let executions = 0;
  let blocked = 0;
  let transitions = 0;
  let limit: SearchLimit | undefined;

  function fire(run: Run<R>, frame: Frame): boolean {
    const event = run.eventAt(frame, frame.choices[frame.next]!);
    const footprint = run.fire(event);
    return rules.isWorthwhile?.(run, run.steps.length - 1, event, footprint) ?? true;
  }

  /** False if the execution was given up. */
  function runToEnd(run: Run<R>): boolean {
    const last = frames.length - 1;
    for (let depth = 0; depth < last; depth++) run.replay(frames[depth]!, frames[depth]!.choices[frames[depth]!.next]!);
    if (last >= 0 && !fire(run, frames[last]!)) return false;
    for (;;) {
      const enabled = run.execution.enabled();
      if (enabled.length === 0) return true;
      if (run.steps.length >= maxTurns) {
        run.isTruncated = true;
        limit = 'turns';
        return true;
      }
      const frame: Frame = { enabled: idsOf(enabled), choices: idsOf(rules.choices(run, enabled)), next: 0 };
      if (frame.choices.length === 0) return false;
      frames.push(frame);
      if (!fire(run, frame)) return false;
    }
  }

  function backtrack(): boolean {
    for (let frame = frames[frames.length - 1]; frame !== undefined; frame = frames[frames.length - 1]) {
      if (++frame.next < frame.choices.length) return true;
      frames.pop();
    }
    return false;
  }

  do {
    if (options.signal?.aborted === true) limit = 'signal';
    else if (executions >= options.maxExecutions) limit = 'executions';
    if (limit === 'signal' || limit === 'executions') break;
    const run = new Run(start());
    const isComplete = runToEnd(run);
    transitions += run.steps.length;
    if (!isComplete || rules.isReported?.(run) === false) blocked++;
    else {
      executions++;
      if (onExecution(run.execution.result(), run) === 'stop') limit = 'stopped';
    }
  } while (limit !== 'stopped' && backtrack());
  return { executions, blocked, transitions, exhaustive: limit === undefined, limit };
}

/** Every order of events. */
export function exploreNaively<R>(start: () => Execution<R>, options: SearchOptions, onExecution: OnExecution<R>): SearchSummary {
  return searchDepthFirst(start, { choices: (_run, enabled) => enabled }, options, onExecution);
}
