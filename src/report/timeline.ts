import type { Trace } from '../model/index.js';
import { clip, pad, widthOf, wrap } from './columns.js';
import { printable } from './printable.js';
import { paint, signsOf, type Paint, type Signs, type Terminal } from './terminal.js';
import { isEnd, rowsOf, type SourceLines, type TimelineRow } from './timeline-rows.js';

const gutter = 6;
const narrowestLane = 36;
/** Values of real programs can be long; the whole of them is in the JSON. */
const mostLines = 3;

/**
 * A trace as swim lanes. Where the terminal is wide enough each task has a column that its text stands in;
 * else lanes shrink to one mark each and the text stands to their right.
 */
export function formatTimeline(trace: Trace, sourceLine: SourceLines, terminal: Terminal): string {
  const room = Math.floor((terminal.width - gutter) / Math.max(1, trace.tasks.length));
  const layout = room >= narrowestLane ? lanesWithText : lanesOfMarks;
  return layout(trace, rowsOf(trace, sourceLine), room, terminal).map((line) => line.trimEnd()).join('\n');
}

function lanesWithText(trace: Trace, rows: readonly TimelineRow[], room: number, terminal: Terminal): string[] {
  const signs = signsOf(terminal);
  const contents = rows.map((row) => contentOf(row, room - 3, signs));
  const widest = Math.max(narrowestLane, ...contents.flatMap(({ lines }) => lines.map(widthOf)).map((width) => width + 4));
  const lane = Math.min(room, widest);
  const head = trace.tasks.map((task) => paint(terminal, 'strong', pad(clip(taskTitle(trace, task.id), lane - 2, signs.ellipsis), lane))).join('');
  const lines = [' '.repeat(gutter) + head];
  rows.forEach((row, at) => {
    const content = contents[at];
    if (content === undefined) return;
    if (row.kind === 'switch') {
      lines.push(...switchLines(row, trace, lane, terminal));
      return;
    }
    content.lines.forEach((text, line) => {
      const cells = trace.tasks.map(({ id }) => {
        if (id !== row.task) return pad(row.open.has(id) ? signs.gap : '', lane);
        return `${laneMark(row, line, signs, terminal)} ${painted(text, content, terminal)}${' '.repeat(Math.max(0, lane - 2 - widthOf(text)))}`;
      });
      lines.push(stepNumber(row, line, terminal) + cells.join(''));
    });
  });
  return lines;
}

function lanesOfMarks(trace: Trace, rows: readonly TimelineRow[], _room: number, terminal: Terminal): string[] {
  const signs = signsOf(terminal);
  const marks = trace.tasks.length * 2;
  const textWidth = Math.max(20, terminal.width - gutter - marks - 1);
  const lines = trace.tasks.map((task, at) => ' '.repeat(gutter) + `${signs.line} `.repeat(at) + paint(terminal, 'strong', clip(taskTitle(trace, task.id), textWidth, signs.ellipsis)));
  for (const row of rows) {
    const content = contentOf(row, textWidth, signs);
    content.lines.forEach((text, line) => {
      const cells = trace.tasks.map(({ id }) => (row.kind !== 'switch' && id === row.task ? laneMark(row, line, signs, terminal) : row.open.has(id) ? signs.gap : ' '));
      lines.push(`${stepNumber(row, line, terminal)}${cells.join(' ')}  ${painted(text, content, terminal)}`);
    });
  }
  return lines;
}

interface Content {
  readonly lines: readonly string[];
  readonly paint?: Paint;
}

function contentOf(row: TimelineRow, width: number, signs: Signs): Content {
  if (row.kind === 'source') return { lines: [clip(`${row.place}  ${row.text}`, width, signs.ellipsis)], paint: 'faint' };
  if (row.kind === 'switch') return { lines: wrap(`${signs.rule}${signs.rule} ${row.text}`, width), paint: 'calm' };
  if (row.kind === 'gap') return { lines: [''] };
  const lines = firstLines(wrap(withArrow(row.text, signs), width), width, signs);
  if (row.collidesWith !== undefined) return { lines: [...lines, ...wrap(`collides with step ${row.collidesWith + 1}`, width)], paint: 'bad' };
  return row.step.kind === 'write' || row.step.kind === 'update' ? { lines, paint: 'strong' } : { lines };
}

function firstLines(lines: readonly string[], width: number, { ellipsis }: Signs): readonly string[] {
  const last = lines[mostLines - 1];
  if (last === undefined || lines.length === mostLines) return lines;
  return [...lines.slice(0, mostLines - 1), clip(last, width - widthOf(ellipsis), '') + ellipsis];
}

/** The reason of a switch takes a line of its own across all lanes; open lanes pass through at its ends only. */
function switchLines(row: TimelineRow & { kind: 'switch' }, trace: Trace, lane: number, terminal: Terminal): string[] {
  const signs = signsOf(terminal);
  const width = lane * trace.tasks.length;
  const lines = wrap(row.text, width - 8);
  return lines.map((text, at) => {
    const tail = at === lines.length - 1 ? ` ${signs.rule.repeat(Math.max(2, width - widthOf(text) - 4))}` : '';
    return ' '.repeat(gutter) + paint(terminal, 'calm', `${at === 0 ? signs.rule.repeat(2) : '  '} ${text}${tail}`);
  });
}

function painted(text: string, { paint: how }: Content, terminal: Terminal): string {
  return how === undefined ? text : paint(terminal, how, text);
}

function laneMark(row: TimelineRow, line: number, signs: Signs, terminal: Terminal): string {
  if (row.kind === 'gap') return signs.gap;
  if (row.kind !== 'step' || line > 0) return signs.line;
  if (row.collidesWith !== undefined) return paint(terminal, 'bad', signs.conflict);
  if (row.step.kind === 'start') return signs.start;
  return isEnd(row.step) ? signs.end : signs.step;
}

function stepNumber(row: TimelineRow, line: number, terminal: Terminal): string {
  return row.kind === 'step' && line === 0 ? paint(terminal, 'faint', `${String(row.step.index + 1).padStart(gutter - 2)}  `) : ' '.repeat(gutter);
}

function taskTitle(trace: Trace, id: string): string {
  const task = trace.tasks.find((each) => each.id === id);
  const hasManyAgents = new Set(trace.tasks.map(({ agent }) => agent)).size > 1;
  const name = task && task.name !== id ? `${id}: ${task.name}` : id;
  return printable(name + (hasManyAgents && task && task.agent !== id ? ` (${task.agent})` : ''));
}

/** The simulator writes values as `100 → 20`. */
function withArrow(text: string, signs: Signs): string {
  return text.replaceAll('→', signs.arrow);
}
