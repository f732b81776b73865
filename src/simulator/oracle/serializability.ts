import type { Outcome, Problem } from '../../model/index.js';
import type { ExecutionEnd, LoggedKind } from './execution-end.js';
import { outcomeKey } from './judge.js';
import { listed, outcomeText, stepNumber } from './wording.js';

/** What serial executions gave: plain data. By outcome, the orders of the tasks that end so. */
export type SerialOutcomes = Record<string, { readonly outcome: Outcome; orders: string[][] }>;

/** A task that had ended before another began. */
interface Precedence {
  readonly before: string;
  readonly end: number;
  readonly after: string;
  readonly start: number;
}

/**
 * Strict serializability (Papadimitriou; Herlihy and Wing): the whole outcome is that of the tasks run one after the other, in an
 * order in which a task that had ended before another began comes before it. What serial executions give is told first.
 */
export class SerializabilityJudge {
  readonly serial: SerialOutcomes;
  /** By outcome, the texts of its orders. */
  readonly #known = new Map<string, Set<string>>();

  constructor(serial: SerialOutcomes = {}) {
    this.serial = serial;
  }

  /** A serial execution. One that blocks says nothing: what waits for another task has no serial outcome in this order. */
  addSerial(end: ExecutionEnd): void {
    if (hasNoOutcome(end)) return;
    this.#add(outcomeKey(end.outcome), end.outcome, endOrder(end));
  }

  merge(serial: SerialOutcomes): void {
    for (const [key, { outcome, orders }] of Object.entries(serial)) for (const order of orders) this.#add(key, outcome, order);
  }

  #add(key: string, outcome: Outcome, order: string[]): void {
    const entry = (this.serial[key] ??= { outcome, orders: [] });
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = new Set(entry.orders.map(textOf))));
    if (known.has(textOf(order))) return;
    known.add(textOf(order));
    entry.orders.push(order);
  }

  /** Nothing is said of an execution that does not end (deadlock, cut), nor if no serial order ends at all. */
  judge(end: ExecutionEnd): Problem | undefined {
    if (hasNoOutcome(end) || Object.keys(this.serial).length === 0) return undefined;
    const equal = this.serial[outcomeKey(end.outcome)];
    if (equal === undefined) return { kind: 'serializability', message: this.#notSerial(end.outcome), steps: [] };
    const precedences = precedencesOf(end);
    const broken = equal.orders.map((order) => precedences.find(({ before, after }) => order.indexOf(after) < order.indexOf(before)));
    if (broken.length === 0 || broken.includes(undefined)) return undefined;
    return outOfTime(end.outcome, equal.orders[0]!, broken[0]!);
  }

  #notSerial(outcome: Outcome): string {
    const serial = Object.values(this.serial).map(({ outcome: expected, orders }) => `  ${orders.map(orderText).join(', or ')}: ${outcomeText(expected)}`);
    return [`${outcomeText(outcome)}: no serial order of the tasks ends so`, ...serial].join('\n');
  }
}

function outOfTime(outcome: Outcome, order: readonly string[], { before, end, after, start }: Precedence): Problem {
  const message = `${outcomeText(outcome)}: only ${orderText(order)} ends so, but ${before} had ended (${stepNumber(end)}) before ${after} began (${stepNumber(start)})`;
  return { kind: 'serializability', message, steps: [end, start] };
}

function textOf(order: readonly string[]): string {
  return order.join('\n');
}

function orderText(order: readonly string[]): string {
  return order.length < 2 ? listed(order) : `${order.slice(0, -1).join(', ')}, then ${order[order.length - 1]!}`;
}

function hasNoOutcome(end: ExecutionEnd): boolean {
  return end.isTruncated || end.blocked.length > 0;
}

/** The tasks in the order in which they ended; those that have nothing to do stand at the end. */
function endOrder({ steps, outcome }: ExecutionEnd): string[] {
  const ended = [...new Set(steps.filter(({ kind }) => kind === 'end').map(({ task }) => task))].filter((task) => Object.hasOwn(outcome.results, task));
  return [...ended, ...Object.keys(outcome.results).filter((task) => !ended.includes(task))];
}

function precedencesOf({ steps, outcome }: ExecutionEnd): Precedence[] {
  const starts = new Map<string, number>();
  const ends = new Map<string, number>();
  for (const { task, kind, index } of steps) {
    if (!Object.hasOwn(outcome.results, task)) continue;
    if (!isAtOnce(kind) && !starts.has(task)) starts.set(task, index);
    if (kind === 'end') ends.set(task, index);
  }
  return [...ends].flatMap(([before, end]) => [...starts].flatMap(([after, start]) => (end < start ? [{ before, end, after, start }] : [])));
}

/** Logged as soon as the agent comes to it, although it need not have begun before its first own transition. */
function isAtOnce(kind: LoggedKind): boolean {
  return kind === 'start' || kind === 'request';
}
