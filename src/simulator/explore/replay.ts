import type { Schedule } from '../../model/index.js';
import type { Execution, Path } from './execution.js';
import { ScheduleError } from './nondeterminism.js';
import { idsOf, Run } from './run.js';

/** Runs exactly this schedule. Throws a `ScheduleError` if an event of it is not enabled in its turn. */
export function replay<R>(start: () => Execution<R>, schedule: Schedule): { readonly result: R; readonly path: Path } {
  const run = new Run(start());
  schedule.events.forEach(({ id }, index) => {
    const enabled = run.execution.enabled();
    const event = enabled.find((candidate) => candidate.id === id);
    if (event === undefined) throw new ScheduleError(index, `the schedule does not fit the program: event ${index + 1}, "${id}", cannot happen here; [${idsOf(enabled).join(', ')}] can`);
    run.fire(event);
  });
  return { result: run.execution.result(), path: run };
}
