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
  const visit = (prefix: readonly string[], execution: Execution<ProgramResult>): void => {
    const next = execution.enabled().map((event) => event.id);
    for (const id of next) {
      const fired = execution.enabled().find((event) => event.id === id)!;
      execution.fire(fired);
      visit([...prefix, id], execution);
      execution = back(execution, prefix);
    }
    if (next.length > 0) return;
    orders++;
    const result = execution.result();
    const name = classOf(prefix, result.touches);
    classes.add(name);
    outcomes.add(result.outcome);
    byClass.set(name, (byClass.get(name) ?? new Set()).add(result.outcome));
  };
  const back = (execution: Execution<ProgramResult>, prefix: readonly string[]): Execution<ProgramResult> => {
    if (execution.rewind !== undefined) {
      execution.rewind(prefix.length);
      return execution;
    }
    const again = start();
    for (const id of prefix) again.fire(again.enabled().find((event) => event.id === id)!);
    return again;
  };
  visit([], start());
  return { orders, classes, outcomes, byClass };
}

/**
 * The order of the dependent pairs of an order of events: for each variable its writes, and between them the sets of its reads. The
 * same text for, and only for, equivalent orders.
 */
export function classOf(order: readonly string[], touches: ReadonlyMap<string, readonly Touch[]>): string {
  const byVariable = new Map<string, { reads: Set<string>; text: string }>();
  const noteWrite = (variable: string, id: string): void => {
    const seen = byVariable.get(variable) ?? { reads: new Set(), text: '' };
    const reads = [...seen.reads].filter((read) => read !== id).sort();
    byVariable.set(variable, { reads: new Set(), text: `${seen.text} {${reads.join(' ')}} ${id}` });
  };
  const noteRead = (variable: string, id: string): void => {
    const seen = byVariable.get(variable) ?? { reads: new Set(), text: '' };
    byVariable.set(variable, seen);
    seen.reads.add(id);
  };
  for (const id of order) {
    const touched = touches.get(id) ?? [];
    const written = new Set(touched.filter(({ isWrite }) => isWrite).map(({ variable }) => variable));
    for (const variable of written) noteWrite(variable, id);
    for (const { variable } of touched) if (!written.has(variable)) noteRead(variable, id);
  }
  const sequences = [...byVariable].map(([variable, { reads, text }]) => `${variable}:${text} {${[...reads].sort().join(' ')}}`);
  return `${[...order].sort().join(' ')} | ${sequences.sort().join(' | ')}`;
}
