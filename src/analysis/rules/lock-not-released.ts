import type { Finding } from '../../model/index.js';
import { brokenQueuesIn } from '../locks/broken-queues.js';
import type { BrokenQueue } from '../locks/broken-queues.js';
import { leaksIn } from '../locks/leaks.js';
import type { Leak } from '../locks/leaks.js';
import { stuckFlagsIn } from '../locks/stuck-flags.js';
import type { StuckFlag } from '../locks/stuck-flags.js';
import { keptLockfilesIn } from '../locks/lockfile-callbacks.js';
import type { KeptLockfile } from '../locks/lockfile-callbacks.js';
import { neverReturnedIn } from '../locks/never-returned.js';
import type { NeverReturned } from '../locks/never-returned.js';
import { openTransactionsIn } from '../locks/open-transactions.js';
import type { OpenTransaction } from '../locks/open-transactions.js';
import { isAdvisory } from '../catalog/locks/index.js';
import { describeLocation, shortName } from '../model/location.js';
import { textOf } from '../model/text.js';
import { nodeFinding } from '../node-finding.js';
import { lineOf, placeOf, textAt } from '../places.js';
import type { Study } from '../regions/study.js';
import { lockFinding } from './lock-finding.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const lockNotReleased: ModuleRule = {
  id: 'lock-not-released',
  category: 'locking',
  summary: 'On some way out of the code, by a return or an error, a lock that was taken is never given back.',
  explanation:
    'Everybody who waits for the lock then waits for ever, from the first failure on. ' +
    'Give it back in `finally`, or let the lock run the work (`mutex.runExclusive(…)`, `using`).',
  findingsIn(view) {
    const found = new Map<unknown, Finding>();
    for (const study of view.studies) {
      for (const leak of leaksIn(study.graph, textAt)) {
        const { at, frame } = leak.acquire;
        // Whoever calls what takes the lock may do much before, which a run would have to come through.
        const isDirect = frame.fn === study.fn && study.entry?.point.isPublic === true;
        if (frame.fn.module !== view.model.module || (found.has(at) && !isDirect)) continue;
        found.set(at, findingOf(view, study, leak));
      }
      for (const open of openTransactionsIn(study.graph, (effect, node) => textAt({ at: node, frame: effect.frame }))) {
        if (open.begin.frame.fn.module === view.model.module && !found.has(open.begin.at)) found.set(open.begin.at, transactionFinding(view, study, open));
      }
      for (const one of neverReturnedIn(study, ({ frame }) => view.model.links.modelOf(frame.fn.module))) {
        const at = (one.dropped ?? one.acquire).at;
        if ((one.dropped?.caller?.fn ?? one.acquire.frame.fn).module === view.model.module && !found.has(at)) found.set(at, neverFinding(view, study, one));
      }
      if (!study.entry?.overlapsItself) continue;
      for (const stuck of stuckFlagsIn(study, view.studies, view.model)) if (stuck.claim.frame.fn.module === view.model.module && !found.has(stuck.claim.at)) found.set(stuck.claim.at, flagFinding(view, study, stuck));
    }
    for (const kept of keptLockfilesIn(view.model)) found.set(kept.lock, lockfileFinding(view, kept));
    for (const queue of brokenQueuesIn(view.model)) found.set(queue.at, queueFinding(view, queue));
    return [...found.values()];
  },
};

function findingOf(view: ModuleView, study: Study, { acquire, exit, isFailure }: Leak): Finding {
  const at = lineOf(exit, view.model);
  const way = exit === acquire ? 'when all is done' : isFailure ? `if what is awaited at ${at} fails` : `by the return at ${at}`;
  const how = isFailure && exit.kind === 'throw' ? `by the error thrown at ${at}` : way;
  // A lock that a database keeps has no model.
  return lockFinding(lockNotReleased, isAdvisory(acquire.lock) ? 'none' : 'held-lock', view, study, {
    lock: acquire.lock, reads: [acquire], acts: [exit],
    message: `\`${acquire.lock}\` is acquired at ${lineOf(acquire, view.model)}, and ${how} it is never released: whoever wants it next waits for ever.`,
    range: placeOf(acquire),
  });
}

function neverFinding(view: ModuleView, study: Study, { acquire, dropped }: NeverReturned): Finding {
  const taken = `\`${acquire.lock}\` is acquired at ${lineOf(acquire, view.model)}`;
  const caller = dropped?.caller && { at: dropped.at, frame: dropped.caller };
  return lockFinding(lockNotReleased, 'held-lock', view, study, {
    lock: acquire.lock, reads: [acquire], acts: [acquire], range: placeOf(caller ?? acquire),
    message: caller ? `${taken} through the call at ${lineOf(caller, view.model)}, and nobody uses what that call gives to give it back: whoever wants it next waits for ever.` : `${taken}, and nobody ever gives it back: whoever wants it next waits for ever.`,
  });
}

function transactionFinding(view: ModuleView, study: Study, { begin, exit, isFailure, client }: OpenTransaction): Finding {
  const at = lineOf(exit, view.model);
  const way = !isFailure ? `by the return at ${at}` : exit.kind === 'throw' ? `by the error thrown at ${at}` : `if what is awaited at ${at} fails`;
  return lockFinding(lockNotReleased, 'none', view, study, {
    lock: `transaction of ${client}`, reads: [begin], acts: [exit], range: placeOf(begin),
    message: `The transaction that \`${client}\` begins at ${lineOf(begin, view.model)} is neither committed nor rolled back ${way}: the rows that it locks stay locked, and whoever gets the connection next is inside it.`,
  });
}

function flagFinding(view: ModuleView, study: Study, { claim, reset, failure }: StuckFlag): Finding {
  const name = shortName(claim.location);
  return lockFinding(lockNotReleased, 'none', view, study, {
    lock: describeLocation(claim.location), reads: [claim], acts: [failure],
    message: `\`${name}\` keeps others out from ${lineOf(claim, view.model)} on and is reset only at ${lineOf(reset, view.model)}: ${failure.kind === 'throw' ? `the error thrown at ${lineOf(failure, view.model)} leaves it set` : `if what is awaited at ${lineOf(failure, view.model)} fails, it stays set`}, and nobody gets in any more.`,
    range: placeOf(claim),
  });
}

function lockfileFinding({ model }: ModuleView, { lock, exit, fn }: KeptLockfile): Finding {
  const file = textOf(lock.arguments[0]!, model);
  return nodeFinding(lockNotReleased, model, {
    fn, location: file, dependence: 'guard', from: lock, to: exit, at: lock,
    message: `\`${file}\` is locked at line ${lock.loc.start.line}, and on the way out at line ${exit.loc.start.line} nobody unlocks it: whoever wants it next waits until somebody removes the file.`,
  });
}

function queueFinding({ model }: ModuleView, { at, link, queue, fn }: BrokenQueue): Finding {
  return nodeFinding(lockNotReleased, model, {
    fn, location: queue, dependence: 'guard', from: link, to: at,
    message: `\`${queue}\` passes every failure on: once the work at line ${link.loc.start.line} has failed, whoever comes after it is told that failure, and never what came of its own work.`,
  });
}
