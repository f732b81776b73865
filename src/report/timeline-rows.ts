import type { Trace, TraceStep } from '../model/index.js';
import { printable } from './printable.js';

/**
 * A trace as rows, before any layout:
 *
 *     source   the line of code that the next steps of this task stand on
 *     step     what happened there
 *     gap      the task was suspended, and no other went on meanwhile
 *     switch   another task goes on, and why
 *
 * `open` names the tasks that hang in a suspension while the row passes.
 */
export type TimelineRow =
  | ({ readonly kind: 'source'; readonly task: string; readonly place: string; readonly text: string } & LaneStates)
  | ({ readonly kind: 'step'; readonly task: string; readonly step: TraceStep; readonly text: string; readonly collidesWith?: number } & LaneStates)
  | ({ readonly kind: 'gap'; readonly task: string } & LaneStates)
  | ({ readonly kind: 'switch'; readonly text: string } & LaneStates);

export interface LaneStates {
  readonly open: ReadonlySet<string>;
}

/** Source line `line` (from 1) of `file`, if the text is at hand. */
export type SourceLines = (file: string, line: number) => string | undefined;

export function rowsOf(trace: Trace, sourceLine: SourceLines): TimelineRow[] {
  const rows: TimelineRow[] = [];
  const open = new Set<string>();
  const done = new Set<string>();
  const awaited = new Map<string, string>();
  const files = new Set(trace.steps.map(({ file }) => file));
  let previous: TraceStep | undefined;
  let shown = '';
  for (const step of trace.steps) {
    const text = step.text === 'goes on' ? step.text + (awaited.get(step.task) ?? '') : step.text;
    if (step.kind === 'suspend') awaited.set(step.task, step.text.replace(/^waits for /, ' after '));
    const states = (): LaneStates => ({ open: new Set(open) });
    if (previous && previous.task !== step.task && !isThreadStart(step, trace)) {
      rows.push({ kind: 'switch', text: reasonOf(previous, step, text, trace), ...states() });
      shown = '';
    } else if (previous && previous.turn !== step.turn && (pauses.has(previous.kind) || !isThread(trace, step.task))) {
      rows.push({ kind: 'gap', task: step.task, ...states() });
    }
    open.delete(step.task);
    const place = placeOf(step, files.size > 1);
    if (hasSourceLine(step) && place !== shown) {
      rows.push({ kind: 'source', task: step.task, place, text: printable((sourceLine(step.file, step.start.line) ?? '').trim()), ...states() });
      shown = place;
    }
    rows.push({ kind: 'step', task: step.task, step, text: describe(step, text), ...collision(trace, step), ...states() });
    if (isEnd(step)) done.add(step.task);
    else if (!done.has(step.task)) open.add(step.task);
    previous = step;
  }
  return rows;
}

export function isEnd(step: TraceStep): boolean {
  return step.kind === 'return' || step.kind === 'throw';
}

/** A switch is never silent: why the one task stopped, and what lets the other go on. */
function reasonOf(previous: TraceStep, step: TraceStep, text: string, trace: Trace): string {
  const enabler = step.cause === undefined ? undefined : trace.steps[step.cause];
  const because = enabler && enabler.task !== step.task ? `, enabled by step ${enabler.index + 1}` : '';
  const leaving = isThreadStart(previous, trace) ? '' : `${leavingOf(previous, trace)}; `;
  return printable(`${leaving}${comingOf(step, text, trace)}${because}`);
}

function leavingOf(previous: TraceStep, trace: Trace): string {
  if (previous.kind === 'flush') return previous.text;
  const isInterrupted = !pauses.has(previous.kind) && isThread(trace, previous.task);
  return `${previous.task} ${isEnd(previous) ? 'is done' : isInterrupted ? 'is interrupted' : previous.text}`;
}

function comingOf(step: TraceStep, text: string, trace: Trace): string {
  if (step.kind === 'flush') return text;
  if (!isThread(trace, step.task) || arrivals.has(step.kind) || step.cause !== undefined) return `${step.task} ${text}`;
  return `${step.task} ${trace.steps.some(({ task, index, kind }) => task === step.task && index < step.index && kind !== 'start') ? 'goes on' : 'begins'}`;
}

/** Steps at which a task stops by itself, and at which it begins anew. */
const pauses: ReadonlySet<TraceStep['kind']> = new Set(['suspend', 'wait']);
const arrivals: ReadonlySet<TraceStep['kind']> = new Set(['start', 'resume', 'wake', 'receive']);

/** Threads that are there from the beginning: that they start is no switch. */
function isThreadStart(step: TraceStep, trace: Trace): boolean {
  return isThread(trace, step.task) && trace.steps.slice(0, step.index + 1).every(({ kind }) => kind === 'start');
}

/** Agents beside the main one can be interrupted anywhere; what the main one runs stops only where it suspends itself. */
function isThread(trace: Trace, task: string): boolean {
  const agent = trace.tasks.find(({ id }) => id === task)?.agent;
  return agent !== undefined && agent !== 'main';
}

function describe({ locks }: TraceStep, text: string): string {
  return printable(text + (locks.length > 0 ? ` [holds ${locks.join(', ')}]` : ''));
}

/** Where a task begins and ends says nothing that the header does not. */
function hasSourceLine(step: TraceStep): boolean {
  return step.kind !== 'start' && !isEnd(step);
}

function placeOf(step: TraceStep, hasManyFiles: boolean): string {
  return hasManyFiles ? `${printable(step.file)}:${step.start.line}` : String(step.start.line);
}

function collision(trace: Trace, step: TraceStep): { readonly collidesWith?: number } {
  const at = trace.conflict?.indexOf(step.index) ?? -1;
  const other = at < 0 ? undefined : trace.conflict?.[1 - at];
  return other === undefined ? {} : { collidesWith: other };
}
