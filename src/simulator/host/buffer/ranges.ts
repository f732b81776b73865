import { invalidArgument, nodeError } from '../events/errors.js';
import { inspectBriefly } from '../events/inspect.js';

/** ERR_OUT_OF_RANGE; `range` as Node words it: `>= 0 and <= 4`. */
export function outOfRange(name: string, range: string, value: unknown): Error {
  return nodeError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${receivedNumber(value)}`);
}

export function outOfBounds(name?: string): Error {
  return nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', name === undefined ? 'Attempt to access memory outside buffer bounds' : `"${name}" is outside of buffer bounds`);
}

/** Long integers are grouped by underscores. */
function receivedNumber(value: unknown): string {
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) > 2 ** 32) return grouped(String(value));
  if (typeof value === 'bigint') return `${value > 2n ** 32n || value < -(2n ** 32n) ? grouped(String(value)) : value}n`;
  return inspectBriefly(value);
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, '_');
}

/** A whole number within bounds, both included. */
export function requireInteger(value: unknown, name: string, least: number, most: number, joint = '&&'): number {
  if (typeof value !== 'number') throw invalidArgument(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < least || value > most) throw outOfRange(name, `>= ${least} ${joint} <= ${most}`, value);
  return value;
}
