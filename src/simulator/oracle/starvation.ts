import type { Problem } from '../../model/index.js';
import type { Asks } from './asks.js';
import type { LoggedStep } from './execution-end.js';
import { stepNumber, times } from './wording.js';

/** How often a waiting task was overtaken by tasks that asked later. */
export interface Bypass {
  readonly task: string;
  readonly resource: string;
  readonly count: number;
  /** The step in which it asked. */
  readonly asked: number;
  /** The step in which it got it; absent if it never did. */
  readonly got?: number;
}

/** The time in which a task wants something. */
interface Want {
  readonly task: string;
  readonly resource: string;
  readonly asked: number;
  /** Infinity: it never got it. */
  got: number;
}

/**
 * The largest bypass of an execution; undefined if nobody was ever overtaken. Overtaken is who had asked when another task asked, or
 * took without waiting, and got the thing after it.
 */
export function largestBypass(steps: readonly LoggedStep[]): Bypass | undefined {
  const wants = new Wants(steps).all;
  let largest: Bypass | undefined;
  for (const { task, resource, asked, got } of wants) {
    const count = wants.filter((other) => other.resource === resource && other.asked > asked && other.got < got).length;
    if (count > (largest?.count ?? 0)) largest = { task, resource, count, asked, ...(Number.isFinite(got) && { got }) };
  }
  return largest;
}

/**
 * A task wants a lock or a unit of a semaphore from its `request` to its `acquire`; what a recorded operation gives (the `lock` of a
 * lock that the program made itself) from its first step inside the call to its last: before, nobody can know that it waits.
 */
class Wants {
  readonly all: Want[] = [];
  /** By task, the recorded operation that it has called, and what it wants of it. */
  readonly #calls = new Map<string, { readonly resource: string; want?: Want; last: number }>();

  constructor(steps: readonly LoggedStep[]) {
    for (const step of steps) this.#note(step);
  }

  #note({ kind, task, resource, index, call }: LoggedStep): void {
    if (kind === 'invoke' && call !== undefined) this.#calls.set(task, { resource: `${call.object}.${call.method}`, last: index });
    else if (kind === 'respond') this.#answered(task);
    else if (kind !== 'observe') this.#inside(task, index); // that is only told
    if (kind === 'request' && resource !== undefined) this.#ask(task, resource, index);
    if (kind === 'acquire' && resource !== undefined) this.#get(task, resource, index);
  }

  #inside(task: string, index: number): void {
    const call = this.#calls.get(task);
    if (call === undefined) return;
    call.want ??= this.#ask(task, call.resource, index);
    call.last = index;
  }

  #answered(task: string): void {
    const call = this.#calls.get(task);
    if (call?.want !== undefined) call.want.got = call.last;
    this.#calls.delete(task);
  }

  #ask(task: string, resource: string, asked: number): Want {
    const want: Want = { task, resource, asked, got: Infinity };
    this.all.push(want);
    return want;
  }

  #get(task: string, resource: string, got: number): void {
    const want = this.all.find((each) => each.task === task && each.resource === resource && each.got === Infinity);
    (want ?? this.#ask(task, resource, got)).got = got;
  }
}

/** More overtakes than the scenario allows. That there are fewer is known of the explored executions only: a bound, no proof of fairness. */
export function starvation(bypass: Bypass | undefined, { bypassBound }: Asks): Problem | undefined {
  if (bypass === undefined || bypassBound === undefined || bypass.count <= bypassBound) return undefined;
  return { kind: 'starvation', message: `${bypassText(bypass)}; the scenario allows ${bypassBound}`, steps: [bypass.asked, ...(bypass.got === undefined ? [] : [bypass.got])] };
}

/** "bob was bypassed 3 times while it waited for m (asked in step 4, got it in step 20)" */
export function bypassText({ task, resource, count, asked, got }: Bypass): string {
  const until = got === undefined ? 'never got it' : `got it in ${stepNumber(got)}`;
  return `${task} was bypassed ${times(count)} while it waited for ${resource} (asked in ${stepNumber(asked)}, ${until})`;
}
