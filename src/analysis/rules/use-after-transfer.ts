import type { Finding } from '../../model/index.js';
import type { ModuleModel } from '../model/module.js';
import { lineOf, placeOf, squiggleOf, textAt } from '../places.js';
import { spentUsesIn } from '../transfers/spent-uses.js';
import type { UseOfSpent } from '../transfers/spent-uses.js';
import type { ModuleRule } from './rule.js';

export const useAfterTransfer: ModuleRule = {
  id: 'use-after-transfer',
  category: 'shared-memory',
  summary: 'A buffer, port or stream is used after it was transferred.',
  explanation:
    'What is transferred belongs to the receiver from then on: a buffer is left detached, with no bytes, and so are all views of it; a port or stream is dead. ' +
    'Finish with it before it is transferred, send a copy (leave it out of the transfer list), or make a new one for the next time.',
  findingsIn({ model, studies }) {
    const found = new Map<unknown, Finding>();
    for (const one of spentUsesIn(model, studies)) {
      const isOurs = [one.transfer, one.use].some(({ frame }) => frame.fn.module === model.module);
      const known = found.get(one.transfer.at);
      if (!isOurs) continue;
      const finding = findingOf(one, model);
      if (!known || startsBefore(finding, known)) found.set(one.transfer.at, finding);
    }
    return [...found.values()];
  },
};

/** Of several uses the first is the one to mend. */
function startsBefore({ range: { start: one } }: Finding, { range: { start: other } }: Finding): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}

function findingOf({ transfer, use, isNextRun }: UseOfSpent, model: ModuleModel): Finding {
  const location = textAt(use);
  const [first, range] = [placeOf(transfer), squiggleOf(use, model)];
  const name = use.frame.fn.name;
  return {
    rule: useAfterTransfer.id, category: useAfterTransfer.category, oracle: 'none', range, location,
    message: messageOf(location, { transfer, use, isNextRun }, model),
    accesses: [{ kind: 'write', range: first, function: transfer.frame.fn.name, locks: [] }, { kind: 'read', range: placeOf(use), function: name, locks: [] }],
    region: { location, dependence: 'guard', reads: [first], suspensions: [], acts: [placeOf(use)] },
    overlaps: [],
  };
}

function messageOf(location: string, { transfer, use, isNextRun }: UseOfSpent, model: ModuleModel): string {
  const given = lineOf(transfer, model);
  if (isNextRun) return `\`${location}\` is used here, but the run before has transferred it at ${given}: the next run of \`${use.frame.fn.ownName || 'the callback'}\` finds it detached.`;
  const isAgain = use.at.range[0] >= transfer.at.range[0] && use.at.range[1] <= transfer.at.range[1];
  if (isAgain) return `\`${location}\` is transferred at ${given} time after time, but after the first it is the receiver's, and a second transfer fails.`;
  return `\`${location}\` is used at ${lineOf(use, model)}, after it was transferred at ${given}: by then it belongs to the receiver.`;
}
