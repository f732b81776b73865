import { rangeOf } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import type { Finding } from '../../model/index.js';
import { isSureToSettle } from '../locks/conditions.js';
import { heldIn } from '../locks/held.js';
import type { Acquire } from '../locks/held.js';
import { isWaitInMemory } from '../locks/leaks.js';
import { givenBackByListener } from '../locks/listeners.js';
import type { Listening } from '../locks/listeners.js';
import { saidTwiceIn } from '../locks/said-twice.js';
import type { SaidTwice } from '../locks/said-twice.js';
import { triedAt } from '../locks/tried.js';
import { ofKind } from '../model/effect.js';
import type { Effect, EffectOf } from '../model/effect.js';
import { calleeText, keyName } from '../model/functions.js';
import { functionAround } from '../model/shared-memory.js';
import { lineOf, placeOf } from '../places.js';
import { graphIn } from '../promises/graphs.js';
import { successors } from '../regions/reach.js';
import type { Study } from '../regions/study.js';
import { lockFinding } from './lock-finding.js';
import type { ModuleRule, ModuleView } from './rule.js';

type Release = EffectOf<'release'>;

export const doubleRelease: ModuleRule = {
  id: 'double-release',
  category: 'locking',
  summary: 'A lock is given back a second time, on a way that has given it back already.',
  explanation:
    'The second release lets in somebody who should have waited, or wakes a waiter while another still holds the lock. ' +
    'Give it back in one place, `finally`, or use the releaser that `acquire` gives, which counts once.',
  findingsIn(view) {
    const found = new Map<unknown, Finding>();
    for (const study of view.studies) {
      const note = (pairs: readonly [Release, Release][], oracle: 'held-lock' | 'none'): void => {
        for (const [first, second] of pairs) if (second.frame.fn.module === view.model.module && !found.has(second.at)) found.set(second.at, findingOf(view, study, first, second, oracle));
      };
      note(repeatedIn(study, view), 'held-lock');
      for (const [tried, release] of missedIn(study)) if (release.frame.fn.module === view.model.module && !found.has(release.at)) found.set(release.at, missedFinding(view, study, tried, release));
      for (const [refused, release] of refusedIn(study)) if (release.frame.fn.module === view.model.module && !found.has(release.at)) found.set(release.at, refusedFinding(view, study, refused, release));
      // A run sees too many inside only if more come than the lock lets in, and the timer goes off first.
      note(timedOutIn(study), 'none');
      for (const one of saidTwiceIn(study, ({ frame }) => view.model.links.modelOf(frame.fn.module), (fn) => graphIn(view, fn))) if (one.acquire.frame.fn.module === view.model.module && !found.has(one.second)) found.set(one.second, twiceFinding(view, study, one));
      for (const heard of givenBackByListener(study)) if (heard.own.frame.fn.module === view.model.module && !found.has(heard.own.at)) found.set(heard.own.at, heardFinding(view, study, heard));
    }
    return [...found.values()];
  },
};

function repeatedIn({ graph }: Study, { model: { links } }: ModuleView): [Release, Release][] {
  const { effects } = graph;
  const held = heldIn(graph);
  return ofKind(effects, 'release').flatMap((effect) => {
    if (effect.isIdempotent !== false) return [];
    // Taken within itself, it has to be given back as often.
    if ((held[effect.id]?.get(effect.lock)?.length ?? 0) > 1) return [];
    // A wait for a condition does not fail, and so does not come to the release that is there for failures.
    const waits = (other: Effect): boolean => isWaitInMemory(other, effects) || isSureToSettle(other, links.modelOf(other.frame.fn.module));
    const again = nextRelease(effects, effect.lock, successors(effect), waits);
    return again ? [[effect, again] as [Release, Release]] : [];
  });
}

/** `const got = lock.tryAcquire(); try { if (!got) return; … } finally { lock.release() }`: whoever has not got the lock gives it back all the same. */
function missedIn({ graph: { effects } }: Study): [Acquire, Release][] {
  return ofKind(effects, 'acquire').flatMap((acquire) => {
    const missed = acquire.mayFail ? triedAt(effects, acquire)?.missed : undefined;
    const release = missed === undefined ? undefined : nextRelease(effects, acquire.lock, [missed]);
    return release ? [[acquire, release] as [Acquire, Release]] : [];
  });
}

/** `try { await mutex.acquire(); … } finally { mutex.release(); }` of a lock that gives up waiting: on each way on from there it is given back without having been got. */
function refusedIn({ graph: { effects } }: Study): [Acquire, Release][] {
  return ofKind(effects, 'acquire').flatMap((acquire) => {
    if (acquire.form !== 'call' || acquire.mayFail || acquire.handler === undefined || !(acquire.mayRefuse || hasTimeout(acquire))) return [];
    const release = releasedAnyway(effects, acquire.lock, acquire.handler);
    return release ? [[acquire, release] as [Acquire, Release]] : [];
  });
}

/** `lock.acquireAsync({ timeout: 500 })` */
function hasTimeout({ at }: Acquire): boolean {
  const [options] = at.type === 'CallExpression' ? at.arguments : [];
  return options?.type === 'ObjectExpression' && options.properties.some((property) => property.type === 'Property' && keyName(property.key, property.computed) === 'timeout');
}

/** The release that control comes to, if it comes to one on every way out and takes the lock on none before. */
function releasedAnyway(effects: readonly Effect[], lock: string, from: number): Release | undefined {
  let found: Release | undefined;
  const seen = new Set<number>();
  const pending = [from];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const effect = effects[id]!;
    if (effect.kind === 'release' && effect.lock === lock && effect.isIdempotent === false) {
      found ??= effect;
      continue;
    }
    const next = effect.kind === 'throw' && effect.handler !== undefined ? [effect.handler] : effect.next.map(({ to }) => to);
    if (next.length === 0 || (effect.kind === 'acquire' && effect.lock === lock)) return undefined;
    pending.push(...next);
  }
  return found;
}

/** `setTimeout(() => slots.release(), most)` beside a release that comes in any case: that the timer is stopped by then is no use once it has gone off. */
function timedOutIn({ graph: { effects } }: Study): [Release, Release][] {
  const releases = ofKind(effects, 'release').filter((effect) => effect.isIdempotent === false && !isConditional(effect));
  return releases.flatMap((timed) => {
    const timer = timed.aside ? timerAround(timed) : undefined;
    if (!timer || timed.frame.caller !== undefined && timed.frame.at !== timer) return [];
    const own = releases.find((other) => !other.aside && other.lock === timed.lock && other.at.range[0] > timer.range[1] && functionAround(other.at) === functionAround(timer));
    return own ? [[timed, own] as [Release, Release]] : [];
  });
}

/** The `setTimeout` whose callback an effect is part of. */
function timerAround({ at }: Effect): Node | undefined {
  const callback = functionAround(at);
  const call = callback.parent;
  return call?.type === 'CallExpression' && calleeText(call.callee) === 'setTimeout' && call.arguments[0] === callback ? call : undefined;
}

/** True if the function that gives the lock back asks something first. */
function isConditional({ at }: Effect): boolean {
  const end = functionAround(at);
  for (let one: Node | undefined = at; one && one !== end; one = one.parent) if (/^(?:If|Switch)Statement$|^(?:Conditional|Logical)Expression$|^CatchClause$/.test(one.type)) return true;
  return false;
}

/** The next release on some way, if the lock is not taken before it. */
function nextRelease(effects: readonly Effect[], lock: string, from: readonly number[], isSureToEnd: (effect: Effect) => boolean = () => false): Release | undefined {
  const seen = new Set<number>();
  const pending = [...from];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const effect = effects[id]!;
    if (effect.kind === 'acquire' && effect.lock === lock) continue;
    if (effect.kind === 'release' && effect.lock === lock && effect.isIdempotent === false) return effect;
    // A condition may know that it was given back; that there is another element says nothing of it.
    if (effect.kind !== 'branch' || effect.at.type === 'ForOfStatement') pending.push(...(isSureToEnd(effect) ? effect.next.map(({ to }) => to) : successors(effect)));
  }
  return undefined;
}

function findingOf(view: ModuleView, study: Study, first: Release, second: Release, oracle: 'held-lock' | 'none'): Finding {
  return lockFinding(doubleRelease, oracle, view, study, {
    lock: first.lock, reads: [first], acts: [second], range: placeOf(second),
    message: `\`${first.lock}\` is released at ${lineOf(first, view.model)} and once more at ${lineOf(second, view.model)}: whoever waits for it may get in while another still holds it.`,
  });
}

function refusedFinding(view: ModuleView, study: Study, refused: Acquire, release: Release): Finding {
  return lockFinding(doubleRelease, 'none', view, study, {
    lock: refused.lock, reads: [refused], acts: [release], range: placeOf(release),
    message: `\`${refused.lock}\` is released at ${lineOf(release, view.model)} even if waiting for it at ${lineOf(refused, view.model)} has ended without it: that gives back what another holds.`,
  });
}

function heardFinding(view: ModuleView, study: Study, { own, heard, event }: Listening): Finding {
  return lockFinding(doubleRelease, 'none', view, study, {
    lock: own.lock, reads: [own], acts: [own], range: placeOf(own),
    message: `\`${own.lock}\` is released at ${lineOf(own, view.model)} whatever happens, and by the listener of \`${event}\` at line ${heard.loc.start.line} as well: one of the two lets in somebody who should have waited.`,
  });
}

function twiceFinding(view: ModuleView, study: Study, { acquire, first, second }: SaidTwice): Finding {
  return lockFinding(doubleRelease, 'none', view, study, {
    lock: acquire.lock, reads: [acquire], acts: [acquire], range: rangeOf(second, view.model.file),
    message: `\`${acquire.lock}\` is released at line ${first.loc.start.line} and once more at line ${second.loc.start.line}: of those who wait for it one is let in twice, and another never.`,
  });
}

function missedFinding(view: ModuleView, study: Study, tried: Acquire, release: Release): Finding {
  return lockFinding(doubleRelease, 'none', view, study, {
    lock: tried.lock, reads: [tried], acts: [release], range: placeOf(release),
    message: `\`${tried.lock}\` is tried for at ${lineOf(tried, view.model)}, and released at ${lineOf(release, view.model)} even if it was not got: that gives back what another holds.`,
  });
}
