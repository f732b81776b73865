import type { EntryPoint, Finding, OracleKind, SourceRange } from '../../model/index.js';
import type { Effect } from '../model/effect.js';
import { placeOf } from '../places.js';
import type { Study } from '../regions/study.js';
import type { ModuleView, RuleDescription } from './rule.js';

export interface LockEvidence {
  readonly lock: string;
  readonly message: string;
  readonly range: SourceRange;
  /** What a run has to come to: first, and last. */
  readonly reads: readonly Effect[];
  readonly acts: readonly Effect[];
  /** Who meets whom; the task itself twice, unless told. */
  readonly partner?: EntryPoint;
}

/** A finding about locks: the places where they are taken stand where a region has its reads and acts. */
export function lockFinding(rule: RuleDescription, oracle: OracleKind, { model }: ModuleView, study: Study, evidence: LockEvidence): Finding {
  const own = study.entry?.point ?? model.entryFinder.pointOf(study.fn, false);
  const { lock, message, range, reads, acts } = evidence;
  return {
    rule: rule.id, category: rule.category, oracle, message, range, location: lock,
    accesses: [...reads, ...acts].map((effect) => ({ kind: 'update', range: placeOf(effect), function: effect.frame.fn.name || study.fn.name, locks: [] })),
    region: { location: lock, dependence: 'guard', reads: reads.map(placeOf), suspensions: [], acts: acts.map(placeOf) },
    overlaps: [[own, evidence.partner ?? own]],
  };
}
