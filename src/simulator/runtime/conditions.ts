import { areEqual, compares, isInstance, isMissing, isTruthy, type Assumptions, type Condition } from './assumptions.js';
import type { OpaqueValues } from './opaque.js';

/** Names of what is usually absent or false: an error, a wish to stop. */
const tellsOfAnEnd = /err|abort|cancel|clos|dispos|destroy|fail|invalid|stop|done|ended|shutdown|expired|released|terminated|deleted|killed|disconnected|exited/i;

/** Of what is falsy, these have methods. */
const primitives: readonly object[] = [String.prototype, Number.prototype, Boolean.prototype];

/** Conditions on opaque values, asked so that the answers of one run never contradict each other. */
export class OpaqueConditions {
  readonly #opaque: OpaqueValues;
  readonly #assumptions: Assumptions;

  constructor(opaque: OpaqueValues, assumptions: Assumptions) {
    this.#opaque = opaque;
    this.#assumptions = assumptions;
  }

  /** What an operator gives if an operand is opaque: an assumption where it compares, else another opaque value. */
  operation(operator: string, left: unknown, right: unknown): unknown {
    const opaque = this.#opaque;
    const assumptions = this.#assumptions;
    const [a, b] = [opaque.labelOf(left), opaque.labelOf(right)];
    switch (operator) {
      case '===': case '==': return this.#equal(left, right, a, b);
      case '!==': case '!=': return !this.#equal(left, right, a, b);
      case '<': return this.#less(a, b, false);
      case '>': return this.#less(b, a, false);
      case '<=': return !this.#less(b, a, true);
      case '>=': return !this.#less(a, b, true);
      case 'instanceof': return assumptions.holds(isInstance(a, b), false);
      default: return this.#computed(`${operand(a)} ${operator} ${operand(b)}`, operator, [a, b]);
    }
  }

  #computed(value: string, operator: string, operands: readonly [string, string]): object {
    this.#opaque.found({ kind: 'operation', value, operator, operands });
    return this.#opaque.make(value, true);
  }

  #equal(left: unknown, right: unknown, a: string, b: string): boolean {
    if (a === b) return true;
    if (right === null || right === undefined) return this.missing(left);
    if (left === null || left === undefined) return this.missing(right);
    if (right === true || right === false) return this.truth(left) === right;
    const assumptions = this.#assumptions;
    if (assumptions.known(compares(a, '<', b)) === true || assumptions.known(compares(b, '<', a)) === true) return false;
    const condition = this.#opaque.is(left) ? areEqual(a, b) : areEqual(b, a);
    return assumptions.holds(condition, /^typeof /.test(a) && right === 'function');
  }

  /** All orderings are asked as `<`, so that no run takes both `a < b` and `a >= b`, or `b < a`, for granted. */
  #less(a: string, b: string, byDefault: boolean): boolean {
    const assumptions = this.#assumptions;
    if (a === b || assumptions.known(areEqual(a, b)) === true || assumptions.known(compares(b, '<', a)) === true) return false;
    return assumptions.holds(compares(a, '<', b), byDefault);
  }

  /** ToBoolean (ECMA-262, 7.1.2). What is missing is falsy. */
  truth(value: unknown): boolean {
    if (this.#opaque.isConstructed(value)) return true;
    const assumptions = this.#assumptions;
    const label = this.#opaque.labelOf(value);
    if (assumptions.known(isMissing(label)) === true) return false;
    return assumptions.holds(isTruthy(label), !tellsOfAnEnd.test(this.#opaque.nameOf(value)));
  }

  /** Whether a value is null or undefined. What is truthy is not. */
  missing(value: unknown): boolean {
    if (this.#opaque.isConstructed(value)) return false;
    const assumptions = this.#assumptions;
    const label = this.#opaque.labelOf(value);
    const isKnownTruthy = assumptions.known(isTruthy(label));
    if (isKnownTruthy === true) return false;
    return assumptions.holds(isMissing(label), isKnownTruthy === false || tellsOfAnEnd.test(this.#opaque.nameOf(value)));
  }

  /** True if, by what is taken for granted already, a value has no method of that name: it is missing, or falsy, and no primitive has one. */
  lacksMethod(value: unknown, key: PropertyKey): boolean {
    if (!this.#opaque.is(value) || this.#opaque.isConstructed(value)) return false;
    const label = this.#opaque.labelOf(value);
    const isTaken = (condition: Condition, asTrue: boolean): boolean => this.#assumptions.known(condition) === asTrue && this.#assumptions.holds(condition, asTrue) === asTrue;
    return isTaken(isMissing(label), true) || (!primitives.some((prototype) => key in prototype) && isTaken(isTruthy(label), false));
  }
}

function operand(label: string): string {
  return / [-+*/%&|^<>]+ /.test(label) ? `(${label})` : label;
}
