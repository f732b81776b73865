import type { ArgumentPlan } from '../model/index.js';
import type { Parameter, Shape } from '../language/index.js';

/** How values are chosen for parameters. */
export interface Choice {
  readonly number: number;
  readonly boolean: boolean;
  /** What all strings are; each string parameter gets its own name if absent. */
  readonly string?: string;
  /** True if the second task gets other values than the first. */
  readonly isDistinct: boolean;
  /** True if optional parameters are given too. */
  readonly isComplete: boolean;
  /** Which of the literals that a parameter may be, counted from 0; of those that a string is compared with, counted from 1. */
  readonly alternative: number;
}

/** What a string of such a name is for has to parse as a URL. */
const namesAnAddress = /(?:^|[a-z])(?:url|uri|endpoint|href|origin)$/i;

/** Literals of one parameter that are tried. */
const mostAlternatives = 4;

const first: Choice = { number: 1, boolean: true, isDistinct: false, isComplete: false, alternative: 0 };

/**
 * Choices in the order in which they are tried. The same number for a stock and for what is taken from it lets the first of two
 * tasks through and refuses the second, which is what makes most guards matter; numbers of the file are what guards compare with.
 */
export function choices(numbers: readonly number[]): Choice[] {
  return [
    first,
    ...Array.from({ length: mostAlternatives - 1 }, (_, index) => ({ ...first, alternative: index + 1 })),
    ...telling(numbers).slice(0, 4).map((number) => ({ ...first, number })),
    { ...first, isComplete: true },
    { ...first, isDistinct: true },
    { ...first, isDistinct: true, isComplete: true },
    { ...first, string: 'a', isComplete: true },
    { ...first, boolean: false, isComplete: true, alternative: 1 },
  ];
}

/** Choices for when the others do not lead to the region: words of the file are keys of what it holds from the start. */
export function furtherChoices(words: readonly string[], numbers: readonly number[]): Choice[] {
  return words.slice(0, 3).flatMap((string) => [1, ...telling(numbers).slice(0, 3)].map((number) => ({ ...first, string, number, isComplete: true })));
}

function telling(numbers: readonly number[]): number[] {
  return numbers.filter((value) => Number.isFinite(value) && value > 1 && value <= 1e6);
}

/** Values for `parameters`; `rank` is 0 for what is shared and the first task, 1 for the second. */
export function planArguments(parameters: readonly Parameter[], choice: Choice, rank = 0): ArgumentPlan[] {
  const given = parameters.filter(({ isRest }) => !isRest);
  const plans = given.map((parameter): ArgumentPlan => (parameter.isOptional && !choice.isComplete ? { kind: 'undefined' } : planShape(parameter.shape, parameter.name, choice, rank)));
  while (plans.at(-1)?.kind === 'undefined') plans.pop();
  return plans;
}

function planShape(shape: Shape, name: string, choice: Choice, rank: number): ArgumentPlan {
  const own = choice.isDistinct ? rank : 0;
  const value = jsonOf(shape, name, choice, own);
  return value === undefined ? { kind: 'opaque', name: own === 0 ? name : `${name}${own + 1}` } : { kind: 'json', text: value };
}

function jsonOf(shape: Shape, name: string, choice: Choice, rank: number): string | undefined {
  switch (shape.kind) {
    case 'number': return String(choice.number + rank);
    case 'string': {
      const compared = choice.alternative === 0 ? undefined : shape.compared?.[Math.min(choice.alternative, shape.compared.length) - 1];
      if (compared !== undefined) return JSON.stringify(compared);
      return JSON.stringify(choice.string === undefined && namesAnAddress.test(name) ? `https://${name}${rank === 0 ? '' : rank + 1}.example/` : `${choice.string ?? name}${rank === 0 ? '' : rank + 1}`);
    }
    case 'boolean': return String(choice.boolean);
    case 'literal': return shape.json;
    case 'choice': return shape.literals[Math.min(choice.alternative, shape.literals.length - 1)];
    case 'array': { const element = jsonOf(shape.element, name, choice, rank); return element === undefined ? undefined : `[${element}]`; }
    case 'record': {
      // Two that are to differ need something to differ in.
      const all = choice.isDistinct && choice.isComplete ? [...shape.fields, ...(shape.optional ?? [])] : shape.fields;
      const fields = all.map(([key, field]) => [key, jsonOf(field, key, choice, rank)] as const);
      return fields.some(([, text]) => text === undefined) ? undefined : `{${fields.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`;
    }
    default: return undefined;
  }
}

/** The arguments as a person would write them. */
export function formatArguments(plans: readonly ArgumentPlan[]): string {
  return plans.map((plan) => (plan.kind === 'json' ? plan.text : plan.kind === 'opaque' ? plan.name : 'undefined')).join(', ');
}
