import { isAbort } from './loop-abort.js';
import type { OpaqueValues } from './opaque.js';

const deepest = 3;
const longest = 200;

/** A value as one line of text: the same text for what a person would call the same value. Runs no code of the subject. */
export function render(value: unknown, opaque: OpaqueValues): string {
  const text = renderAt(value, opaque, 0, new Set());
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function renderAt(value: unknown, opaque: OpaqueValues, depth: number, within: Set<object>): string {
  if (opaque.is(value)) return opaque.labelOf(value);
  if (typeof value === 'string') return value.length <= longest ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, 40))}… (${value.length} characters)`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return nameOf(value) ? `ƒ ${nameOf(value)}` : 'ƒ';
  if (typeof value !== 'object' || value === null) return String(value);
  if (within.has(value)) return '↻';
  if (depth >= deepest) return Array.isArray(value) ? '[…]' : '{…}';
  within.add(value);
  const text = attempt(() => renderObject(value, opaque, (inner) => renderAt(inner, opaque, depth + 1, within)));
  within.delete(value);
  return text;
}

/** A proxy of the subject's may refuse to be looked at. */
function attempt(show: () => string): string {
  try {
    return show();
  } catch (error) {
    if (isAbort(error)) throw error;
    return '{…}';
  }
}

function renderObject(value: object, opaque: OpaqueValues, inner: (value: unknown) => string): string {
  if (value instanceof Error) return `${ownText(value, 'name') ?? (constructorName(value) || 'Error')}: ${ownText(value, 'message') ?? ''}`;
  if (Array.isArray(value)) return `[${some(value, inner)}]`;
  if (value instanceof Map) return `Map {${pad(some([...(Map.prototype.entries.call(value) as Iterable<[unknown, unknown]>)], ([key, item]) => `${inner(key)} => ${inner(item)}`))}}`;
  if (value instanceof Set) return `Set {${pad(some([...(Set.prototype.values.call(value) as Iterable<unknown>)], inner))}}`;
  if (value instanceof Date) return `Date ${Date.prototype.getTime.call(value)}`;
  const name = constructorName(value);
  if (name === 'Promise') return 'Promise';
  const fields = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(([key, field]) => field.enumerable && !opaque.untold.has(key));
  const own = some(fields, ([key, field]) => { return `${key}: ${'value' in field ? inner(field.value) : 'ƒ get'}`; });
  const rest = opaque.restLabelOf(value);
  const text = rest === undefined ? own : [`...${rest}`, ...(own === '' ? [] : [own])].join(', ');
  return `${name === 'Object' || name === '' ? '' : `${name} `}{${pad(text)}}`;
}

function some<T>(values: readonly T[], inner: (value: T) => string): string {
  const shown = Array.from({ length: Math.min(12, values.length) }, (_, index) => inner(values[index]!));
  return (values.length > 12 ? [...shown, `… ${values.length - 12} more`] : shown).join(', ');
}

function pad(text: string): string {
  return text === '' ? '' : ` ${text} `;
}

/** Lockdown turns `constructor` and `name` of intrinsic prototypes into accessors, so these are known by themselves. */
const intrinsicNames = new Map<unknown, string>([Object, Array, Map, Set, WeakMap, WeakSet, Date, RegExp, Promise, Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError, ArrayBuffer, Uint8Array]
  .map((constructor) => [constructor.prototype, constructor.name]));

export function constructorName(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  const intrinsic = intrinsicNames.get(prototype);
  if (intrinsic !== undefined) return intrinsic;
  const constructor: unknown = typeof prototype === 'object' && prototype !== null ? Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value : undefined;
  return typeof constructor === 'function' ? nameOf(constructor) : '';
}

export function nameOf(value: object): string {
  const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value;
  return typeof name === 'string' ? name : '';
}

function ownText(value: object, key: string): string | undefined {
  for (let at: object | null = value; at && !intrinsicNames.has(at); at = Object.getPrototypeOf(at) as object | null) {
    const own: unknown = Object.getOwnPropertyDescriptor(at, key)?.value;
    if (typeof own === 'string') return own;
  }
  return undefined;
}
