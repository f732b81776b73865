import type { NativeArray } from './elements.js';
import type { View } from './views.js';

/** All elements in order, in an array that only the engine's code sees; the comparator runs between the reads and any write (SortIndexedProperties). */
export function sorted(view: View, compare: unknown): NativeArray {
  if (compare !== undefined && typeof compare !== 'function') throw new TypeError('The comparison function must be either a function or undefined');
  return view.snapshot().sort(compare as never);
}
