import type { Limit, Scenario } from '../model/index.js';

/** Where a person can say what a proof could not find out. */
const file = 'a scenario file (simulate --export race)';

/**
 * What a person can write so that a finding gets a verdict all the same: each is the end of the sentence that says why it has none. They name what is to be
 * told, never a value, since which one lets runs through is what nobody here knows.
 */
export const remedies = {
  /** No run comes to the place: what it threw, if it did, stands before. */
  unreached: ({ tasks }: Scenario, hasThrown: boolean): string => `; ${file} can set up what ${hasThrown ? 'spares' : 'brings'} ${tasks[0]?.name ?? 'the task'} ${hasThrown ? 'that' : 'there'}`,
  /** No run waits between look and act. */
  unsuspended: ({ regions }: Scenario): string => `; ${file} can set up what makes ${placeOf(regions[0]?.suspensions[0])} wait`,
  unmet: (): string => `; ${file} can give the tasks what makes both write it`,
  unmodelled: (): string => `; ${file} can put code of its own in its place`,
  alike: (): string => `; in ${file} they can ask different things`,
  untold: (): string => `; ${file} can wait for it`,
  torn: (): string => `; an invariant in ${file} can say what must hold`,
  late: (): string => `; an invariant in ${file} can say what must hold`,
  held: (): string => `; ${file} can make what throws do so`,
  file: (): string => `; ${file} can fill it`,
  third: (): string => `; ${file} can have a third`,
  chosen: (): string => `; ${file} can say which`,
  turn: (): string => `; ${file} can call them so`,
  tooMany: (): string => `; ${file} can be the one that counts`,
  limit: (limit: Limit): string => (limit === 'executions' ? '; --budget N allows more' : `; ${file} with smaller tasks takes less`),
} as const;

function placeOf(range: Scenario['regions'][number]['suspensions'][number] | undefined): string {
  return range ? `${range.file.replace(/^.*\//, '')}:${range.start.line}` : 'something in between';
}
