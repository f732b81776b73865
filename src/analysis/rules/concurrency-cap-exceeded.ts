import { mayBeSame, shortName } from '../model/location.js';
import { leadsTo } from '../regions/order.js';
import { Provenances } from '../regions/provenance.js';
import type { RegionInQuestion, Rule } from './rule.js';

export const concurrencyCapExceeded: Rule = {
  id: 'concurrency-cap-exceeded',
  category: 'atomicity',
  dependence: 'cap',
  summary: 'A count of what is under way is compared with a limit, the code is suspended, and only then is the count raised.',
  explanation:
    'All that come while the first is suspended find room too and are let in. ' +
    'Raise the count in the same turn as the comparison, or compare again after waiting (`while`).',
  accuses: (region) => region.candidate.dependence === 'guard' && takesAPlace(region) && isGivenBack(region),
};

/** The act takes one of a limited number of places: it counts up to the limit, or down to nothing. */
function takesAPlace({ candidate, makers }: RegionInQuestion): boolean {
  const { act, says, isRelative } = candidate;
  if (act.mode === 'grow') return says.has('other');
  return isRelative && (says.has('other') || says.has('full')) && directionOf(makers()) !== 0;
}

function directionOf(makers: readonly string[]): -1 | 0 | 1 {
  if (makers.includes('++') || makers.includes('+')) return 1;
  return makers.includes('--') || makers.includes('-') ? -1 : 0;
}

const COUNTING = /active|running|in_?flight|pending|busy|concurren|outstanding|ongoing|open(?!ed)|permits?|tokens?|slots?|workers?|in_?use|current(?:Count|Jobs|Tasks)|jobs|executing|processing/i;

/** Whoever took a place gives it back, so that it is a number of places at one time, not a stock that is used up. */
function isGivenBack({ candidate, makers, study, view }: RegionInQuestion): boolean {
  const { act, location } = candidate;
  if (!COUNTING.test(shortName(location))) return false;
  const direction = act.mode === 'grow' ? 1 : directionOf(makers());
  return view.studiesAround(location).some((other) => other.writes.some((write) => {
    if (!mayBeSame(write.location, location) || write.at === act.at) return false;
    if (direction === 1 && write.mode === 'shrink') return true;
    return directionOf([...new Provenances(other.graph.effects).of(write.value).makers]) === -direction && (other !== study || leadsTo(study.graph, act, write));
  }));
}
