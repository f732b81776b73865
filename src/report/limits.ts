import type { Limit } from '../model/index.js';

/** What kept an exploration from being exhaustive, in words for its end. */
export const limits: Readonly<Record<Limit, string>> = {
  executions: 'the limit of executions was reached (--max-executions)',
  turns: 'executions that do not come to an end were cut at the limit of their turns',
  time: 'the time was up (--max-seconds)',
  heap: 'the code used more memory than it may',
  steps: 'code ran on and on without an end, and was stopped at the limit of its steps',
  stopped: 'it stopped at the first witness (--stop-at-first)',
  preemptions: 'only schedules within the bound on preemptions were tried (--preemption-bound)',
  sampling: 'schedules were drawn at random (--strategy)',
  histories: 'a history was too long to be compared with its specification',
};
