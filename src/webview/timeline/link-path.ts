import type { Layout } from './layout.js';

/** Where a step is on the page: its dot, and the right edge of its row. */
export interface StepPlace {
  readonly dot: number;
  readonly edge: number;
  readonly y: number;
}

/**
 * The line between two steps, drawn where no text stands. Between columns it joins the right edge of the left one's row to the
 * right one's dot; between rows of one column, and between rails, it bows out to the right of both.
 */
export function linkPath(from: StepPlace, to: StepPlace, layout: Layout): string {
  if (layout === 'rails' || from.dot === to.dot) {
    const bow = Math.max(from.edge, to.edge) + 15;
    return `M${from.edge} ${from.y}C${bow} ${from.y} ${bow} ${to.y} ${to.edge} ${to.y}`;
  }
  const [start, end] = from.dot < to.dot ? [from.edge, to.dot] : [from.dot, to.edge];
  const middle = from.dot < to.dot ? end - 22 : end + 8;
  return `M${start} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${end} ${to.y}`;
}

/** Two lines along a lane, from one of its steps to a later one; the rail's own colour stays clear between them. */
export function bandPath({ dot, y }: StepPlace, to: StepPlace): string {
  return `M${dot - 6} ${y}V${to.y}M${dot + 6} ${y}V${to.y}`;
}
