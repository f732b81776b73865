import type { EntryPoint, Finding, Region, Scenario } from '../model/index.js';

/** What a test is about: a finding, or whatever two calls of a function do to each other. */
export type Subject = Pick<Finding, 'rule' | 'message' | 'location' | 'region' | 'overlaps'>;

/** The subject of what was simulated. A function that no rule has flagged is told of by its first region. */
export function subjectOf(simulated: Finding | { readonly entry: EntryPoint; readonly partners: readonly EntryPoint[] }, { regions }: Pick<Scenario, 'regions'>): Subject {
  if ('rule' in simulated) return simulated;
  const { entry, partners } = simulated;
  const region: Region = regions[0] ?? { location: '', dependence: 'update', reads: [], suspensions: [], acts: [] };
  return { rule: 'race', message: `two calls of \`${entry.name}\` that overlap end as no order of them would.`, location: region.location, region, overlaps: [entry, ...partners].map((other) => [entry, other]) };
}
