import type { Effect } from '../model/effect.js';
import type { Slot, Value } from '../model/value.js';

/** The variables that a value is made of, through the local variables that hold parts of it. */
export function slotsIn(value: Value, effects: readonly Effect[], seen = new Set<Slot>()): Slot[] {
  switch (value.kind) {
    case 'slot': {
      if (seen.has(value.slot)) return [];
      seen.add(value.slot);
      return [value.slot, ...effects.flatMap((effect) => (effect.kind === 'assign' && effect.slot === value.slot ? slotsIn(effect.value, effects, seen) : []))];
    }
    case 'part': case 'not': case 'emptiness':
      return slotsIn(value.of, effects, seen);
    case 'mix': case 'choice': case 'answer': case 'comparison':
      return value.parts.flatMap((part) => slotsIn(part, effects, seen));
    default:
      return [];
  }
}
