import type { Outcome } from '../../model/index.js';

/** Outcomes side by side: a row for each part of them, a column for each outcome. */
export interface Comparison {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Expected outcomes that found no place. */
  readonly omitted: number;
}

export interface Column {
  readonly kind: 'failing' | 'expected';
  /** In how many interleavings, where it is known. */
  readonly count?: number;
}

export interface Row {
  readonly part: 'state' | 'result' | 'effect';
  readonly name: string;
  readonly cells: readonly Cell[];
}

export interface Cell {
  readonly text: string;
  /** In the failing column: what makes it wrong. In an expected one: where it departs from the failing one. */
  readonly differs: boolean;
}

/**
 * The failing outcome beside the nearest `limit` expected ones, nearest first. A failing part is emphasised if no expected
 * outcome has it; where each part alone is somewhere expected, the parts that the nearest outcome has otherwise are.
 */
export function compareOutcomes(failing: Outcome, expected: readonly Outcome[], limit = 3): Comparison {
  const nearest = [...expected].sort((a, b) => distance(failing, a) - distance(failing, b)).slice(0, limit);
  const parts = partsOf([failing, ...nearest]);
  const impossible = parts.filter((part) => expected.every((outcome) => textOf(outcome, part) !== textOf(failing, part)));
  const departs = (outcome: Outcome | undefined, part: Part): boolean => outcome !== undefined && textOf(outcome, part) !== textOf(failing, part);
  const isWrong = (part: Part): boolean => (impossible.length > 0 ? impossible.includes(part) : departs(nearest[0], part));
  return {
    columns: [{ kind: 'failing' }, ...nearest.map(() => ({ kind: 'expected' as const }))],
    rows: parts.map((part) => ({
      ...part,
      cells: [{ text: textOf(failing, part), differs: isWrong(part) }, ...nearest.map((outcome) => ({ text: textOf(outcome, part), differs: departs(outcome, part) }))],
    })),
    omitted: expected.length - nearest.length,
  };
}

/** All that was seen, commonest first, nothing emphasised but what is not expected. */
export function listOutcomes(outcomes: readonly { readonly outcome: Outcome; readonly count: number; readonly expected: boolean }[], limit = 4): Comparison {
  const shown = [...outcomes].sort((a, b) => Number(a.expected) - Number(b.expected) || b.count - a.count).slice(0, limit);
  return {
    columns: shown.map(({ expected, count }) => ({ kind: expected ? 'expected' : 'failing', count })),
    rows: partsOf(shown.map(({ outcome }) => outcome)).map((part) => ({ ...part, cells: shown.map(({ outcome }) => ({ text: textOf(outcome, part), differs: false })) })),
    omitted: outcomes.length - shown.length,
  };
}

type Part = Pick<Row, 'part' | 'name'>;

function partsOf(outcomes: readonly Outcome[]): readonly Part[] {
  const names = (part: Row['part'], keys: (outcome: Outcome) => readonly string[]): readonly Part[] => [...new Set(outcomes.flatMap(keys))].map((name) => ({ part, name }));
  return [
    ...names('state', ({ state }) => Object.keys(state)),
    ...names('result', ({ results }) => Object.keys(results)),
    ...names('effect', ({ effects }) => Object.keys(effects)),
  ];
}

function textOf(outcome: Outcome, { part, name }: Part): string {
  if (part === 'state') return outcome.state[name] ?? 'not there';
  if (part === 'result') return outcome.results[name] ?? 'not there';
  return times(outcome.effects[name] ?? 0);
}

function times(count: number): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`;
}

function distance(a: Outcome, b: Outcome): number {
  return partsOf([a, b]).filter((part) => textOf(a, part) !== textOf(b, part)).length;
}
