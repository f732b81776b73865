import { comparePositions, containsRange } from '../model/index.js';
import type { EntryPoint, Finding, Position, Region, SourceRange } from '../model/index.js';
import type { FileAnalysis, FunctionSubject } from './file-analysis.js';
import { pointKey, regionOf } from './findings.js';
import { isAtOrAbove, mayBeSame } from './model/location.js';
import type { ModuleModel } from './model/module.js';
import type { Candidate } from './regions/candidate.js';
import type { Study } from './regions/study.js';

/** Every function that can be a task, with all its regions and the entries it shares places with. */
export function subjectsOf(model: ModuleModel, studies: readonly Study[]): FunctionSubject[] {
  const own = new Map<string, { study: Study; candidates: Candidate[]; entry: EntryPoint }>();
  for (const study of studies) {
    const entry = study.entry?.point ?? model.entryFinder.pointOf(study.fn, false);
    const known = own.get(pointKey(entry));
    if (known) known.candidates.push(...study.candidates);
    else own.set(pointKey(entry), { study, candidates: [...study.candidates], entry });
  }
  return [...own.values()].map(({ study, candidates, entry }) => ({ entry, isAsync: study.suspends, regions: regionsOf(candidates), partners: partnersOf(entry, study, studies) }));
}

function regionsOf(candidates: readonly Candidate[]): Region[] {
  const byPlace = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = `${candidate.dependence} ${candidate.location.id} ${candidate.act.id}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), candidate]);
  }
  return [...byPlace.values()].map((group) => regionOf(group));
}

function partnersOf(entry: EntryPoint, study: Study, studies: readonly Study[]): EntryPoint[] {
  const touched = study.graph.effects.flatMap((effect) => (effect.kind === 'read' || effect.kind === 'write' ? [effect.location] : []));
  const partners = new Map([[pointKey(entry), entry]]);
  for (const other of studies) {
    if (!other.entry || partners.has(pointKey(other.entry.point))) continue;
    const meets = other.writes.some(({ location }) => touched.some((place) => mayBeSame(place, location) || isAtOrAbove(location, place)));
    if (meets) partners.set(pointKey(other.entry.point), other.entry.point);
  }
  return [...partners.values()];
}

/** Suppressed or not, the finding whose lines cover the position; failing that, the innermost function around it. */
export function subjectAt(analysis: FileAnalysis, position: Position): Finding | FunctionSubject | undefined {
  const findings = [...analysis.findings, ...analysis.suppressed];
  return findings.find((finding) => coversLine(finding.range, position)) ?? findings.find(({ region }) => [...region.reads, ...region.suspensions, ...region.acts].some((range) => coversLine(range, position))) ?? innermost(analysis.functions, position);
}

function coversLine({ start, end }: SourceRange, { line }: Position): boolean {
  return start.line <= line && line <= end.line;
}

function innermost(functions: readonly FunctionSubject[], position: Position): FunctionSubject | undefined {
  const around = functions.filter(({ entry }) => coversLine(entry.range, position));
  return around.sort((a, b) => (containsRange(a.entry.range, b.entry.range) ? 1 : containsRange(b.entry.range, a.entry.range) ? -1 : comparePositions(b.entry.range.start, a.entry.range.start)))[0];
}
