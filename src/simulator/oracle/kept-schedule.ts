import type { Schedule } from '../../model/index.js';

/** Of two schedules that show the same the shorter; of equally long ones that which comes first by its text: the same whichever thread found it first. */
export function preferred(a: Schedule | undefined, b: Schedule | undefined): Schedule | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.events.length !== b.events.length) return a.events.length < b.events.length ? a : b;
  return textOf(a) <= textOf(b) ? a : b;
}

function textOf({ events }: Schedule): string {
  return events.map(({ id }) => id).join('\n');
}
