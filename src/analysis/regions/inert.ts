import type { Effect } from '../model/effect.js';
import type { Slot, Value } from '../model/value.js';

/** Slots that never hold anything of interest: no reading, and no constant. Most local variables are of that kind. */
export function inertSlots(effects: readonly Effect[]): ReadonlySet<Slot> {
  const dependents = new Map<Slot, Slot[]>();
  const slots = new Set<Slot>();
  const live: Slot[] = [];
  for (const effect of effects) {
    if (effect.kind !== 'assign') continue;
    slots.add(effect.slot);
    if (mentions(effect.value, (source) => { dependents.set(source, [...(dependents.get(source) ?? []), effect.slot]); })) live.push(effect.slot);
  }
  for (let slot = live.pop(); slot; slot = live.pop()) {
    if (!slots.delete(slot)) continue;
    live.push(...(dependents.get(slot) ?? []));
  }
  return slots;
}

/** True if a value holds a reading or a constant itself; tells the slots that it is made of. */
function mentions(value: Value, tell: (slot: Slot) => void): boolean {
  switch (value.kind) {
    case 'unknown':
      return false;
    case 'constant': case 'read':
      return true;
    case 'slot':
      tell(value.slot);
      return false;
    case 'not': case 'emptiness': case 'part':
      return mentions(value.of, tell);
    default: {
      let isLive = false;
      for (const part of value.parts) isLive = mentions(part, tell) || isLive;
      return isLive;
    }
  }
}
