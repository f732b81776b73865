import { rangeOf } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import type { Finding } from '../../model/index.js';
import { cyclesIn, ordersIn } from '../locks/order.js';
import type { OrderEdge } from '../locks/order.js';
import type { Acquire } from '../locks/held.js';
import { rowOrdersIn } from '../locks/row-orders.js';
import type { RowOrder } from '../locks/row-orders.js';
import { swapsIn, unsortedIn } from '../locks/swaps.js';
import type { Frame } from '../model/effect.js';
import { nodeFinding } from '../node-finding.js';
import { lineOf, squiggleOf } from '../places.js';
import type { Study } from '../regions/study.js';
import { lockFinding } from './lock-finding.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const lockOrderCycle: ModuleRule = {
  id: 'lock-order-cycle',
  category: 'deadlock',
  summary: 'Locks are taken in one order here and in another order there, so that tasks can wait for each other in a ring.',
  explanation:
    'Tasks that each hold one of the locks and wait for the next one wait for ever. ' +
    'Take the locks in one order everywhere (by a name or an id that all share), or guard them with one lock.',
  findingsIn(view) {
    const modelOf = ({ frame }: Acquire): ModuleView['model'] => view.model.links.modelOf(frame.fn.module);
    const isOwn = ({ study }: OrderEdge): boolean => study.fn.module === view.model.module;
    // A ring that is told here goes through this module: what others do is looked at only if it takes one lock within another.
    const edges = ordersIn(view.studies, modelOf).length > 0 ? ordersIn(view.studiesNearby(), modelOf) : [];
    const cycles = cyclesIn(edges).filter((cycle) => cycle.some(isOwn)).map((cycle) => findingOf(view, startingHere(cycle, isOwn)));
    const swaps = new Map(swapsIn(edges.filter(isOwn), modelOf).map((edge) => [callOf(edge.to, edge.from, view) ?? edge.to.at, swapOf(view, edge)]));
    const lists = new Map(unsortedIn(view.studies, modelOf).map(([study, acquire]) => [acquire.at, listFinding(view, study, acquire)]));
    return [...cycles, ...swaps.values(), ...lists.values(), ...rowOrdersIn(view.model).map((order) => rowFinding(view, order))];
  },
};

/** The same ring, told from an edge of this module on. */
function startingHere(cycle: readonly OrderEdge[], isOwn: (edge: OrderEdge) => boolean): readonly OrderEdge[] {
  const first = cycle.findIndex(isOwn);
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

function findingOf(view: ModuleView, cycle: readonly OrderEdge[]): Finding {
  const { model } = view;
  const [one, other] = cycle as [OrderEdge, OrderEdge];
  const link = ({ study, from, to }: OrderEdge): string => `\`${study.entry!.point.name}\` holds \`${from.lock}\` (${lineOf(from, model)}) and waits for \`${to.lock}\` (${lineOf(to, model)})${callsBetween(from, to)}`;
  return lockFinding(lockOrderCycle, 'deadlock', view, one.study, {
    lock: cycle.map(({ from }) => from.lock).join(', '), reads: cycle.map(({ from }) => from), acts: cycle.map(({ to }) => to),
    range: squiggleOf(one.to, model), partner: other.study.entry!.point,
    message: `${cycle.map(link).join(', while ')}: each may wait for ${cycle.length > 2 ? 'the next' : 'the other'} for ever.`,
  });
}

/** The calls that lead from the one lock to the other. */
function callsBetween(from: Acquire, to: Acquire): string {
  const names: string[] = [];
  for (let frame: Acquire['frame'] | undefined = to.frame; frame && frame !== from.frame; frame = frame.caller) {
    if (frame.fn.ownName !== '') names.unshift(`\`${frame.fn.name}\``);
  }
  return names.length === 0 ? '' : ` through ${names.join(', ')}`;
}

function swapOf(view: ModuleView, { study, from, to }: OrderEdge): Finding {
  const { model } = view;
  const [held, waited] = [callOf(from, to, view), callOf(to, from, view)];
  const isWrapped = held !== undefined && waited !== undefined;
  const name = isWrapped ? study.fn.name : from.frame.fn.ownName || study.fn.name;
  const line = (acquire: Acquire, call: Node | undefined): string => (call && isWrapped ? `line ${rangeOf(call, model.file).start.line}` : lineOf(acquire, model));
  return lockFinding(lockOrderCycle, 'deadlock', view, study, {
    lock: `${from.lock}, ${to.lock}`, reads: [from], acts: [to], range: isWrapped ? rangeOf(waited, model.file) : squiggleOf(to, model),
    message: `\`${name}\` holds \`${from.lock}\` (${line(from, held)}) and waits for \`${to.lock}\` (${line(to, waited)}); called with the two the other way round, at the same time, each call may wait for the other for ever.`,
  });
}

/** The call by which this module asks for a lock, where a function that is called within itself takes both for its callers: `withLock(a, () => withLock(b, work))`. */
function callOf({ frame }: Acquire, other: Acquire, { model }: ModuleView): Node | undefined {
  if (frame === other.frame || frame.fn !== other.frame.fn) return undefined;
  let call: Frame | undefined = frame;
  while (call?.caller && call.caller.fn.module !== model.module) call = call.caller;
  return call?.caller && call.at;
}

function rowFinding({ model }: ModuleView, { fn, first, second, keys: [from, to] }: RowOrder): Finding {
  return nodeFinding(lockOrderCycle, model, {
    fn, location: `rows ${from}, ${to}`, dependence: 'guard', from: first, to: second, accesses: [['update', first], ['update', second]],
    message: `\`${fn.ownName || fn.name}\` locks the row of \`${from}\` (line ${first.loc.start.line}) and then that of \`${to}\` (line ${second.loc.start.line}); called with the two the other way round, at the same time, each transaction waits for the other, until the database gives one up. Lock them in the order of their keys.`,
  });
}

function listFinding(view: ModuleView, study: Study, acquire: Acquire): Finding {
  const name = acquire.frame.fn.ownName || study.fn.name;
  return lockFinding(lockOrderCycle, 'deadlock', view, study, {
    lock: acquire.lock, reads: [acquire], acts: [acquire], range: squiggleOf(acquire, view.model),
    message: `\`${name}\` takes the locks \`${acquire.lock}\` (${lineOf(acquire, view.model)}) one after the other in the order in which they are given, and keeps those it has; called with some of them in another order, at the same time, each call may wait for the other for ever.`,
  });
}
