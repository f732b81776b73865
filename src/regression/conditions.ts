import type { Assumption } from '../model/index.js';

/** What a witness takes for granted of one value. */
export interface Wanted {
  readonly isTruthy?: boolean;
  readonly isMissing?: boolean;
  /** What `typeof` says of it. */
  readonly type?: string;
  /** Texts of what it equals, and what it does not. */
  readonly equal: readonly string[];
  readonly unequal: readonly string[];
  /** It is below (or not below) these numbers. */
  readonly below: readonly number[];
  readonly notBelow: readonly number[];
  readonly above: readonly number[];
  readonly notAbove: readonly number[];
}

/** The conditions of a witness that are about `label`; their texts are those of `Assumption.condition`. */
export function wantedOf(label: string, assumptions: readonly Assumption[]): Wanted {
  const truth = (condition: string): { readonly value: boolean } | undefined => assumptions.find((assumption) => assumption.condition === condition);
  const truthy = truth(`${label} is truthy`);
  const missing = truth(`${label} is missing`);
  const compared = (operator: string, isLeft: boolean, value: boolean, what = label): string[] => assumptions.flatMap((assumption) => {
    if (assumption.value !== value) return [];
    const { condition } = assumption;
    if (isLeft && condition.startsWith(`${what} ${operator} `)) return [condition.slice(what.length + operator.length + 2)];
    return !isLeft && condition.endsWith(` ${operator} ${what}`) ? [condition.slice(0, -(what.length + operator.length + 2))] : [];
  });
  const type = compared('===', true, true, `typeof ${label}`)[0] ?? compared('===', false, true, `typeof ${label}`)[0];
  const numbers = (texts: readonly string[]): number[] => texts.map(Number).filter(Number.isFinite);
  return {
    ...(truthy && { isTruthy: truthy.value }),
    ...(missing && { isMissing: missing.value }),
    ...(type !== undefined && { type: type.slice(1, -1) }),
    equal: [...compared('===', true, true), ...compared('===', false, true)],
    unequal: [...compared('===', true, false), ...compared('===', false, false)],
    below: numbers(compared('<', true, true)),
    notBelow: numbers(compared('<', true, false)),
    above: numbers(compared('<', false, true)),
    notAbove: numbers(compared('<', false, false)),
  };
}
