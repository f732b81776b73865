import type { Execution } from '../../src/simulator/explore/index.js';
import type { ProgramResult, Touch } from './event-programs.js';

/**
 * All orders, and their Mazurkiewicz classes, by brute force: every order is run, and classes are told apart by the order of their
 * dependent pairs of events. Shares nothing with the explorer.
 */
export function bruteForce(start: () => Execution<ProgramResult>): { orders: number; classes: Set<string>; outcomes: Set<string>; byClass: Map<string, Set<string>> } {
  const classes = new Set<string>();
  const outcomes = new Set<string>();
  const byClass = new Map<string, Set<string>>();
  let orders = 0;
  const visit = (prefix: readonly string[]): void => {
    const execution = start();
    for (const id of prefix) execution.fire(execution.enabled().find((event) => event.id === id)!);
    const next = execution.enabled().map((event) => event.id);
    if (next.length > 0) return next.forEach((id) => visit([...prefix, id]));
    orders++;
    const result = execution.result();
    const name = classOf(prefix, result.touches);
    classes.add(name);
    outcomes.add(result.outcome);
    byClass.set(name, (byClass.get(name) ?? new Set()).add(result.outcome));
  };
  visit([]);
  return { orders, classes, outcomes, byClass };
}

/** The dependent pairs of an order: the same text for, and only for, equivalent orders. */
export function classOf(order: readonly string[], touches: ReadonlyMap<string, readonly Touch[]>): string {
  const pairs: string[] = [];
  order.forEach((later, place) => {
    for (const earlier of order.slice(0, place)) if (areDependent(touches.get(earlier) ?? [], touches.get(later) ?? [])) pairs.push(`${earlier}<${later}`);
  });
  return `${[...order].sort().join(' ')} | ${pairs.sort().join(' ')}`;
}

function areDependent(left: readonly Touch[], right: readonly Touch[]): boolean {
  return left.some((a) => right.some((b) => a.variable === b.variable && (a.isWrite || b.isWrite)));
}
