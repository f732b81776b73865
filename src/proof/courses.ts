import { pathKey, type Assumption, type Scenario } from '../model/index.js';
import type { Explored } from './explored.js';

/** What a loop over something from outside asks before each round. */
const round = /^(\d+) < (.+)$/s;

interface Seen {
  readonly courses: Set<string>;
  readonly asked: Set<string>;
}

/**
 * What the scenarios have shown so far. A condition that changes nothing in what the tasks do is idle, and not combined with others: of a
 * scenario that takes the same course as an earlier one only the conditions that nobody has asked before are worth turning round, and none
 * that another pair of tasks, coming through the region, has found to be idle.
 */
export class Courses {
  readonly #pairs = new Map<string, Seen>();
  readonly #effective = new Set<string>();
  readonly #idle = new Set<string>();

  /** The conditions of a scenario that are worth turning round. */
  note(explored: Explored, from?: Turned): readonly Assumption[] {
    const pair = this.#pair(explored.scenario);
    const course = courseOf(explored);
    const isNew = !pair.courses.has(course);
    if (from) this.#learn(from, course, explored);
    pair.courses.add(course);
    const { asked } = explored.exploration;
    const further = furtherRounds(asked);
    const open = asked.filter((one) => (isNew || !pair.asked.has(one.condition)) && !this.#isIdle(one.condition) && !further.has(one));
    for (const { condition } of asked) pair.asked.add(condition);
    return open;
  }

  #learn({ condition, course }: Turned, now: string, { isReached, exploration: { contended } }: Explored): void {
    if (course !== now) this.#effective.add(condition);
    else if (isReached && contended) this.#idle.add(condition);
  }

  #isIdle(condition: string): boolean {
    return this.#idle.has(condition) && !this.#effective.has(condition);
  }

  #pair({ tasks, prelude, presumes = false, files = '' }: Scenario): Seen {
    const key = [...prelude, ...tasks].map(({ path }) => pathKey(path, path.steps.length)).join() + (presumes ? ' presuming' : '') + files;
    let pair = this.#pairs.get(key);
    if (!pair) this.#pairs.set(key, (pair = { courses: new Set(), asked: new Set() }));
    return pair;
  }
}

/** A loop over something from outside is tried with no round, one and two: the place asks of one thing, again and again, whether it is greater than a number that grows. A clock asks only once. */
function furtherRounds(asked: readonly Assumption[]): ReadonlySet<Assumption> {
  const first = new Map<string, number>();
  return new Set(asked.filter(({ condition, site }) => {
    const [, count, of] = round.exec(condition) ?? [];
    if (count === undefined) return false;
    const before = first.get(`${site} ${of}`);
    if (before === undefined) first.set(`${site} ${of}`, Number(count));
    return before !== undefined && Number(count) > Math.max(1, before);
  }));
}

/** How a scenario came about: a condition of another one, which took this course, was turned round. */
export interface Turned {
  readonly condition: string;
  readonly course: string;
}

/** What the tasks did, but for the values: how many turns in how many orders, what of the region they came to, in how many ways they ended. */
export function courseOf({ exploration: { executions, transitions, wrong, outcomes, reached, passed, contended, limit, failure } }: Explored): string {
  return JSON.stringify([executions, transitions, wrong, outcomes.length, [...reached].sort((a, b) => a - b), contended, limit, failure?.range, passed]);
}
