import { isAsking, isMaking, isRepeatable, isWaiting } from '../catalog/work.js';
import { leadsTo } from '../regions/order.js';
import { PARAMETER } from '../regions/provenance.js';
import type { RegionInQuestion, Rule } from './rule.js';

export const doubleInitialization: Rule = {
  id: 'double-initialization',
  category: 'atomicity',
  summary: 'Something that should be set up once is found missing, set up over a suspension, and only then put in its place.',
  explanation:
    'A second caller that comes while the first is suspended finds the place still empty and does the work again. ' +
    'Keep the promise of the work in flight (`this.ready ??= connect()`), or set the flag in the same turn as its check.',
  accuses: (region) => {
    const { candidate } = region;
    if (candidate.dependence !== 'guard' || candidate.value.isEmpty || candidate.act.mode === 'clear' || candidate.act.mode === 'shrink') return false;
    if (!candidate.says.has('empty') && !candidate.says.has('expired')) return false;
    return !isReadThrough(region) && !isGiven(region) && !isOfKeptPromise(candidate);
  },
};

/** `value = await this.opening`: the work is that of a promise that all who come wait for, and all put the same into the place. */
function isOfKeptPromise({ act, suspensions }: RegionInQuestion['candidate']): boolean {
  const assigned = act.at.parent?.type === 'AssignmentExpression' && act.at.parent.left === act.at ? act.at.parent.right : undefined;
  return suspensions.some(({ at, awaited }) => at === assigned && awaited.kind === 'read');
}

/** What the caller came with is put in a free place: that is nothing set up, but a place taken. */
export function isGiven({ candidate, makers }: RegionInQuestion): boolean {
  const made = makers();
  return candidate.act.mode === 'replace' && candidate.location.path.length > 0 && made.length === 1 && made[0] === PARAMETER;
}

/** `seen.add(url)` keeps no answer: it says that what goes with it has been done, and that is then done twice. */
function isMark({ candidate, study: { graph } }: RegionInQuestion): boolean {
  const { act, suspensions } = candidate;
  if (act.mode !== 'grow' || act.location.path.at(-1)?.kind !== 'element') return false;
  return graph.effects.some((effect) => effect.kind === 'write' && effect !== act && effect.mode === 'grow' && effect.frame === act.frame && effect.location.id !== act.location.id && suspensions.some((suspension) => leadsTo(graph, suspension, effect)));
}

/** A cache filled with the answer to a question: asked twice, it ends the same. */
function isReadThrough(region: RegionInQuestion): boolean {
  const { candidate, work } = region;
  const serious = work.filter((name) => !isWaiting(name));
  if (serious.every(isRepeatable)) return true;
  const isKeyed = candidate.location.path.some((step) => step.kind === 'element') && !isMark(region);
  return isKeyed && (serious.every(isAsking) || (isAsking(candidate.frame.fn.ownName) && !serious.some(isMaking)));
}
