import type { Outcome, Trace, TraceStep, Witness } from '../../model/index.js';
import { tellingFacts } from '../outcomes.js';
import { isEnd, rowsOf, type SourceLines } from '../timeline-rows.js';

/** What a picture tells: a headline, a trace, and how it ends. */
export interface PictureSubject {
  /** Small, above the headline: the file, the function. */
  readonly about: string;
  /** `deadlock`, `invariant`, `lost-update`. */
  readonly kind: string;
  /** The problem in a sentence or a few lines. */
  readonly sentence: string;
  /** Steps that the problem is about, by index. */
  readonly steps: readonly number[];
}

/**
 * The rows of a picture, from top to bottom. They are those of the timeline (timeline-rows.ts), drawn closer together: threads that are
 * there from the beginning start in one row, each step has its source line in it, and what would make the picture too long is folded.
 */
export type PictureRow =
  | { readonly kind: 'starts'; readonly label: string; readonly tasks: readonly string[]; readonly open: ReadonlySet<string> }
  | { readonly kind: 'step'; readonly step: TraceStep; readonly text: string; readonly source?: { readonly place: string; readonly text: string }; readonly isMarked: boolean; readonly collidesWith?: number; readonly open: ReadonlySet<string> }
  | { readonly kind: 'switch'; readonly text: string; readonly from: string; readonly to: string; readonly open: ReadonlySet<string> }
  | { readonly kind: 'gap'; readonly open: ReadonlySet<string> }
  | { readonly kind: 'fold'; readonly count: number; readonly open: ReadonlySet<string> };

/** Steps that a picture shows at most; more are folded. */
export const mostSteps = 44;

export function storyOf(trace: Trace, { kind, steps }: PictureSubject, sourceLine: SourceLines): PictureRow[] {
  const marked = new Set([...steps, ...(trace.conflict ?? []), ...(kind === 'deadlock' ? lastWaits(trace) : [])]);
  const kept = keptSteps(trace, marked);
  const rows: PictureRow[] = startsOf(trace);
  const starts = rows.length > 0 && rows[0]!.kind === 'starts' ? rows[0]!.tasks.length : 0;
  let source: { readonly place: string; readonly text: string } | undefined;
  let last: TraceStep | undefined = trace.steps[starts - 1];
  for (const row of rowsOf(trace, sourceLine)) {
    if (row.kind === 'source') source = { place: row.place, text: row.text };
    else if (row.kind === 'switch') rows.push({ kind: 'switch', text: row.text, from: last?.task ?? '', to: '', open: row.open });
    else if (row.kind === 'gap') rows.push({ kind: 'gap', open: row.open });
    else if (row.step.index >= starts) {
      rows.push({ kind: 'step', step: row.step, text: shortened(row.text, row.step), ...(source && { source }), isMarked: marked.has(row.step.index), ...(row.collidesWith !== undefined && { collidesWith: row.collidesWith }), open: row.open });
      source = undefined;
      last = row.step;
    } else source = undefined;
  }
  return folded(named(rows, starts), kept);
}

/** One line an end: what tells the witness's own from the expected ones, and these from it. */
export function endsOf({ outcome, expectedOutcomes }: Pick<Witness, 'outcome' | 'expectedOutcomes'>): { readonly end: string; readonly expected: readonly string[] } {
  return { end: inOneLine(tellingFacts(outcome, expectedOutcomes)), expected: [...new Set(expectedOutcomes.map((each: Outcome) => inOneLine(tellingFacts(each, [outcome]))))] };
}

/** That tasks return nothing is no news. */
function inOneLine(facts: readonly string[]): string {
  const news = facts.filter((fact) => !fact.endsWith(' returned undefined'));
  return news.length > 0 ? news.join('; ') : 'every task comes to its end';
}

/** Where tasks wait for ever. */
function lastWaits({ tasks, steps }: Trace): number[] {
  const last = tasks.flatMap(({ id }) => steps.filter(({ task }) => task === id).slice(-1));
  return last.filter(({ kind }) => kind === 'wait' || kind === 'suspend').map(({ index }) => index);
}

/** Agents that start before anything else happens do so in one row. */
function startsOf(trace: Trace): PictureRow[] {
  const count = trace.steps.findIndex(({ kind }) => kind !== 'start');
  const threads = trace.steps.slice(0, Math.max(0, count)).filter(({ task }) => trace.tasks.find(({ id }) => id === task)?.agent !== 'main');
  if (threads.length !== count || count < 2) return [];
  return [{ kind: 'starts', label: `1-${count}`, tasks: threads.map(({ task }) => task), open: new Set() }];
}

/** A switch leads to the lane of the next step; one that only says who begins, at the top, is left out. */
function named(rows: readonly PictureRow[], starts: number): PictureRow[] {
  return rows.flatMap((row, at): readonly PictureRow[] => {
    if (row.kind !== 'switch') return [row];
    const next = rows.slice(at).find((each) => each.kind === 'step');
    if (next?.kind !== 'step' || next.step.index <= starts) return [];
    return [{ ...row, to: next.step.task }];
  });
}

/** First the steps of the problem with what is around them, then the end, then the beginning, as many as there is room for. */
function keptSteps({ steps }: Trace, marked: ReadonlySet<number>): ReadonlySet<number> {
  if (steps.length <= mostSteps) return new Set(steps.keys());
  const around = (distance: number): number[] => [...marked].flatMap((index) => [index - distance, index + distance]);
  const wanted = [...around(0), ...around(1), ...[...Array(12).keys()].map((back) => steps.length - 1 - back), ...Array(8).keys(), ...around(2), ...around(3), ...[...steps.keys()].reverse()];
  const kept = new Set([...new Set(wanted.filter((index) => index >= 0 && index < steps.length))].slice(0, mostSteps));
  const isKept = (index: number): boolean => kept.has(index) || index < 0 || index >= steps.length;
  for (const index of steps.keys()) if (!kept.has(index) && isKept(index - 1) && (isKept(index + 1) || isKept(index + 2))) kept.add(index); // a fold of one or two saves nothing
  return kept;
}

function folded(rows: readonly PictureRow[], kept: ReadonlySet<number>): PictureRow[] {
  const result: PictureRow[] = [];
  let count = 0;
  let between: PictureRow[] = [];
  for (const row of rows) {
    if (row.kind === 'starts') result.push(row);
    else if (row.kind !== 'step') between.push(row);
    else if (!kept.has(row.step.index)) {
      count += 1;
      between = [];
    } else {
      if (count > 0) result.push({ kind: 'fold', count, open: row.open });
      result.push(...between, row);
      count = 0;
      between = [];
    }
  }
  if (count > 0) result.push({ kind: 'fold', count, open: new Set() });
  return result;
}

/** The locks that are held are told where a task waits: there they matter. */
function shortened(text: string, step: TraceStep): string {
  if (isEnd(step) && step.text === 'returned undefined') return 'done';
  return step.kind === 'wait' ? text : text.replace(/ \[holds .*\]$/, '');
}
