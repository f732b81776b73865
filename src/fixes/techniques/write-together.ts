import type { Cure, FlaggedCode } from '../flagged-code.js';
import { partsOf } from '../region-parts.js';
import { moveStatement } from '../statements.js';
import { ancestorIn, listOf, statementOf, suspends } from '../syntax.js';
import { shortLocation } from '../wording.js';

/** The first of two writes that belong together moves down to the second: the slow work comes first, and both are made in one turn. */
export function writeTogether(code: FlaggedCode): Cure | undefined {
  const parts = partsOf(code);
  const first = parts && statementOf(parts.reads[0]!);
  const list = first && listOf(first);
  const second = list && ancestorIn(list, parts.acts.at(-1)!);
  if (!first || !second || first.type !== 'ExpressionStatement' || suspends(first) || suspends(second) || list.indexOf(second) <= list.indexOf(first)) return undefined;
  const draft = code.draft();
  moveStatement(code, draft, first, second);
  return { title: `Do the work first, then write all of ${shortLocation(code)} in one turn`, draft };
}
