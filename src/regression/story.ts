import type { Scenario } from '../model/index.js';
import type { Subject } from './subject.js';

const promises: Readonly<Record<string, string>> = {
  'lost-update': 'lose no update',
  'check-then-act': 'do not both act on one check',
  'double-initialization': 'do the work once',
  'out-of-order-response': 'leave the answer to the last question',
  'torn-update': 'show nothing half done',
  'concurrency-cap-exceeded': 'keep within the limit',
};

/** What a reader of the test's name expects of the code. */
export function titleOf({ rule }: Subject, { oracle, tasks }: Scenario): string {
  const [first, second] = tasks.map(({ path: { root, steps } }) => [root, ...steps.flatMap((step) => (step.kind === 'member' ? [step.name] : []))].join('.'));
  const calls = first === second ? `two overlapping calls of ${first}` : `overlapping calls of ${first} and ${second}`;
  return `${calls} ${oracle === 'stuck' || oracle === 'held' ? 'come to their end' : promises[rule] ?? 'end as one after the other would'}`;
}

/** What the finding says, as the comment above the test. */
export function storyOf({ rule, message }: Subject): string {
  return `Found by Raceproof (${rule}): ${message}`;
}
