import { isFunction } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import type { Location } from '../model/location.js';
import { unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import { readPlace } from './access.js';
import { lowerExpression } from './expressions.js';
import { canInline, closureOf, inlineCall } from './inline.js';
import type { Lowering } from './lowering.js';

/** The next state that a setter is given: a value, or a function that is handed the state as it then is. */
export function changedTo(l: Lowering, at: Node, change: Node, state: Location): Value {
  if (!isFunction(change)) return lowerExpression(l, change);
  const fn = closureOf(l, change);
  return fn && canInline(l, fn) ? inlineCall(l, fn, at, [{ node: undefined, value: readPlace(l, at, state), place: state }], true) : unknownValue;
}
