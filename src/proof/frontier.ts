import type { Assumption, Scenario } from '../model/index.js';
import { courseOf, type Turned } from './courses.js';
import type { Guide } from './guide.js';
import type { Explored } from './explored.js';

/** A scenario under further assumptions, with how far the run came that suggested it. */
export interface Variant {
  readonly scenario: Scenario;
  readonly progress: number;
  readonly from?: Turned;
  /** What was turned round decides whether the way to the region is gone, as far as the text tells. */
  readonly isDecisive: boolean;
}

/**
 * Sets of assumptions that are still to be tried. Each turns round one condition more that a run has asked. As long as the region is not reached,
 * what came furthest is followed, and of its conditions those that decide, and the last, where the run turned away; by turns with what has waited longest, and the first conditions. Once it
 * is reached, what was asked on that way goes before all others.
 */
export class Frontier {
  /** What came furthest first. */
  readonly #variants: Variant[];
  /** The same, what has waited longest first. */
  readonly #waiting: Variant[] = [];
  readonly #seen = new Set(['[]']);
  readonly #decides: Guide['decides'];
  #count = 0;

  /** `suggested`: assumptions under which others of the same tasks came furthest; they are tried second. */
  constructor(scenario: Scenario, { decides }: Pick<Guide, 'decides'>, suggested: Scenario['assumptions'] = {}) {
    this.#decides = decides;
    this.#variants = [{ scenario, progress: Infinity, isDecisive: true }];
    if (this.#isNew(suggested)) this.#variants.push({ scenario: { ...scenario, assumptions: suggested }, progress: Infinity, isDecisive: true });
  }

  next(): Variant | undefined {
    const oldest = this.#count++ % 3 === 2 ? this.#waiting.shift() : undefined;
    const chosen = oldest ?? this.#variants[0];
    if (!chosen) return undefined;
    this.#variants.splice(this.#variants.indexOf(chosen), 1);
    const at = this.#waiting.indexOf(chosen);
    if (at >= 0) this.#waiting.splice(at, 1);
    return chosen;
  }

  /** `open`: the conditions that are worth turning round. */
  addVariants(explored: Explored, open: readonly Assumption[]): void {
    const { scenario, exploration, isReached } = explored;
    const progress = isReached ? arrived : exploration.asked.length + placeWeight * exploration.reached.length + landmarkWeight * exploration.passed;
    const course = courseOf(explored);
    const turned = [...fewOf(open)].reverse().filter(({ condition }) => !Object.hasOwn(scenario.assumptions, condition));
    const variants = turned.map((asked): Variant => {
      const isDecisive = this.#isDecisive(asked, scenario);
      return { scenario: flipped(scenario, asked), progress: progress + (isDecisive ? decisiveWeight : 0), from: { condition: asked.condition, course }, isDecisive };
    });
    const fresh = variants.filter(({ scenario: { assumptions } }) => this.#isNew(assumptions));
    const decisive = fresh.filter((variant) => variant.isDecisive);
    for (const group of [decisive, fresh.filter((variant) => !variant.isDecisive)]) this.#insert(group);
    this.#waiting.push(...[...(decisive.length > 0 ? decisive : fresh)].reverse());
  }

  /** How far a run has come: places of the region, functions on the way, conditions there. */
  reachOf({ scenario, exploration: { reached, passed, asked } }: Explored): number {
    return placeWeight * reached.length + landmarkWeight * passed + asked.filter((one) => this.#isDecisive(one, scenario)).length;
  }

  /** Notes a set of assumptions. */
  #isNew(assumptions: Scenario['assumptions']): boolean {
    const key = JSON.stringify(Object.entries(assumptions).sort(([a], [b]) => (a < b ? -1 : 1)));
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  #isDecisive({ site }: Assumption, { program: { sites } }: Scenario): boolean {
    return site !== undefined && this.#decides(sites[site]?.range);
  }

  /** `group`: of one progress. */
  #insert(group: readonly Variant[]): void {
    const progress = group[0]?.progress ?? 0;
    const behind = this.#variants.findIndex((other) => other.progress < progress);
    this.#variants.splice(behind < 0 ? this.#variants.length : behind, 0, ...group);
  }
}

/** Conditions of one run that are all worth turning round. */
const mostOfOneRun = 200;

/** Where a place asks again and again it is the first time that decides how often. */
function fewOf(asked: readonly Assumption[]): readonly Assumption[] {
  if (asked.length <= mostOfOneRun) return asked;
  const places = new Set<number | undefined>();
  return asked.filter(({ site }) => !places.has(site) && places.add(site));
}

/** A condition that decides whether the way to the region is gone, as far as the text tells, goes before others. */
const decisiveWeight = 100;
/** So does a run that came to a function on the way. */
const landmarkWeight = 200;
/** What else may be so on a way that is gone through comes before ways that are not; of that, what was asked first. */
const arrived = 1_000_000;
/** A place of the region that was come to weighs more than any number of conditions. */
const placeWeight = 1_000;

function flipped(scenario: Scenario, { condition, value }: Assumption): Scenario {
  return { ...scenario, assumptions: { ...scenario.assumptions, [condition]: !value } };
}
