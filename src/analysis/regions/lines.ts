import type { Effect, EffectOf } from '../model/effect.js';
import type { Location } from '../model/location.js';

/**
 * A collection in which tasks stand in line: `line.push(job); if (line.length === 1) drain();`. Whoever found nobody before it works for all, and for as long as
 * something stands there nobody else begins. So what is done meanwhile is done under a lock; it is given back where the line may be empty.
 */
export function lineName({ id }: Location): string {
  return `queue ${id} in line`;
}

const ALONE = /\.\s*(?:length|size)\s*={2,3}\s*1$/;
const NOT_ALONE = /\.\s*(?:length|size)\s*(?:!={1,2}\s*1|>\s*1|>=\s*2)$/;

/**
 * True if a branch has found that what the task has just put into the collection is all that stands there.
 * @param text That of the test.
 */
export function isFirstInLine(branch: EffectOf<'branch'>, outcome: boolean, text: string, line: Location, effects: readonly Effect[]): boolean {
  if (!(outcome ? ALONE : NOT_ALONE).test(text)) return false;
  for (let id = branch.id - 1; id >= 0; id--) {
    const effect = effects[id]!;
    if (effect.kind === 'suspend') return false;
    if (effect.kind === 'write' && effect.location.id === line.id) return effect.mode === 'grow' && effect.frame === branch.frame;
  }
  return false;
}
