import { toIntegerOrInfinity } from './elements.js';
import type { Cell } from './operations.js';
import type { View } from './views.js';

/** ValidateAtomicAccessOnIntegerTypedArray (25.4.3.3) */
export function cellAt(view: View, index: unknown): Cell {
  if (view.type === 'Float32' || view.type === 'Float64' || view.type === 'Uint8Clamped') throw new TypeError('[object Array] is not an integer typed array.');
  return view.cell(atomicIndex(view, index));
}

/** The same for what can be waited on. */
export function waitableCell(view: View, index: unknown): Cell {
  if (view.type !== 'Int32' && view.type !== 'BigInt64') throw new TypeError('[object Array] is not an int32 or BigInt64 typed array.');
  return view.cell(atomicIndex(view, index));
}

/** ValidateAtomicAccess (25.4.3.2) */
function atomicIndex(view: View, given: unknown): number {
  const { length } = view;
  const index = toIntegerOrInfinity(given);
  if (index < 0 || index >= length) throw new RangeError('Invalid atomic access index');
  return index;
}
