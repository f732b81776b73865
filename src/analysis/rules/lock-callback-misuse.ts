import { rangeOf } from '../../language/index.js';
import type { TSESTree } from '../../language/index.js';
import type { Finding } from '../../model/index.js';
import { abandonedIn, startedBy } from '../locks/abandoned.js';
import type { Abandoned } from '../locks/abandoned.js';
import { droppedUnder } from '../locks/dropped.js';
import { earlyReleasesIn } from '../locks/early-releases.js';
import type { EarlyRelease } from '../locks/early-releases.js';
import { heldIn } from '../locks/held.js';
import type { Acquire } from '../locks/held.js';
import { unfinishedIn } from '../locks/unfinished.js';
import type { Unfinished } from '../locks/unfinished.js';
import { framesFrom } from '../model/effect.js';
import type { Effect } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { lineOf, placeOf } from '../places.js';
import { PromiseCalls } from '../promises/gives-promise.js';
import { graphIn } from '../promises/graphs.js';
import type { Study } from '../regions/study.js';
import { lockFinding } from './lock-finding.js';
import { lockNotReleased } from './lock-not-released.js';
import type { ModuleRule, ModuleView, Rule } from './rule.js';

/** Regions that another rule accuses are told under this name where the lock that was taken for them was given back before they end. */
export const lockCallbackMisuse: Rule & ModuleRule = {
  id: 'lock-callback-misuse',
  category: 'locking',
  summary: 'What runs under a lock is not what the lock waits for: work that nobody awaits, a callback that never says that it is done.',
  explanation:
    'A lock that runs a callback holds until the promise of the callback settles, or until the callback calls `done`. Work that is started and neither awaited nor returned goes on without the lock; ' +
    'a callback that never calls `done` keeps the lock for ever. Await or return the work, and use one of the two modes, not both.',
  accuses: () => false,
  findingsIn(view) {
    const modelOf = ({ frame }: Acquire): ModuleModel => view.model.links.modelOf(frame.fn.module);
    const found = new Map<unknown, Finding>();
    for (const study of view.studies) {
      for (const one of unfinishedIn(study, modelOf, (fn) => graphIn(view, fn))) if (one.acquire.frame.fn.module === view.model.module && !found.has(one.acquire.at)) found.set(one.acquire.at, unfinishedFinding(view, study, one));
    }
    for (const study of view.studies) {
      // What it writes of what was read under the lock is told of by itself.
      const isTold = ({ started: { range } }: EarlyRelease): boolean => study.entry !== undefined && study.candidates.some(({ act: { at } }) => range[0] <= at.range[0] && at.range[1] <= range[1]);
      for (const one of earlyReleasesIn(study, modelOf)) if (!isTold(one) && one.acquire.frame.fn.module === view.model.module && !found.has(one.acquire.at)) found.set(one.acquire.at, earlyFinding(view, study, one));
    }
    for (const one of abandonedIn(view.studies)) {
      if (one.acquire.frame.fn.module === view.model.module && !found.has(one.work.start.at) && !found.has(one.acquire.at) && isAllThereIs(view, one)) found.set(one.work.start.at, idleFinding(view, one));
    }
    for (const one of droppedCallsIn(view)) if (!found.has(one.acquire.at)) found.set(one.acquire.at, droppedFinding(view, one));
    return [...found.values()];
  },
};

interface Dropped {
  readonly study: Study;
  readonly acquire: Acquire;
  readonly call: TSESTree.CallExpression;
}

function droppedCallsIn({ model, studies }: ModuleView): Dropped[] {
  const calls = new PromiseCalls(model);
  return studies.flatMap((study) => study.graph.effects.flatMap((acquire) => {
    const call = acquire.kind === 'acquire' && acquire.frame.fn.module === model.module ? droppedUnder(acquire, calls, model) : undefined;
    return call && acquire.kind === 'acquire' && !ASIDE.test(calleeText(call.callee)) ? [{ study, acquire, call }] : [];
  }));
}

function droppedFinding(view: ModuleView, { study, acquire, call }: Dropped): Finding {
  const name = calleeText(call.callee);
  return lockFinding(lockCallbackMisuse, 'none', view, study, {
    lock: acquire.lock, reads: [acquire], acts: [acquire], range: rangeOf(call, view.model.file),
    message: `The promise of \`${name}\` is dropped at line ${call.loc.start.line}, in the callback that runs under \`${acquire.lock}\`: the lock is given back at once, and covers nothing. Return or await it.`,
  });
}

function unfinishedFinding(view: ModuleView, study: Study, { acquire, done, exit, isFailure }: Unfinished): Finding {
  const { lock } = acquire;
  const how = done === undefined ? 'takes no releaser' : exit === acquire ? `never calls \`${done}\`` : isFailure ? `does not call \`${done}\` if what is awaited at ${lineOf(exit, view.model)} fails` : `does not call \`${done}\` on the way by ${lineOf(exit, view.model)}`;
  // Where a call is the only way to give the lock back, a way without it is a lock that is not given back.
  const rule = acquire.saysDoneOnly && exit !== acquire ? lockNotReleased : lockCallbackMisuse;
  return lockFinding(rule, 'held-lock', view, study, {
    lock, reads: [acquire], acts: [exit], range: placeOf(acquire),
    message: `The callback that runs under \`${lock}\` at ${lineOf(acquire, view.model)} ${how}: the lock waits for that call, whatever the callback returns, and is never given back.`,
  });
}

function earlyFinding(view: ModuleView, study: Study, { acquire, started, release, done }: EarlyRelease): Finding {
  const [from, at] = [rangeOf(started, view.model.file), rangeOf(release, view.model.file)];
  return lockFinding(lockCallbackMisuse, 'none', view, study, {
    lock: acquire.lock, reads: [acquire], acts: [acquire], range: at,
    message: `\`${done}\` is called at line ${at.start.line}, when \`${calleeText(started.callee)}\` at line ${from.start.line} has only begun: its callback runs when \`${acquire.lock}\` is no longer held. Call it there.`,
  });
}

/** What is said of no work. */
const ASIDE = /log|report|track|notif|emit|metric|telemetr|audit|debug|warn|trace/i;

/** True if the lock covers nothing else: all that its callback does is to start the work. */
function isAllThereIs(view: ModuleView, one: Abandoned): boolean {
  const { study, work, acquire } = one;
  if (acquire.form === 'call' || (acquire.form === 'done' && one.work.start.kind === 'branch')) return isAllUnderHand(one);
  const started = startedBy(one);
  if (!acquire.isCertain || acquire.form === 'scope' || acquire.permits !== 1 || !started?.isAsync || ASIDE.test(started.ownName) || (acquire.aside ?? 0) > 0) return false;
  // An asynchronous function that never waits has ended when the call returns.
  const suspends = view.studies.find(({ fn }) => fn === started)?.suspends;
  if (suspends === false) return false;
  const { effects } = study.graph;
  const inside = effects.filter(({ id, frame, at }) => id > acquire.id && at !== acquire.at && isWithin(frame, acquire));
  return inside.every((effect) => effect === work.start || !isUseful(effect) || isPartOf(effect.frame, work.start.at));
}

/** The same where the lock is given back by hand: between the two there is nothing but the start of work that goes on to write something shared. */
function isAllUnderHand({ study, work, acquire }: Abandoned): boolean {
  const { graph } = study;
  if (!acquire.isCertain || acquire.permits !== 1 || acquire.isShared || (acquire.form === 'call' ? work.start.frame !== acquire.frame : !isWithin(work.start.frame, acquire))) return false;
  const held = heldIn(graph);
  const depth = acquire.aside ?? 0;
  const inside = graph.effects.filter((effect) => effect.at !== acquire.at && held[effect.id]?.has(acquire.lock) && (effect.aside ?? 0) <= depth && effect.id !== work.start.id);
  const isOfStart = ({ at }: Pick<Effect, 'at'>): boolean => work.start.at.range[0] <= at.range[0] && at.range[1] <= work.start.at.range[1];
  return inside.every((effect) => !isUseful(effect) || isOfStart(effect)) && graph.effects.some((effect) => work.ids.has(effect.id) && effect.kind === 'write');
}

function isWithin(frame: Effect['frame'], { at, frame: outer }: Acquire): boolean {
  return framesFrom(frame).some((one) => one.at === at && one.caller === outer);
}

function isPartOf(frame: Effect['frame'], call: Effect['at']): boolean {
  return framesFrom(frame).some(({ at }) => at === call);
}

function isUseful({ kind }: Effect): boolean {
  return kind === 'suspend' || kind === 'read' || kind === 'write' || kind === 'call' || kind === 'spawn' || kind === 'acquire';
}

function idleFinding(view: ModuleView, one: Abandoned): Finding {
  const { study, work, acquire } = one;
  return lockFinding(lockCallbackMisuse, 'none', view, study, {
    lock: acquire.lock, reads: [acquire], acts: [work.start], range: placeOf(work.start),
    message: `\`${startedBy(one)?.ownName || 'the work'}\` is started at ${lineOf(work.start, view.model)} under \`${acquire.lock}\` and nobody waits for it: the lock is given back at once, and covers nothing.`,
  });
}

/** What is said of a region in addition: which lock was to cover it, and where it was left alone. */
export function abandonedText({ study, work, acquire }: Abandoned, { model }: ModuleView): string {
  const name = study.entry!.point.name;
  return ` It is started at ${lineOf(work.start, model)}, under \`${acquire.lock}\`, but \`${name}\` gives the lock back without waiting for it.`;
}
