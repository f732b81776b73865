/** `columns`: steps stand in their lane. `rails`: lanes are narrow lines on the left, and all steps share what is right of them. */
export type Layout = 'columns' | 'rails';

/** The narrowest lane, in CSS pixels, in which a source line can still be read. */
const narrowestLane = 230;

export function layoutFor(width: number, lanes: number): Layout {
  return lanes <= 1 || width / lanes >= narrowestLane ? 'columns' : 'rails';
}
