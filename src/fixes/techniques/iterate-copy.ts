import type { TSESTree } from '../../language/index.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { allNodes, around, isWithin } from '../syntax.js';
import { shortLocation } from '../wording.js';

/** `for (const x of list)` goes through a copy of the list as it is when the loop begins. */
export function iterateCopy(code: FlaggedCode): Cure | undefined {
  const places = code.nodesAt([...code.finding.region.reads, ...code.finding.region.suspensions]);
  const loops = places.flatMap((place) => [...around(place)].filter((at): at is TSESTree.ForOfStatement => at.type === 'ForOfStatement'));
  const loop = loops.find(({ right }) => places.some((place) => isWithin(place, right) || isWithin(right, place))) ?? loops[0];
  if (!loop || loop.await || allNodes(loop.right).some((node) => node.type === 'SpreadElement')) return undefined;
  const [from, to] = loop.right.range;
  const draft = code.draft();
  draft.insert(from, '[...');
  draft.insert(to, ']');
  return { title: `Go through a copy of ${shortLocation(code)}`, draft };
}
