import type { Finding } from '../../model/index.js';
import { lockedWaitsIn } from '../locks/locked-waits.js';
import type { LockedWait } from '../locks/locked-waits.js';
import { lineOf, placeOf } from '../places.js';
import type { Study } from '../regions/study.js';
import { lockFinding } from './lock-finding.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const waitUnderLock: ModuleRule = {
  id: 'wait-under-lock',
  category: 'deadlock',
  summary: 'Code that holds a lock waits for something that only another holder of the same lock can bring about.',
  explanation:
    'Whoever would end the wait waits for the lock, and whoever has the lock waits for them: neither goes on, nor does anybody else who needs the lock. ' +
    'Give the lock back before waiting and look again afterwards, or let what ends the wait happen without the lock.',
  findingsIn(view) {
    const found = new Map<unknown, Finding>();
    for (const wait of lockedWaitsIn(view)) if (!found.has(wait.wait.at)) found.set(wait.wait.at, findingOf(view, wait));
    return [...found.values()];
  },
};

function findingOf(view: ModuleView, { study, acquire, wait, text, ending, isPolled, ender, end }: LockedWait): Finding {
  const { model } = view;
  const name = nameOf(ender);
  const other = ender === study ? `another \`${name}\`` : `\`${name}\``;
  return lockFinding(waitUnderLock, isPolled ? 'none' : 'deadlock', view, study, {
    lock: acquire.lock, reads: [acquire], acts: [wait], range: placeOf(wait), partner: ender.entry!.point,
    message: `\`${nameOf(study)}\` holds \`${acquire.lock}\` (${lineOf(acquire, model)}) and waits at ${lineOf(wait, model)} for ${text}; only ${other} ${ending} (${lineOf(end, model)}), and needs the same lock for it: neither can go on.`,
  });
}

function nameOf({ fn, entry }: Study): string {
  return fn.ownName || entry!.point.name;
}
