import type { Assumption } from '../../model/index.js';
import { emptied } from './emptied.js';

/** A condition on an opaque value, with what a person reads if it holds and if it does not. */
export interface Condition {
  readonly condition: string;
  readonly whenTrue: string;
  readonly whenFalse: string;
}

/** Conditions that one execution may ask: a function that calls itself with a part of a value from outside asks a new one each time, and needs not come to an end. */
export const mostConditions = 2_000;

/** Truth of conditions on opaque values: given by the scenario, else a default, and in any case reported. */
export class Assumptions {
  #given: Readonly<Record<string, boolean>>;
  readonly #overrun: (() => never) | undefined;
  asked = new Map<string, Assumption>();
  /** The place that runs, for whoever is asked next. */
  site: number | undefined;

  /** @param overrun Ends the execution, which has asked too much. */
  constructor(given: Readonly<Record<string, boolean>>, overrun?: () => never) {
    this.#given = given;
    this.#overrun = overrun;
  }

  /** A new execution starts. */
  reset(): void {
    this.asked = emptied(this.asked);
    this.site = undefined;
  }

  /** A new scenario starts. */
  renew(given: Readonly<Record<string, boolean>>): void {
    this.#given = given;
    this.asked = new Map();
  }

  /** Whether a condition holds; asks once and answers the same for the same condition ever after. */
  holds({ condition, whenTrue, whenFalse }: Condition, byDefault: boolean): boolean {
    const known = this.asked.get(condition);
    if (known) return known.value;
    if (this.asked.size >= mostConditions) this.#overrun?.();
    const value = Object.hasOwn(this.#given, condition) ? this.#given[condition]! : byDefault;
    this.asked.set(condition, { condition, text: value ? whenTrue : whenFalse, value, ...(this.site !== undefined && { site: this.site }) });
    return value;
  }

  /** What is taken for granted already, without asking. */
  known({ condition }: Condition): boolean | undefined {
    return this.asked.get(condition)?.value ?? this.#given[condition];
  }
}

const opposites: Readonly<Record<string, string>> = { '===': '!==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

export const isTruthy = (label: string): Condition => condition(`${label} is truthy`, `${label} is falsy`);
export const isMissing = (label: string): Condition => condition(`${label} is missing`, `${label} is not missing`);
export const isInstance = (label: string, of: string): Condition => condition(`${label} is an instance of ${of}`, `${label} is no instance of ${of}`);
export const hasKey = (label: string, key: string): Condition => condition(`${label} has ${key}`, `${label} has no ${key}`);
export const isSet = (label: string): Condition => condition(`${label} is set`, `${label} is not set`);
export const callsBackAtOnce = (label: string): Condition => condition(`${label} runs its callback at once`, `${label} does not run its callback`);
export const compares = (left: string, operator: string, right: string): Condition => condition(`${left} ${operator} ${right}`, `${left} ${opposites[operator] ?? `not ${operator}`} ${right}`);

/** Equality asks the same thing in both directions; a person reads the value from outside first. */
export function areEqual(outside: string, other: string): Condition {
  const [first, second] = outside < other ? [outside, other] : [other, outside];
  return { ...compares(outside, '===', other), condition: `${first} === ${second}` };
}

function condition(whenTrue: string, whenFalse: string): Condition {
  return { condition: whenTrue, whenTrue, whenFalse };
}
