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
  /** True if the second task gets two of its values the other way round: `transfer(to, from)`. */
  readonly isCrossed?: boolean;
  /** True if optional parameters are given too. */
  readonly isComplete: boolean;
  /** True if fields that may be left out are given too, as far as their types say with what. */
  readonly isFull?: boolean;
  /** Which of the literals that a parameter may be, counted from 0; of those that a string is compared with, counted from 1. */
  readonly alternative: number;
  /**
   * Of what differs, this is the same for both all the same: what says which file it is; or what says whose it is, too. Of fields that may be left out each task then gives
   * another one, of entries under keys that nobody knows one each, and no word of one task is a part of one of the other's.
   */
  readonly keeps?: 'files' | 'items';
}

/** What a string of such a name is for has to parse as a URL. */
const namesAnAddress = /(?:^|[a-z])(?:url|uri|endpoint|href|origin)$/i;

/** What a string or a value of such a name says: which file something is in, and which part of it is meant. */
const namesAFile = /(?:^|_)(?:path|file|filename|dir|directory|folder|cwd|root|workspace|uri|url)$|(?:Path|File|FileName|Filename|Dir|Directory|Folder|Cwd|Root|Workspace|Uri|Url|URI|URL)$/;
const namesAnItem = /(?:^|_)(?:id|key|name)$|(?:Id|ID|Key|Name)$/;

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

/** Choices for tasks that change different parts of one file. */
export function apartChoices(numbers: readonly number[]): Choice[] {
  const apart = { ...first, isDistinct: true };
  return [
    { ...apart, keeps: 'files', isComplete: true }, { ...apart, keeps: 'items', isComplete: true }, { ...apart, keeps: 'items' }, { ...apart, keeps: 'files' },
    ...telling(numbers).slice(0, 2).map((number): Choice => ({ ...apart, keeps: 'items', isComplete: true, number })),
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
  if (choice.isCrossed === true) return crossed(given, choice, rank);
  const plans = given.map((parameter): ArgumentPlan => (parameter.isOptional && !choice.isComplete ? { kind: 'undefined' } : planShape(parameter.shape, parameter.name, choice, rank)));
  while (plans.at(-1)?.kind === 'undefined') plans.pop();
  return plans;
}

/** The first two parameters that are alike, or two elements of a list, in one order for the first task and in the other for the second. */
function crossed(parameters: readonly Parameter[], { isCrossed: _, ...choice }: Choice, rank: number): ArgumentPlan[] {
  const apart = { ...choice, isDistinct: true };
  const plans = planArguments(parameters, choice);
  const isNeeded = ({ isOptional }: Parameter): boolean => !isOptional || choice.isComplete;
  for (const [at, parameter] of parameters.entries()) {
    if (!isNeeded(parameter) || parameter.shape.kind === 'boolean' || parameter.shape.kind === 'function') continue;
    const list = parameter.shape.kind === 'array' ? [0, 1].map((one) => jsonOf((parameter.shape as Extract<Shape, { kind: 'array' }>).element, parameter.name, apart, one)) : [];
    if (list.length === 2 && !list.includes(undefined)) return plans.with(at, { kind: 'json', text: `[${(rank === 0 ? list : list.reverse()).join(',')}]` });
    const other = parameters.findIndex((one, index) => index > at && isNeeded(one) && isAlike(one.shape, parameter.shape));
    if (other < 0) continue;
    const values = [planShape(parameter.shape, parameter.name, apart, 0), planShape(parameters[other]!.shape, parameters[other]!.name, apart, 1)] as const;
    return plans.with(at, values[rank === 0 ? 0 : 1]).with(other, values[rank === 0 ? 1 : 0]);
  }
  return plans;
}

function isAlike(one: Shape, other: Shape): boolean {
  const plain = (shape: Shape): unknown => (shape.kind === 'string' ? shape.kind : shape);
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

function planShape(shape: Shape, name: string, choice: Choice, rank: number): ArgumentPlan {
  const value = jsonOf(shape, name, choice, choice.isDistinct ? rank : 0);
  const own = choice.isDistinct && !isKept(name, choice) ? rank : 0;
  return value === undefined ? { kind: 'opaque', name: own === 0 ? name : `${name}${own + 1}` } : { kind: 'json', text: value };
}

function isKept(name: string, { keeps }: Choice): boolean {
  return keeps !== undefined && (namesAFile.test(name) || (keeps === 'items' && namesAnItem.test(name)));
}

/** What tells the words of the two tasks apart. */
function mark(name: string, choice: Choice, rank: number): string {
  if (choice.keeps !== undefined) return isKept(name, choice) ? '' : String(rank + 1);
  return rank === 0 ? '' : String(rank + 1);
}

function jsonOf(shape: Shape, name: string, choice: Choice, rank: number): string | undefined {
  switch (shape.kind) {
    case 'number': return String(choice.number + (isKept(name, choice) ? 0 : rank));
    case 'string': {
      const compared = choice.alternative === 0 ? undefined : shape.compared?.[Math.min(choice.alternative, shape.compared.length) - 1];
      if (compared !== undefined) return JSON.stringify(compared);
      return JSON.stringify(choice.string === undefined && namesAnAddress.test(name) ? `https://${name}${mark(name, choice, rank)}.example/` : `${choice.string ?? name}${mark(name, choice, rank)}`);
    }
    case 'boolean': return String(choice.boolean);
    case 'literal': return shape.json;
    case 'choice': return shape.literals[Math.min(choice.alternative, shape.literals.length - 1)];
    case 'array': { const element = jsonOf(shape.element, name, choice, rank); return element === undefined ? undefined : `[${element}]`; }
    case 'record': {
      // Two that are to differ need something to differ in.
      const all = [...shape.fields, ...optionalFields(shape.optional ?? [], choice, rank)];
      const fields = [...all.map(([key, field]) => [key, jsonOf(field, key, choice, rank)] as const), ...moreFields(shape.optional ?? [], choice, rank)];
      return fields.some(([, text]) => text === undefined) ? undefined : `{${fields.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`;
    }
    case 'entries': return choice.keeps === undefined ? undefined : entriesOf(shape, name, choice, rank);
    default: return undefined;
  }
}

function entriesOf({ element, fields = [] }: Extract<Shape, { readonly kind: 'entries' }>, name: string, choice: Choice, rank: number): string | undefined {
  if (fields.length > 0) return jsonOf({ kind: 'record', fields: [], optional: fields }, name, choice, rank);
  return `{${JSON.stringify(`${name}${rank + 1}`)}:${jsonOf(element, name, choice, rank) ?? String(choice.number + rank)}}`;
}

type Fields = Extract<Shape, { readonly kind: 'record' }>['fields'];

function optionalFields(optional: Fields, { isDistinct, isComplete, keeps }: Choice, rank: number): Fields {
  if (!isDistinct) return [];
  if (isComplete) return optional;
  return keeps === undefined || optional.length === 0 ? [] : [optional[rank % optional.length]!];
}

/** Of what may be left out, that of which the type tells what it may be. */
function moreFields(optional: Fields, choice: Choice, rank: number): (readonly [string, string])[] {
  if (choice.isFull !== true || choice.isDistinct) return [];
  return optional.flatMap(([key, field]) => {
    const text = jsonOf(field, key, choice, rank);
    return text === undefined ? [] : [[key, text] as const];
  });
}

/** The arguments as a person would write them. */
export function formatArguments(plans: readonly ArgumentPlan[]): string {
  return plans.map((plan) => (plan.kind === 'json' ? plan.text : plan.kind === 'opaque' ? plan.name : 'undefined')).join(', ');
}
