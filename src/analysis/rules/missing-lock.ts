import type { TSESTree } from '../../language/index.js';
import { isEnding } from '../catalog/work.js';
import { describeLocation, shortName } from '../model/location.js';
import type { Location } from '../model/location.js';
import { abandonedIn, startedBy } from '../locks/abandoned.js';
import type { Abandoned } from '../locks/abandoned.js';
import { evictedIn } from '../locks/evicted.js';
import type { Evicted } from '../locks/evicted.js';
import { guardOf, isNamed, touches } from '../locks/guarding.js';
import type { Guarding } from '../locks/guarding.js';
import { excludes, heldIn } from '../locks/held.js';
import type { Acquire, Held } from '../locks/held.js';
import { regionOf } from '../findings.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectOf } from '../model/effect.js';
import { textOf } from '../model/text.js';
import { isUniqueKey } from '../model/unique-keys.js';
import { nodeFinding } from '../node-finding.js';
import { mayMeet } from '../overlap.js';
import { lineOf, placeOf, squiggleOf } from '../places.js';
import type { Candidate } from '../regions/candidate.js';
import { successors } from '../regions/reach.js';
import type { Study } from '../regions/study.js';
import { unaskedIn } from '../locks/unasked.js';
import type { Unasked } from '../locks/unasked.js';
import { lockFinding } from './lock-finding.js';
import { abandonedText, lockCallbackMisuse } from './lock-callback-misuse.js';
import type { Finding } from '../../model/index.js';
import type { ModuleRule, ModuleView, Rule } from './rule.js';

/** Regions that another rule accuses are told under this name where others guard the place; what is written into a guarded region is found here. */
export const missingLock: Rule & ModuleRule = {
  id: 'missing-lock',
  category: 'locking',
  summary: 'A place that is guarded by a lock elsewhere is touched here without it.',
  explanation:
    'A lock keeps out only those who take it: whoever writes without it overwrites, or is overwritten by, those who rely on it. ' +
    'Take the same lock, with the same key, around every access of the place.',
  accuses: () => false,
  findingsIn(view) {
    const found = new Map<unknown, Finding>();
    for (const study of view.studies) {
      for (const candidate of study.candidates) {
        const lock = guardedBy(candidate);
        if (lock === undefined || !study.entry) continue;
        for (const intruder of intrudersOf(view, study, candidate.location, lock)) {
          if (candidate.dependence === 'guard' && !holdsSibling(intruder, lock) && !spoils(intruder, candidate)) continue;
          if (!found.has(intruder.write.at)) found.set(intruder.write.at, findingOf(view, study, candidate, lock, intruder));
        }
      }
    }
    return [...withoutMirrored([...found.values()]), ...evictedIn(view.model).map((evicted) => evictedFinding(view, evicted)), ...idleIn(view).map(([study, acquire]) => idleFinding(view, study, acquire)), ...unaskedIn(view.model).flatMap((unasked) => unaskedFinding(view, unasked) ?? [])];
  },
};

/** Two regions under two locks that write the same place are one mistake. */
function withoutMirrored(findings: readonly Finding[]): Finding[] {
  const isMirror = (a: Finding, b: Finding): boolean => a.overlaps.every(([one, other]) => b.overlaps.some(([first, second]) => first === other && second === one));
  return findings.filter((finding, index) => !findings.slice(0, index).some((earlier) => earlier.location === finding.location && isMirror(earlier, finding)));
}

/** Who else writes the place of a region under a lock that the region does without. */
export function guardMissingIn(view: ModuleView, study: Study, location: Location): Guarding | undefined {
  return guardOf(location, view.studiesAround(location).filter((other) => other !== study && other.entry));
}

/** The lock over a region that rests on it: what is written was made from what was read, or what was read had to have some value. */
function guardedBy({ dependence, locks, renewed, act, says, isChangeGuard }: Candidate): string | undefined {
  if (renewed.length > 0 || act.mode !== 'replace' || (dependence === 'guard' && (!says.has('other') || isChangeGuard))) return undefined;
  return [...locks].find(isNamed);
}

/** ``lock.acquire(`order:${id}`)`` here, ``lock.acquire(`cancel:${id}`)`` there: whoever writes under another key of the same lock meant to keep the others out. */
function holdsSibling({ study: { graph }, write }: Intruder, lock: string): boolean {
  const prefix = keyPrefix(lock);
  return prefix !== undefined && [...(heldIn(graph)[write.id]?.keys() ?? [])].some((held) => keyPrefix(held) !== undefined && held !== lock && familyOf(held) === familyOf(lock) && keyPrefix(held) !== prefix);
}

/** `if (left < n) return; await charge(n); left -= n` under the lock, and `left = 0` without it: what was asked no longer holds when the step is made. A step the other way does no harm. */
function spoils({ write }: Intruder, { isRelative, act }: Candidate): boolean {
  const step = stepOf(act);
  if (!isRelative || step === undefined) return false;
  return stepOf(write) === step || (write.mode === 'replace' && write.value.kind === 'constant');
}

/** `+` of `left += n` and of `left++`. */
function stepOf({ at: { parent } }: Effect): string | undefined {
  if (parent?.type === 'UpdateExpression') return parent.operator[0];
  return parent?.type === 'AssignmentExpression' && /^[-+]=$/.test(parent.operator) ? parent.operator[0] : undefined;
}

function familyOf(lock: string): string {
  return lock.slice(0, lock.indexOf('['));
}

/** `order:` of ``lock[`order:${id}`]``: the part of a key that is always the same. */
function keyPrefix(lock: string): string | undefined {
  return /\[[`'"]?([^$`'"[\]]+)(?:\$\{|[`'"]?\])/.exec(lock)?.[1];
}

/** Whoever ends something may do so whatever others are about; whoever empties it wants it to stay empty. */
function ends(name: string): boolean {
  return isEnding(name) && !/^(?:reset|clear)/i.test(name);
}

/** Whoever writes a guarded place without its lock. */
interface Intruder {
  readonly study: Study;
  readonly write: EffectOf<'write'>;
  /** It is work that was started under the lock, which did not wait for it. */
  readonly abandoned: Abandoned | undefined;
}

function intrudersOf(view: ModuleView, study: Study, location: Location, lock: string): Intruder[] {
  return view.studiesAround(location).flatMap((other) => {
    if (other === study || !other.entry || ends(other.fn.ownName) || !mayMeet(study.entry!, other.entry, location, view.model)) return [];
    const held = heldIn(other.graph);
    const abandoned = (write: Effect): Abandoned | undefined => abandonedIn(view.studies).find((one) => one.acquire.lock === lock && ((startedBy(one) === other.fn && isLater(write, other)) || (one.study === other && one.work.ids.has(write.id))));
    const isBare = (one: EffectOf<'write'>): boolean => one.frame.fn.module === view.model.module && touches(one.location, location) && held[one.id] !== undefined && !isGuarded(held[one.id]!, lock) && !other.locks.has(lock);
    const write = other.writes.find(isBare);
    const work = write && abandoned(write);
    const isStarted = abandonedIn(view.studies).some((one) => startedBy(one) === other.fn && one.acquire.lock === lock);
    return write && (work || !(isStarted || held.some((one) => one && isGuarded(one, lock)))) ? [{ study: other, write, abandoned: work }] : [];
  });
}

/** True if it comes after a suspension on every way: what a call does at once, it does under its caller's locks. */
function isLater(effect: Effect, { graph: { effects } }: Study): boolean {
  const seen = new Set<number>();
  const pending = [0];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === effect.id) return false;
    if (seen.has(id) || effects[id]!.kind === 'suspend') continue;
    seen.add(id);
    pending.push(...successors(effects[id]!));
  }
  return true;
}

/** What is held that keeps the others out: their own lock, or one that nobody knows by name, as a latch. */
function isGuarded(held: Held, lock: string): boolean {
  return [...held].some(([name, taken]) => (name === lock || !isNamed(name)) && taken.some(excludes));
}

function evictedFinding({ model }: ModuleView, { lookup, removal, fn, collection: location }: Evicted): Finding {
  return nodeFinding(missingLock, model, {
    fn, location, dependence: 'guard', from: lookup, to: removal,
    message: `\`${textOf(removal, model)}\` at line ${removal.loc.start.line} takes the lock away from those who still wait for it: whoever comes next finds none at line ${lookup.loc.start.line}, and works at the same time as they do.`,
  });
}

/** Locks with a name that each run makes up for itself, and tells nobody: ``redlock.acquire([`voucher:${code}:${randomUUID()}`], 3000)``. */
function idleIn({ model, studies }: ModuleView): (readonly [Study, Acquire])[] {
  const found = new Map<unknown, readonly [Study, Acquire]>();
  for (const study of studies) {
    for (const acquire of ofKind(study.graph.effects, 'acquire')) {
      const { at, permits, frame } = acquire;
      const key = permits === Infinity && frame.fn.module === model.module && at.type === 'CallExpression' ? at.arguments[0] : undefined;
      if (key && /^(?:Template|Array|Binary)/.test(key.type) && !found.has(at) && isUniqueKey(key, model)) found.set(at, [study, acquire]);
    }
  }
  return [...found.values()];
}

function idleFinding(view: ModuleView, study: Study, acquire: Acquire): Finding {
  const text = textOf((acquire.at as TSESTree.CallExpression).arguments[0]!, view.model);
  return lockFinding(missingLock, 'none', view, study, {
    lock: acquire.lock, reads: [acquire], acts: [acquire], range: placeOf(acquire),
    message: `No two runs ask for the same lock at ${lineOf(acquire, view.model)}: \`${text}\` is another name each time, and keeps nobody out.`,
  });
}

function unaskedFinding({ model }: ModuleView, { asking, release }: Unasked): Finding | undefined {
  const fn = model.table.around(asking);
  const { object, property } = asking.callee;
  return fn && nodeFinding(missingLock, model, {
    fn, location: textOf(object, model), dependence: 'guard', from: release, to: asking,
    message: `\`${textOf(property, model)}\` of \`${textOf(object, model)}\` answers whether the lock was got, and nobody looks at the answer at line ${asking.loc.start.line}: what comes before its release at line ${release.loc.start.line} runs without it too.`,
  });
}

function findingOf(view: ModuleView, study: Study, candidate: Candidate, lock: string, { study: intruder, write, abandoned }: Intruder): Finding {
  const { model } = view;
  const name = shortName(candidate.location);
  const last = candidate.suspensions.at(-1)!;
  return {
    rule: abandoned ? lockCallbackMisuse.id : missingLock.id, category: missingLock.category, oracle: 'region', location: describeLocation(candidate.location),
    message: `\`${name}\` is read at ${lineOf(candidate.stale[0]!, model)} and written at ${lineOf(candidate.act, model)} under \`${lock}\`, but \`${intruder.fn.ownName || intruder.entry!.point.name}\` writes it at ${lineOf(write, model)} without it, also while \`${study.fn.ownName || study.entry!.point.name}\` is suspended at ${lineOf(last, model)}.${abandoned ? abandonedText(abandoned, view) : ''}`,
    range: abandoned ? placeOf(abandoned.work.start) : squiggleOf(write, model),
    accesses: [
      { kind: 'read', range: placeOf(candidate.stale[0]!), function: candidate.stale[0]!.frame.fn.name, locks: [lock] },
      { kind: 'write', range: placeOf(candidate.act), function: candidate.act.frame.fn.name, locks: [lock] },
      { kind: 'write', range: placeOf(write), function: write.frame.fn.name, locks: [] },
    ],
    region: regionOf([candidate]),
    overlaps: [[study.entry!.point, intruder.entry!.point]],
  };
}
