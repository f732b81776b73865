import type { Schedule } from '../../model/index.js';
import type { Execution } from '../explore/execution.js';
import { replay } from '../explore/replay.js';
import { exploreBySwitches } from '../explore/switches.js';

export interface MinimiseOptions {
  /** Executions that the search for a better witness may take. */
  readonly maxExecutions: number;
  /** Schedules with more switches are not looked at (default 8). */
  readonly maxSwitches?: number;
  /** A witness that is known already, used if the search finds none. */
  readonly fallback?: Schedule | undefined;
  readonly signal?: { readonly aborted: boolean } | undefined;
  readonly maxTurns?: number;
}

export interface MinimalWitness<R> {
  readonly schedule: Schedule;
  readonly switches: number;
  readonly result: R;
  /** No schedule with fewer switches is wrong; false if the search had to end before it knew. */
  readonly isMinimal: boolean;
}

const DEFAULT_MAX_SWITCHES = 8;

/** The wrong execution with the fewest switches and, of these, the fewest turns. Undefined if none is found and no fallback is given. */
export function minimise<R>(start: () => Execution<R>, isWrong: (result: R) => boolean, options: MinimiseOptions): MinimalWitness<R> | undefined {
  let executionsLeft = options.maxExecutions;
  for (let switches = 0; switches <= (options.maxSwitches ?? DEFAULT_MAX_SWITCHES); switches++) {
    let best: MinimalWitness<R> | undefined;
    const summary = exploreBySwitches(start, switches, { maxExecutions: executionsLeft, maxTurns: options.maxTurns, signal: options.signal }, (result, path) => {
      if (path.switches !== switches || path.isTruncated) return 'continue';
      const isShorter = best === undefined || path.steps.length < best.schedule.events.length;
      if (isShorter && isWrong(result)) best = { schedule: path.schedule(), switches, result, isMinimal: true };
      return 'continue';
    });
    if (best !== undefined) return best;
    executionsLeft -= summary.executions + summary.blocked;
    if (!summary.exhaustive && summary.limit !== 'turns') break;
  }
  return options.fallback === undefined ? undefined : replayed(start, options.fallback);
}

function replayed<R>(start: () => Execution<R>, schedule: Schedule): MinimalWitness<R> {
  const { result, path } = replay(start, schedule);
  return { schedule, switches: path.switches, result, isMinimal: false };
}
