import type { Finding } from '../../model/index.js';
import { cyclesIn, ordersIn, swapsIn } from '../locks/order.js';
import type { OrderEdge } from '../locks/order.js';
import { lineOf, squiggleOf } from '../places.js';
import { lockFinding } from './lock-finding.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const lockOrderCycle: ModuleRule = {
  id: 'lock-order-cycle',
  category: 'deadlock',
  summary: 'Locks are taken in one order here and in the opposite order there.',
  explanation:
    'Two tasks that each hold one of the locks and wait for the other wait for ever. ' +
    'Take the locks in one order everywhere (by a name or an id that all share), or guard both with one lock.',
  findingsIn(view) {
    const edges = ordersIn(view.studies);
    const cycles = cyclesIn(edges).map(([one, other]) => findingOf(view, one, other));
    const swaps = new Map(swapsIn(edges).map((edge) => [edge.to.at, swapOf(view, edge)]));
    return [...cycles, ...swaps.values()];
  },
};

function findingOf(view: ModuleView, one: OrderEdge, other: OrderEdge): Finding {
  const { model } = view;
  const chain = ({ study, from, to }: OrderEdge): string => `\`${study.entry!.point.name}\` holds \`${from.lock}\` (${lineOf(from, model)}) and waits for \`${to.lock}\` (${lineOf(to, model)})`;
  return lockFinding(lockOrderCycle, 'deadlock', view, one.study, {
    lock: `${one.from.lock}, ${one.to.lock}`, reads: [one.from, other.from], acts: [one.to, other.to],
    range: squiggleOf(one.to, model), partner: other.study.entry!.point,
    message: `${chain(one)}, while ${chain(other)}: each may wait for the other for ever.`,
  });
}

function swapOf(view: ModuleView, { study, from, to }: OrderEdge): Finding {
  const { model } = view;
  const name = from.frame.fn.name || study.fn.name;
  return lockFinding(lockOrderCycle, 'deadlock', view, study, {
    lock: `${from.lock}, ${to.lock}`, reads: [from], acts: [to], range: squiggleOf(to, model),
    message: `\`${name}\` holds \`${from.lock}\` (${lineOf(from, model)}) and waits for \`${to.lock}\` (${lineOf(to, model)}); called with the two the other way round, at the same time, each call may wait for the other for ever.`,
  });
}
