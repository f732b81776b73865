import type { Finding } from '../../model/index.js';
import type { MemoryAccess } from '../memory/history.js';
import { missedWakeupsIn } from '../memory/wakeups.js';
import type { MissedWakeup } from '../memory/wakeups.js';
import { memoryFinding, memoryLine, memoryText } from './memory-finding.js';
import type { ModuleModel } from '../model/module.js';
import type { ModuleRule } from './rule.js';

export const lostWakeup: ModuleRule = {
  id: 'lost-wakeup',
  category: 'shared-memory',
  summary: 'A notification can come before the wait that it is meant for, and nothing in memory says that it came.',
  explanation:
    '`Atomics.notify` wakes those who sleep, and is forgotten; `Atomics.wait` goes to sleep only if the cell still holds the expected value. ' +
    'Store first and then notify, on the cell that is waited on, and expect the value that the decision to wait was made from.',
  findingsIn: ({ model }) => (/\bAtomics\b/.test(model.module.source.text) ? missedWakeupsIn(model).map((missed) => findingOf(missed, model)) : []),
};

function findingOf(missed: MissedWakeup, model: ModuleModel): Finding {
  const { at, wait } = missed;
  return memoryFinding(lostWakeup, 'none', at === wait ? [wait] : [at, wait], messageOf(missed, model));
}

function messageOf({ kind, at, wait }: MissedWakeup, model: ModuleModel): string {
  const place = (access: MemoryAccess): string => memoryLine(access, model);
  const cell = `\`${cellOf(wait)}\``;
  switch (kind) {
    case 'bare':
      return `${cell} is notified at ${place(at)} and waited on at ${place(wait)}, but nobody writes it: a notification that comes before the wait is lost, and the wait never ends.`;
    case 'late':
      return `${cell} is notified at ${place(at)} and written only after that: who looks at it in between waits at ${place(wait)} for a notification that is over.`;
    case 'reread':
      return `${cell} is read anew for the wait at ${place(wait)}: what changed since it was decided to wait is taken for the value to wait on, and its notification is over.`;
    case 'erased':
      return `${cell} is set at ${place(at)} to what is waited on at ${place(wait)}: a change that another agent has made and notified just before is erased.`;
    case 'silent':
      return `${cell} is written at ${place(at)} and nobody is notified: who waits on it at ${place(wait)} sleeps on.`;
  }
}

function cellOf({ node, root }: MemoryAccess): string {
  const [view, index] = node.type === 'CallExpression' ? node.arguments : [];
  const text = (part: typeof view): string => (part ? memoryText({ node: part, root }) : '');
  return `${text(view)}[${text(index)}]`;
}
