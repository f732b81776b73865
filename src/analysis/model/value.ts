import type { Variable } from '../../language/index.js';

/** Something that holds a value inside one activation: a local variable, or the result of an inlined call. */
export type Slot = Variable | { readonly result: string };

/**
 * Where a value comes from, as far as it matters: which reads of shared places flowed into it, and what its truth says of them.
 * A read is named by the id of its effect node.
 */
export type Value =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'constant'; readonly isEmpty: boolean; readonly text: string }
  | { readonly kind: 'read'; readonly read: number; readonly through?: Value; readonly isOptional?: boolean }
  | { readonly kind: 'slot'; readonly slot: Slot }
  /** Anything computed from its parts. `name` is that of a called function. */
  | { readonly kind: 'mix'; readonly parts: readonly Value[]; readonly name?: string }
  /** Part of something computed elsewhere: what a function of another module makes of its arguments is an answer, and a piece of it is new. */
  | { readonly kind: 'part'; readonly of: Value; /** A field of what a getter or a call gives: to ask for it is not to ask for the whole. */ readonly isField?: boolean }
  /** What a function of another module answers. */
  | { readonly kind: 'answer'; readonly parts: readonly Value[]; readonly name: string }
  | { readonly kind: 'not'; readonly of: Value }
  /** True exactly if `of` is null, undefined, false, zero or has nothing in it. */
  | { readonly kind: 'emptiness'; readonly of: Value }
  | { readonly kind: 'comparison'; readonly parts: readonly [Value, Value]; readonly isEquality: boolean; readonly withTime: boolean }
  /** One of its parts: `a || b`, `c ? a : b`. */
  | { readonly kind: 'choice'; readonly parts: readonly Value[] };

export const unknownValue: Value = { kind: 'unknown' };

export function mix(parts: readonly Value[], name?: string): Value {
  const known = parts.filter((part) => part.kind !== 'unknown' && part.kind !== 'constant');
  return known.length === 0 && !name ? unknownValue : { kind: 'mix', parts: known, ...(name && { name }) };
}

export function choice(parts: readonly Value[]): Value {
  return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
}
