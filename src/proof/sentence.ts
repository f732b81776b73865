import type { Limit, RaceExploration } from '../model/index.js';

/** What an exploration ended at. */
export const limits: Readonly<Record<Limit, string>> = {
  executions: 'the limit of executions',
  turns: 'the limit of turns in one execution',
  time: 'the time limit',
  heap: 'the memory limit',
  steps: 'the limit of steps in one execution',
  stopped: 'the first witness, as asked',
  preemptions: 'the bound on preemptions',
  sampling: 'the end of sampling',
  histories: 'a history too long to be compared with its specification',
};

/** How a scenario file was judged, in one sentence. */
export function sentence({ problems, exhaustive, failure, unmodelled, limit, executions, wrong, witness }: RaceExploration): string {
  const space = exhaustive ? `${count(executions)} interleavings` : `${count(executions)} explored interleavings`;
  const [problem] = problems;
  const place = failure?.range ? ` (near ${failure.range.file}:${failure.range.start.line})` : '';
  if (failure) return `${failure.reason}${place}`;
  if (unmodelled.length > 0) return `${unmodelled[0]}, and has no model`;
  if (problem) return `${count(wrong)} of ${space} ${wrong === 1 ? 'goes' : 'go'} wrong: ${[...new Set(problems.map(({ kind }) => kind))].join(', ')}${witness ? `; shown with ${witness.switches} ${witness.switches === 1 ? 'switch' : 'switches'}` : ''}`;
  if (exhaustive) return `all ${space} were explored, and none goes wrong`;
  return `none of ${space} goes wrong; the exploration ended at ${limits[limit ?? 'executions']}`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
