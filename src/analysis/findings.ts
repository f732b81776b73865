import { comparePositions, isSameRange } from '../model/index.js';
import type { Entry } from './model/entries.js';
import type { Access, EntryPoint, Finding, Region, SourceRange } from '../model/index.js';
import type { Effect } from './model/effect.js';
import { isEnding, isRunning } from './catalog/work.js';
import { isInHookState } from './model/hook-states.js';
import { describeLocation, shortName, storedKeyOf } from './model/location.js';
import type { ModuleModel } from './model/module.js';
import { rivalsOf } from './overlap.js';
import type { Rival } from './overlap.js';
import { lineOf, placeOf, squiggleOf } from './places.js';
import { isAskedAtOnce } from './regions/asked-at-once.js';
import type { Candidate } from './regions/candidate.js';
import { isDisarmed } from './regions/disarmed.js';
import { provenancesOf } from './regions/provenance.js';
import { isNamedLock, shownLock } from './regions/lock-sets.js';
import type { Study } from './regions/study.js';
import type { Guarding } from './locks/guarding.js';
import { narrowLockAt } from './locks/narrow.js';
import type { NarrowLock } from './locks/narrow.js';
import { abandonedRegion } from './locks/abandoned.js';
import type { Abandoned } from './locks/abandoned.js';
import { raises } from './rules/check-then-act.js';
import { abandonedText, lockCallbackMisuse } from './rules/lock-callback-misuse.js';
import { guardMissingIn, missingLock } from './rules/missing-lock.js';
import type { ModuleRule, ModuleView, Rule } from './rules/index.js';

/** A candidate that a rule accuses, as one entry runs it. */
interface Accusation {
  readonly rule: Rule;
  readonly candidate: Candidate;
  readonly study: Study;
  readonly rivals: readonly Rival[];
  /** Where others write the place under a lock. */
  readonly guarding?: Guarding;
  /** It is work whose lock is given back before it ends. */
  readonly abandoned?: Abandoned;
  /** A lock around it that each run, or each instance, has for itself. */
  readonly narrow?: NarrowLock;
}

/** What the rules say of a module: one finding for each race, however many entries run it. */
export function findingsOf(view: ModuleView, rules: readonly Rule[], moduleRules: readonly ModuleRule[]): Finding[] {
  const accusations = view.studies.flatMap((study) => study.candidates.flatMap((candidate) => accuse(view, study, candidate, rules) ?? []));
  const findings = groups(accusations).map((group) => findingOf(view, group));
  // What is one race is accused once: by the rule about its region, if there is one.
  const others = once(moduleRules.flatMap((rule) => rule.findingsIn(view))).filter((other) => !findings.some((finding) => isSameRange(finding.range, other.range)));
  return [...findings, ...others].sort((a, b) => comparePositions(a.range.start, b.range.start));
}

/** One finding for each place and rule, with all who run into it. */
function once(findings: readonly Finding[]): Finding[] {
  const found: Finding[] = [];
  for (const finding of findings) {
    const home = found.findIndex((other) => other.rule === finding.rule && isSameRange(other.range, finding.range));
    if (home < 0) found.push(finding);
    else found[home] = { ...found[home]!, overlaps: [...found[home]!.overlaps, ...finding.overlaps] };
  }
  return found;
}

function accuse(view: ModuleView, study: Study, candidate: Candidate, rules: readonly Rule[]): Accusation | undefined {
  if (!study.entry || isSafe(candidate, study, view.model) || (candidate.isEmptying && [study.fn, candidate.frame.fn].some(({ ownName }) => isEnding(ownName))) || isAskedOfRendering(candidate) || isAskedAtOnce(candidate, study.graph)) return undefined;
  const work = candidate.suspensions.map(({ callee }) => callee).filter((name) => name !== '');
  const isStored = storedKeyOf(candidate.location) !== undefined;
  const found = rules.find((rule) => isStored === (rule.category === 'external-state' || rule.category === 'files') && rule.accuses({ candidate, overlaps: [], work, makers: () => [...provenancesOf(study.graph.effects).of(candidate.act.value).makers], study, view }));
  if (!found) return undefined;
  const all = rivalsOf(study, candidate.location, view.studiesAround(candidate.location), view.model);
  const met = isDisarmed(candidate) ? all.filter(({ entry }) => entry !== study.entry) : all;
  const rivals = candidate.isEmptying ? addingTo(met) : isLowered(candidate) ? raising(met) : candidate.isAdvance ? moving(met, study.entry) : candidate.isAppended ? met.filter(({ entry }) => entry === study.entry) : met;
  if (rivals.length === 0) return undefined;
  const abandoned = abandonedRegion(view.studies, study, candidate);
  if (abandoned) return { rule: lockCallbackMisuse, candidate, study, rivals, abandoned };
  // Whoever writes under a lock has not forgotten it, but read too early.
  const hasLock = [...candidate.locksAtAct].some(isNamedLock);
  const guarding = found.dependence || hasLock ? undefined : guardMissingIn(view, study, candidate.location);
  const narrow = narrowLocks(candidate, study, view.model)[0];
  return { rule: guarding || narrow ? missingLock : found, candidate, study, rivals, ...(guarding && { guarding }), ...(narrow && { narrow }) };
}

/** Those who add something: nothing else is lost with what is dropped. */
function addingTo(rivals: readonly Rival[]): readonly Rival[] {
  return rivals.flatMap(({ entry, writes }) => {
    const adding = writes.filter(({ mode, location }) => mode === 'grow' || (mode === 'replace' && location.path.at(-1)?.kind === 'element'));
    return adding.length > 0 ? [{ entry, writes: adding }] : [];
  });
}

/** `if (dirty) { await save(); dirty = false; }` */
function isLowered({ dependence, says, act, isRelative }: Candidate): boolean {
  return dependence === 'guard' && says.has('full') && !isRelative && act.mode === 'replace' && act.value.kind === 'constant' && act.value.isEmpty;
}

/** Those who say that there is something again: that others find nothing left either does no harm. */
function raising(rivals: readonly Rival[]): readonly Rival[] {
  return rivals.flatMap(({ entry, writes }) => {
    const again = writes.filter(raises);
    return again.length > 0 ? [{ entry, writes: again }] : [];
  });
}

/** Those who move a position on, without whoever sets the moving going: that is done once. */
function moving(rivals: readonly Rival[], runner: Entry): readonly Rival[] {
  return isRunning(runner.fn.ownName) ? [] : rivals.filter(({ entry }) => !isRunning(entry.fn.ownName));
}

/** What a component shows is checked to decide what to show next: that it was rendered before says nothing of the work. */
function isAskedOfRendering({ dependence, location }: Candidate): boolean {
  return dependence === 'guard' && isInHookState(location);
}

/** What makes a region right whatever it does: a lock over it, a check renewed in time, a check that this task still counts. */
function isSafe(candidate: Candidate, study: Study, model: ModuleModel): boolean {
  if (candidate.dependence === 'guard' && isFromLastRound(candidate)) return true;
  return candidate.locks.size > narrowLocks(candidate, study, model).length || (isEnteredLate(candidate) ? candidate.isCompared : candidate.isValidated) || (candidate.dependence === 'guard' && candidate.renewed.length > 0);
}

/** The locks around a region that others, who come by a lock of their own, do not wait for. */
function narrowLocks({ locks, location }: Candidate, { graph }: Study, model: ModuleModel): NarrowLock[] {
  return [...locks].flatMap((lock) => narrowLockAt(lock, location, graph, model) ?? []);
}

/** What counts inside a lock is what was seen inside it; that the task still counts makes up for nothing that was seen before. */
function isEnteredLate({ dependence, locksAtAct }: Candidate): boolean {
  return dependence === 'update' && [...locksAtAct].some(isNamedLock);
}

/** A check that stands after the act decided in the last round of a loop, and whether there is another round is all it decided. */
function isFromLastRound({ stale, act }: Candidate): boolean {
  return stale.every(({ at, frame }) => frame.fn === act.frame.fn && at.range[0] > act.at.range[0]);
}

/**
 * Accusations of one race. The same act is accused once; acts that rest on the same check belong together, and so do several
 * writes of a place that rest on the same readings.
 */
function groups(accusations: readonly Accusation[]): Accusation[][] {
  const found: Accusation[][] = [];
  for (const accusation of accusations) {
    const home = found.find((group) => group.some((other) => isSameRace(other, accusation)));
    if (home) home.push(accusation);
    else found.push([accusation]);
  }
  return found;
}

function isSameRace(a: Accusation, b: Accusation): boolean {
  // An act that several callers lead to, each in its own way, is one thing to mend.
  if (a.candidate.act.at === b.candidate.act.at) return true;
  if (a.candidate.frame.fn !== b.candidate.frame.fn) return false;
  const stale = new Set(a.candidate.stale.map(({ at }) => at));
  if (a.rule.id === b.rule.id && isSameWork(a.candidate, b.candidate)) return true;
  if (a.rule.id === b.rule.id && b.candidate.stale.some(({ at }) => stale.has(at))) return true;
  if (a.candidate.dependence !== 'guard' || b.candidate.dependence !== 'guard') return false;
  const tests = new Set(a.candidate.branches.map((branch) => a.study.graph.effects[branch]!.at));
  return b.candidate.branches.some((branch) => tests.has(b.study.graph.effects[branch]!.at));
}

/** Two checks that both stand before the same work, and two acts that both stand after it, are one race; so are two lists handed to it. */
function isSameWork(a: Candidate, b: Candidate): boolean {
  const areBoth = (is: (candidate: Candidate) => boolean): boolean => is(a) && is(b);
  if (!areBoth(({ dependence }) => dependence === 'guard') && !areBoth(({ isEmptying }) => isEmptying)) return false;
  if (a.suspensions.length !== b.suspensions.length) return false;
  const work = new Set(a.suspensions.map(({ at }) => at));
  return b.suspensions.every(({ at }) => work.has(at));
}

function findingOf(view: ModuleView, group: readonly Accusation[]): Finding {
  const { model } = view;
  const [first] = [...group].sort((a, b) => tellingOf(b) - tellingOf(a) || depthOf(b.candidate.frame) - depthOf(a.candidate.frame));
  const { candidate, rule, abandoned } = first!;
  const same = group.filter((other) => other.candidate.frame.fn === candidate.frame.fn && other.candidate.location.id === candidate.location.id && other.candidate.dependence === candidate.dependence);
  const known = regionOf(same.map((accusation) => accusation.candidate));
  const region = rule.dependence ? { ...known, dependence: rule.dependence } : known;
  const overlaps = overlapsOf(group);
  return {
    rule: rule.id,
    category: rule.category,
    oracle: 'region',
    message: messageOf(model, candidate, overlaps[0]!) + guardText(model, first!.guarding) + narrowText(first!.narrow) + (abandoned ? abandonedText(abandoned, view) : ''),
    range: abandoned && abandoned.work.start.frame.fn.module === model.module ? placeOf(abandoned.work.start) : squiggleOf(candidate.act, model),
    location: describeLocation(candidate.location),
    accesses: accessesOf(first!),
    region,
    overlaps,
  };
}

/**
 * Of several views of one race the most telling: that work meant to be done once is done twice says more than that its result,
 * made from the old value (a new token from the spent one), is overwritten; and that says more than a check that is out of date.
 */
function tellingOf({ rule, candidate }: Accusation): number {
  if (rule === lockCallbackMisuse) return 3;
  if (rule.id === 'double-initialization') return 2;
  // That what is taken out stood elsewhere by then says less than that it was looked for in vain.
  if (candidate.act.mode === 'shrink') return candidate.dependence === 'update' ? -1 : 0;
  return candidate.dependence === 'update' ? 1 : 0;
}

/** The deeper the activation that holds a whole region, the closer together its parts are. */
function depthOf(frame: Candidate['frame']): number {
  return frame.caller ? 1 + depthOf(frame.caller) : 0;
}

export function regionOf(candidates: readonly Candidate[]): Region {
  const [first] = candidates;
  const ranges = (effects: readonly Effect[]): SourceRange[] => uniqueRanges(effects.map(placeOf));
  return {
    location: describeLocation(first!.location),
    dependence: first!.dependence,
    reads: ranges(candidates.flatMap(({ stale, renewed }) => [...stale, ...renewed])),
    suspensions: ranges(candidates.flatMap(({ suspensions }) => suspensions)),
    acts: ranges(candidates.map(({ act }) => act)),
  };
}

export function uniqueRanges(ranges: readonly SourceRange[]): SourceRange[] {
  const byText = new Map(ranges.map((range) => [`${range.file}:${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column}`, range]));
  return [...byText.values()].sort((a, b) => a.file.localeCompare(b.file) || comparePositions(a.start, b.start));
}

/** The pairs that may overlap: the entry with itself first, for each entry that runs the region. */
function overlapsOf(group: readonly Accusation[]): (readonly [EntryPoint, EntryPoint])[] {
  const pairs = new Map<string, readonly [EntryPoint, EntryPoint]>();
  const all = group.flatMap(({ study, rivals }) => rivals.map(({ entry }) => [study.entry!.point, entry.point] as const));
  for (const pair of [...all.filter(([a, b]) => a === b), ...all.filter(([a, b]) => a !== b)]) pairs.set(pair.map(pointKey).join(), pair);
  return [...pairs.values()];
}

export function pointKey({ range }: EntryPoint): string {
  return `${range.file}:${range.start.line}:${range.start.column}`;
}

function accessesOf({ candidate, study, rivals }: Accusation): Access[] {
  const access = (effect: Effect, kind: Access['kind'], locks: Iterable<string>): Access => ({ kind, range: placeOf(effect), function: effect.frame.fn.name || study.fn.name, locks: [...locks].filter(isNamedLock).map(shownLock) });
  const own = [access(candidate.stale[0]!, 'read', candidate.locksAtRead), access(candidate.act, candidate.isRelative ? 'update' : 'write', candidate.locksAtAct)];
  const others = rivals.flatMap(({ writes }) => writes.map((write) => access(write, 'write', [])));
  const seen = new Set<string>();
  return [...own, ...others].filter(({ range }, index) => {
    const key = `${range.file}:${range.start.line}:${range.start.column}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew || index < 2;
  });
}

function guardText(model: ModuleModel, guarding: Guarding | undefined): string {
  return guarding ? ` Elsewhere, at ${lineOf(guarding.write, model)}, it is written under \`${guarding.lock}\`.` : '';
}

function narrowText(narrow: NarrowLock | undefined): string {
  return narrow ? ` \`${narrow.lock}\` keeps nobody else out: each ${'type' in narrow.madeBy ? 'run' : `\`${narrow.madeBy.name}\``} makes its own.` : '';
}

function messageOf(model: ModuleModel, candidate: Candidate, [own, other]: readonly [EntryPoint, EntryPoint]): string {
  const line = (effect: Effect): string => lineOf(effect, model);
  const name = shortName(candidate.location);
  const verb = candidate.dependence === 'guard' ? 'checked' : 'read';
  const rival = own === other ? `another \`${shortened(own.name)}\`` : `\`${shortened(other.name)}\``;
  const read = candidate.stale.at(isEnteredLate(candidate) ? 0 : -1)!;
  const suspension = candidate.suspensions.at(-1)!;
  const runner = candidate.frame.fn.name || own.name;
  return `\`${name}\` is ${verb} at ${line(read)}, \`${shortened(runner)}\` suspends at ${line(suspension)}, and ${rival} can write it before ${line(candidate.act)}.`;
}

function shortened(name: string): string {
  return name.includes(' ') ? name : (name.split('.').at(-1) ?? name);
}
